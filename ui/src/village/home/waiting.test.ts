import { describe, expect, it } from "vitest";
import type { CounterKey, Dashboard } from "../../ipc/bindings";
import { waiting } from "./waiting";

const keys: CounterKey[] = ["complete", "ready_for_statement", "awaiting_signature", "awaiting_stamp", "not_sent", "needs_fix"];
const dashboard = {
  counters: keys.map((key, count) => ({ key, words: key, count, states: [], unsent: key === "not_sent", filter: null })),
  bar: [
    { state: "draft", words: "draf", count: 4 },
    { state: "arrived", words: "", count: 3 },
    { state: "passed", words: "", count: 2 },
    { state: "not_eligible", words: "", count: 1 },
  ],
  total: 10,
} as unknown as Dashboard;

describe("the first page", () => {
  it("says of everything that waits for whom it waits, once", () => {
    const found = waiting(dashboard, (state) => `officer ${state}`);
    expect(found.clerk.map((line) => line.key)).toEqual(["complete", "ready_for_statement", "awaiting_stamp", "needs_fix"]);
    expect(found.head.map((line) => line.key)).toEqual(["awaiting_signature"]);
    expect(found.district.map((line) => [line.key, line.count])).toEqual([["not_sent", 4], ["arrived", 3]]);
    const everything = [...found.clerk, ...found.head, ...found.district].map((line) => line.key);
    for (const key of keys) expect(everything.filter((one) => one === key)).toEqual([key]);
  });
  it("speaks of doubled numbers only where there are any", () => {
    const doubled = { ...dashboard, bar: [{ state: "duplicate_nik", words: "", count: 2 }] } as unknown as Dashboard;
    expect(waiting(doubled, () => "").district.map((line) => [line.key, line.count])).toEqual([["not_sent", 4], ["arrived", 0], ["duplicate_nik", 2]]);
  });
});
