/** One answer of the program and where it stands: waiting, here, or failed. Late answers to older questions are dropped. */
export class Loaded<T> {
  value = $state.raw<T | null>(null);
  error = $state<unknown>(null);
  waiting = $state(false);
  #asked = 0;

  async load(ask: () => Promise<T>): Promise<T | null> {
    const mine = ++this.#asked;
    this.waiting = true;
    try {
      const value = await ask();
      if (mine !== this.#asked) return null;
      this.value = value;
      this.error = null;
      return value;
    } catch (error) {
      if (mine === this.#asked) this.error = error;
      return null;
    } finally {
      if (mine === this.#asked) this.waiting = false;
    }
  }
}
