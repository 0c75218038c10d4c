// After a wrong secret the program makes people wait; the page counts down and says until when.
import { errorWords, refusal } from "../ipc/errors";
import { text } from "../text";
import { span } from "../text/format";
import { app } from "./app.svelte";

export class Tries {
  message = $state("");
  #until = $state(0);

  /** Seconds until the next try is taken. */
  get wait(): number {
    return Math.max(0, Math.ceil((this.#until - app.now) / 1000));
  }

  get words(): string | undefined {
    if (!this.message) return undefined;
    return this.wait > 0 ? `${this.message} ${text.unlock.wait(span(this.wait))}` : this.message;
  }

  failed(error: unknown) {
    this.message = errorWords(error);
    app.now = Date.now();
    this.#until = Date.now() + (refusal(error)?.refusal.waitSeconds ?? 0) * 1000;
  }

  typed() {
    if (this.wait === 0) this.message = "";
  }

  clear() {
    this.message = "";
    this.#until = 0;
  }
}
