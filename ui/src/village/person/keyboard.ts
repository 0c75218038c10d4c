// Where Enter goes: from question to question, as the form stands. A group of answers is one stop, at the chosen answer.

/** What the order needs to know of a control. */
export type Control = { kind: "text" | "lines" | "select" | "radio" | "checkbox" | "button"; group?: string; checked?: boolean; disabled?: boolean; /** At the end of lines of text: how they end. */ lines?: string };

/** Places among `controls` where the keyboard stops, in order. */
export function stops(controls: readonly Control[]): number[] {
  const places: number[] = [];
  const groups = new Map<string, number>();
  controls.forEach((control, index) => {
    if (control.disabled) return;
    if (control.kind !== "radio" || !control.group) {
      places.push(index);
      return;
    }
    const known = groups.get(control.group);
    if (known === undefined) {
      groups.set(control.group, places.length);
      places.push(index);
    } else if (control.checked) {
      places[known] = index;
    }
  });
  return places;
}

/** The stop after (or before) the control at `from`; `null` beyond either end. */
export function nextStop(controls: readonly Control[], from: number, step: 1 | -1): number | null {
  const places = stops(controls);
  const group = controls[from]?.kind === "radio" ? controls[from]?.group : undefined;
  const at = places.findIndex((place) => place === from || (group !== undefined && controls[place]?.kind === "radio" && controls[place]?.group === group));
  return at < 0 ? null : (places[at + step] ?? null);
}

/** Whether Enter in this control moves on. In lines of text it begins a line, unless the line is an empty one; a button is pressed. */
export function entersOn(control: Control): boolean {
  if (control.kind === "lines") return control.lines === "" || (control.lines?.endsWith("\n") ?? false);
  return control.kind !== "button";
}

const CONTROLS = "input, select, textarea";

function controlOf(element: Element): Control {
  if (element instanceof HTMLTextAreaElement) {
    // In the middle of the text a line is meant.
    const atEnd = element.selectionStart === element.value.length;
    return { kind: "lines", disabled: element.disabled, ...(atEnd ? { lines: element.value } : {}) };
  }
  if (element instanceof HTMLSelectElement) return { kind: "select", disabled: element.disabled };
  if (element instanceof HTMLInputElement) {
    if (element.type === "radio") return { kind: "radio", group: element.name, checked: element.checked, disabled: element.disabled };
    return { kind: element.type === "checkbox" ? "checkbox" : "text", disabled: element.disabled };
  }
  return { kind: "button" };
}

/**
 * Enter and Shift+Enter inside `form`. `true` when the focus moved, or stands at the last question: then `after` is
 * called.
 */
export function moveOn(event: KeyboardEvent, form: HTMLElement, after: () => void): boolean {
  const target = event.target;
  if (event.key !== "Enter" || event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return false;
  if (!(target instanceof Element) || !target.matches(CONTROLS)) return false;
  if (!entersOn(controlOf(target))) return false;
  const elements = [...form.querySelectorAll<HTMLElement>(CONTROLS)];
  const from = elements.indexOf(target as HTMLElement);
  if (from < 0) return false;
  event.preventDefault();
  if (target instanceof HTMLTextAreaElement && target.value.endsWith("\n")) {
    target.value = target.value.trimEnd();
    target.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const to = nextStop(elements.map(controlOf), from, event.shiftKey ? -1 : 1);
  const next = to === null ? undefined : elements[to];
  if (next) enter(next);
  else if (!event.shiftKey) after();
  return true;
}

/** Into a control, with what stands in a line of text marked, so that typing replaces it. */
function enter(control: HTMLElement) {
  control.focus();
  if (control instanceof HTMLInputElement && control.type !== "radio" && control.type !== "checkbox") control.select();
}
