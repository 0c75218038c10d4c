// The rows of a long list, read page by page as they come into sight. A change of the question drops what is late.
import type { ApplicantPage, ApplicantRow, ListQuery, StateCount } from "../../ipc/bindings";
import { host } from "../../ipc/host";

const PAGE = 100;

type Question = Omit<ListQuery, "offset" | "limit">;

export class Rows {
  total = $state(0);
  counts = $state.raw<StateCount[]>([]);
  error = $state<unknown>(null);
  /** False until the first answer: an empty list and an unread one look different. */
  known = $state(false);
  #pages = $state.raw(new Map<number, ApplicantRow[]>());
  #asked = new Set<number>();
  #question: Question | null = null;
  #generation = 0;

  at(index: number): ApplicantRow | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** Where a person stands among the rows read so far. */
  indexOf(id: number): number | null {
    for (const [page, rows] of this.#pages) {
      const found = rows.findIndex((row) => row.id === id);
      if (found >= 0) return page * PAGE + found;
    }
    return null;
  }

  /** Asks anew; the old rows stay in sight until the first page is here. */
  async ask(question: Question) {
    this.#question = question;
    this.#generation += 1;
    this.#asked = new Set();
    await this.#read(0, true);
  }

  /** Makes sure that these rows are read or on their way. */
  want(first: number, last: number) {
    for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page += 1) {
      if (page * PAGE < this.total && !this.#asked.has(page)) void this.#read(page, false);
    }
  }

  async #read(page: number, fresh: boolean) {
    const question = this.#question;
    if (!question) return;
    const generation = this.#generation;
    this.#asked.add(page);
    try {
      const answer: ApplicantPage = await host().listApplicants({ ...question, offset: page * PAGE, limit: PAGE });
      if (generation !== this.#generation) return;
      const pages = fresh ? new Map<number, ApplicantRow[]>() : new Map(this.#pages);
      pages.set(page, answer.rows);
      this.#pages = pages;
      this.total = answer.total;
      this.counts = answer.counts;
      this.known = true;
      this.error = null;
    } catch (error) {
      if (generation !== this.#generation) return;
      this.#asked.delete(page);
      this.error = error;
    }
  }
}
