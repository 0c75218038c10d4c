// The file that is open for import, and what the clerk chose. It stays while she looks at another page; the lock clears it.
import type { DestinationKey, FateKey, ImportDone, ImportPlanView, ImportRequest, ImportRowView, OpenedImport, ReadinessView } from "../../ipc/bindings";
import { errorWords } from "../../ipc/errors";
import { host } from "../../ipc/host";
import { readAges } from "../../state/ages";
import { app } from "../../state/app.svelte";
import { LongList } from "../../state/long.svelte";
import { stopped, work } from "../../state/work.svelte";
import { text } from "../../text";

export type Part = FateKey | "read";
/** What the file's rows are by themselves: a list of the village's people, or people meant to be proposed. */
const PROPOSED = new Set(["template", "programme"]);

export class Choice {
  destination = $state<DestinationKey>("population");
  ageFrom = $state("");
  ageTo = $state("");
  occupations = $state<string[]>([]);
  hamlets = $state<string[]>([]);
  readiness = $state<ReadinessView[]>([]);
  ready = $state(false);
  keepUnreadable = $state(false);

  constructor(destination: DestinationKey = "population") {
    this.destination = destination;
  }

  /** How many filters are in use. */
  get narrowed(): number {
    return [readAges(this.ageFrom, this.ageTo).band !== null, this.occupations.length > 0, this.hamlets.length > 0, this.readiness.length > 0].filter(Boolean).length;
  }

  /** `null` while an age cannot be read. */
  request(): ImportRequest | null {
    const ages = readAges(this.ageFrom, this.ageTo);
    if (ages.wrong) return null;
    const applicants = this.destination === "applicants";
    return {
      destination: this.destination,
      ages: ages.band,
      occupations: [...this.occupations],
      hamlets: [...this.hamlets],
      readiness: [...this.readiness],
      ready: applicants && this.ready,
      keepUnreadable: applicants && this.keepUnreadable,
    };
  }

  clearFilters() {
    this.ageFrom = "";
    this.ageTo = "";
    this.occupations = [];
    this.hamlets = [];
    this.readiness = [];
  }
}

class Importing {
  path = $state("");
  opened = $state.raw<OpenedImport | null>(null);
  choice = $state.raw(new Choice());
  plan = $state.raw<ImportPlanView | null>(null);
  done = $state.raw<ImportDone | null>(null);
  part = $state<Part>("read");
  /** What is under way now. */
  doing = $state<"reading" | "checking" | "saving" | null>(null);
  /** The plan does not belong to what is chosen now. */
  stale = $state(false);
  failed = $state("");
  /** Something worth saying that is no mistake. */
  said = $state("");
  readonly rows = new LongList<ImportRowView>();
  #asked = 0;

  get step(): 0 | 1 | 2 {
    return this.done ? 2 : this.opened ? 1 : 0;
  }

  /** Rows that taking it would write. */
  get taken(): number {
    return this.plan ? this.plan.figures.new + this.plan.figures.changed : 0;
  }

  async read() {
    const path = this.path.trim();
    this.said = "";
    if (path === "") {
      this.failed = text.importing.needsPath;
      return;
    }
    this.failed = "";
    this.doing = "reading";
    const mine = ++this.#asked;
    try {
      const opened = await work.run(() => host().openImport(path));
      if (mine !== this.#asked) return;
      this.choice = new Choice(PROPOSED.has(opened.layout) ? "applicants" : "population");
      this.plan = null;
      this.done = null;
      this.part = "read";
      this.rows.clear();
      this.opened = opened;
    } catch (error) {
      if (mine === this.#asked) this.#say(error);
    } finally {
      if (mine === this.#asked) this.doing = null;
    }
  }

  /** Works out anew what would happen; a plan under way is stopped first. */
  async check() {
    const request = this.choice.request();
    if (!this.opened || this.done || !request) return;
    const mine = ++this.#asked;
    this.stale = true;
    if (work.running) await work.stop();
    if (mine !== this.#asked) return;
    this.failed = "";
    this.doing = "checking";
    try {
      const plan = await work.run(() => host().planImport(request));
      if (mine !== this.#asked) return;
      this.plan = plan;
      this.stale = false;
      if (this.part !== "read" && plan.figures[this.part] === 0) this.part = "read";
      this.showPart(this.part);
    } catch (error) {
      if (mine === this.#asked) this.#say(error);
    } finally {
      if (mine === this.#asked) this.doing = null;
    }
  }

  showPart(part: Part) {
    this.part = part;
    const fate = part === "read" ? null : part;
    void this.rows.ask((offset, limit) => host().importRows({ fate, offset, limit }));
  }

  async take() {
    const request = this.choice.request();
    if (!this.opened || !request || this.stale) return;
    const mine = ++this.#asked;
    this.failed = "";
    this.said = "";
    this.doing = "saving";
    try {
      const done = await work.run(() => host().runImport(request));
      if (mine !== this.#asked) return;
      this.done = done;
      app.say(done.words);
      app.changed();
    } catch (error) {
      if (mine === this.#asked) this.#say(error);
    } finally {
      if (mine === this.#asked) this.doing = null;
    }
  }

  /** Lets go of the file; what was typed as its place stays after `keepPath`. */
  close(keepPath = false) {
    this.clear(keepPath);
    host()
      .closeImport()
      .catch(() => undefined);
  }

  clear(keepPath = false) {
    this.#asked += 1;
    if (!keepPath) this.path = "";
    this.opened = null;
    this.choice = new Choice();
    this.plan = null;
    this.done = null;
    this.doing = null;
    this.stale = false;
    this.failed = "";
    this.said = "";
    this.rows.clear();
  }

  #say(error: unknown) {
    if (stopped(error)) this.said = text.importing.stopped;
    else this.failed = errorWords(error);
  }
}

export const importing = new Importing();
app.forgets(() => importing.clear());
