import { describe, expect, it } from "vitest";
import { LongList, type Piece } from "./long.svelte";

/** Answers that come when the test says so. */
function slow(total: number) {
  const waiting: (() => void)[] = [];
  const asked: string[] = [];
  const read = (question: string) => (offset: number, limit: number) => {
    asked.push(`${question}@${offset}`);
    return new Promise<Piece<string>>((done) =>
      waiting.push(() => done({ total, rows: Array.from({ length: Math.min(limit, Math.max(0, total - offset)) }, (_, i) => `${question}${offset + i}`) })),
    );
  };
  const answer = async () => {
    waiting.shift()?.();
    await new Promise((done) => setTimeout(done));
  };
  return { read, asked, answer };
}

describe("a long list", () => {
  it("asks one question at a time and shows the newest only", async () => {
    const { read, asked, answer } = slow(3);
    const list = new LongList<string>();
    void list.ask(read("s"));
    void list.ask(read("su"));
    const last = list.ask(read("sut"));
    expect(asked).toEqual(["s@0"]);
    await answer();
    expect(list.known).toBe(false);
    expect(asked).toEqual(["s@0", "sut@0"]);
    await answer();
    await last;
    expect([list.total, list.at(0), list.at(3)]).toEqual([3, "sut0", undefined]);
  });
  it("keeps the old rows in sight until the new ones are here", async () => {
    const { read, answer } = slow(2);
    const list = new LongList<string>();
    void list.ask(read("a"));
    await answer();
    void list.ask(read("b"));
    expect(list.at(1)).toBe("a1");
    await answer();
    expect(list.at(1)).toBe("b1");
  });
  it("reads what comes into sight, once", async () => {
    const { read, asked, answer } = slow(1000);
    const list = new LongList<string>();
    void list.ask(read("a"));
    await answer();
    list.want(50, 70);
    list.want(55, 75);
    expect(asked).toEqual(["a@0", "a@60"]);
    await answer();
    expect(list.at(61)).toBe("a61");
    list.want(0, 119);
    list.want(990, 1200);
    expect(asked).toEqual(["a@0", "a@60", "a@960"]);
    expect(list.indexOf((row) => row === "a61")).toBe(61);
  });
  it("says what went wrong, and a later answer takes it back", async () => {
    const list = new LongList<string>();
    await list.ask(() => Promise.reject(new Error("no")));
    expect(list.error).toBeInstanceOf(Error);
    await list.ask(async () => ({ total: 0, rows: [] }));
    expect([list.error, list.known]).toEqual([null, true]);
  });
  it("drops an answer that comes after it was cleared", async () => {
    const { read, answer } = slow(2);
    const list = new LongList<string>();
    void list.ask(read("a"));
    list.clear();
    await answer();
    expect([list.known, list.at(0)]).toEqual([false, undefined]);
  });
});
