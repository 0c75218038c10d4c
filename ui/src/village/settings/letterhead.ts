// What stands on a letter besides its people, and how its number will look.
import type { SettingsValues } from "../../ipc/bindings";

export type LetterheadValues = Omit<SettingsValues, "idleMinutes" | "textScale">;

const ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

/** The parts that a pattern may name. */
export const PARTS = ["{kode}", "{nomor}", "{kode_desa}", "{bulan}", "{tahun}"] as const;

export function trimmed(values: LetterheadValues): LetterheadValues {
  return {
    ...values,
    headTitle: values.headTitle.trim(),
    headNip: values.headNip.trim(),
    officeAddress: values.officeAddress.trim(),
    place: values.place.trim(),
    numberPattern: values.numberPattern.trim(),
    numberCode: values.numberCode.trim(),
  };
}

/** How the twelfth letter of a day would be numbered; empty without a pattern. */
export function numberExample(pattern: string, code: string, villageCode: string, today: string): string {
  const [year = "", month = ""] = today.split("-");
  return pattern
    .trim()
    .replaceAll("{kode}", code.trim())
    .replaceAll("{nomor}", "012")
    .replaceAll("{kode_desa}", villageCode)
    .replaceAll("{bulan}", ROMAN[Number(month) - 1] ?? "")
    .replaceAll("{tahun}", year);
}

/** Parts in braces that no letter knows: they would be printed as they stand. */
export function unknownParts(pattern: string): string[] {
  return (pattern.match(/\{[^}]*\}?/g) ?? []).filter((part) => !(PARTS as readonly string[]).includes(part));
}
