import { describe, expect, it } from "vitest";
import { text } from "../../text";
import { base64, cameraProblem, openCamera } from "./camera";

const named = (name: string) => new DOMException("", name);

describe("a camera that gives no picture", () => {
  it.each([
    ["NotFoundError", "none"],
    ["OverconstrainedError", "none"],
    ["NotAllowedError", "denied"],
    ["NotReadableError", "busy"],
    ["TypeError", "failed"],
  ] as const)("%s is %s", (name, problem) => expect(cameraProblem(named(name))).toBe(problem));
  it("has a title and a sentence for each", () => {
    for (const problem of ["none", "denied", "busy", "failed"] as const) expect(Object.values(text.camera.problems[problem]).every((words) => words.length > 10)).toBe(true);
    expect(cameraProblem("nothing known")).toBe("failed");
  });
  it("a window without media devices has none", async () => {
    await expect(openCamera(null).catch(cameraProblem)).resolves.toBe("none");
  });
});

describe("the picture's bytes", () => {
  it("cross as base64, however many", () => {
    const bytes = Uint8Array.from({ length: 100_003 }, (_, at) => (at * 7) % 256);
    expect(Uint8Array.from(atob(base64(bytes)), (letter) => letter.charCodeAt(0))).toEqual(bytes);
    expect(base64(new Uint8Array())).toBe("");
  });
});
