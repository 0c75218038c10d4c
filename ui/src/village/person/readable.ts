import type { FormField } from "../../ipc/bindings";
import { text } from "../../text";
import { date, groupedNik } from "../../text/format";
import { readCovers } from "./covers";

/** A value as a person reads it: the answer's words, the day in words, the grouped number. */
export function readable(field: FormField | undefined, value: string | undefined): string {
  if (!value) return text.person.empty;
  switch (field?.kind) {
    case "date":
    case "since":
      return date(value);
    case "identity":
      return groupedNik(value);
    case "yes_no":
    case "choice":
    case "regency":
      return field.choices.find((choice) => choice.value === value)?.label ?? value;
    case "covers":
      if (value === "tidak_ada") return text.person.coverNone;
      return readCovers(value)
        .map((cover) => (field.choices.find((choice) => choice.value === cover.source)?.label ?? cover.source) + (cover.until ? ` (${date(cover.until)})` : ""))
        .join(", ");
    default:
      return value;
  }
}
