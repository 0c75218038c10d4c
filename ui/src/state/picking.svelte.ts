// What the clerk looked for and picked in the population, kept while she works on one person.
import { SvelteSet } from "svelte/reactivity";
import type { PopulationQuery, ReadinessView } from "../ipc/bindings";
import { readAges } from "./ages";
import { app } from "./app.svelte";

class Picking {
  search = $state("");
  ageFrom = $state("");
  ageTo = $state("");
  occupations = $state<string[]>([]);
  hamlets = $state<string[]>([]);
  readiness = $state<ReadinessView[]>([]);
  readonly ids = new SvelteSet<number>();

  get narrowed(): number {
    return [readAges(this.ageFrom, this.ageTo).band !== null, this.occupations.length > 0, this.hamlets.length > 0, this.readiness.length > 0].filter(Boolean).length;
  }

  get filtered(): boolean {
    return this.search.trim() !== "" || this.narrowed > 0;
  }

  question(): Omit<PopulationQuery, "offset" | "limit"> {
    return {
      search: this.search.trim(),
      ages: readAges(this.ageFrom, this.ageTo).band,
      occupations: [...this.occupations],
      hamlets: [...this.hamlets],
      readiness: [...this.readiness],
    };
  }

  clearNarrowing() {
    this.ageFrom = "";
    this.ageTo = "";
    this.occupations = [];
    this.hamlets = [];
    this.readiness = [];
  }

  clearFilters() {
    this.search = "";
    this.clearNarrowing();
  }
}

export const picking = new Picking();
app.forgets(() => {
  picking.clearFilters();
  picking.ids.clear();
});
