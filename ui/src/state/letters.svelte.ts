// Which part of the list of letters is in sight, and which letters are picked, kept while one of them is looked at.
import { SvelteSet } from "svelte/reactivity";
import type { StatementStatus } from "../ipc/bindings";

class ChosenLetters {
  tab = $state<StatementStatus | "all">("all");
  readonly picked = new SvelteSet<number>();

  clear() {
    this.tab = "all";
    this.picked.clear();
  }
}

export const chosenLetters = new ChosenLetters();
