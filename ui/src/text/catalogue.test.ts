import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { text } from "./index";

type Entry = { path: string; words: string };

/** Every sentence of the catalogue; those with something to fill in are filled with harmless values. */
function entries(node: unknown, path: string): Entry[] {
  if (typeof node === "string") return [{ path, words: node }];
  if (typeof node === "function") return [1, 2].map((count) => ({ path: `${path}(${count})`, words: String((node as (...given: unknown[]) => unknown)(count, count, count)) }));
  if (Array.isArray(node)) return node.flatMap((one, index) => entries(one, `${path}[${index}]`));
  return Object.entries(node as Record<string, unknown>).flatMap(([key, one]) => entries(one, path ? `${path}.${key}` : key));
}

const all = entries(text, "");

describe("the catalogue", () => {
  it("has words everywhere", () => {
    expect(all.length).toBeGreaterThan(300);
    expect(all.filter(({ words }) => words.trim() === "" || /undefined|null|NaN|\[object/.test(words))).toEqual([]);
  });
  it("never speaks the machine's language", () => {
    const machine = /\b(token|payload|error|server error|null|sync|login|password|invalid|database|JSON|luring|daring|pemohon|penilaian)\b/i;
    expect(all.filter(({ words }) => machine.test(words)).map(({ path, words }) => `${path}: ${words}`)).toEqual([]);
  });
  it("promises nothing that only the regent decides", () => {
    expect(all.filter(({ words }) => /\b(disetujui|diterima sebagai penerima|pasti dapat|dijamin)\b/i.test(words))).toEqual([]);
  });
  it("says 'Anda', never 'kamu' or 'anda'", () => {
    expect(all.filter(({ words }) => /\b(kamu|anda)\b/.test(words))).toEqual([]);
  });
  it("holds no sentence that no screen shows", () => {
    const root = join(import.meta.dirname, "..");
    const sources = readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((path) => /\.(svelte|ts)$/.test(path) && !path.startsWith("text"))
      .map((path) => readFileSync(join(root, path), "utf8"))
      .join("\n");
    // Chosen by the kind of a region: words[region.kind].
    const byKey = ["desa", "kelurahan"];
    const unused = Object.entries(text).flatMap(([matter, words]) =>
      Object.keys(words)
        .filter((key) => !byKey.includes(key) && !new RegExp(`(words|text\\.${matter})\\.${key}\\b`).test(sources))
        .map((key) => `${matter}.${key}`),
    );
    expect(unused).toEqual([]);
  });
});
