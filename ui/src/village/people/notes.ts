// What may be noted at a person's row, in the order of importance.
import type { Component } from "svelte";
import FilePen from "@lucide/svelte/icons/file-pen";
import FileWarning from "@lucide/svelte/icons/file-warning";
import GitCompareArrows from "@lucide/svelte/icons/git-compare-arrows";
import MapPinned from "@lucide/svelte/icons/map-pinned";
import UsersRound from "@lucide/svelte/icons/users-round";
import type { ApplicantFlags, ListFilter } from "../../ipc/bindings";
import { text } from "../../text";

type Icon = Component<{ size?: number | string; "aria-hidden"?: "true" }>;
export type Note = Exclude<ListFilter, "can_be_listed">;

export const NOTE_SIGNS: Record<Note, Icon> = {
  two_versions: GitCompareArrows,
  maybe_same: UsersRound,
  needs_new_statement: FileWarning,
  edited: FilePen,
  nik_elsewhere: MapPinned,
};

export const NOTE_WORDS: Record<ListFilter, string> = {
  two_versions: text.versions.badge,
  maybe_same: text.people.maybeSame,
  needs_new_statement: text.people.needsNewStatement,
  edited: text.people.edited,
  can_be_listed: text.people.canBeListed,
  nik_elsewhere: text.people.nikElsewhere,
};

/** As it fits into a row; the whole words are the title. */
export function shortNote(note: Note): string {
  return note === "maybe_same" ? text.people.maybeSameShort : NOTE_WORDS[note];
}

export function notesOf(flags: ApplicantFlags): Note[] {
  const notes: Note[] = [];
  if (flags.twoVersions) notes.push("two_versions");
  if (flags.maybeSame) notes.push("maybe_same");
  if (flags.needsNewStatement) notes.push("needs_new_statement");
  if (flags.edited) notes.push("edited");
  if (flags.nikElsewhere) notes.push("nik_elsewhere");
  return notes;
}
