// Files dropped on the window go to whoever is open for them, the newest first; else they are looked at.
import { app } from "./app.svelte";

type Take = (paths: string[]) => void;

class Dropped {
  /** Dropped while no screen was open for files: the screen that opens next takes them. */
  #left: string[] = [];
  #takers: Take[] = [];

  /** Takes files until the returned function is called. */
  take(taker: Take): () => void {
    this.#takers.push(taker);
    return () => (this.#takers = this.#takers.filter((other) => other !== taker));
  }

  give(paths: string[]) {
    const taker = this.#takers.at(-1);
    if (taker) {
      taker(paths);
      return;
    }
    this.#left = paths;
    app.go({ screen: "periksa" });
  }

  /** What was dropped before the screen stood. */
  left(): string[] {
    const paths = this.#left;
    this.#left = [];
    return paths;
  }
}

export const dropped = new Dropped();
