import { expect, it } from "vitest";
import { ruleAndRemedy } from "./problem";

it("a rule and its remedy stand apart", () => {
  expect(ruleAndRemedy("NIK harus 16 angka, di sini 15; ketik ulang dari KTP atau KK")).toEqual({ rule: "NIK harus 16 angka, di sini 15", remedy: "Ketik ulang dari KTP atau KK" });
  expect(ruleAndRemedy("bukan tanggal yang ada; tulis hari, bulan, tahun; misalnya 17-08-1975").remedy).toBe("Tulis hari, bulan, tahun; misalnya 17-08-1975");
  expect(ruleAndRemedy("NIK sama dengan baris 14")).toEqual({ rule: "NIK sama dengan baris 14", remedy: "" });
});
