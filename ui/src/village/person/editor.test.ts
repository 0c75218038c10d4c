import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ApplicantView } from "../../ipc/bindings";
import { type Host, useHost } from "../../ipc/host";
import { PersonEditor } from "./editor.svelte";

const judged = { judgement: {}, errors: [], nik: { wellFormed: false, others: [] } };
const view = { id: 7, values: { nama: "Suparmi" }, ...judged, release: {}, editedFields: [] } as unknown as ApplicantView;

describe("an editor of one person", () => {
  const saved: [string, string][] = [];
  beforeEach(() => {
    vi.useFakeTimers();
    saved.length = 0;
    useHost({
      saveField: async (_id: number, field: string, value: string) => {
        saved.push([field, value]);
        return { savedAt: 1, release: {}, editedFields: [], judged };
      },
      judge: async () => judged,
    } as unknown as Host);
  });
  afterEach(() => vi.useRealTimers());

  it("saves each field once, with its last value", async () => {
    const editor = new PersonEditor(view);
    editor.type("alamat", "J");
    editor.type("alamat", "Jalan Sawah");
    editor.type("rt", "001");
    await vi.advanceTimersByTimeAsync(1000);
    expect(saved).toEqual([["alamat", "Jalan Sawah"], ["rt", "001"]]);
    expect(editor.saveState).toBe("saved");
    expect(editor.busy).toBe(false);
  });

  it("comes to rest when a value is typed back to what is saved already", async () => {
    const editor = new PersonEditor(view);
    editor.type("nama", "Supar");
    editor.type("nama", "Suparmi");
    await editor.flush();
    expect(saved).toEqual([]);
    expect(editor.busy).toBe(false);
    editor.type("nama", "Suparmi Wati");
    await editor.flush();
    expect(saved).toEqual([["nama", "Suparmi Wati"]]);
  });

  it("saves what is typed while it saves", async () => {
    const editor = new PersonEditor(view);
    editor.type("alamat", "satu");
    const first = editor.flush();
    editor.type("alamat", "dua");
    await first;
    await editor.flush();
    expect(saved.at(-1)).toEqual(["alamat", "dua"]);
    expect(editor.busy).toBe(false);
  });

  it("keeps what could not be saved and says so", async () => {
    useHost({ saveField: async () => Promise.reject(new Error("no")), judge: async () => judged } as unknown as Host);
    const editor = new PersonEditor(view);
    editor.type("alamat", "Jalan Sawah");
    await editor.flush();
    expect(editor.saveState).toBe("failed");
    expect(editor.values.alamat).toBe("Jalan Sawah");
  });
});
