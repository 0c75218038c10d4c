// What the button of this page started. A round that goes by itself holds nobody up: pressed meanwhile, one more follows it.
import type { SyncOutcome } from "../../ipc/bindings";
import { errorWords } from "../../ipc/errors";
import { host } from "../../ipc/host";
import { app } from "../../state/app.svelte";
import { text } from "../../text";

export class Pressed {
  /** Pressed, and not through yet: another press adds nothing. */
  asked = $state(false);
  /** What was pressed waits for the round that was going already. */
  follows = $state(false);
  result = $state.raw<SyncOutcome | null>(null);
  failed = $state("");

  /** An exchange is going, whoever began it. */
  get running(): boolean {
    return this.asked || app.sync?.state === "syncing";
  }

  /** Whether a round is going now: one that is over holds nothing back. */
  heard(going: boolean) {
    if (!going) this.follows = false;
  }

  async press() {
    if (this.asked) return;
    this.follows = this.running;
    if (this.follows) app.say(text.sync.follows);
    this.asked = true;
    this.failed = "";
    this.result = null;
    try {
      this.result = await host().syncNow();
      app.say([this.result.words, ...this.result.healed].join(" "));
      app.heardSync(await host().syncStatus());
      app.changed();
    } catch (error) {
      this.failed = errorWords(error);
    } finally {
      this.asked = false;
      this.follows = false;
    }
  }
}
