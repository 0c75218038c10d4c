import { app } from "../../state/app.svelte";

/** An empty page. The draft itself is made with the first letter, so that who looks and leaves leaves nothing behind. */
export function newPerson() {
  app.go({ screen: "orang_baru" });
}
