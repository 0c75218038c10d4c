// The filters in use as words, each with a way to take it off.
import type { Facets, FacetView, StateCount } from "../../ipc/bindings";
import { readAges } from "../../state/ages";
import { list } from "../../state/list.svelte";
import { text } from "../../text";
import { ageWords } from "../../text/format";
import { NOTE_WORDS } from "./notes";

export type Tag = { key: string; words: string; off: () => void };

/** Words of chosen values: `petani, nelayan`. */
export function chosenWords(options: readonly FacetView[], chosen: readonly string[]): string {
  return chosen.map((value) => options.find((option) => option.value === value)?.words ?? (value || text.filters.none)).join(", ");
}

export function tagsOf(facets: Facets | null, counts: readonly StateCount[]): Tag[] {
  const words = text.filters;
  const tags: Tag[] = [];
  const ages = readAges(list.ageFrom, list.ageTo).band;
  if (list.states.length > 0) {
    const states = list.states.map((state) => counts.find((count) => count.state === state)?.words ?? state).join(", ");
    tags.push({ key: "keadaan", words: words.tag(words.states, states), off: () => (list.states = []) });
  }
  if (list.readiness.length > 0) tags.push({ key: "syarat", words: words.tag(words.readinessShort, chosenWords(facets?.readiness ?? [], list.readiness)), off: () => (list.readiness = []) });
  if (list.occupations.length > 0) tags.push({ key: "pekerjaan", words: words.tag(words.occupations, chosenWords(facets?.occupations ?? [], list.occupations)), off: () => (list.occupations = []) });
  if (list.hamlets.length > 0) tags.push({ key: "dusun", words: words.tag(words.hamlets, chosenWords(facets?.hamlets ?? [], list.hamlets)), off: () => (list.hamlets = []) });
  if (ages) tags.push({ key: "umur", words: words.tag(words.age, ageWords(list.ageFrom, list.ageTo)), off: () => (list.ageFrom = list.ageTo = "") });
  if (list.missing !== null) tags.push({ key: "kurang", words: words.tag(words.missing, chosenWords(facets?.missing ?? [], [list.missing])), off: () => (list.missing = null) });
  if (list.delivery !== null) tags.push({ key: "pengiriman", words: words.tag(text.people.delivery, text.people.deliveries[list.delivery]), off: () => (list.delivery = null) });
  if (list.filter !== null) tags.push({ key: "catatan", words: words.tag(text.people.filters, NOTE_WORDS[list.filter]), off: () => (list.filter = null) });
  return tags;
}
