// The form's description comes from the program once; fields are found by name everywhere on this page.
import type { FieldProblem, FormDescription, FormField } from "../../ipc/bindings";
import { host } from "../../ipc/host";
import { sentence, underName } from "../../text/format";

let description: Promise<FormDescription> | null = null;
let forVillage = "";

/** Read once per village: its words depend on the regulation. */
export function formDescription(village: string): Promise<FormDescription> {
  if (!description || forVillage !== village) {
    forVillage = village;
    description = host().formFields().then(regenciesNamed);
    description.catch(() => (description = null));
  }
  return description;
}

/** A regency is read by its name, as any other choice. */
function regenciesNamed(form: FormDescription): FormDescription {
  const choices = form.regencies;
  const sections = form.sections.map((section) => ({ ...section, fields: section.fields.map((field) => (field.kind === "regency" ? { ...field, choices } : field)) }));
  return { ...form, sections };
}

export function fieldOf(form: FormDescription | null, name: string): FormField | undefined {
  return form?.sections.flatMap((section) => section.fields).find((field) => field.name === name);
}

/** As it is read away from its field: with the field's name, unless its words begin with that. */
export function named(form: FormDescription | null, { field, message }: FieldProblem): FieldProblem {
  const label = fieldOf(form, field)?.label;
  return { field, message: label === undefined ? sentence(message) : underName(label, message) };
}

/** What the control of a field is called in the page. */
export function inputId(field: string): string {
  return `isian-${field}`;
}

/** Puts the focus on a field's control, or on the first of its answers. */
export function jumpTo(field: string) {
  const found = document.getElementById(inputId(field));
  if (!found) return;
  const control = found.matches("input, select, textarea") ? found : found.querySelector<HTMLElement>("input, select, textarea");
  (control ?? found).focus({ preventScroll: true });
  found.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}
