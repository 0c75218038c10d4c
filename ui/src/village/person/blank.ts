// A person who is not in the register yet: what an empty page shows until the first letter is saved.
import type { ApplicantView, FormDescription, Judged } from "../../ipc/bindings";
import { text } from "../../text";

export function blank(values: Record<string, string>, judged: Judged, form: FormDescription): ApplicantView {
  const words = (choices: FormDescription["states"], value: string) => choices.find((choice) => choice.value === value)?.label ?? "";
  return {
    id: 0,
    values,
    releasedValues: null,
    editedFields: [],
    state: "draft",
    stateWords: words(form.states, "draft"),
    delivery: "local",
    deliveryWords: words(form.deliveries, "local"),
    deliverySince: null,
    flags: { needsNewStatement: false, edited: false, canBeListed: false, nikElsewhere: false, maybeSame: false, twoVersions: false },
    ...judged,
    nikElsewhere: null,
    sameNikReason: null,
    release: { allowed: false, needsAcknowledgement: false, needsSameNikReason: false, needsAlikeReason: false, words: text.person.releaseEmpty },
    answers: [],
    statements: [],
    ended: null,
    versions: [],
    history: [],
    updatedAt: 0,
  };
}
