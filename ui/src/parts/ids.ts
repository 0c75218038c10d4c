let last = 0;

/** A name unique in this window, to tie labels, hints and errors to their control. */
export function uniqueId(prefix: string): string {
  last += 1;
  return `${prefix}-${last}`;
}

/** Which of a field's lines below it explain the control, for a screen reader. */
export function describedBy(id: string, said: { hint?: string | undefined; error?: string | undefined; warning?: string | undefined }): string | undefined {
  return [said.hint && `${id}-hint`, said.error ? `${id}-error` : said.warning && `${id}-warning`].filter(Boolean).join(" ") || undefined;
}
