import { describe, expect, it } from "vitest";
import type { Relative } from "../../ipc/bindings";
import { nextOf } from "./household";

const relative = (name: string, more: Partial<Relative>): Relative => ({ personId: null, populationId: 1, name, nik: "", age: 40, readiness: "attestable", words: "", ...more });

describe("the next of a family", () => {
  it("is the first who is no applicant yet", () => {
    expect(nextOf([relative("A", { personId: 3 }), relative("B", {}), relative("C", {})])?.name).toBe("B");
  });
  it("is nobody whom the rules leave out, such as a child", () => {
    expect(nextOf([relative("Anak", { readiness: "with_notes" }), relative("Ibu", { readiness: "incomplete" })])?.name).toBe("Ibu");
    expect(nextOf([relative("Anak", { readiness: "with_notes" })])).toBeUndefined();
  });
  it("may be somebody whom nobody judged", () => {
    expect(nextOf([relative("B", { readiness: null })])?.name).toBe("B");
    expect(nextOf([])).toBeUndefined();
  });
});
