// The theme belongs to the screen and is remembered there; the text size comes from the settings of the village.

export type Theme = "terang" | "gelap" | "sistem";

const THEME_KEY = "payung.tema";

function remembered<T extends string>(key: string, allowed: readonly T[], otherwise: T): T {
  try {
    const found = localStorage.getItem(key);
    return allowed.find((word) => word === found) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function remember(key: string, value: string) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Without storage the choice holds until the window closes.
  }
}

class Appearance {
  theme = $state<Theme>(remembered(THEME_KEY, ["terang", "gelap", "sistem"], "terang"));
  /** Percent of the usual size, 100 to 200. */
  textScale = $state(100);
  #system = typeof matchMedia === "function" ? matchMedia("(prefers-color-scheme: dark)") : null;

  start() {
    this.#system?.addEventListener("change", () => this.apply());
    this.apply();
  }

  setTheme(theme: Theme) {
    this.theme = theme;
    remember(THEME_KEY, theme);
    this.apply();
  }

  setTextScale(percent: number) {
    this.textScale = Math.min(200, Math.max(100, percent));
    this.apply();
  }

  apply() {
    const dark = this.theme === "gelap" || (this.theme === "sistem" && this.#system?.matches === true);
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    document.documentElement.style.fontSize = `${(15 * this.textScale) / 100}px`;
    // Chromium asks anew what fits in the window only when the window changes: it is taken out and put back.
    const frame = document.getElementById("app");
    if (!frame) return;
    frame.style.containerType = "normal";
    void frame.offsetWidth;
    frame.style.containerType = "";
  }
}

export const appearance = new Appearance();
