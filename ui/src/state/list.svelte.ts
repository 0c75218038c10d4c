// What the clerk was looking at in the list, kept while she works on one person. Never in the address: it names people.
import type { DeliveryKey, ListFilter, ListSort, StateKey } from "../ipc/bindings";

class ListState {
  search = $state("");
  states = $state<StateKey[]>([]);
  delivery = $state<DeliveryKey | null>(null);
  filter = $state<ListFilter | null>(null);
  sort = $state<ListSort>("updated");
  descending = $state(true);
  /** The person whose row had the focus last. */
  chosen = $state<number | null>(null);
}

export const list = new ListState();

export function clearFilters() {
  list.search = "";
  list.states = [];
  list.delivery = null;
  list.filter = null;
}

export function clearList() {
  clearFilters();
  list.sort = "updated";
  list.descending = true;
  list.chosen = null;
}
