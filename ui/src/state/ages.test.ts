import { describe, expect, it } from "vitest";
import { ageWords } from "../text/format";
import { OLDEST, readAges } from "./ages";

describe("an age band as typed", () => {
  it("is open where nothing stands", () => {
    expect(readAges("", " ")).toEqual({ band: null, wrong: null });
    expect(readAges("18", "")).toEqual({ band: { from: 18, to: OLDEST }, wrong: null });
    expect(readAges("", "17")).toEqual({ band: { from: 0, to: 17 }, wrong: null });
    expect(readAges(" 18 ", "65")).toEqual({ band: { from: 18, to: 65 }, wrong: null });
  });
  it("narrows nothing while it cannot be read, and says why", () => {
    for (const typed of ["x", "-1", "1.5", "121", "1000"]) expect(readAges(typed, "")).toEqual({ band: null, wrong: "number" });
    expect(readAges("18", "6")).toEqual({ band: null, wrong: "turned" });
    expect(readAges("18", "18").band).toEqual({ from: 18, to: 18 });
  });
  it("reads as people say it", () => {
    expect([ageWords("18", "65"), ageWords("60", ""), ageWords("", "17"), ageWords("18", "18")]).toEqual(["18 sampai 65 tahun", "60 tahun ke atas", "sampai 17 tahun", "18 tahun"]);
  });
});
