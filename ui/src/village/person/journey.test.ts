import { describe, expect, it } from "vitest";
import type { AnswerView, ApplicantView, PhotoState, PhotoView, StateKey, SyncStatus } from "../../ipc/bindings";
import { deliveryStep, photoStep, stateStep, waitsFor } from "./journey";

const view = (more: Partial<ApplicantView>): ApplicantView =>
  ({ state: "arrived", stateWords: "sudah sampai di kabupaten", delivery: "arrived", deliveryWords: "sudah sampai di kabupaten", deliverySince: 1000, answers: [], statements: [], ended: null, updatedAt: 5000, ...more }) as ApplicantView;
const answer = (more: Partial<AnswerView>): AnswerView => ({ at: 2000, answer: "needs_fix", words: "", reasons: [{ field: null, rule: null, message: "Tahun mulai bekerja tidak mungkin." }], officer: null, current: true, ...more });
const photo = (state: PhotoState): PhotoView => ({ id: 1, digest: "ab", kind: "ktp", kindWords: "Foto KTP", media: "image/jpeg", bytes: 1, name: "", at: 0, actor: "", state, stateWords: "NIK tidak terbaca", keptAt: null, here: state !== "missing" });
const sync = (more: Partial<SyncStatus>) => ({ state: "idle", skew: null, lastError: null, ...more }) as SyncStatus;

describe("where somebody stands", () => {
  it("always says why, in every state", () => {
    const states: StateKey[] = ["draft", "ready_for_statement", "awaiting_signature", "awaiting_stamp", "not_sent", "arrived", "needs_fix", "duplicate_nik", "passed", "not_eligible", "ended", "cancelled"];
    const ended = { kind: "pindah" as const, words: "Pindah", on: "2026-11-01", reason: "Pindah ke Cilacap." };
    for (const state of states) expect(stateStep(view({ state, answers: [answer({})], ended })).why, state).not.toBe("");
  });
  it("a refusal shows when it came, from the answer that counts now, and does not repeat its reason", () => {
    const step = stateStep(view({ state: "needs_fix", answers: [answer({ at: 3000 }), answer({ at: 1, current: false, reasons: [] })] }));
    expect(step).toMatchObject({ at: 3000, tone: "wait" });
    expect(step.why).not.toContain("Tahun mulai bekerja");
    expect(stateStep(view({ state: "not_eligible", answers: [answer({})] })).tone).toBe("refused");
  });
  it("names the letter that waits", () => {
    const statements = [{ id: 1, number: "140/10/2001/XI/2026", words: "menunggu meterai" }];
    expect(stateStep(view({ state: "awaiting_stamp", statements })).why).toContain("140/10/2001/XI/2026");
    expect(stateStep(view({ state: "awaiting_stamp" })).why).not.toContain("undefined");
  });
});

describe("delivery", () => {
  it("is good only under a receipt", () => {
    expect(deliveryStep(view({}), sync({})).tone).toBe("good");
    for (const delivery of ["local", "not_sent"] as const) expect(deliveryStep(view({ delivery }), sync({})).tone).not.toBe("good");
  });
  it("says what it waits for", () => {
    expect(waitsFor(sync({ state: "offline" }))).toMatch(/internet/);
    expect(waitsFor(sync({ state: "not_enrolled" }))).toMatch(/dihubungkan/);
    expect(waitsFor(sync({ state: "error", lastError: "Server kabupaten sedang ramai." }))).toBe("Server kabupaten sedang ramai.");
    expect(waitsFor(sync({ state: "error", lastError: "x", skew: "Jam laptop terlambat." }))).toBe("Jam laptop terlambat.");
    expect(waitsFor(null)).not.toBe("");
  });
});

describe("photos on a line of their own", () => {
  it("are not spoken of where there are none", () => expect(photoStep([])).toBeNull());
  it("never hide a refused one behind those that arrived", () => {
    const step = photoStep([photo("kept"), photo("refused"), photo("waiting")]);
    expect(step?.words).toBe("1 foto ditolak, 1 foto menunggu dikirim, 1 foto sudah sampai");
    expect(step).toMatchObject({ tone: "refused", why: "Foto KTP: NIK tidak terbaca" });
  });
  it("are good only when all have arrived", () => {
    expect(photoStep([photo("kept"), photo("kept")])?.tone).toBe("good");
    for (const state of ["waiting", "local", "missing"] as const) expect(photoStep([photo("kept"), photo(state)])?.tone).toBe("plain");
  });
});
