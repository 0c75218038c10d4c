import { describe, expect, it } from "vitest";
import type { SyncAttempt } from "../../ipc/bindings";
import { amounts, readAloud, whenExactly } from "./aloud";

const attempt: SyncAttempt = {
  number: 1041,
  at: Date.UTC(2026, 10, 21, 1, 13),
  ok: true,
  via: "internet",
  words: "Isi kedua pihak cocok (1.204 catatan).",
  sentEntries: 24,
  receivedEntries: 3,
  sentPeople: 12,
  sentPhotos: 0,
  receivedPhotos: 0,
  compared: true,
};
const spoken = (more: Partial<SyncAttempt>) => Object.fromEntries(readAloud({ ...attempt, ...more }, "Desa Argopeni", 7).map((line) => [line.name, line.value]));

describe("what moved, in one breath", () => {
  const said = (more: Partial<SyncAttempt>) => amounts({ ...attempt, ...more });
  it("counts people rather than entries, answers, and files when there were any", () => {
    expect(said({})).toBe("12 orang terkirim, 3 jawaban diterima");
    expect(said({ sentPeople: 0, sentPhotos: 2, receivedPhotos: 1 })).toBe("24 catatan terkirim, 3 jawaban diterima, 2 berkas terkirim, 1 berkas diterima");
  });
  it("leaves sticks, and files that went by themselves, to the words", () => {
    const files = { sentPeople: 0, sentEntries: 0, receivedEntries: 0, sentPhotos: 2 };
    expect(said({ ...files, words: "2 foto sudah sampai di kabupaten." })).toBe("");
    expect(said({ ...files, words: "" })).toBe("2 berkas terkirim");
    expect(said({ via: "stick" })).toBe("");
  });
  it("says that there was nothing new, but only of one that succeeded", () => {
    const nothing = { sentPeople: 0, sentEntries: 0, receivedEntries: 0 };
    expect(said(nothing)).toBe("tidak ada yang baru");
    expect(said({ ...nothing, ok: false })).toBe("");
  });
  it("says what had come through before one broke off", () => expect(said({ ok: false, receivedEntries: 0 })).toBe("12 orang terkirim"));
});

describe("an exchange read out over the phone", () => {
  it("names village, number, exact time, way, counts and the comparison", () => {
    const lines = spoken({});
    expect(Object.values(lines)).toEqual(expect.arrayContaining(["Desa Argopeni", "1.041", "21 November 2026, 08.13", "internet", "berhasil", "12", "24", "3", "cocok"]));
    expect(lines["Berkas terkirim"]).toBeUndefined();
  });
  it("says the stick, and photos when there were any", () => {
    const lines = spoken({ via: "stick", sentPhotos: 2, receivedPhotos: 1 });
    expect(lines["Lewat"]).toBe("flashdisk");
    expect([lines["Berkas terkirim"], lines["Berkas diterima"]]).toEqual(["2", "1"]);
  });
  it("never claims equality that was not found", () => {
    expect(spoken({ compared: null })["Isi kedua pihak"]).toBe("belum dibandingkan");
    expect(spoken({ compared: false })["Isi kedua pihak"]).toBe("belum cocok");
    expect(spoken({ ok: false, compared: null, sentPeople: 0 })["Hasil"]).toBe("belum berhasil");
    expect(spoken({ ok: false, sentPeople: 0 })["Orang terkirim"]).toBe("0");
  });
  it("gives the day itself, in the village's own time", () => {
    expect(whenExactly(Date.UTC(2026, 10, 20, 17, 5), 7)).toBe("21 November 2026, 00.05");
    expect(whenExactly(Date.UTC(2026, 10, 20, 17, 5), 8)).toBe("21 November 2026, 01.05");
  });
});
