// What every screen shares: where the program stands, the truth about the link, and which page is open.
import type { AppState, Stage, SyncProgress, SyncStatus, VillageView } from "../ipc/bindings";
import { host, whenClosed } from "../ipc/host";
import { appearance } from "../theme/theme.svelte";
import { chosenLetters } from "./letters.svelte";
import { clearList } from "./list.svelte";
import { hashOf, readRoute, type Route } from "./route";

/** How often the idle clock in Rust is told that somebody is here. */
const TOUCH_EVERY_MS = 20_000;

class App {
  state = $state<AppState | null>(null);
  failure = $state<unknown>(null);
  sync = $state<SyncStatus | null>(null);
  progress = $state<SyncProgress | null>(null);
  route = $state<Route>({ screen: "beranda" });
  /** Grows with every page that is opened; the same page under another address is no new one. */
  visit = $state(0);
  /** Grows when people or letters may have changed: lists load again. */
  changes = $state(0);
  now = $state(Date.now());
  /** Why the register closed by itself, for the unlock page. */
  lockedByIdle = $state(false);
  /** A backup was put back just now: said until somebody opens it. */
  restored = $state("");
  /** The first set-up keeps the window until the recovery code is written down. */
  settingUp = $state(false);
  /** The head's door stands open: his name and secret are asked. */
  headDoor = $state(false);
  announcement = $state("");
  #touchedAt = 0;
  #loading = false;
  #leaving = new Set<() => Promise<unknown>>();
  #forgetting = new Set<() => void>();

  get stage(): Stage | null {
    return this.state?.stage ?? null;
  }

  get village(): VillageView | null {
    return this.state?.village ?? null;
  }

  get offset(): number {
    return this.village?.utcOffsetHours ?? 7;
  }

  get headTitle(): string {
    return this.village?.headTitle ?? "Kepala Desa";
  }

  start(): () => void {
    whenClosed(() => void this.load());
    const stops = [
      host().hear("stageChanged", (change) => {
        if (change.stage === "locked") this.lockedByIdle = change.reason === "idle";
        void this.load();
      }),
      host().hear("syncStatusChanged", (status) => this.heardSync(status)),
      host().hear("syncProgressed", (progress) => (this.progress = progress)),
      host().hear("answersArrived", () => this.changed()),
    ];
    const clock = setInterval(() => (this.now = Date.now()), 1000);
    const moved = () => this.#open(readRoute(location.hash));
    addEventListener("hashchange", moved);
    moved();
    void this.load();
    return () => {
      clearInterval(clock);
      removeEventListener("hashchange", moved);
      for (const stop of stops) stop();
    };
  }

  async load() {
    if (this.#loading) return;
    this.#loading = true;
    try {
      this.take(await host().appState());
      this.failure = null;
    } catch (error) {
      this.failure = error;
    } finally {
      this.#loading = false;
    }
  }

  /** Takes over a state that a command answered with. */
  take(state: AppState) {
    const closed = this.state !== null && this.state.stage !== "locked" && state.stage === "locked";
    this.state = state;
    this.sync = state.sync;
    this.progress = state.sync?.progress ?? null;
    appearance.setTextScale(state.textScale);
    if (state.stage === "setup") this.settingUp = true;
    if (state.stage === "open") this.restored = "";
    if (closed) {
      this.headDoor = false;
      clearList();
      chosenLetters.clear();
      for (const forget of this.#forgetting) forget();
      location.hash = "#/beranda";
    }
  }

  heardSync(status: SyncStatus) {
    const finished = this.sync?.state === "syncing" && status.state !== "syncing";
    this.sync = status;
    this.progress = status.progress;
    if (finished) this.changed();
  }

  changed() {
    this.changes += 1;
  }

  go(route: Route) {
    const hash = hashOf(route);
    if (location.hash === hash) this.#open(route);
    else location.hash = hash;
  }

  #open(route: Route) {
    this.route = route;
    this.visit += 1;
  }

  /** The open page has another address from now on, such as a new person who was saved for the first time. */
  renamed(route: Route) {
    this.route = route;
    history.replaceState(null, "", hashOf(route));
  }

  /** Said to a screen reader, shown nowhere. */
  say(words: string) {
    this.announcement = "";
    requestAnimationFrame(() => (this.announcement = words));
  }

  /** Runs before the register closes, so that the field being typed is saved. */
  beforeLeaving(save: () => Promise<unknown>): () => void {
    this.#leaving.add(save);
    return () => this.#leaving.delete(save);
  }

  /** Called when the register closes: what a page keeps about people goes. */
  forgets(forget: () => void) {
    this.#forgetting.add(forget);
  }

  async lock() {
    await Promise.allSettled([...this.#leaving].map((save) => save()));
    this.lockedByIdle = false;
    this.take(await host().lock());
  }

  touched() {
    const stage = this.stage;
    if ((stage !== "open" && stage !== "head_room") || Date.now() - this.#touchedAt < TOUCH_EVERY_MS) return;
    this.#touchedAt = Date.now();
    host()
      .touch()
      .catch(() => undefined);
  }
}

export const app = new App();
