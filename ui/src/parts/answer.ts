/** The answer a letter means: the next one after the chosen whose words begin with it. `null`: none. */
export function answerFor(letter: string, labels: readonly string[], chosen: number): number | null {
  const key = letter.toLowerCase();
  if (!/^[\p{L}\d]$/u.test(key)) return null;
  for (let step = 1; step <= labels.length; step += 1) {
    const at = (chosen + step + labels.length) % labels.length;
    if (labels[at]?.toLowerCase().startsWith(key)) return at;
  }
  return null;
}
