// One person while being typed. Every field is saved by itself, in order, as typed; the judgement follows each key.
import type { ApplicantView, FieldProblem, JudgementView, NikFacts, ReleaseHint, Saved } from "../../ipc/bindings";
import { host } from "../../ipc/host";
import { shortDate } from "../../text/format";

const SAVE_AFTER_MS = 300;
const JUDGE_AFTER_MS = 40;

export type SaveState = "nothing" | "saving" | "saved" | "failed";

export class PersonEditor {
  readonly id: number;
  view = $state.raw<ApplicantView>() as ApplicantView;
  values = $state<Record<string, string>>({});
  judgement = $state.raw<JudgementView>() as JudgementView;
  errors = $state.raw<FieldProblem[]>([]);
  nik = $state.raw<NikFacts>() as NikFacts;
  release = $state.raw<ReleaseHint>() as ReleaseHint;
  editedFields = $state.raw<string[]>([]);
  saveState = $state<SaveState>("nothing");
  savedAt = $state<number | null>(null);
  saveError = $state<unknown>(null);
  /** Filled from the NIK just now, to be compared with the card. */
  fromNik = $state<string[]>([]);
  #pending = new Map<string, string>();
  #saved: Record<string, string> = {};
  #saveTimer: ReturnType<typeof setTimeout> | null = null;
  #judgeTimer: ReturnType<typeof setTimeout> | null = null;
  #judgeAsked = 0;
  #running: Promise<void> | null = null;
  #closed = false;

  constructor(view: ApplicantView) {
    this.id = view.id;
    this.take(view);
  }

  take(view: ApplicantView) {
    this.view = view;
    this.values = { ...view.values };
    this.#saved = { ...view.values };
    this.judgement = view.judgement;
    this.errors = view.errors;
    this.nik = view.nik;
    this.release = view.release;
    this.editedFields = view.editedFields;
  }

  get busy(): boolean {
    return this.#pending.size > 0 || this.#running !== null;
  }

  errorOf(field: string): string | undefined {
    return this.errors.find((problem) => problem.field === field)?.message;
  }

  type(field: string, value: string) {
    this.values[field] = value;
    this.fromNik = this.fromNik.filter((name) => name !== field);
    this.#queue(field, value);
    this.#judgeSoon();
  }

  #queue(field: string, value: string) {
    this.#pending.set(field, value);
    this.saveState = "saving";
    if (this.#saveTimer) clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => void this.flush(), SAVE_AFTER_MS);
  }

  /** Saves what waits; durable when this returns, unless `saveState` says otherwise. */
  async flush(): Promise<void> {
    if (this.#saveTimer) clearTimeout(this.#saveTimer);
    this.#saveTimer = null;
    if (!this.#running) {
      if (this.#pending.size === 0) return;
      const run = this.#save();
      this.#running = run;
      // Not inside the run itself: one that finds nothing new ends before it is kept here, and would never be let go.
      void run.finally(() => (this.#running = null));
    }
    await this.#running;
    if (this.#pending.size > 0 && this.saveState !== "failed") await this.flush();
  }

  async #save() {
    try {
      while (this.#pending.size > 0) {
        const [field, value] = this.#pending.entries().next().value as [string, string];
        if ((this.#saved[field] ?? "") === value) {
          this.#pending.delete(field);
          continue;
        }
        const saved = await host().saveField(this.id, field, value);
        this.#saved[field] = value;
        if (this.#pending.get(field) === value) this.#pending.delete(field);
        this.#takeSaved(saved);
      }
      if (this.saveState === "saving") this.saveState = this.savedAt === null ? "nothing" : "saved";
      this.saveError = null;
    } catch (error) {
      this.saveState = "failed";
      this.saveError = error;
    }
  }

  #takeSaved(saved: Saved) {
    this.savedAt = saved.savedAt;
    this.release = saved.release;
    this.editedFields = saved.editedFields;
    // While keys are still being pressed, the judgement of what stands on screen is the newer one.
    if (this.#pending.size > 0) return;
    this.judgement = saved.judged.judgement;
    this.errors = saved.judged.errors;
    this.nik = saved.judged.nik;
  }

  #judgeSoon() {
    if (this.#judgeTimer) clearTimeout(this.#judgeTimer);
    this.#judgeTimer = setTimeout(() => void this.#judge(), JUDGE_AFTER_MS);
  }

  async #judge() {
    const mine = ++this.#judgeAsked;
    try {
      const judged = await host().judge(this.id, { ...this.values });
      if (mine !== this.#judgeAsked || this.#closed) return;
      this.judgement = judged.judgement;
      this.errors = judged.errors;
      this.nik = judged.nik;
      this.#fillFromNik();
    } catch {
      // The saved field brings the judgement too, and says what failed.
    }
  }

  /** Birth date and sex follow from the NIK where nothing stands yet. What was typed is never replaced. */
  #fillFromNik() {
    if (!this.nik.wellFormed) return;
    const fill = (field: string, value: string | null) => {
      if (!value || (this.values[field] ?? "").trim() !== "") return;
      this.values[field] = value;
      this.fromNik = [...this.fromNik, field];
      this.#queue(field, value);
      this.#judgeSoon();
    };
    fill("tanggal_lahir", this.nik.birthDate);
    fill("jenis_kelamin", this.nik.sex);
  }

  /** What the NIK says otherwise than the form, by field. */
  disagreement(field: string, words: { birth: (typed: string, nik: string) => string; sex: (nik: string) => string; male: string; female: string }) {
    if (!this.nik.wellFormed) return undefined;
    const typed = (this.values[field] ?? "").trim();
    if (field === "tanggal_lahir" && this.nik.birthDate && /^\d{4}-\d{2}-\d{2}$/.test(typed) && typed !== this.nik.birthDate) {
      return words.birth(shortDate(typed), shortDate(this.nik.birthDate));
    }
    if (field === "jenis_kelamin" && this.nik.sex && typed && typed.slice(0, 1).toUpperCase() !== this.nik.sex) {
      return words.sex(this.nik.sex === "L" ? words.male : words.female);
    }
    return undefined;
  }

  close() {
    this.#closed = true;
    if (this.#judgeTimer) clearTimeout(this.#judgeTimer);
    void this.flush();
  }
}
