// What the form of a meterai starts with: what was recorded before, as far as it fits the files.
import type { MeteraiKindKey, StampCheck, StampView } from "../../ipc/bindings";

type Start = { kind: MeteraiKindKey; serial: string; on: string; originalAt: string; note: string };
type Found = Pick<StampCheck, "route" | "serialSeen">;

/** `check`: of new files; `null` where those that came before stay. */
export function startOf(kept: StampView | null, check: Found | null, today: string, originalIsFile: string): Start {
  const isFile = check?.route === "final_pdf";
  const place = kept && !(check?.route === "scans" && kept.originalAt === originalIsFile) ? kept.originalAt : "";
  return {
    // A meterai tempel is on paper, never in a final PDF.
    kind: isFile && (kept?.kind ?? "tempel") === "tempel" ? "elektronik" : (kept?.kind ?? "tempel"),
    serial: check?.serialSeen ?? kept?.serial ?? "",
    on: kept?.on ?? today,
    originalAt: isFile ? originalIsFile : place,
    note: (kept?.note ?? "").replace(/\s*\n\s*/g, " "),
  };
}
