import { render } from "svelte/server";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { SyncOutcome, SyncState, SyncStatus } from "../../ipc/bindings";
import { type Host, useHost } from "../../ipc/host";
import { app } from "../../state/app.svelte";
import { text } from "../../text";
import { Pressed } from "./pressed.svelte";
import Sync from "./Sync.svelte";

const status = (state: SyncState) => ({ state, words: "", progress: null, photos: { total: 0, kept: 0, refused: 0, waiting: 0, words: "" }, lastSyncAt: null, oldestWaitingAt: null, nextTryAt: null, compared: null }) as unknown as SyncStatus;
const outcome = { words: "Selesai.", healed: [] } as unknown as SyncOutcome;

describe("the button that exchanges", () => {
  const answers: ((outcome: SyncOutcome) => void)[] = [];
  beforeEach(() => {
    answers.length = 0;
    vi.stubGlobal("requestAnimationFrame", (act: () => void) => act());
    useHost({
      syncNow: () => new Promise((done) => answers.push(done)),
      syncStatus: async () => status("idle"),
    } as unknown as Host);
  });

  it("starts one exchange, however often it is pressed", async () => {
    app.heardSync(status("idle"));
    const button = new Pressed();
    const through = button.press();
    void button.press();
    expect(answers).toHaveLength(1);
    expect([button.running, button.follows]).toEqual([true, false]);
    answers[0]?.(outcome);
    await through;
    expect([button.running, button.result]).toEqual([false, outcome]);
  });

  it("follows a round that goes by itself, once, and says so until that one is over", async () => {
    app.heardSync(status("syncing"));
    const button = new Pressed();
    expect(button.running).toBe(true);
    const through = button.press();
    void button.press();
    expect(answers).toHaveLength(1);
    button.heard(true);
    expect([button.follows, app.announcement]).toEqual([true, text.sync.follows]);
    button.heard(false);
    expect([button.follows, button.running]).toEqual([false, true]);
    answers[0]?.(outcome);
    await through;
    expect(button.asked).toBe(false);
  });

  it("looks busy while a round goes by itself, without losing the focus", () => {
    const shown = (state: SyncState) => {
      app.heardSync(status(state));
      return render(Sync).body.match(/<button[^>]*data-testid="sinkronkan"[^>]*>[\s\S]*?<\/button>/)?.[0] ?? "";
    };
    expect(shown("syncing")).toContain(text.sync.running);
    expect(shown("syncing")).toContain('aria-busy="true"');
    expect(shown("syncing")).not.toMatch(/\sdisabled/);
    expect(shown("idle")).toContain(text.sync.now);
    expect(shown("idle")).not.toContain("aria-busy");
  });
});
