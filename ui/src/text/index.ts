// Every word of the window, in Bahasa Indonesia. Words of states, findings and refusals come from the program.
import { frame, home, link, parts } from "./common";
import { setup, unlock } from "./doors";
import { importing, settings, sync } from "./link";
import { people, person } from "./people";
import { head, pdf, statements } from "./statements";
import type { Words } from "./words";

export const text = {
  parts,
  link,
  frame,
  home,
  people,
  person,
  statements,
  pdf,
  head,
  sync,
  importing,
  settings,
  setup,
  unlock,
} satisfies Words;
