// What was typed for the person before, offered where nothing stands yet. An address is offered as a whole: who lives
// next door has all four of its parts.
import type { Suggestion } from "../../ipc/bindings";

const ADDRESS = ["alamat", "rt", "rw", "dusun"];

type Value = Pick<Suggestion, "field" | "value">;
export type Offer = { field: string; words: string; values: Value[] };

/** Offers by the field under which they stand; nothing for what is filled already. */
export function offers(suggestions: readonly Value[], values: Readonly<Record<string, string>>, told: (field: string, value: string) => string): Map<string, Offer> {
  const open = suggestions.filter((one) => one.value !== "" && (values[one.field] ?? "").trim() === "");
  const address = open.filter((one) => ADDRESS.includes(one.field)).sort((a, b) => ADDRESS.indexOf(a.field) - ADDRESS.indexOf(b.field));
  const found = new Map<string, Offer>();
  const first = address[0];
  const words = (all: readonly Value[]) => all.map((one) => told(one.field, one.value)).join(", ");
  if (first) found.set(first.field, { field: first.field, words: words(address), values: address });
  for (const one of open) if (!ADDRESS.includes(one.field)) found.set(one.field, { field: one.field, words: words([one]), values: [one] });
  return found;
}

/** The offer that the key takes while the focus stands in `field`: its own, else that of the address it belongs to. */
export function offerAt(found: ReadonlyMap<string, Offer>, field: string): Offer | undefined {
  return found.get(field) ?? [...found.values()].find((offer) => offer.values.some((one) => one.field === field));
}
