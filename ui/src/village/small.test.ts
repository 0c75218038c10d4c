import { describe, expect, it } from "vitest";
import type { FormDescription } from "../ipc/bindings";
import { hashOf, readRoute, type Route } from "../state/route";
import { secretProblem } from "../parts/secrets";
import { toDrawing } from "./head/drawing";
import { readCovers, writeCovers } from "./person/covers";
import { named } from "./person/form.svelte";
import { setupAnswers } from "./setup/answers.svelte";
import { askedGroup, groupsOf, sameGroup } from "./setup/code";

describe("other covers", () => {
  it("keep sources and last days through reading and writing", () => {
    expect(readCovers("csr:2026-12-31; mandiri")).toEqual([{ source: "csr", until: "2026-12-31" }, { source: "mandiri", until: "" }]);
    expect(writeCovers(readCovers("csr:2026-12-31;mandiri"))).toBe("csr:2026-12-31;mandiri");
  });
  it("none and unknown are no sources", () => {
    expect(readCovers("tidak_ada")).toEqual([]);
    expect(readCovers("tidak tahu")).toEqual([]);
    expect(readCovers("")).toEqual([]);
  });
});

describe("what is wrong with a field, read away from it", () => {
  const form = { sections: [{ fields: [{ name: "nik", label: "NIK" }, { name: "tanggal_lahir", label: "Tanggal lahir" }] }] } as unknown as FormDescription;
  it("says whose it is, once", () => {
    expect(named(form, { field: "tanggal_lahir", message: "bukan tanggal yang ada" }).message).toBe("Tanggal lahir: bukan tanggal yang ada");
    expect(named(form, { field: "nik", message: "NIK harus 16 angka" }).message).toBe("NIK harus 16 angka");
    expect(named(form, { field: "lain", message: "tulis ya" }).message).toBe("Tulis ya");
  });
});

describe("the recovery code copied from paper", () => {
  const groups = groupsOf("7QKD-29XM-P4RT-HW6Z-0CVN-J8BE-3GYA-F1S5");
  it("is confirmed by one group that is not the first", () => {
    expect(groups).toHaveLength(8);
    expect(askedGroup(groups.length)).toBeGreaterThan(0);
    expect(askedGroup(groups.length)).toBeLessThan(groups.length);
  });
  it("forgives capitals and letters that look alike, nothing else", () => {
    expect(sameGroup("ocvn", "0CVN")).toBe(true);
    expect(sameGroup(" 0c-vn ", "0CVN")).toBe(true);
    expect(sameGroup("0CVM", "0CVN")).toBe(false);
    expect(sameGroup("", "")).toBe(false);
  });
});

describe("how a laptop starts", () => {
  it("joining takes village and title from the district's file, never from questions answered before", () => {
    const answers = setupAnswers();
    answers.headTitle = "Pj. Kepala Desa";
    answers.operators = [{ name: " Siti ", secret: "sawah padi", again: "sawah padi" }];
    answers.join("/media/argopeni.payung", "Perbekel");
    const joining = answers.joining();
    expect(joining).toMatchObject({ enrolment: { path: "/media/argopeni.payung", text: null }, headTitle: "Perbekel", operators: [{ name: "Siti", secret: "sawah padi" }], head: null });
    expect(Object.keys(joining)).not.toContain("village");
  });
  it("going back to a new village drops the file and its title, not a title typed for that village", () => {
    const answers = setupAnswers();
    answers.headTitle = "Pj. Kepala Desa";
    answers.forgetFile();
    expect(answers.headTitle).toBe("Pj. Kepala Desa");
    answers.join("/media/argopeni.payung", "Perbekel");
    answers.forgetFile();
    expect([answers.headTitle, answers.enrolmentPath]).toEqual(["", null]);
    expect(answers.register().enrolment).toBeNull();
  });
});

describe("new secrets", () => {
  it("of a head need ten places when digits only", () => {
    expect(secretProblem("123456789", "head")).toBeDefined();
    expect(secretProblem("1234567890", "head")).toBeUndefined();
    expect(secretProblem("12345678", "operator")).toBeUndefined();
    expect(secretProblem("sawah12", "operator")).toBeDefined();
  });
});

describe("a drawn signature", () => {
  it("crosses in hundredths, with time from the first touch", () => {
    const point = (x: number, y: number, time: number) => ({ x, y, time, pressure: 0.5 });
    expect(toDrawing([{ points: [point(1.234, 2, 5000)] }, { points: [point(3, 4, 5120)] }], 300, 150)).toEqual({
      width: 30000,
      height: 15000,
      strokes: [{ points: [{ x: 123, y: 200, pressure: 500, time: 0 }] }, { points: [{ x: 300, y: 400, pressure: 500, time: 120 }] }],
    });
  });
});

describe("addresses of pages", () => {
  it("lead back to the same page and hold nothing but local numbers", () => {
    const routes: Route[] = [
      { screen: "beranda" }, { screen: "calon" }, { screen: "orang", id: 12 }, { screen: "orang_baru" }, { screen: "pernyataan" }, { screen: "pernyataan_baru" },
      { screen: "surat", id: 3 }, { screen: "sinkronisasi" }, { screen: "impor" }, { screen: "pengaturan" },
      { screen: "daftar_umum" }, { screen: "dua_isian", id: 5 }, { screen: "penduduk" }, { screen: "formulir" }, { screen: "daftar_cetak" },
      { screen: "ubah_surat", id: 4 },
      { screen: "buku_surat" },
      { screen: "periksa" },
    ];
    for (const route of routes) expect(readRoute(hashOf(route))).toEqual(route);
    expect(readRoute("#/calon/3305124108600001x")).toEqual({ screen: "calon" });
    expect(readRoute("#/entah")).toEqual({ screen: "beranda" });
  });
});
