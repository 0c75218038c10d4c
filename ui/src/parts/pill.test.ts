import { describe, expect, it } from "vitest";
import type { SyncState, SyncStatus } from "../ipc/bindings";
import { pill } from "./pill";

const status = (more: Partial<SyncStatus>): SyncStatus => ({
  state: "idle",
  words: "",
  waitingPeople: 0,
  waitingEntries: 0,
  oldestWaitingAt: null,
  lastError: null,
  lastErrorAt: null,
  nextTryAt: null,
  lastSyncAt: 1_764_000_000_000,
  skew: null,
  regency: "Kabupaten Kebumen",
  progress: null,
  photos: { total: 0, kept: 0, waiting: 0, missing: 0, refused: 0, words: "" },
  photoProblem: null,
  compared: null,
  lastBackupAt: null,
  ...more,
});

describe("the pill tells the truth about the link", () => {
  it("is green only when everything has arrived", () => {
    expect(pill(status({})).tone).toBe("good");
    const untrue: Partial<SyncStatus>[] = [
      { waitingPeople: 1 },
      { waitingEntries: 1 },
      { lastSyncAt: null },
      { lastError: "Server kabupaten sedang sibuk." },
      { skew: "Jam laptop terlambat 2 jam." },
      { compared: { equal: false, at: 0, words: "belum sama" } },
      { state: "offline" },
      { state: "not_enrolled" },
      { state: "syncing" },
      { state: "error" },
    ];
    for (const more of untrue) expect(pill(status(more)).tone, JSON.stringify(more)).not.toBe("good");
  });
  it("takes no internet as normal: never an alarm", () => {
    expect(pill(status({ state: "offline", waitingPeople: 500, waitingEntries: 900 })).tone).toBe("plain");
  });
  it("always has words, and with people waiting says how many", () => {
    for (const state of ["not_enrolled", "offline", "idle", "error"] satisfies SyncState[]) {
      expect(pill(status({ state, waitingPeople: 12, waitingEntries: 20 })).words).toContain("12");
    }
    expect(pill(null).words).not.toBe("");
  });
  it("repeats the program's own sentence unchanged", () => {
    expect(pill(status({ state: "offline", words: "Tanpa internet, 12 menunggu" })).words).toBe("Tanpa internet, 12 menunggu");
  });
  it("shows the progress while sending", () => {
    expect(pill(status({ state: "syncing", progress: { phase: "data", words: "Mengirim 4 dari 12 orang", sentEntries: 4, totalEntries: 12, receivedEntries: 0, photoBytesDone: 0, photoBytesTotal: 0 } }))).toEqual({ tone: "busy", words: "Mengirim 4 dari 12 orang" });
  });
});
