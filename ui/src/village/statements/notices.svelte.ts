/** What preparing a letter found worth saying, shown on the page that opens next. */
export const letterNotices = $state<{ words: string[] }>({ words: [] });
