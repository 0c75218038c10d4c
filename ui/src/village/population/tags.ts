// The filters in use over the population, each with a way to take it off.
import type { FacetView } from "../../ipc/bindings";
import { readAges } from "../../state/ages";
import { picking } from "../../state/picking.svelte";
import { text } from "../../text";
import { ageWords } from "../../text/format";
import { chosenWords, type Tag } from "../people/tags";

export function tagsOf(occupations: readonly FacetView[], hamlets: readonly FacetView[]): Tag[] {
  const words = text.filters;
  const tags: Tag[] = [];
  if (readAges(picking.ageFrom, picking.ageTo).band) tags.push({ key: "umur", words: words.tag(words.age, ageWords(picking.ageFrom, picking.ageTo)), off: () => (picking.ageFrom = picking.ageTo = "") });
  if (picking.readiness.length > 0) tags.push({ key: "syarat", words: words.tag(words.readinessShort, picking.readiness.map((key) => text.filters.verdicts[key]).join(", ")), off: () => (picking.readiness = []) });
  if (picking.occupations.length > 0) tags.push({ key: "pekerjaan", words: words.tag(words.occupations, chosenWords(occupations, picking.occupations)), off: () => (picking.occupations = []) });
  if (picking.hamlets.length > 0) tags.push({ key: "dusun", words: words.tag(words.hamlets, chosenWords(hamlets, picking.hamlets)), off: () => (picking.hamlets = []) });
  return tags;
}
