// The rows of a long list, read piece by piece as they come into sight. One question is on its way at a time: while keys
// are typed faster than answers come, only the newest question follows.

const PIECE = 60;

export type Piece<Row> = { total: number; rows: Row[] };
export type Read<Row> = (offset: number, limit: number) => Promise<Piece<Row>>;

export class LongList<Row> {
  total = $state(0);
  error = $state.raw<unknown>(null);
  /** False until the first answer: an empty list and an unread one look different. */
  known = $state(false);
  /** True until the newest question is answered: the rows in sight may still be those of the one before. */
  busy = $state(false);
  #pieces = $state.raw(new Map<number, Row[]>());
  #asked = new Set<number>();
  #read: Read<Row> | null = null;
  #generation = 0;
  #asking: Promise<void> | null = null;

  at(index: number): Row | undefined {
    return this.#pieces.get(Math.floor(index / PIECE))?.[index % PIECE];
  }

  /** Where a row stands among those read so far. */
  indexOf(is: (row: Row) => boolean): number | null {
    for (const [piece, rows] of this.#pieces) {
      const found = rows.findIndex(is);
      if (found >= 0) return piece * PIECE + found;
    }
    return null;
  }

  /** Asks anew; the old rows stay in sight until the first piece is here. */
  ask(read: Read<Row>): Promise<void> {
    this.#read = read;
    this.#generation += 1;
    this.busy = true;
    this.#asking ??= this.#follow().finally(() => {
      this.#asking = null;
      this.busy = false;
    });
    return this.#asking;
  }

  async #follow() {
    let answered = -1;
    while (answered !== this.#generation) {
      answered = this.#generation;
      await this.#fetch(0, true);
    }
  }

  /** Makes sure that these rows are read or on their way. */
  want(first: number, last: number) {
    if (this.#asking) return;
    for (let piece = Math.floor(first / PIECE); piece <= Math.floor(last / PIECE); piece += 1) {
      if (piece * PIECE < this.total && !this.#asked.has(piece)) void this.#fetch(piece, false);
    }
  }

  /** Forgets everything. */
  clear() {
    this.#generation += 1;
    this.#read = null;
    this.#pieces = new Map();
    this.#asked = new Set();
    this.total = 0;
    this.known = false;
    this.error = null;
  }

  async #fetch(piece: number, fresh: boolean) {
    const [read, generation] = [this.#read, this.#generation];
    if (!read) return;
    if (fresh) this.#asked = new Set();
    this.#asked.add(piece);
    try {
      const answer = await read(piece * PIECE, PIECE);
      if (generation !== this.#generation) return;
      const pieces = fresh ? new Map<number, Row[]>() : new Map(this.#pieces);
      pieces.set(piece, answer.rows);
      this.#pieces = pieces;
      this.total = answer.total;
      this.known = true;
      this.error = null;
    } catch (error) {
      if (generation !== this.#generation) return;
      this.#asked.delete(piece);
      this.error = error;
    }
  }
}
