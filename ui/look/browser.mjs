// A headless Chromium over a pipe: opens an address, presses keys, takes pictures. No library, no port.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const WAIT_MS = 15_000;
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];
const KEYS = { Enter: ["Enter", 13, "\r"], Tab: ["Tab", 9], Escape: ["Escape", 27], ArrowDown: ["ArrowDown", 40], ArrowUp: ["ArrowUp", 38], F1: ["F1", 112], Space: ["Space", 32, " "] };

export function chromium() {
  const found = process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place));
  if (!found) throw new Error("No Chromium found. Install one, or name it: CHROMIUM=/path npm run look");
  return found;
}

export class Browser {
  #next = 1;
  #waiting = new Map();
  #session;
  #rest = "";
  errors = [];

  static async start() {
    const browser = new Browser();
    browser.folder = mkdtempSync(join(tmpdir(), "payung-look-"));
    browser.process = spawn(
      chromium(),
      ["--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--hide-scrollbars", "--disable-gpu", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--force-color-profile=srgb", `--user-data-dir=${browser.folder}`, "about:blank"],
      { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] },
    );
    browser.process.stdio[4].on("data", (bytes) => browser.#take(bytes.toString()));
    const { targetId } = await browser.#ask("Target.createTarget", { url: "about:blank" });
    browser.#session = (await browser.#ask("Target.attachToTarget", { targetId, flatten: true })).sessionId;
    await browser.send("Page.enable");
    await browser.send("Runtime.enable");
    return browser;
  }

  #take(text) {
    this.#rest += text;
    const messages = this.#rest.split("\0");
    this.#rest = messages.pop() ?? "";
    for (const message of messages.map((one) => JSON.parse(one))) {
      if (message.method === "Runtime.exceptionThrown") this.errors.push(message.params.exceptionDetails.exception?.description ?? message.params.exceptionDetails.text);
      const waiting = this.#waiting.get(message.id);
      if (!waiting) continue;
      this.#waiting.delete(message.id);
      if (message.error) waiting.reject(new Error(message.error.message));
      else waiting.resolve(message.result);
    }
  }

  #ask(method, params = {}, sessionId = undefined) {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  send(method, params = {}) {
    return this.#ask(method, params, this.#session);
  }

  async size(width, height, scale) {
    await this.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: scale, mobile: false });
  }

  /** Set before the page's own scripts run. */
  async remembered(values) {
    if (this.script) await this.send("Page.removeScriptToEvaluateOnNewDocument", { identifier: this.script });
    const source = `try { for (const [key, value] of Object.entries(${JSON.stringify(values)})) localStorage.setItem(key, value); } catch {}`;
    this.script = (await this.send("Page.addScriptToEvaluateOnNewDocument", { source })).identifier;
  }

  async open(address) {
    await this.send("Page.navigate", { url: "about:blank" });
    await this.send("Page.navigate", { url: address });
    await this.until("document.readyState === 'complete' && document.querySelector('#app')?.childElementCount > 0", address);
    await this.run("document.fonts.ready.then(() => true)");
    await this.rest();
  }

  async run(expression) {
    const answer = await this.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text);
    return answer.result.value;
  }

  async until(expression, what) {
    for (const end = Date.now() + WAIT_MS; Date.now() < end; await this.rest(40)) if (await this.run(`Boolean(${expression})`).catch(() => false)) return;
    throw new Error(`waited in vain for ${what}`);
  }

  rest(ms = 250) {
    return new Promise((done) => setTimeout(done, ms));
  }

  async find(testid) {
    await this.until(`document.querySelector('[data-testid="${testid}"]')`, testid);
  }

  async click(testid) {
    await this.find(testid);
    await this.run(`{ const found = document.querySelector('[data-testid="${testid}"]'); found.scrollIntoView({ block: "center" }); (found.querySelector(":scope > summary") ?? found).click(); }`);
    await this.rest();
  }

  async focus(testid) {
    await this.find(testid);
    await this.run(`document.querySelector('[data-testid="${testid}"]').focus()`);
  }

  async type(text) {
    for (const letter of text) await this.send("Input.dispatchKeyEvent", { type: "char", text: letter });
    await this.rest(120);
  }

  async press(name, modifiers = 0) {
    const [key, code, text] = KEYS[name] ?? [name, name.toUpperCase().charCodeAt(0), modifiers ? undefined : name];
    await this.send("Input.dispatchKeyEvent", { type: text ? "keyDown" : "rawKeyDown", key, code: key, windowsVirtualKeyCode: code, modifiers, text });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", key, code: key, windowsVirtualKeyCode: code, modifiers });
    await this.rest(60);
  }

  /** A file from outside let fall on the window; only its name is told. */
  async drop(name) {
    await this.run(`{ const data = new DataTransfer(); data.items.add(new File(["x"], ${JSON.stringify(name)})); window.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })); }`);
    await this.rest();
  }

  /** A line drawn by hand across something, up and down like a signature. */
  async draw(testid) {
    await this.find(testid);
    const box = await this.run(`(() => { const found = document.querySelector('[data-testid="${testid}"]'); found.scrollIntoView({ block: "center" }); const { x, y, width, height } = found.getBoundingClientRect(); return { x, y, width, height }; })()`);
    const at = (step) => ({ x: box.x + box.width * (0.25 + step / 40), y: box.y + box.height * (0.5 + Math.sin(step * 1.7) * 0.25) });
    const mouse = (type, step) => this.send("Input.dispatchMouseEvent", { type, ...at(step), button: "left", buttons: type === "mouseReleased" ? 0 : 1, clickCount: 1 });
    await mouse("mousePressed", 0);
    for (let step = 1; step <= 20; step += 1) await mouse("mouseMoved", step);
    await mouse("mouseReleased", 20);
    await this.rest();
  }

  async scrollTo(testid) {
    await this.find(testid);
    await this.run(`document.querySelector('[data-testid="${testid}"]').scrollIntoView({ block: "start" })`);
    await this.rest();
  }

  async picture() {
    return Buffer.from((await this.send("Page.captureScreenshot", { format: "png" })).data, "base64");
  }

  async stop() {
    await this.#ask("Browser.close").catch(() => undefined);
    await new Promise((done) => (this.process.exitCode === null ? this.process.once("exit", done) : done()));
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
