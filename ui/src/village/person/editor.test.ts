import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ApplicantView } from "../../ipc/bindings";
import { type Host, useHost } from "../../ipc/host";
import { PersonEditor } from "./editor.svelte";

const judged = { judgement: {}, errors: [], nik: { wellFormed: false, others: [] }, alike: [] };
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

  it("does not wait for a pause: whoever types on and on has a third of a second to lose", async () => {
    const editor = new PersonEditor(view);
    for (const value of ["J", "Ja", "Jal", "Jala", "Jalan"]) {
      editor.type("alamat", value);
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(saved.map(([, value]) => value)).toEqual(["Ja", "Jala"]);
    await editor.flush();
    expect(saved.at(-1)).toEqual(["alamat", "Jalan"]);
  });

  it("saves an answer chosen at one stroke at once", async () => {
    const editor = new PersonEditor(view);
    editor.type("masih_bekerja", "ya", true);
    await vi.advanceTimersByTimeAsync(0);
    expect(saved).toEqual([["masih_bekerja", "ya"]]);
  });

  it("takes the last change back through the register", async () => {
    const editor = new PersonEditor(view);
    editor.type("nama", "Suparmi W");
    await editor.flush();
    editor.type("dusun", "Krajan");
    await editor.flush();
    expect(editor.steps).toBe(2);
    expect(editor.undo()).toEqual(["dusun"]);
    expect(editor.undo()).toEqual(["nama"]);
    expect(editor.undo()).toEqual([]);
    await editor.flush();
    expect(editor.values).toMatchObject({ nama: "Suparmi", dusun: "" });
    expect(saved.slice(-2)).toEqual([["dusun", ""], ["nama", "Suparmi"]]);
    expect(editor.steps).toBe(0);
  });

  it("takes an address over at one stroke, and leaves what stands", async () => {
    const editor = new PersonEditor(view);
    editor.takeOver([{ field: "nama", value: "Lain" }, { field: "rt", value: "002" }, { field: "dusun", value: "Bulu" }]);
    await editor.flush();
    expect(saved).toEqual([["rt", "002"], ["dusun", "Bulu"]]);
    expect(editor.undo()).toEqual(["rt", "dusun"]);
    expect(editor.values.nama).toBe("Suparmi");
  });

  it("makes the draft of somebody new with the first saved field, once", async () => {
    let made = 0;
    useHost({
      newApplicant: async () => 40 + ++made,
      saveField: async (id: number, field: string) => {
        saved.push([String(id), field]);
        return { savedAt: 1, release: {}, editedFields: [], judged };
      },
      judge: async () => judged,
    } as unknown as Host);
    const born: number[] = [];
    const editor = new PersonEditor({ ...view, id: 0, values: {} }, (id) => born.push(id));
    await editor.flush();
    expect(made).toBe(0);
    editor.type("nik", "33");
    const first = editor.flush();
    editor.type("nama", "Suparmi");
    await first;
    await editor.flush();
    expect(saved).toEqual([["41", "nik"], ["41", "nama"]]);
    expect(born).toEqual([41]);
    expect(editor.id).toBe(41);
  });

  it("fills birth date and sex from the NIK once; what the clerk empties stays empty", async () => {
    const nik = { wellFormed: true, grouped: "330501 570875 0001", birthDate: "1975-08-17", sex: "P", others: [] };
    const seen = { ...judged, nik };
    useHost({ saveField: async () => ({ savedAt: 1, release: {}, editedFields: [], judged: seen }), judge: async () => seen } as unknown as Host);
    const editor = new PersonEditor(view);
    editor.type("nik", "3305015708750001");
    await vi.advanceTimersByTimeAsync(100);
    expect(editor.values).toMatchObject({ tanggal_lahir: "1975-08-17", jenis_kelamin: "P" });
    expect(editor.fromNik).toEqual(["tanggal_lahir", "jenis_kelamin"]);
    await editor.flush();
    editor.type("tanggal_lahir", "");
    await vi.advanceTimersByTimeAsync(1000);
    expect(editor.values.tanggal_lahir).toBe("");
    editor.undo();
    expect(editor.undo()).toEqual(["nik", "tanggal_lahir", "jenis_kelamin"]);
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
