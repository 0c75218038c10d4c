import { describe, expect, it } from "vitest";
import type { TwoVersions } from "../../ipc/bindings";
import { allFrom, keptChoices, letterOf, resultOf, sameFields, stillOpen } from "./compare";
import { FORM } from "../../ipc/fixture/form";

function versions(heads: Record<string, string>[]): TwoVersions {
  const fields = [...new Set(heads.flatMap((head) => Object.keys(head)))];
  const base = heads[0] ?? {};
  return {
    person: 1,
    words: "",
    base: { entry: "base", at: 0, actor: "Siti", device: "laptop ini", values: base },
    heads: heads.map((values, index) => ({ entry: `e${index}`, at: index, actor: "Siti", device: "laptop", values })),
    differing: fields
      .filter((field) => new Set(heads.map((head) => head[field] ?? "")).size > 1)
      .map((field) => ({ field, label: field, base: "", heads: heads.map((head) => ({ value: head[field] ?? "", words: head[field] ?? "", changed: true })) })),
  };
}
const two = versions([
  { nik: "3305014109020005", nama: "Painem", dusun: "Krajan", telepon: "" },
  { nik: "3305014109020005", nama: "Painem Santoso", dusun: "Bulu", telepon: "0812" },
]);

describe("two versions of one person", () => {
  it("have nothing chosen at first, and no result", () => {
    expect(stillOpen(two, {}).map((one) => one.field)).toEqual(["nama", "dusun", "telepon"]);
    expect(resultOf(two, {})).toBeNull();
    expect(resultOf(two, { nama: 0, dusun: 1 })).toBeNull();
  });
  it("become one by the choices alone, an empty value among them", () => {
    expect(resultOf(two, { nama: 1, dusun: 0, telepon: 0 })).toEqual({ nik: "3305014109020005", nama: "Painem Santoso", dusun: "Krajan", telepon: "" });
  });
  it("can be taken from one side whole", () => {
    for (const head of [0, 1]) expect(resultOf(two, allFrom(two, head))).toEqual(two.heads[head]?.values);
  });
  it("do not take a choice of a side that is not there", () => {
    expect(stillOpen(two, { nama: 2, dusun: -1, telepon: 0 }).map((one) => one.field)).toEqual(["nama", "dusun"]);
  });
  it("that say the same wait for nothing", () => {
    const same = versions([{ nama: "Painem" }, { nama: "Painem" }]);
    expect(resultOf(same, {})).toEqual({ nama: "Painem" });
  });
  it("may be three", () => {
    const three = versions([{ dusun: "Krajan" }, { dusun: "Bulu" }, { dusun: "Pesisir" }]);
    expect(resultOf(three, { dusun: 2 })).toEqual({ dusun: "Pesisir" });
    expect([0, 1, 2].map(letterOf)).toEqual(["A", "B", "C"]);
  });
});

describe("a further version that arrives while somebody chooses", () => {
  const third = versions([...two.heads.map((head) => head.values as Record<string, string>), { nik: "3305014109020005", nama: "Painem", dusun: "Pesisir", telepon: "" }]);
  it("keeps the choices between values that were all seen, and asks the others again", () => {
    expect(keptChoices(two, third, { nama: 1, dusun: 1, telepon: 0 })).toEqual({ nama: 1, telepon: 0 });
  });
  it("follows a value to its new place", () => {
    const swapped = versions([...two.heads].reverse().map((head) => head.values as Record<string, string>));
    expect(keptChoices(two, swapped, { nama: 1 })).toEqual({ nama: 0 });
  });
});

describe("what they say alike", () => {
  it("stands in the order of the form, empty fields left out", () => {
    const same = versions([{ nama: "A", dusun: "Krajan", nik: "1", catatan: "" }, { nama: "B", dusun: "Krajan", nik: "1", catatan: "" }]);
    expect(sameFields(FORM, same).map((field) => field.name)).toEqual(["nik", "dusun"]);
  });
});
