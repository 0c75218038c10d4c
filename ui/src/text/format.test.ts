import { describe, expect, it } from "vitest";
import { ageOn, bareNik, bytes, civil, date, groupedNik, moment, money, number, readDate, shortDate, span, yearCutShort } from "./format";

describe("NIK", () => {
  it("is grouped 6, 6, 4 for reading, also while it is typed", () => {
    expect(groupedNik("3305124108600001")).toBe("330512 410860 0001");
    expect(groupedNik("33051241")).toBe("330512 41");
    expect(groupedNik("330512 410860 0001")).toBe("330512 410860 0001");
  });
  it("is copied and kept without blanks, dots or dashes", () => {
    expect(bareNik("330512 410860 0001")).toBe("3305124108600001");
    expect(bareNik("33.05.12-410860-0001")).toBe("3305124108600001");
  });
  it("leaves other text as it was typed, so that nothing of a draft is lost", () => {
    expect(groupedNik("belum ada")).toBe("belum ada");
    expect(bareNik(" belum ada ")).toBe("belum ada");
  });
});

describe("dates as people type them", () => {
  it.each([
    ["17081975", "1975-08-17"],
    ["17/8/1975", "1975-08-17"],
    ["17-08-1975", "1975-08-17"],
    ["17.8.1975", "1975-08-17"],
    ["17 8 1975", "1975-08-17"],
    ["17 Agustus 1975", "1975-08-17"],
    ["17 agu 1975", "1975-08-17"],
    ["1975-08-17", "1975-08-17"],
    ["29-02-2000", "2000-02-29"],
  ])("%s is %s", (typed, iso) => expect(readDate(typed)).toBe(iso));

  it.each(["", "17", "1708", "170875", "31-02-1975", "29-02-1900", "32081975", "17-13-1975", "00-01-1975", "17 x 1975", "17 ma 1975", "1975"])(
    "%s is no date",
    (typed) => expect(readDate(typed)).toBeNull(),
  );

  it.each(["17-08-75", "17/8/75", "170875", "17 agustus 75"])("two-digit years are never guessed, but told apart: %s", (typed) => {
    expect(readDate(typed)).toBeNull();
    expect(yearCutShort(typed)).toBe(true);
  });
  it.each(["17-08-1975", "17081975", "kemarin", "", "31-02-1975", "1975"])("%s has no short year", (typed) => expect(yearCutShort(typed)).toBe(false));
  it("are shown in words and in the form", () => {
    expect(date("2026-11-21")).toBe("21 November 2026");
    expect(shortDate("1975-08-17")).toBe("17-08-1975");
    expect(shortDate("17 agus")).toBe("17 agus");
  });
});

describe("ages", () => {
  it("count completed years", () => {
    expect(ageOn("1961-11-21", "2026-11-21")).toBe(65);
    expect(ageOn("1961-11-22", "2026-11-21")).toBe(64);
  });
  it("of 29 February turn on 1 March in common years", () => {
    expect(ageOn("2008-02-29", "2026-02-28")).toBe(17);
    expect(ageOn("2008-02-29", "2026-03-01")).toBe(18);
  });
  it("are unknown without a date", () => expect(ageOn("17 agus", "2026-11-21")).toBeNull());
});

describe("numbers, money, sizes, waits", () => {
  it("use Indonesian separators", () => {
    expect(number(0)).toBe("0");
    expect(number(999)).toBe("999");
    expect(number(83762)).toBe("83.762");
    expect(number(1234567)).toBe("1.234.567");
    expect(number(-1500)).toBe("-1.500");
    expect(money(16800)).toBe("Rp16.800");
    expect(bytes(812)).toBe("812 B");
    expect(bytes(1400)).toBe("1,4 kB");
  });
  it("round a wait up, never down", () => {
    expect(span(0.2)).toBe("1 detik");
    expect(span(59)).toBe("59 detik");
    expect(span(61)).toBe("2 menit");
    expect(span(86_401)).toBe("2 hari");
  });
});

describe("moments belong to the village's place", () => {
  const ms = Date.UTC(2026, 10, 20, 23, 30);
  it("the same instant is another day further east", () => {
    expect(civil(ms, 7)).toEqual({ day: "2026-11-21", time: "06.30" });
    expect(civil(ms, -1)).toEqual({ day: "2026-11-20", time: "22.30" });
  });
  it("say the time today, yesterday by name, else the date", () => {
    const now = Date.UTC(2026, 10, 21, 3, 42);
    expect(moment(now, now, 7)).toBe("10.42");
    expect(moment(now - 86_400_000, now, 7)).toBe("kemarin 10.42");
    expect(moment(Date.UTC(2026, 10, 2, 1, 5), now, 7)).toBe("2 November 2026, 08.05");
  });
});
