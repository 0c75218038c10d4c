import { describe, expect, it } from "vitest";
import { isTurned, pageRules, paperOf, printScale } from "./paper";

describe("paper", () => {
  it("takes its measure from the page itself", () => {
    expect(paperOf(595.276, 841.89)).toEqual({ widthMm: 210, heightMm: 297 });
    expect(paperOf(609.449, 935.433)).toEqual({ widthMm: 215, heightMm: 330 });
    expect(paperOf(841.89, 595.276)).toEqual({ widthMm: 297, heightMm: 210 });
  });
  it("asks for the sheet without margins, and leaves room where the web view keeps its own", () => {
    const f4 = { widthMm: 215, heightMm: 330 };
    expect(pageRules(f4, "Mozilla/5.0 AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0")).toBe(
      "@page { size: 215mm 330mm; margin: 0; }\n.paper-layer img { width: 100%; max-width: 215mm; aspect-ratio: 215 / 329.2; }",
    );
    expect(pageRules(f4, "Mozilla/5.0 (X11; Linux) AppleWebKit/605.1.15 Version/26.0 Safari/605.1.15")).toContain("width: 100%");
    expect(pageRules(f4, "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/26.0 Safari/605.1.15")).toContain("width: 97%");
  });
  it("turns a page that lies on its side where the sheet is not turned", () => {
    const webkit = "Mozilla/5.0 (X11; Linux) AppleWebKit/605.1.15 Version/26.0 Safari/605.1.15";
    expect(isTurned(841.89, 595.276, webkit)).toBe(true);
    expect(isTurned(595.276, 841.89, webkit)).toBe(false);
    expect(isTurned(841.89, 595.276, "Chrome/140.0 Safari/537.36 Edg/140.0")).toBe(false);
  });
  it("draws a few pages at 300 dots an inch and many at 200", () => {
    expect(printScale(1) * 72).toBeCloseTo(300);
    expect(printScale(10) * 72).toBeCloseTo(300);
    expect(printScale(11) * 72).toBeCloseTo(200);
  });
});
