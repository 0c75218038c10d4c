import { render } from "svelte/server";
import { describe, expect, it } from "vitest";
import type { ApplicantView } from "../../ipc/bindings";
import { PersonEditor } from "./editor.svelte";
import Top from "./Top.svelte";

const view = { id: 7, values: {}, flags: { twoVersions: false }, ended: null, release: {}, editedFields: [], judgement: {}, errors: [], nik: { wellFormed: false, others: [] }, alike: [] };

/** What stands in the bar, without its marks. */
function bar(more: Partial<ApplicantView>): string {
  const editor = new PersonEditor({ ...view, ...more } as unknown as ApplicantView);
  return render(Top, { props: { editor, name: "Suparmi", undo: () => undefined } }).body;
}
const times = (body: string, words: string) => body.split(`>${words}<`).length - 1;

describe("the bar above one person", () => {
  const SENT = "sudah sampai di kabupaten";
  it("says once what state and delivery both say, and still names both", () => {
    const body = bar({ state: "arrived", stateWords: SENT, delivery: "arrived", deliveryWords: SENT });
    expect(times(body, SENT)).toBe(1);
    for (const name of ["keadaan", "pengiriman"]) expect(body.split(`data-testid="${name}"`)).toHaveLength(2);
  });
  it("says both where they differ", () => {
    const body = bar({ state: "needs_fix", stateWords: "perlu diperbaiki", delivery: "arrived", deliveryWords: SENT });
    expect([times(body, "perlu diperbaiki"), times(body, SENT)]).toEqual([1, 1]);
    for (const name of ["keadaan", "pengiriman"]) expect(body.split(`data-testid="${name}"`)).toHaveLength(2);
  });
});
