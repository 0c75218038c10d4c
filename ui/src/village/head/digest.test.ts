import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { sha256Hex, shownDigest } from "./digest";

const bytes = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer;
const hash = (text: string) => createHash("sha256").update(text, "latin1").digest("hex");

/** A file with the place of a signature; `inside` stands between the brackets. */
function withPlace(inside: string, range?: (end: number, start: number, length: number) => string) {
  const tail = "> /Filter /Adobe.PPKLite >>\nendobj\n%%EOF\n";
  const head = (entry: string) => `%PDF-1.7\nhalaman\n<< /Type /Sig /ByteRange [${entry.padEnd(40)}] /Contents `;
  const end = head("").length;
  const start = end + inside.length + 2;
  const rest = tail.slice(1);
  const entry = (range ?? ((a, b, c) => `0 ${a} ${b} ${c}`))(end, start, rest.length);
  return { text: `${head(entry)}<${inside}>${rest}`, first: head(entry), rest };
}

describe("the digest of what is shown", () => {
  it("leaves out the empty place of the signature and nothing else", async () => {
    const file = withPlace("0".repeat(64));
    expect(await shownDigest(bytes(file.text))).toBe(hash(file.first + file.rest));
    expect(await shownDigest(bytes(file.text.replace("halaman", "halamaN")))).not.toBe(hash(file.first + file.rest));
  });
  it("takes a file without such a place whole", async () => {
    expect(await shownDigest(bytes("%PDF-1.7 biasa"))).toBe(hash("%PDF-1.7 biasa"));
    expect(await sha256Hex(bytes("abc"))).toBe(hash("abc"));
  });
  it("takes nothing on trust: a place that holds something, or parts that are not the whole file, are taken whole", async () => {
    for (const file of [withPlace("00ff00"), withPlace("0000", (a, b, c) => `0 ${a} ${b} ${c - 1}`), withPlace("0000", (a, b, c) => `5 ${a} ${b} ${c}`)]) {
      expect(await shownDigest(bytes(file.text))).toBe(hash(file.text));
    }
  });
});
