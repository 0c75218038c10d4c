// How numbers, dates and identity numbers are written for an Indonesian reader. Pure: no clock, no locale of the machine.

export const MONTHS = [
  "Januari",
  "Februari",
  "Maret",
  "April",
  "Mei",
  "Juni",
  "Juli",
  "Agustus",
  "September",
  "Oktober",
  "November",
  "Desember",
] as const;

/** A calendar day as the programs write it: `YYYY-MM-DD`. */
export type IsoDate = string;

/** `1234567` → `1.234.567`. */
export function number(value: number): string {
  const sign = value < 0 ? "-" : "";
  return sign + Math.abs(Math.trunc(value)).toString().replace(/\B(?=(\d{3})+(?!\d))/g, ".");
}

/** Begun with a capital: `dicabut` → `Dicabut`. */
export function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Under a name, unless the words begin with it: `NIK harus 16 angka`, `Tanggal lahir: bukan tanggal yang ada`. */
export function underName(name: string, words: string): string {
  return words.toLowerCase().startsWith(name.toLowerCase()) ? sentence(words) : `${name}: ${words}`;
}

/** `16800` → `Rp16.800`. */
export function money(rupiah: number): string {
  return `Rp${number(rupiah)}`;
}

/** Bytes in the unit a person reads: `812 B`, `1,4 kB`, `2,3 MB`. */
export function bytes(count: number): string {
  if (count < 1000) return `${count} B`;
  const [value, unit] = count < 1_000_000 ? [count / 1000, "kB"] : [count / 1_000_000, "MB"];
  return `${value.toFixed(1).replace(".", ",")} ${unit}`;
}

/** A whole number of hundredths: `37` → `37%`. */
export function percent(part: number, whole: number): string {
  return whole > 0 ? `${Math.round((100 * part) / whole)}%` : "0%";
}

/** `330512410860001` as typed → `330512 410860 001`: 6, 6 and the rest, digits only. Other text stays as it is. */
export function groupedNik(text: string): string {
  const digits = text.replace(/[\s.-]/g, "");
  if (!/^\d+$/.test(digits)) return text;
  return [digits.slice(0, 6), digits.slice(6, 12), digits.slice(12)].filter(Boolean).join(" ");
}

/** What goes to the clipboard and the register: no blanks, dots or dashes between digits. */
export function bareNik(text: string): string {
  const bare = text.replace(/[\s.-]/g, "");
  return /^\d*$/.test(bare) ? bare : text.trim();
}

function parts(iso: string): [number, number, number] | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : null;
}

/** `2026-11-21` → `21 November 2026`. Text that is no date stays as it is. */
export function date(iso: IsoDate): string {
  const found = parts(iso);
  if (!found) return iso;
  return `${found[2]} ${MONTHS[found[1] - 1] ?? ""} ${found[0]}`;
}

/** `2026-11-21` → `21-11-2026`, as it stands in a form. */
export function shortDate(iso: IsoDate): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  return match ? `${match[3]}-${match[2]}-${match[1]}` : iso;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/**
 * A date as people type it, day first: `17081975`, `17/8/1975`, `17-08-1975`, `17.8.1975`, `17 agustus 1975`,
 * or `1975-08-17`. `null` when it is no day of the calendar. Two-digit years are not guessed.
 */
export function readDate(text: string): IsoDate | null {
  const typed = text.trim().toLowerCase();
  const named = /^(\d{1,2})[\s./-]+([a-z]+)[\s./-]+(\d{4})$/.exec(typed);
  let found: [number, number, number] | null = null;
  if (named) {
    const name = named[2] ?? "";
    const month = name.length < 3 ? -1 : MONTHS.findIndex((known) => known.toLowerCase().startsWith(name));
    found = [Number(named[3]), month + 1, Number(named[1])];
  } else {
    const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed);
    const split = /^(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})$/.exec(typed);
    const packed = /^(\d{2})(\d{2})(\d{4})$/.exec(typed);
    const day = split ?? packed;
    if (iso) found = [Number(iso[1]), Number(iso[2]), Number(iso[3])];
    else if (day) found = [Number(day[3]), Number(day[2]), Number(day[1])];
  }
  if (!found) return null;
  const [year, month, dayOfMonth] = found;
  if (year < 1850 || month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > daysIn(year, month)) return null;
  return `${year}-${String(month).padStart(2, "0")}-${String(dayOfMonth).padStart(2, "0")}`;
}

/** A day whose year has two digits, such as `17-8-75`: of which century nobody can know. */
export function yearCutShort(text: string): boolean {
  return /^\d{1,2}[\s./-]+(\d{1,2}|[a-z]+)[\s./-]+\d{2}$/i.test(text.trim()) || /^\d{6}$/.test(text.trim());
}

/** Completed years on a day; someone born on 29 February has the birthday on 1 March in common years. */
export function ageOn(birth: IsoDate, day: IsoDate): number | null {
  const born = parts(birth);
  const on = parts(day);
  if (!born || !on) return null;
  const before = on[1] < born[1] || (on[1] === born[1] && on[2] < born[2]);
  return on[0] - born[0] - (before ? 1 : 0);
}

/** An age band as typed: `18 sampai 40 tahun`, `sampai 17 tahun`, `60 tahun ke atas`. */
export function ageWords(from: string, to: string): string {
  const [low, high] = [from.trim(), to.trim()];
  if (low && high) return low === high ? `${low} tahun` : `${low} sampai ${high} tahun`;
  return low ? `${low} tahun ke atas` : `sampai ${high} tahun`;
}

/** A civil moment in a place, from milliseconds since 1970 UTC and the place's offset in hours. */
export function civil(ms: number, offsetHours: number): { day: IsoDate; time: string } {
  const local = new Date(ms + offsetHours * 3_600_000).toISOString();
  return { day: local.slice(0, 10), time: local.slice(11, 16).replace(":", ".") };
}

/** `10.42` today, `kemarin 10.42`, else `19 November 2026, 10.42`. */
export function moment(ms: number, nowMs: number, offsetHours: number): string {
  const then = civil(ms, offsetHours);
  const now = civil(nowMs, offsetHours);
  if (then.day === now.day) return then.time;
  if (then.day === civil(nowMs - 86_400_000, offsetHours).day) return `kemarin ${then.time}`;
  return `${date(then.day)}, ${then.time}`;
}

/** A wait in words: `12 detik`, `3 menit`, `2 jam`, `4 hari`. */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return `${whole} detik`;
  if (whole < 3600) return `${Math.ceil(whole / 60)} menit`;
  if (whole < 86_400) return `${Math.ceil(whole / 3600)} jam`;
  return `${Math.ceil(whole / 86_400)} hari`;
}
