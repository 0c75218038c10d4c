import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ImportDone, ImportFigures, ImportPlanView, OpenedImport } from "../../ipc/bindings";
import { HostError, useHost, type Host } from "../../ipc/host";
import { Choice, importing } from "./importing.svelte";

const figures: ImportFigures = { read: 10, new: 6, changed: 1, same: 1, refused: 1, skipped: 1 };
const plan: ImportPlanView = { figures, ready: 0, readiness: [], skippedBecause: [], notes: 0 };
const opened = (layout: string): OpenedImport => ({ fileName: "warga.xlsx", layout, layoutWords: layout, sheets: [], read: 10, skipped: 1, ignoredColumns: [], occupations: [], hamlets: [] });
const refused = (code: HostError["code"], message: string) => new HostError({ code, message, fields: [], waitSeconds: null });

function program(answers: Partial<Host>) {
  useHost({ hear: () => () => undefined, importRows: async () => ({ total: 0, rows: [] }), closeImport: async () => null, ...answers } as Host);
}

beforeEach(() => {
  vi.stubGlobal("requestAnimationFrame", (act: () => void) => act());
  program({});
  importing.close();
});

describe("what is asked of a file", () => {
  it("of the village's people is the population, of Payung's template applicants", async () => {
    for (const [layout, destination] of [["open_sid", "population"], ["bip_2016", "population"], ["template", "applicants"]] as const) {
      program({ openImport: async () => opened(layout) });
      importing.path = "/x/warga.xlsx";
      await importing.read();
      expect(importing.choice.destination).toBe(destination);
    }
  });
  it("marks nobody siap and keeps nothing unreadable among the population", () => {
    const choice = new Choice("population");
    choice.ready = true;
    choice.keepUnreadable = true;
    expect(choice.request()).toMatchObject({ ready: false, keepUnreadable: false });
    choice.destination = "applicants";
    expect(choice.request()).toMatchObject({ ready: true, keepUnreadable: true });
  });
  it("is nothing while an age cannot be read", () => {
    const choice = new Choice();
    choice.ageFrom = "18";
    choice.ageTo = "6";
    expect(choice.request()).toBeNull();
    choice.ageTo = "60";
    expect(choice.request()?.ages).toEqual({ from: 18, to: 60 });
    expect(choice.narrowed).toBe(1);
    choice.clearFilters();
    expect(choice.request()?.ages).toBeNull();
  });
});

describe("the way of a file", () => {
  it("keeps the place that was typed where the file cannot be read", async () => {
    program({ openImport: async () => Promise.reject(refused("problem", "Berkas ini rusak.")) });
    importing.path = "/x/rusak.xlsx";
    await importing.read();
    expect([importing.step, importing.path, importing.failed]).toEqual([0, "/x/rusak.xlsx", "Berkas ini rusak."]);
  });
  it("says nothing of success before it was taken, and keeps what was chosen where taking fails", async () => {
    program({ openImport: async () => opened("open_sid"), planImport: async () => plan, runImport: async () => Promise.reject(refused("problem", "Tempat penyimpanan penuh.")) });
    importing.path = "/x/warga.xlsx";
    await importing.read();
    importing.choice.ageFrom = "18";
    await importing.check();
    await importing.take();
    expect([importing.step, importing.done, importing.choice.ageFrom, importing.failed]).toEqual([1, null, "18", "Tempat penyimpanan penuh."]);
    const done: ImportDone = { id: 4, figures, ready: 0, words: "7 penduduk tersimpan." };
    program({ runImport: async () => done });
    await importing.take();
    expect([importing.step, importing.failed]).toEqual([2, ""]);
  });
  it("stops the check under way before it starts another, and shows the newest only", async () => {
    let stop: () => void = () => undefined;
    const asked: number[] = [];
    program({
      openImport: async () => opened("open_sid"),
      planImport: async (request) => {
        asked.push(request.ages?.from ?? 0);
        if (asked.length > 1) return { ...plan, figures: { ...figures, new: 2, skipped: 5 } };
        return new Promise((_, fail) => (stop = () => fail(refused("stopped", "Dihentikan."))));
      },
      cancelWork: async () => {
        stop();
        return null;
      },
    });
    importing.path = "/x/warga.xlsx";
    await importing.read();
    const first = importing.check();
    importing.choice.ageFrom = "30";
    await importing.check();
    await first;
    expect(asked).toEqual([0, 30]);
    expect([importing.plan?.figures.new, importing.stale, importing.said, importing.failed, importing.doing]).toEqual([2, false, "", "", null]);
  });
  it("stopped by the clerk says that nothing changed, and takes nothing while the figures belong to something else", async () => {
    const runImport = vi.fn();
    program({ openImport: async () => opened("open_sid"), planImport: async () => Promise.reject(refused("stopped", "Dihentikan.")), runImport });
    importing.path = "/x/warga.xlsx";
    await importing.read();
    await importing.check();
    expect(importing.said).not.toBe("");
    await importing.take();
    expect(runImport).not.toHaveBeenCalled();
  });
});
