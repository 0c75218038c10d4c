import { describe, expect, it } from "vitest";
import type { StampView } from "../../ipc/bindings";
import { startOf } from "./kept";

const FILE = "Berkas PDF ini";
const stamp: StampView = { kind: "pemeteraian_kemudian", kindWords: "pemeteraian kemudian", serial: "8A1C4D7E9F2B3C5D6", unusual: null, on: "2026-11-12", originalAt: "Lemari arsip", note: "dua lembar\nDiperiksa sendiri.", correction: null };

describe("the form of a meterai", () => {
  it("is empty the first time, dated today", () => {
    expect(startOf(null, { route: "scans", serialSeen: null }, "2026-11-21", FILE)).toEqual({ kind: "tempel", serial: "", on: "2026-11-21", originalAt: "", note: "" });
    expect(startOf(null, { route: "final_pdf", serialSeen: "123" }, "2026-11-21", FILE)).toEqual({ kind: "elektronik", serial: "123", on: "2026-11-21", originalAt: FILE, note: "" });
  });
  it("starts with what was recorded, in one line", () => {
    expect(startOf(stamp, null, "2026-11-21", FILE)).toEqual({ kind: stamp.kind, serial: stamp.serial, on: stamp.on, originalAt: stamp.originalAt, note: "dua lembar Diperiksa sendiri." });
  });
  it("takes from new files what they say themselves", () => {
    const paper = { ...stamp, kind: "tempel" as const };
    expect(startOf(paper, { route: "final_pdf", serialSeen: "123" }, "2026-11-21", FILE)).toMatchObject({ kind: "elektronik", serial: "123", originalAt: FILE });
    expect(startOf({ ...stamp, originalAt: FILE }, { route: "scans", serialSeen: null }, "2026-11-21", FILE).originalAt).toBe("");
  });
});
