// How far one person came, since when, and why: the states of the program with what the window knows about the line.
import type { ApplicantView, PhotoState, PhotoView, SyncStatus } from "../../ipc/bindings";
import { text } from "../../text";
import { number } from "../../text/format";

export type Step = { words: string; at: number | null; why: string; tone: "plain" | "wait" | "refused" | "good" };

const words = text.journey;

/** The person's state and what follows from it. The district's reasons and those of an ending stand above it on the page. */
export function stateStep(view: ApplicantView): Step {
  const answer = view.answers.find((one) => one.current);
  const step = (tone: Step["tone"], why: string, at: number | null = null): Step => ({ words: view.stateWords, at, why, tone });
  switch (view.state) {
    case "draft":
      return step("plain", words.draft, view.updatedAt);
    case "ready_for_statement":
      return step("wait", words.ready);
    case "awaiting_signature":
      return step("wait", words.signature(letter(view)));
    case "awaiting_stamp":
      return step("wait", words.stamp(letter(view)));
    case "not_sent":
      return step("plain", words.notSent, view.deliverySince);
    case "arrived":
      return step("good", words.arrived, answer?.at ?? view.deliverySince);
    case "needs_fix":
      return step("wait", words.needsFix, answer?.at ?? null);
    case "duplicate_nik":
      return step("wait", words.duplicate, answer?.at ?? null);
    case "passed":
      return step("good", words.passed, answer?.at ?? null);
    case "not_eligible":
      return step("refused", words.notEligible, answer?.at ?? null);
    case "ended":
    case "cancelled":
      return step("plain", words.ended);
  }
}

function letter(view: ApplicantView): string {
  return view.statements[0]?.number ?? "";
}

/** Whether what stands here has come to the district, and if not, what it waits for. */
export function deliveryStep(view: Pick<ApplicantView, "delivery" | "deliveryWords" | "deliverySince">, sync: SyncStatus | null): Step {
  const step = (tone: Step["tone"], why: string): Step => ({ words: view.deliveryWords, at: view.deliverySince, why, tone });
  switch (view.delivery) {
    case "local":
      return step("plain", words.local);
    case "arrived":
      return step("good", words.receipt);
    case "not_sent":
      return step("plain", waitsFor(sync));
  }
}

export function waitsFor(sync: SyncStatus | null): string {
  switch (sync?.state) {
    case "not_enrolled":
      return words.waitsEnrolment;
    case "offline":
      return words.waitsInternet;
    case "syncing":
      return words.sending;
    case "error":
      return sync.skew ?? sync.lastError ?? words.waitsAgain;
    default:
      return words.waitsTurn;
  }
}

/** `1 foto menunggu dikirim, 1 sudah sampai`; refused ones come first and are never left out. */
export function photoStep(photos: readonly PhotoView[]): Step | null {
  if (photos.length === 0) return null;
  const count = (state: PhotoState) => photos.filter((photo) => photo.state === state).length;
  const order: PhotoState[] = ["refused", "waiting", "local", "missing", "kept"];
  const parts = order.filter((state) => count(state) > 0).map((state) => words.photos[state](number(count(state))));
  const tone = count("refused") > 0 ? "refused" : count("kept") === photos.length ? "good" : "plain";
  const refused = photos.find((photo) => photo.state === "refused");
  return { words: parts.join(", "), at: null, why: refused ? `${refused.kindWords}: ${refused.stateWords}` : "", tone };
}
