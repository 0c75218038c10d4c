import type { Relative } from "../../ipc/bindings";
import { host } from "../../ipc/host";
import { app } from "../../state/app.svelte";

/** Whom to ask next: the first of the family who is no applicant yet and may be one. */
export function nextOf(relatives: readonly Relative[]): Relative | undefined {
  const open = relatives.filter((relative) => relative.personId === null && relative.populationId !== null);
  return open.find((relative) => relative.readiness === "attestable" || relative.readiness === "incomplete") ?? open.find((relative) => relative.readiness === null);
}

/** Opens the page of a relative; from the population a draft is made of them first. */
export async function goOn(relative: Relative): Promise<void> {
  if (relative.personId !== null) {
    app.go({ screen: "orang", id: relative.personId });
    return;
  }
  if (relative.populationId !== null) await takeFromPopulation(relative.populationId);
}

/** Makes a draft of somebody in the population and opens it; who is an applicant already is opened as they are. */
export async function takeFromPopulation(id: number): Promise<void> {
  const picked = await host().pickPopulation([id]);
  const person = picked.people[0] ?? picked.already[0];
  app.say(picked.words);
  app.changed();
  if (person !== undefined) app.go({ screen: "orang", id: person });
}
