import "@fontsource-variable/plus-jakarta-sans/wght.css";
import "./theme/tokens.css";
import "./theme/base.css";
import "./theme/icons.css";
import "./theme/controls.css";
import "./theme/layout.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { useHost } from "./ipc/host";
import { tauriHost } from "./ipc/tauri";
import { appearance } from "./theme/theme.svelte";

appearance.start();

// A plain browser has no program behind it: there, made-up people in memory stand in. Only development builds carry them.
if (import.meta.env.DEV || import.meta.env.MODE === "fixture") {
  if ("__TAURI_INTERNALS__" in window) useHost(tauriHost());
  else useHost((await import("./ipc/fixture")).fixtureHost(new URLSearchParams(location.search)));
} else {
  useHost(tauriHost());
}

const target = document.getElementById("app");
if (target) mount(App, { target });
