import { describe, expect, it } from "vitest";
import { programmeProblems } from "./programme";

const good = { name: "Jaminan sosial 2026", from: "2026-01-01", to: "2026-12-31", states: ["passed" as const] };

describe("the programme file", () => {
  it("is written when name, dates and states are there", () => expect(programmeProblems(good)).toEqual({}));
  it("says at each field what is wrong", () => {
    expect(Object.keys(programmeProblems({ name: " ", from: "kemarin", to: "2026-02-30", states: [] }))).toEqual(["name", "from", "to", "states"]);
    expect(Object.keys(programmeProblems({ ...good, to: "2025-12-31" }))).toEqual(["to"]);
    expect(programmeProblems({ ...good, to: good.from })).toEqual({});
  });
});
