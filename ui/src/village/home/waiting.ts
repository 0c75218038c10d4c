// What waits for whom: the counters of the program, by who has to act.
import type { Counter, CounterKey, Dashboard, ListFilter, StateKey } from "../../ipc/bindings";

export type Line = { key: CounterKey | StateKey; words: string; count: number; states: StateKey[]; unsent: boolean; filter: ListFilter | null };
export type Waiting = { clerk: Line[]; head: Line[]; district: Line[] };

const CLERK: CounterKey[] = ["complete", "ready_for_statement", "awaiting_stamp", "needs_fix"];
const HEAD: CounterKey[] = ["awaiting_signature"];
const LINE: CounterKey[] = ["not_sent"];
/** What an officer of the district decides. */
const OFFICER: StateKey[] = ["arrived", "duplicate_nik"];

export function waiting(dashboard: Dashboard, officerWords: (state: StateKey) => string): Waiting {
  const counters = (keys: CounterKey[]) => keys.flatMap((key) => dashboard.counters.filter((one: Counter) => one.key === key));
  const officer = OFFICER.flatMap((state): Line[] => {
    const count = dashboard.bar.find((part) => part.state === state)?.count ?? 0;
    return count > 0 || state === "arrived" ? [{ key: state, words: officerWords(state), count, states: [state], unsent: false, filter: null }] : [];
  });
  return { clerk: counters(CLERK), head: counters(HEAD), district: [...counters(LINE), ...officer] };
}
