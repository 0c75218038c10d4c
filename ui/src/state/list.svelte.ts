// What the clerk was looking at in the list, kept while she works on one person. Never in the address: it names people.
import type { DeliveryKey, ListFilter, ListQuery, ListSort, ReadinessView, StateKey, ViewKey } from "../ipc/bindings";
import { readAges } from "./ages";

/** A question about the list, whatever part of it is read. */
export type Question = Omit<ListQuery, "offset" | "limit">;

export const EVERYBODY: Question = {
  search: "",
  states: [],
  delivery: null,
  filter: null,
  readiness: [],
  occupations: [],
  hamlets: [],
  ages: null,
  missing: null,
  view: null,
  sort: "name",
  descending: false,
};

class ListState {
  search = $state("");
  view = $state<ViewKey | null>(null);
  states = $state<StateKey[]>([]);
  readiness = $state<ReadinessView[]>([]);
  occupations = $state<string[]>([]);
  hamlets = $state<string[]>([]);
  ageFrom = $state("");
  ageTo = $state("");
  missing = $state<string | null>(null);
  delivery = $state<DeliveryKey | null>(null);
  filter = $state<ListFilter | null>(null);
  sort = $state<ListSort>("updated");
  descending = $state(true);
  /** The person whose row had the focus last. */
  chosen = $state<number | null>(null);

  /** How many filters are in use beside the search and the view. */
  get narrowed(): number {
    const ages = readAges(this.ageFrom, this.ageTo).band !== null;
    return [this.states.length > 0, this.readiness.length > 0, this.occupations.length > 0, this.hamlets.length > 0, ages, this.missing !== null, this.delivery !== null, this.filter !== null].filter(Boolean).length;
  }

  get filtered(): boolean {
    return this.search.trim() !== "" || this.view !== null || this.narrowed > 0;
  }

  /** An age that cannot be read narrows nothing. */
  question(): Question {
    return {
      search: this.search.trim(),
      states: [...this.states],
      delivery: this.delivery,
      filter: this.filter,
      readiness: [...this.readiness],
      occupations: [...this.occupations],
      hamlets: [...this.hamlets],
      ages: readAges(this.ageFrom, this.ageTo).band,
      missing: this.missing,
      view: this.view,
      sort: this.sort,
      descending: this.descending,
    };
  }
}

export const list = new ListState();

/** All but the search and the view. */
export function clearNarrowing() {
  list.states = [];
  list.readiness = [];
  list.occupations = [];
  list.hamlets = [];
  list.ageFrom = "";
  list.ageTo = "";
  list.missing = null;
  list.delivery = null;
  list.filter = null;
}

export function clearFilters() {
  list.search = "";
  list.view = null;
  clearNarrowing();
}

export function clearList() {
  clearFilters();
  list.sort = "updated";
  list.descending = true;
  list.chosen = null;
}
