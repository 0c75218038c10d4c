import { describe, expect, it } from "vitest";
import { matching, places } from "./places";

const all = places();
const found = (query: string) => matching(all, query, 4).map((place) => place.key);

describe("what Ctrl+K finds beside people", () => {
  it("knows pages and things to do by the words people use", () => {
    expect(found("impor")[0]).toBe("impor");
    expect(found("sink")[0]).toBe("sinkronisasi");
    expect(found("buat surat")[0]).toBe("buat-surat");
    expect(found("opensid")).toContain("impor");
    expect(found("excel")).toEqual(expect.arrayContaining(["impor", "ekspor"]));
    expect(found("blangko")).toEqual(["formulir"]);
    expect(found("keluar")).toEqual(["kunci"]);
  });
  it("puts its own words before what else it is called", () => expect(found("daftar")[0]).not.toBe("orang-baru"));
  it("shows the usual ones before anything is typed, and nothing for a name", () => {
    expect(found("")).toEqual(["orang-baru", "impor", "buat-surat", "sinkronisasi"]);
    expect(found("sutarmi")).toEqual([]);
  });
  it("has one name for each", () => expect(new Set(all.map((place) => place.key)).size).toBe(all.length));
});
