/** The groups of a recovery code as shown: `ABCD-EFGH-...`. */
export function groupsOf(code: string): string[] {
  return code.split(/[\s-]+/).filter(Boolean);
}

/** Which group the clerk copies from her paper: never the first, which is still in the mind. */
export function askedGroup(groups: number): number {
  return groups < 2 ? 0 : Math.floor(groups * 0.6);
}

/** Letters that look alike on paper count as equal, as in the code itself. */
export function sameGroup(typed: string, group: string): boolean {
  const plain = (text: string) =>
    text
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, "")
      .replace(/O/g, "0")
      .replace(/[IL]/g, "1");
  return plain(typed) !== "" && plain(typed) === plain(group);
}
