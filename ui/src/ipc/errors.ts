import { text } from "../text";
import { HostError } from "./host";

/** What happened, in words for the screen. Refusals bring their own; anything else is the program's fault. */
export function errorWords(error: unknown): string {
  if (error instanceof HostError) return error.refusal.message || text.parts.unknownError;
  return text.parts.unknownError;
}

export function refusal(error: unknown): HostError | null {
  return error instanceof HostError ? error : null;
}
