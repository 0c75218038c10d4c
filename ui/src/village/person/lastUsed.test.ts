import { describe, expect, it } from "vitest";
import { offerAt, offers } from "./lastUsed";

const last = [
  { field: "dusun", value: "Krajan" },
  { field: "alamat", value: "Jalan Sawah 2" },
  { field: "rt", value: "002" },
  { field: "pekerjaan", value: "petani" },
  { field: "tempat_kerja", value: "" },
];
const told = (field: string, value: string) => (field === "rt" ? `RT ${value}` : value);

describe("what was typed before", () => {
  it("is offered as one address, in the order of the form, and one by one for the rest", () => {
    const found = offers(last, {}, told);
    expect([...found.keys()]).toEqual(["alamat", "pekerjaan"]);
    expect(found.get("alamat")?.words).toBe("Jalan Sawah 2, RT 002, Krajan");
    expect(offerAt(found, "dusun")?.field).toBe("alamat");
    expect(offerAt(found, "nama")).toBeUndefined();
  });
  it("is not offered where something stands", () => {
    const found = offers(last, { alamat: "Jalan Lain", pekerjaan: "nelayan", rt: " " }, told);
    expect([...found.keys()]).toEqual(["rt"]);
    expect(found.get("rt")?.values.map((one) => one.field)).toEqual(["rt", "dusun"]);
  });
});
