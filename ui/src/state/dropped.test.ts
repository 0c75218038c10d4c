import { beforeEach, describe, expect, it } from "vitest";
import { app } from "./app.svelte";
import { dropped } from "./dropped.svelte";
import type { Route } from "./route";

describe("files dropped on the window", () => {
  let went: Route[] = [];
  beforeEach(() => {
    went = [];
    app.go = (route) => went.push(route);
  });
  it("go to whoever opened for them last, and back to the one before when that closed", () => {
    const taken: string[] = [];
    const stopFirst = dropped.take((paths) => taken.push(`first ${paths[0]}`));
    const stopSecond = dropped.take((paths) => taken.push(`second ${paths[0]}`));
    dropped.give(["a.pdf"]);
    stopSecond();
    dropped.give(["b.pdf"]);
    stopFirst();
    expect(taken).toEqual(["second a.pdf", "first b.pdf"]);
    expect(went).toEqual([]);
  });
  it("are looked at where nobody asked for files, once", () => {
    dropped.give(["c.pdf"]);
    expect(went).toEqual([{ screen: "periksa" }]);
    expect(dropped.left()).toEqual(["c.pdf"]);
    expect(dropped.left()).toEqual([]);
  });
});
