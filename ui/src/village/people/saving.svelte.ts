// A file that is written where the clerk says: under way, where it lies now, or why not.
import { errorWords } from "../../ipc/errors";
import { stopped, work } from "../../state/work.svelte";
import { text } from "../../text";

export class Saving {
  busy = $state(false);
  path = $state("");
  failed = $state("");

  clear() {
    this.path = "";
    this.failed = "";
  }

  async run(save: () => Promise<string | null>) {
    this.clear();
    this.busy = true;
    try {
      this.path = (await work.run(save)) ?? "";
    } catch (error) {
      this.failed = stopped(error) ? text.everyday.stopped : errorWords(error);
    } finally {
      this.busy = false;
    }
  }
}
