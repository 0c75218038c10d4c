// What can be taken back on one page: steps of typing, the last one first. Keys typed in one go into one field are one
// step, and so is a field emptied and typed anew; what followed by itself from a step (birth date and sex from the NIK)
// goes back with it.

export type Change = { field: string; before: string; after: string };
export type Step = { changes: Change[]; at: number };

/** A pause longer than this begins a new step. */
const ONE_GO_MS = 1500;
const STEPS_MAX = 200;

export class UndoStack {
  #steps: Step[] = [];
  /** The next key begins a new step, whatever the field. */
  #sealed = true;

  get size(): number {
    return this.#steps.length;
  }

  typed(field: string, before: string, after: string, now: number) {
    if (before === after) return;
    const step = this.#steps.at(-1);
    const first = step?.changes[0];
    if (!this.#sealed && step && first?.field === field && (now - step.at <= ONE_GO_MS || first.after === "")) {
      first.after = after;
      step.at = now;
      return;
    }
    this.#push([{ field, before, after }], now);
    this.#sealed = false;
  }

  /** Several fields at one stroke, such as an address taken over. */
  together(changes: Change[], now: number) {
    const real = changes.filter((change) => change.before !== change.after);
    if (real.length > 0) this.#push(real, now);
    this.#sealed = true;
  }

  /** What the program filled in because of the step before. */
  followed(field: string, before: string, after: string) {
    this.#steps.at(-1)?.changes.push({ field, before, after });
  }

  /** Takes the last step off. Where something else stands meanwhile, that stays: it is left out. */
  pop(values: Readonly<Record<string, string>>): Change[] {
    this.#sealed = true;
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      const changes = step.changes.filter((change) => (values[change.field] ?? "") === change.after && change.before !== change.after);
      if (changes.length > 0) return changes;
    }
    return [];
  }

  #push(changes: Change[], at: number) {
    this.#steps.push({ changes, at });
    if (this.#steps.length > STEPS_MAX) this.#steps.shift();
  }
}
