// Hints of the first days. Each goes away for good when it is closed, and by itself when its page was opened a few
// times. They belong to this screen, as the theme does, and hold no word about anybody.
import type { HelpKey } from "../text/help";

export type HintKey = Extract<HelpKey, "beranda" | "calon" | "orang" | "surat">;

const PLACE = "payung.petunjuk";
/** A page opened this often needs no hint any more. */
export const VISITS_MAX = 4;
const CLOSED = "x";
const ALL_CLOSED = "semua";

/** `beranda:2,orang:x` as a map. */
export function readHints(kept: string): Map<string, string> {
  return new Map(kept.split(",").flatMap((part): [string, string][] => (part.includes(":") ? [part.split(":", 2) as [string, string]] : [])));
}

export function writeHints(hints: ReadonlyMap<string, string>): string {
  return [...hints].map(([key, state]) => `${key}:${state}`).join(",");
}

/** After one more visit: what to keep, and whether the hint is shown. */
export function visited(state: string | undefined): { state: string; shown: boolean } {
  if (state === CLOSED) return { state: CLOSED, shown: false };
  const visits = (Number(state) || 0) + 1;
  return visits > VISITS_MAX ? { state: CLOSED, shown: false } : { state: String(visits), shown: true };
}

function stored(): string {
  try {
    return localStorage.getItem(PLACE) ?? "";
  } catch {
    return ALL_CLOSED;
  }
}

function store(value: string) {
  try {
    localStorage.setItem(PLACE, value);
  } catch {
    // Without storage no hint is shown at all: better none than one that comes back for ever.
  }
}

class Hints {
  #kept = stored();

  /** Counts a visit; whether the hint of the page is shown now. */
  visit(key: HintKey): boolean {
    if (this.#kept === ALL_CLOSED) return false;
    const hints = readHints(this.#kept);
    const after = visited(hints.get(key));
    this.#keep(hints.set(key, after.state));
    return after.shown;
  }

  close(key: HintKey) {
    if (this.#kept === ALL_CLOSED) return;
    this.#keep(readHints(this.#kept).set(key, CLOSED));
  }

  #keep(hints: Map<string, string>) {
    this.#kept = writeHints(hints);
    store(this.#kept);
  }
}

export const hints = new Hints();
