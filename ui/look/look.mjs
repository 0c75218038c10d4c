// Pictures of every screen and what axe says of it, light and dark, at 1366x768 and at 200% (683x384).
//   npm run look [-- word]      only scenes whose name fits the expression; pictures go to look/pictures
// Fails where axe finds something serious or critical, or where a screen throws.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { preview } from "vite";
import { Browser } from "./browser.mjs";
import { SCENES } from "./scenes.mjs";

const here = import.meta.dirname;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SIZES = [
  { name: "100", width: 1366, height: 768, scale: 1 },
  { name: "200", width: 683, height: 384, scale: 2 },
];
const THEMES = { terang: "terang", gelap: "gelap" };
const BAD = ["serious", "critical"];

const word = process.argv[2] ?? "";
const pictures = join(here, "pictures");
mkdirSync(pictures, { recursive: true });

const server = await preview({ root: join(here, ".."), mode: "fixture", build: { outDir: "dist-fixture" }, preview: { port: 4179, strictPort: true, host: "127.0.0.1" }, logLevel: "error" });
const browser = await Browser.start();
const found = new Map();
let screens = 0;
let bad = 0;

async function step(what) {
  if (what.startsWith("=")) await browser.type(what.slice(1));
  else if (what.startsWith("!")) await browser.press(what.slice(1));
  else if (what.startsWith("@")) await browser.focus(what.slice(1));
  else if (what.startsWith("?")) await browser.find(what.slice(1));
  else if (what.startsWith(">")) await browser.drop(what.slice(1));
  else if (what.startsWith("~")) await browser.draw(what.slice(1));
  else if (what.startsWith("%")) await browser.scrollTo(what.slice(1));
  else await browser.click(what);
}

function note(place, finding) {
  const key = `${finding.impact} ${finding.id}: ${finding.help}`;
  const places = found.get(key) ?? new Map();
  for (const node of finding.nodes) {
    const what = `${node.target.join(" ")} ${node.any[0]?.message ?? ""}`.slice(0, 260);
    places.set(what, [...(places.get(what) ?? []), place]);
  }
  found.set(key, places);
  if (BAD.includes(finding.impact)) bad += 1;
}

try {
  for (const scene of SCENES.filter((one) => new RegExp(word).test(one.name))) {
    for (const size of SIZES) {
      for (const [theme, value] of Object.entries(THEMES)) {
        const place = `${scene.name}-${size.name}-${theme}`;
        await browser.size(size.width, size.height, size.scale);
        await browser.remembered({ "payung.tema": value, ...scene.remembered });
        browser.errors = [];
        try {
          await browser.open(`http://127.0.0.1:4179/?${scene.query}#/${scene.hash}`);
          for (const one of scene.steps) await step(one);
          await browser.rest(300);
          writeFileSync(join(pictures, `${place}.png`), await browser.picture());
          await browser.run(`${AXE}; true`);
          const result = await browser.run(`axe.run(document, { resultTypes: ["violations"] }).then((r) => JSON.parse(JSON.stringify(r.violations)))`);
          for (const finding of result) note(place, finding);
          const wide = await browser.run("[document.documentElement, document.querySelector('main')].some((box) => box && box.scrollWidth > box.clientWidth + 1)");
          if (wide) console.log(`${place}: wider than the window`);
        } catch (error) {
          bad += 1;
          console.log(`${place}: ${error.message}`);
        }
        for (const error of browser.errors) {
          bad += 1;
          console.log(`${place}: threw ${error}`);
        }
        screens += 1;
      }
    }
  }
} finally {
  await browser.stop();
  await server.close();
}
for (const [key, places] of [...found].sort()) {
  console.log(`\n${key}`);
  for (const [what, where] of places) console.log(`  ${what}\n    ${where.slice(0, 4).join(", ")}${where.length > 4 ? ` and ${where.length - 4} more` : ""}`);
}
console.log(`\n${screens} pictures, ${bad} serious or critical findings`);
process.exitCode = bad > 0 ? 1 : 0;
