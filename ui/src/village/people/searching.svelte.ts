// A search above a long list, the same for applicants and for the population.
import { app } from "../../state/app.svelte";
import { text } from "../../text";

const ANNOUNCED_AFTER_MS = 700;

/** Said when the typing rests, not for every letter. */
export function announceFound(rows: { readonly known: boolean; readonly total: number }) {
  $effect(() => {
    const total = rows.total;
    if (!rows.known) return;
    const soon = setTimeout(() => app.say(text.people.found(total)), ANNOUNCED_AFTER_MS);
    return () => clearTimeout(soon);
  });
}

/** From the search down to the rows, or back to nothing typed. Ctrl+Enter belongs to the page. */
export function searchKey(event: KeyboardEvent, question: { search: string }, rows: { focus: () => void } | undefined) {
  if (event.key === "ArrowDown" || (event.key === "Enter" && !event.ctrlKey)) {
    event.preventDefault();
    rows?.focus();
  } else if (event.key === "Escape" && question.search) {
    event.preventDefault();
    question.search = "";
  }
}
