import { describe, expect, it } from "vitest";
import { UndoStack } from "./undo";

describe("what can be taken back", () => {
  it("takes keys typed in one go as one step, and goes back to what stood before", () => {
    const undo = new UndoStack();
    undo.typed("nama", "", "S", 0);
    undo.typed("nama", "S", "Sutarmi", 200);
    expect(undo.size).toBe(1);
    expect(undo.pop({ nama: "Sutarmi" })).toEqual([{ field: "nama", before: "", after: "Sutarmi" }]);
    expect(undo.size).toBe(0);
    expect(undo.pop({ nama: "" })).toEqual([]);
  });

  it("takes a field emptied and typed anew as one step, however long it took", () => {
    const undo = new UndoStack();
    undo.typed("tempat_kerja", "Sawah", "", 0);
    undo.typed("tempat_kerja", "", "P", 9000);
    undo.typed("tempat_kerja", "P", "Pasar", 9100);
    expect(undo.pop({ tempat_kerja: "Pasar" })).toEqual([{ field: "tempat_kerja", before: "Sawah", after: "Pasar" }]);
  });

  it("begins a new step after a pause, in another field, and after one was taken back", () => {
    const undo = new UndoStack();
    undo.typed("nama", "", "Sutarmi", 0);
    undo.typed("nama", "Sutarmi", "Sutarmi W", 5000);
    undo.typed("rt", "", "001", 5100);
    undo.typed("rw", "", "002", 5200);
    expect(undo.size).toBe(4);
    expect(undo.pop({ nama: "Sutarmi W", rt: "001", rw: "002" })).toEqual([{ field: "rw", before: "", after: "002" }]);
    undo.typed("rt", "001", "003", 5300);
    expect(undo.pop({ nama: "Sutarmi W", rt: "003" })).toEqual([{ field: "rt", before: "001", after: "003" }]);
    expect(undo.pop({ nama: "Sutarmi W", rt: "001" })).toEqual([{ field: "rt", before: "", after: "001" }]);
    expect(undo.pop({ nama: "Sutarmi W", rt: "" })).toEqual([{ field: "nama", before: "Sutarmi", after: "Sutarmi W" }]);
  });

  it("takes what followed by itself back together with its cause", () => {
    const undo = new UndoStack();
    undo.typed("nik", "", "3305015708750001", 0);
    undo.followed("tanggal_lahir", "", "1975-08-17");
    undo.followed("jenis_kelamin", "", "P");
    const values = { nik: "3305015708750001", tanggal_lahir: "1975-08-17", jenis_kelamin: "P" };
    expect(undo.pop(values).map((change) => change.field)).toEqual(["nik", "tanggal_lahir", "jenis_kelamin"]);
  });

  it("leaves alone what became something else meanwhile, and looks further back", () => {
    const undo = new UndoStack();
    undo.typed("rw", "", "001", 0);
    undo.typed("dusun", "", "Krajan", 100);
    // Another laptop's answer replaced the hamlet.
    expect(undo.pop({ rw: "001", dusun: "Bulu" })).toEqual([{ field: "rw", before: "", after: "001" }]);
  });

  it("takes an address that was taken over back in one step", () => {
    const undo = new UndoStack();
    undo.together(
      [
        { field: "alamat", before: "", after: "Jalan Sawah" },
        { field: "rt", before: "001", after: "001" },
        { field: "dusun", before: "", after: "Bulu" },
      ],
      0,
    );
    undo.typed("dusun", "Bulu", "Bulu Lor", 10);
    expect(undo.size).toBe(2);
    undo.pop({ alamat: "Jalan Sawah", dusun: "Bulu Lor" });
    expect(undo.pop({ alamat: "Jalan Sawah", dusun: "Bulu" }).map((change) => change.field)).toEqual(["alamat", "dusun"]);
  });
});
