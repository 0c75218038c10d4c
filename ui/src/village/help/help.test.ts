import { describe, expect, it } from "vitest";
import { readHints, VISITS_MAX, visited, writeHints } from "../../state/hints.svelte";
import { readRoute } from "../../state/route";
import { text } from "../../text";
import { helpFor } from "./pages";

describe("help", () => {
  it("every page has one, short enough to read at the desk", () => {
    for (const page of Object.values(text.help.pages)) {
      expect(page.steps.length).toBeGreaterThanOrEqual(3);
      expect(page.steps.length).toBeLessThanOrEqual(5);
      expect(page.questions.length).toBeGreaterThanOrEqual(1);
      for (const words of [page.purpose, ...page.steps, ...page.questions.map(([, answer]) => answer)]) expect(words.length, words).toBeLessThan(150);
    }
  });
  it("is found for any address", () => {
    for (const hash of ["", "#/calon", "#/calon/12", "#/calon/baru", "#/calon/12/dua", "#/pernyataan/buku", "#/impor", "#/nowhere"]) {
      expect(text.help.pages[helpFor(readRoute(hash))].title).not.toBe("");
    }
  });
});

describe("hints of the first days", () => {
  it("are shown a few times, then never again", () => {
    let state: string | undefined;
    const shown = Array.from({ length: VISITS_MAX + 3 }, () => {
      const after = visited(state);
      state = after.state;
      return after.shown;
    });
    expect(shown.filter(Boolean).length).toBe(VISITS_MAX);
    expect(shown.slice(VISITS_MAX)).toEqual([false, false, false]);
  });
  it("stay closed once closed", () => expect(visited("x")).toEqual({ state: "x", shown: false }));
  it("survive the way through storage, and rubbish in it", () => {
    const kept = new Map([["beranda", "2"], ["orang", "x"]]);
    expect(readHints(writeHints(kept))).toEqual(kept);
    expect(readHints("")).toEqual(new Map());
    expect(readHints("rubbish,,x")).toEqual(new Map());
    expect(visited("rubbish").shown).toBe(true);
  });
});
