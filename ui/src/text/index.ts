// Every word of the window, in Bahasa Indonesia. Words of states, findings and refusals come from the program.
import { frame, home, link, parts } from "./common";
import { setup, unlock } from "./doors";
import { importing, settings, sync } from "./link";
import { book, print, publicList, verify } from "./papers";
import { people, person } from "./people";
import { head, letter, pdf, stamping, statements } from "./statements";
import type { Words } from "./words";

export const text = {
  parts,
  link,
  frame,
  home,
  people,
  person,
  statements,
  letter,
  stamping,
  print,
  book,
  publicList,
  verify,
  pdf,
  head,
  sync,
  importing,
  settings,
  setup,
  unlock,
} satisfies Words;
