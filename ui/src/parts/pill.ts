// The one pill about the link. Its sentence comes from the program; its colour must never promise more than the numbers.
import type { SyncStatus } from "../ipc/bindings";
import { text } from "../text";

export type PillTone = "good" | "plain" | "wait" | "busy";
export type Pill = { tone: PillTone; words: string };

export function pill(status: SyncStatus | null): Pill {
  if (!status) return { tone: "plain", words: text.link.unknown };
  const words = status.words || plainWords(status);
  switch (status.state) {
    case "syncing":
      return { tone: "busy", words: status.progress?.words || words };
    case "error":
      return { tone: "wait", words };
    case "offline":
    case "not_enrolled":
      return { tone: "plain", words };
    case "idle": {
      const everythingArrived =
        status.waitingPeople === 0 && status.waitingEntries === 0 && status.lastSyncAt !== null && status.lastError === null && status.compared?.equal !== false;
      return { tone: everythingArrived && status.skew === null ? "good" : "plain", words };
    }
  }
}

function plainWords(status: SyncStatus): string {
  const waiting = status.waitingPeople;
  switch (status.state) {
    case "not_enrolled":
      return text.link.notEnrolled(waiting);
    case "offline":
      return text.link.offline(waiting);
    case "syncing":
      return text.link.syncing;
    case "error":
      return text.link.failed(waiting);
    case "idle":
      return waiting > 0 ? text.link.waiting(waiting) : text.link.nothingWaits;
  }
}
