// One person while being typed. Every field is saved by itself, in order, as typed; the judgement follows each key.
import type { AlikeView, ApplicantView, FieldProblem, Judged, JudgementView, NikFacts, ReleaseHint, Saved, Suggestion } from "../../ipc/bindings";
import { host } from "../../ipc/host";
import { shortDate } from "../../text/format";
import { UndoStack } from "./undo";

/** Counted from the first key that is not saved yet, so that somebody who types without a pause never has more than this to lose. */
const SAVE_AFTER_MS = 300;
const JUDGE_AFTER_MS = 40;

export type SaveState = "nothing" | "saving" | "saved" | "failed";

export class PersonEditor {
  /** `null` until the first field is saved: who opens a new page and leaves it, leaves nothing behind. */
  id = $state<number | null>(null);
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
  alike = $state.raw<AlikeView[]>([]);
  /** How many steps can be taken back. */
  steps = $state(0);
  /** Filled from the NIK just now, to be compared with the card. */
  fromNik = $state<string[]>([]);
  #pending = new Map<string, string>();
  #saved: Record<string, string> = {};
  #saveTimer: ReturnType<typeof setTimeout> | null = null;
  #judgeTimer: ReturnType<typeof setTimeout> | null = null;
  #judgeAsked = 0;
  #running: Promise<void> | null = null;
  #closed = false;
  #undo = new UndoStack();
  #filledFrom = "";
  /** Grows with every key: an answer that was asked for before it is not taken over what stands here. */
  typedCount = 0;

  constructor(
    view: ApplicantView,
    private readonly born: (id: number) => void = () => undefined,
  ) {
    this.id = view.id || null;
    this.take(view);
  }

  take(view: ApplicantView) {
    this.view = view;
    this.values = { ...view.values };
    this.#saved = { ...view.values };
    this.#takeJudged(view);
    this.release = view.release;
    this.editedFields = view.editedFields;
  }

  #takeJudged(judged: Judged) {
    this.judgement = judged.judgement;
    this.errors = judged.errors;
    this.nik = judged.nik;
    this.alike = judged.alike;
  }

  get busy(): boolean {
    return this.#pending.size > 0 || this.#running !== null;
  }

  errorOf(field: string): string | undefined {
    return this.errors.find((problem) => problem.field === field)?.message;
  }

  /** `whole`: an answer chosen at one stroke, saved without waiting for another key. */
  type(field: string, value: string, whole = false) {
    this.#undo.typed(field, this.values[field] ?? "", value, Date.now());
    this.#set(field, value);
    if (whole) void this.flush();
  }

  /** Takes over values of somebody typed before, at one stroke. Where something stands already, it stays. */
  takeOver(suggestions: readonly Pick<Suggestion, "field" | "value">[]) {
    const free = suggestions.filter((one) => (this.values[one.field] ?? "").trim() === "");
    this.#undo.together(free.map((one) => ({ field: one.field, before: this.values[one.field] ?? "", after: one.value })), Date.now());
    for (const one of free) this.#set(one.field, one.value);
    void this.flush();
  }

  /** Takes the last step back, durably as everything; the fields that it touched. */
  undo(): string[] {
    const changes = this.#undo.pop(this.values);
    for (const change of changes) this.#set(change.field, change.before);
    this.steps = this.#undo.size;
    void this.flush();
    return changes.map((change) => change.field);
  }

  #set(field: string, value: string) {
    this.values[field] = value;
    this.steps = this.#undo.size;
    this.typedCount += 1;
    this.fromNik = this.fromNik.filter((name) => name !== field);
    this.#queue(field, value);
    this.#judgeSoon();
  }

  #queue(field: string, value: string) {
    this.#pending.set(field, value);
    this.saveState = "saving";
    this.#saveTimer ??= setTimeout(() => void this.flush(), SAVE_AFTER_MS);
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
        const saved = await host().saveField(await this.#made(), field, value);
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

  /** The draft itself, made when there is something to keep. */
  async #made(): Promise<number> {
    if (this.id !== null) return this.id;
    const id = await host().newApplicant();
    this.id = id;
    this.view = { ...this.view, id };
    if (!this.#closed) this.born(id);
    return id;
  }

  #takeSaved(saved: Saved) {
    this.savedAt = saved.savedAt;
    this.release = saved.release;
    this.editedFields = saved.editedFields;
    // While keys are still being pressed, the judgement of what stands on screen is the newer one.
    if (this.#pending.size > 0) return;
    this.#takeJudged(saved.judged);
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
      this.#takeJudged(judged);
      this.#fillFromNik();
    } catch {
      // The saved field brings the judgement too, and says what failed.
    }
  }

  /**
   * Birth date and sex follow from the NIK where nothing stands yet, once: what the clerk empties stays empty. What was
   * typed is never replaced.
   */
  #fillFromNik() {
    if (!this.nik.wellFormed) this.#filledFrom = "";
    if (!this.nik.wellFormed || this.#filledFrom === this.nik.grouped) return;
    this.#filledFrom = this.nik.grouped;
    const fill = (field: string, value: string | null) => {
      if (!value || (this.values[field] ?? "").trim() !== "") return;
      this.#undo.followed(field, this.values[field] ?? "", value);
      this.#set(field, value);
      this.fromNik = [...this.fromNik, field];
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
