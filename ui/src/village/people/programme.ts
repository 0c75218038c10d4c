// What has to be right before the programme file is written.
import type { ProgrammeRequest } from "../../ipc/bindings";
import { text } from "../../text";
import { readDate } from "../../text/format";

export type ProgrammeProblems = Partial<Record<keyof ProgrammeRequest, string>>;

export function programmeProblems(request: ProgrammeRequest): ProgrammeProblems {
  const words = text.everyday;
  const problems: ProgrammeProblems = {};
  if (request.name.trim() === "") problems.name = words.programmeNameNeeded;
  if (readDate(request.from) === null) problems.from = text.parts.notADate;
  if (readDate(request.to) === null) problems.to = text.parts.notADate;
  else if (!problems.from && request.from > request.to) problems.to = words.programmeTurned;
  if (request.states.length === 0) problems.states = words.programmeStatesNeeded;
  return problems;
}

/** `2026-11-21` → `2026`. */
export function yearOf(day: string): string {
  return day.slice(0, 4);
}
