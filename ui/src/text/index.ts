// Every word of the window, in Bahasa Indonesia. Words of states, findings and refusals come from the program.
import { backup, laptops, usb } from "./carrying";
import { frame, home, link, parts } from "./common";
import { setup, unlock } from "./doors";
import { everyday, population, quick } from "./everyday";
import { help } from "./help";
import { filters, importing, work } from "./importing";
import { journey } from "./journey";
import { settings, sync } from "./link";
import { book, print, publicList, verify } from "./papers";
import { alike, fromPopulation, household, people, person } from "./people";
import { camera, photos } from "./photos";
import { head, letter, pdf, stamping, statements } from "./statements";
import { versions } from "./versions";
import type { Words } from "./words";

export const text = {
  parts,
  link,
  frame,
  home,
  people,
  person,
  alike,
  household,
  fromPopulation,
  help,
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
  usb,
  laptops,
  backup,
  photos,
  camera,
  versions,
  journey,
  work,
  filters,
  importing,
  everyday,
  population,
  quick,
  settings,
  setup,
  unlock,
} satisfies Words;
