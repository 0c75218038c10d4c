import { host } from "../../ipc/host";
import { app } from "../../state/app.svelte";
import { errorWords } from "../../ipc/errors";

/** An empty draft, opened at once: it is in the register before the first letter is typed. */
export async function newPerson() {
  try {
    const id = await host().newApplicant();
    app.changed();
    app.go({ screen: "orang", id });
  } catch (error) {
    app.say(errorWords(error));
  }
}
