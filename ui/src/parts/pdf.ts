// pdf.js from this program's own files. Fonts of our documents are embedded; nothing is fetched.
import { getDocument, GlobalWorkerOptions, type PDFDocumentLoadingTask } from "pdfjs-dist/legacy/build/pdf.mjs";
import workerUrl from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";

GlobalWorkerOptions.workerSrc = workerUrl;

/** Opens a copy of the bytes: the reader takes over the buffer that it is given. */
export function openPdf(bytes: ArrayBuffer): PDFDocumentLoadingTask {
  return getDocument({ data: bytes.slice(0), useSystemFonts: true, useWasm: false, enableXfa: false, stopAtErrors: true });
}
