export type Cover = { source: string; until: string };

export function readCovers(value: string): Cover[] {
  if (value === "tidak_ada" || /^tidak[ _]tahu$/.test(value)) return [];
  return value
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => {
      const colon = part.indexOf(":");
      return colon < 0 ? { source: part, until: "" } : { source: part.slice(0, colon).trim(), until: part.slice(colon + 1).trim() };
    });
}

export function writeCovers(covers: readonly Cover[]): string {
  return covers.map((cover) => (cover.until ? `${cover.source}:${cover.until}` : cover.source)).join(";");
}
