// What may be printed of the letters chosen, and what is offered first.
import type { PageKind, StatementView } from "../../ipc/bindings";

type Asked = Pick<StatementView, "originalsPrinted"> & { row: Pick<StatementView["row"], "status" | "signedOn">; actions: Pick<StatementView["actions"], "canPrintOriginal" | "canPrintCopy"> };

export type PrintChoices = { allowed: Record<PageKind, boolean>; first: PageKind; printedBefore: number };

/** A kind is offered only when every chosen letter allows it. The original comes first while a meterai is awaited. */
export function printChoices(letters: readonly Asked[]): PrintChoices {
  const every = (holds: (letter: Asked) => boolean) => letters.length > 0 && letters.every(holds);
  const allowed = { wet_original: every((letter) => letter.actions.canPrintOriginal), copy: every((letter) => letter.actions.canPrintCopy), as_signed: letters.length > 0 };
  const printedBefore = letters.filter((letter) => letter.originalsPrinted > 0).length;
  const waits = every((letter) => letter.row.status === "awaiting_stamp");
  const first = waits && allowed.wet_original && printedBefore === 0 ? "wet_original" : allowed.copy ? "copy" : "as_signed";
  return { allowed, first, printedBefore };
}
