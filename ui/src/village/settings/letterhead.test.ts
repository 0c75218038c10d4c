import { describe, expect, it } from "vitest";
import { numberExample, unknownParts } from "./letterhead";

describe("the number of a letter", () => {
  it("is shown as it will be written", () => {
    expect(numberExample("{kode}/{nomor}/{kode_desa}/{bulan}/{tahun}", "140", "33.05.01.2001", "2026-11-21")).toBe("140/012/33.05.01.2001/XI/2026");
    expect(numberExample(" {nomor}/SP/{tahun} ", "", "", "2026-01-02")).toBe("012/SP/2026");
    expect(numberExample("", "140", "33.05.01.2001", "2026-11-21")).toBe("");
  });
  it("names parts that nobody knows", () => {
    expect(unknownParts("{kode}/{nomer}/{bulan}/{thn")).toEqual(["{nomer}", "{thn"]);
    expect(unknownParts("{kode}/{nomor}/{kode_desa}/{bulan}/{tahun}")).toEqual([]);
  });
});
