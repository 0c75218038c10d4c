// Which of several versions is meant, field by field. Where they differ nothing is chosen until a person chooses.
import type { DifferingField, FormDescription, FormField, TwoVersions } from "../../ipc/bindings";

/** Field → which head, from 0. */
export type Choices = Readonly<Record<string, number>>;

/** What still waits for a choice. */
export function stillOpen(two: TwoVersions, choices: Choices): DifferingField[] {
  return two.differing.filter((differing) => differing.heads[choices[differing.field] ?? -1] === undefined);
}

/** The whole version as chosen; `null` while a differing field waits. */
export function resultOf(two: TwoVersions, choices: Choices): Record<string, string> | null {
  const first = two.heads[0];
  if (!first || stillOpen(two, choices).length > 0) return null;
  const values: Record<string, string> = {};
  for (const [field, value] of Object.entries(first.values)) if (value !== undefined) values[field] = value;
  for (const differing of two.differing) values[differing.field] = differing.heads[choices[differing.field] ?? -1]?.value ?? "";
  return values;
}

/** Every field from one head. */
export function allFrom(two: TwoVersions, head: number): Choices {
  return Object.fromEntries(two.differing.map((differing) => [differing.field, head]));
}

/** Choices that still mean the same where the versions changed meanwhile; the rest is asked again. */
export function keptChoices(before: TwoVersions, now: TwoVersions, choices: Choices): Choices {
  const kept: Record<string, number> = {};
  for (const differing of now.differing) {
    const old = before.differing.find((one) => one.field === differing.field);
    const value = old?.heads[choices[differing.field] ?? -1]?.value;
    // Another value to choose from is a new question.
    const known = differing.heads.every((head) => old?.heads.some((one) => one.value === head.value));
    const at = value === undefined || !known ? -1 : differing.heads.findIndex((head) => head.value === value);
    if (at >= 0) kept[differing.field] = at;
  }
  return kept;
}

/** In the order of the form: what all say alike, empty ones left out. */
export function sameFields(form: FormDescription, two: TwoVersions): FormField[] {
  const differs = new Set(two.differing.map((one) => one.field));
  const values = two.heads[0]?.values ?? {};
  return form.sections.flatMap((section) => section.fields).filter((field) => !differs.has(field.name) && (values[field.name] ?? "") !== "");
}

/** `A`, `B`, `C`: short names of the heads, to speak about them. */
export function letterOf(head: number): string {
  return String.fromCharCode(65 + head);
}
