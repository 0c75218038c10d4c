let last = 0;

/** A name unique in this window, to tie labels, hints and errors to their control. */
export function uniqueId(prefix: string): string {
  last += 1;
  return `${prefix}-${last}`;
}
