import { describe, expect, it } from "vitest";
import { pageRule, paperOf, printScale } from "./paper";

describe("paper", () => {
  it("takes its measure from the page itself", () => {
    expect(paperOf(595.276, 841.89)).toEqual({ widthMm: 210, heightMm: 297 });
    expect(paperOf(609.449, 935.433)).toEqual({ widthMm: 215, heightMm: 330 });
    expect(paperOf(841.89, 595.276)).toEqual({ widthMm: 297, heightMm: 210 });
  });
  it("prints without a margin of the browser's own", () => {
    expect(pageRule({ widthMm: 215, heightMm: 330 })).toBe("@page { size: 215mm 330mm; margin: 0; }");
  });
  it("draws a few pages at 300 dots an inch and many at 200", () => {
    expect(printScale(1) * 72).toBeCloseTo(300);
    expect(printScale(10) * 72).toBeCloseTo(300);
    expect(printScale(11) * 72).toBeCloseTo(200);
  });
});
