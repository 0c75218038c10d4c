// What a clerk says about one exchange when the district asks over the phone: number, time, way, counts, and whether both
// sides hold the same.
import type { SyncAttempt } from "../../ipc/bindings";
import { text } from "../../text";
import { civil, date, number } from "../../text/format";

/** Never "kemarin": the listener's day may be another. */
export function whenExactly(ms: number, offsetHours: number): string {
  const at = civil(ms, offsetHours);
  return `${date(at.day)}, ${at.time}`;
}

/** What moved, in one breath; empty where nothing could. */
export function amounts(attempt: SyncAttempt): string {
  const words = text.sync.amounts;
  const part = (count: number, say: (count: string) => string) => (count > 0 ? [say(number(count))] : []);
  // A stick, and files that went by themselves, are told by the words.
  const filesAlone = attempt.sentEntries + attempt.receivedEntries + attempt.sentPeople === 0 && attempt.sentPhotos + attempt.receivedPhotos > 0;
  if (attempt.words && (attempt.via === "stick" || filesAlone)) return "";
  const parts = [
    ...(attempt.sentPeople > 0 ? part(attempt.sentPeople, words.people) : part(attempt.sentEntries, words.entries)),
    ...part(attempt.receivedEntries, words.received),
    ...part(attempt.sentPhotos, words.photosSent),
    ...part(attempt.receivedPhotos, words.photosReceived),
  ];
  return parts.join(", ") || (attempt.ok ? words.nothing : "");
}

export type SpokenLine = { name: string; value: string };

/** Counts of nothing are left out, except for people and the comparison: those are always asked. */
export function readAloud(attempt: SyncAttempt, village: string, offsetHours: number): SpokenLine[] {
  const words = text.sync.aloud;
  const line = (name: string, value: string) => ({ name, value });
  const counted = (name: string, count: number) => (count > 0 ? [line(name, number(count))] : []);
  return [
    line(words.village, village),
    line(words.number, number(attempt.number)),
    line(words.at, whenExactly(attempt.at, offsetHours)),
    line(words.via, text.sync.via[attempt.via]),
    line(words.result, attempt.ok ? text.sync.ok : text.sync.notOk),
    line(words.people, number(attempt.sentPeople)),
    ...counted(words.sent, attempt.sentEntries),
    ...counted(words.received, attempt.receivedEntries),
    ...counted(words.photosSent, attempt.sentPhotos),
    ...counted(words.photosReceived, attempt.receivedPhotos),
    line(words.compared, attempt.compared === null ? text.sync.notCompared : attempt.compared ? text.sync.equalShort : text.sync.notEqualShort),
    ...(attempt.words ? [line(words.words, attempt.words)] : []),
  ];
}
