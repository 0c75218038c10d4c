// From a page of a PDF to a picture for paper. Pure.

/** Most pages of one print job: a picture of each stays in memory until the print dialog is done. */
export const PRINT_PAGES_MAX = 150;
/** Up to so many pages are drawn finely; more of them coarser, so that an old laptop keeps up. */
const FINE_PAGES_MAX = 10;
const FINE_DPI = 300;
const PLAIN_DPI = 200;
const POINTS_PER_INCH = 72;
const MM_PER_INCH = 25.4;
const CHROMIUM = /Chrom(e|ium)\//;
const LINUX = /Linux/;
/** WebKit rounds the sheet's width down to a whole dot of 1/90 inch, then its height: together 2.6 dots on F4. */
const ROUNDING_MM = 0.8;

export type Paper = { widthMm: number; heightMm: number };

/** PDF points to whole millimetres: 595.28 x 841.89 is 210 x 297. */
export function paperOf(widthPt: number, heightPt: number): Paper {
  const mm = (points: number) => Math.round((points / POINTS_PER_INCH) * MM_PER_INCH);
  return { widthMm: mm(widthPt), heightMm: mm(heightPt) };
}

/** Chromium turns the sheet for a page that lies on its side; WebKit leaves that sheet empty, so there the page is turned. */
export function isTurned(widthPt: number, heightPt: number, userAgent: string): boolean {
  return widthPt > heightPt && !CHROMIUM.test(userAgent);
}

/** How much larger than the page's own points its picture is. */
export function printScale(pages: number): number {
  return (pages <= FINE_PAGES_MAX ? FINE_DPI : PLAIN_DPI) / POINTS_PER_INCH;
}

/**
 * The rules of the print job; its first page decides the paper. Chromium (the web view of Windows) takes size and margins
 * from here, on Linux the program hands the sheet to the dialog: both print in full size, a hair shorter than the sheet
 * against rounding. Any other WebKit keeps the printer's own margins: there each picture is as wide as they allow and a
 * little less, or its foot would fall onto an empty sheet. Heights follow from the width: a millimetre of WebKit's style
 * sheets is not one on paper.
 */
export function pageRules(paper: Paper, userAgent: string): string {
  const width = CHROMIUM.test(userAgent) || LINUX.test(userAgent) ? 100 : 97;
  return [
    `@page { size: ${paper.widthMm}mm ${paper.heightMm}mm; margin: 0; }`,
    `.paper-layer img { width: ${width}%; max-width: ${paper.widthMm}mm; aspect-ratio: ${paper.widthMm} / ${paper.heightMm - ROUNDING_MM}; }`,
  ].join("\n");
}
