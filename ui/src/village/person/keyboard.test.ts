import { describe, expect, it } from "vitest";
import { answerFor } from "../../parts/answer";
import { type Control, entersOn, nextStop, stops } from "./keyboard";

const text: Control = { kind: "text" };
const radio = (group: string, checked = false): Control => ({ kind: "radio", group, checked });

describe("where Enter goes", () => {
  const form: Control[] = [text, radio("sex"), radio("sex", true), { kind: "select" }, { kind: "text", disabled: true }, radio("work"), radio("work"), { kind: "lines" }];

  it("stops once at a group of answers: at the chosen one, else at the first", () => {
    expect(stops(form)).toEqual([0, 2, 3, 5, 7]);
  });
  it("goes on from any answer of a group, and back again", () => {
    expect(nextStop(form, 0, 1)).toBe(2);
    expect(nextStop(form, 1, 1)).toBe(3);
    expect(nextStop(form, 2, 1)).toBe(3);
    expect(nextStop(form, 3, -1)).toBe(2);
    expect(nextStop(form, 6, 1)).toBe(7);
    expect(nextStop(form, 6, -1)).toBe(3);
  });
  it("leaves out what is locked, and knows both ends", () => {
    expect(nextStop(form, 3, 1)).toBe(5);
    expect(nextStop(form, 0, -1)).toBeNull();
    expect(nextStop(form, 7, 1)).toBeNull();
    expect(nextStop(form, 4, 1)).toBeNull();
  });
  it("begins a line in lines of text, and goes on from an empty one", () => {
    expect(entersOn({ kind: "lines" })).toBe(false);
    expect(entersOn({ kind: "lines", lines: "Jalan Sawah" })).toBe(false);
    expect(entersOn({ kind: "lines", lines: "Jalan Sawah\n" })).toBe(true);
    expect(entersOn({ kind: "lines", lines: "" })).toBe(true);
    expect([text, radio("a"), { kind: "select" as const }, { kind: "checkbox" as const }].every(entersOn)).toBe(true);
  });
});

describe("a letter on a group of answers", () => {
  const labels = ["Ya", "Tidak", "Tidak tahu"];
  it("chooses the answer that begins with it", () => {
    expect(answerFor("y", labels, -1)).toBe(0);
    expect(answerFor("T", labels, -1)).toBe(1);
  });
  it("goes round those that begin alike", () => {
    expect(answerFor("t", labels, 1)).toBe(2);
    expect(answerFor("t", labels, 2)).toBe(1);
  });
  it("knows nothing else", () => {
    expect(answerFor("x", labels, 0)).toBeNull();
    expect(answerFor("Enter", labels, 0)).toBeNull();
    expect(answerFor(" ", labels, 0)).toBeNull();
  });
});
