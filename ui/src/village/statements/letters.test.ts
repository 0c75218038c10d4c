import { describe, expect, it } from "vitest";
import { sameBytes } from "../../parts/bytes";
import { printChoices } from "./choices";

const letter = (status: "awaiting_signature" | "awaiting_stamp" | "complete" | "withdrawn", canPrintOriginal: boolean, canPrintCopy: boolean, originalsPrinted = 0) => ({
  originalsPrinted,
  row: { status, signedOn: status === "awaiting_signature" ? null : "2026-11-21" },
  actions: { canPrintOriginal, canPrintCopy },
});

describe("what is offered for print", () => {
  it("is the original first while the meterai is awaited and it was never printed", () => {
    expect(printChoices([letter("awaiting_stamp", true, true), letter("awaiting_stamp", true, true)]).first).toBe("wet_original");
  });
  it("is a copy once an original came out, so that no duty falls due by accident", () => {
    const choices = printChoices([letter("awaiting_stamp", true, true, 1)]);
    expect(choices.first).toBe("copy");
    expect(choices.printedBefore).toBe(1);
    expect(printChoices([letter("complete", true, true)]).first).toBe("copy");
  });
  it("is only what every chosen letter allows", () => {
    const choices = printChoices([letter("awaiting_stamp", true, true), letter("awaiting_signature", true, false), letter("withdrawn", false, true)]);
    expect(choices.allowed).toEqual({ wet_original: false, copy: false, as_signed: true });
    expect(choices.first).toBe("as_signed");
    expect(printChoices([]).allowed).toEqual({ wet_original: false, copy: false, as_signed: false });
  });
});

describe("pages drawn already", () => {
  const bytes = (...values: number[]) => new Uint8Array(values).buffer;
  it("stay while not a byte differs", () => {
    expect(sameBytes(bytes(1, 2, 3), bytes(1, 2, 3))).toBe(true);
    expect(sameBytes(bytes(1, 2, 3), bytes(1, 2, 4))).toBe(false);
    expect(sameBytes(bytes(1, 2), bytes(1, 2, 3))).toBe(false);
  });
});
