// An age band as typed into two boxes.
import type { AgeBand } from "../ipc/bindings";

export const OLDEST = 120;

export type Ages = { band: AgeBand | null; wrong: "number" | "turned" | null };

/** Empty at one end means open at that end; empty at both means every age. */
export function readAges(from: string, to: string): Ages {
  const [low, high] = [from.trim(), to.trim()];
  if (low === "" && high === "") return { band: null, wrong: null };
  const whole = /^\d{1,3}$/;
  if ((low !== "" && !whole.test(low)) || (high !== "" && !whole.test(high))) return { band: null, wrong: "number" };
  const band = { from: low === "" ? 0 : Number(low), to: high === "" ? OLDEST : Number(high) };
  if (band.from > OLDEST || band.to > OLDEST) return { band: null, wrong: "number" };
  return band.from > band.to ? { band: null, wrong: "turned" } : { band, wrong: null };
}
