// Long work of the program: what it does, how far it is, and a way to stop it. The program does one at a time.
import type { WorkProgress } from "../ipc/bindings";
import { refusal } from "../ipc/errors";
import { host } from "../ipc/host";

class Work {
  progress = $state.raw<WorkProgress | null>(null);
  stopping = $state(false);
  #running = $state(0);
  #last: Promise<unknown> = Promise.resolve();

  get running(): boolean {
    return this.#running > 0;
  }

  /** Runs it, hearing how far it is. Fails as the work fails; see `stopped`. */
  async run<T>(act: () => Promise<T>): Promise<T> {
    const quiet = host().hear("workProgressed", (progress) => (this.progress = progress));
    this.#running += 1;
    this.progress = null;
    this.stopping = false;
    const answer = act();
    this.#last = answer.catch(() => undefined);
    try {
      return await answer;
    } finally {
      quiet();
      this.#running -= 1;
      if (!this.running) this.progress = null;
    }
  }

  /** Asks the running work to stop and waits until it did. */
  async stop() {
    if (!this.running) return;
    this.stopping = true;
    await host()
      .cancelWork()
      .catch(() => undefined);
    await this.#last;
  }
}

export const work = new Work();

/** The clerk stopped it: nothing changed, and nothing has to be said about it. */
export function stopped(error: unknown): boolean {
  return refusal(error)?.code === "stopped";
}
