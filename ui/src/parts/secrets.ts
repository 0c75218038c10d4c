import { text } from "../text";

export type SecretFor = "operator" | "head";

/** Why a new secret cannot be taken, before the program is asked. The program judges again. */
export function secretProblem(secret: string, who: SecretFor): string | undefined {
  const length = [...secret].length;
  if (length < 8) return text.setup.tooShort;
  if (who === "head" && /^\d+$/.test(secret) && length < 10) return text.setup.tooFewDigits;
  return undefined;
}
