// Paper shows the PDF's own bytes: each page drawn by pdf.js at print resolution into a layer that only paper shows, then
// the system's print dialog over it.
import type { PDFDocumentLoadingTask, PDFDocumentProxy, RenderTask } from "pdfjs-dist";
import { errorWords } from "../ipc/errors";
import { host } from "../ipc/host";
import { text } from "../text";
import { isTurned, pageRules, paperOf, PRINT_PAGES_MAX, printScale, type Paper } from "./paper";

export type PrintJob = {
  /** What is printed, for the dialog's title. */
  title: string;
  documents: (() => Promise<ArrayBuffer>)[];
  /** Kept in the register once the pages were printed; where the system does not tell, the clerk does. */
  printed?: () => Promise<unknown>;
};

type Stage = "idle" | "drawing" | "choosing" | "opened" | "sent" | "failed";

class Stopped extends Error {}

class Printer {
  stage = $state<Stage>("idle");
  title = $state("");
  document = $state(0);
  documents = $state(0);
  page = $state(0);
  pages = $state(0);
  failed = $state("");
  /** Whether somebody wants to know that it was printed. */
  asks = $state(false);
  #job: PrintJob | null = null;
  #generation = 0;
  #running: RenderTask | null = null;
  #layer: HTMLElement | null = null;
  #sheet: Paper | null = null;

  /** Draws every page, then opens the print dialog. */
  async start(job: PrintJob) {
    this.close();
    const mine = this.#generation;
    this.#job = job;
    this.asks = job.printed !== undefined;
    this.title = job.title;
    this.failed = "";
    this.document = 0;
    this.documents = job.documents.length;
    this.page = 0;
    this.pages = 0;
    this.stage = "drawing";
    try {
      await this.#draw(job, mine);
      await this.#choose(mine);
    } catch (error) {
      if (mine !== this.#generation) return;
      this.#clear();
      this.failed = error instanceof TooMany ? text.print.tooMany(PRINT_PAGES_MAX) : errorWords(error);
      this.stage = "failed";
    }
  }

  async again() {
    const [mine, before] = [this.#generation, this.stage];
    this.failed = "";
    try {
      await this.#choose(mine);
    } catch (error) {
      if (mine !== this.#generation) return;
      this.stage = before;
      this.failed = errorWords(error);
    }
  }

  /** The system's dialog, until it ends or as far as it tells. */
  async #choose(mine: number) {
    const [job, sheet, before] = [this.#job, this.#sheet, this.stage];
    if (!sheet) return;
    this.stage = "choosing";
    const end = await host().printDialog(sheet);
    if (end === "printed") {
      // Paper came out whether or not somebody still looks at this dialog.
      const noted = await this.#note(job);
      if (mine === this.#generation) this.stage = noted ? "sent" : "opened";
    } else if (mine === this.#generation) {
      if (end === "unknown") this.stage = "opened";
      else if (before === "drawing") this.close();
      else this.stage = before;
    }
  }

  /** The sheets came out: said to the register. */
  async confirm() {
    if (await this.#note(this.#job)) this.close();
  }

  async #note(job: PrintJob | null): Promise<boolean> {
    try {
      await job?.printed?.();
      return true;
    } catch (error) {
      if (job === this.#job) this.failed = errorWords(error);
      return false;
    }
  }

  /** Stops drawing, takes the pages off the layer. */
  close() {
    this.#generation += 1;
    this.#running?.cancel();
    this.#running = null;
    this.#job = null;
    this.#clear();
    this.stage = "idle";
  }

  async #draw(job: PrintJob, mine: number) {
    const { openPdf } = await import("../parts/pdf");
    const opened: PDFDocumentLoadingTask[] = [];
    const go = () => {
      if (mine !== this.#generation) throw new Stopped();
    };
    try {
      const pdfs: PDFDocumentProxy[] = [];
      for (const bytes of job.documents) {
        const task = openPdf(await bytes());
        opened.push(task);
        pdfs.push(await task.promise);
        go();
        this.document = pdfs.length;
      }
      const pages = pdfs.reduce((sum, pdf) => sum + pdf.numPages, 0);
      if (pages > PRINT_PAGES_MAX) throw new TooMany();
      this.pages = pages;
      const scale = printScale(pages);
      const pictures: HTMLImageElement[] = [];
      let first: Paper | null = null;
      const canvas = document.createElement("canvas");
      for (const pdf of pdfs) {
        for (let number = 1; number <= pdf.numPages; number += 1) {
          const page = await pdf.getPage(number);
          const plain = page.getViewport({ scale: 1 });
          const rotation = page.rotate + (isTurned(plain.width, plain.height, navigator.userAgent) ? 90 : 0);
          const sheet = page.getViewport({ scale: 1, rotation });
          first ??= paperOf(sheet.width, sheet.height);
          const viewport = page.getViewport({ scale, rotation });
          canvas.width = Math.floor(viewport.width);
          canvas.height = Math.floor(viewport.height);
          this.#running = page.render({ canvas, viewport, intent: "print" });
          await this.#running.promise;
          go();
          pictures.push(await picture(canvas));
          page.cleanup();
          go();
          this.page = pictures.length;
        }
      }
      canvas.width = 0;
      canvas.height = 0;
      if (first) this.#lay(first, pictures);
    } finally {
      for (const task of opened) void task.destroy();
    }
  }

  #lay(paper: Paper, pictures: HTMLImageElement[]) {
    const layer = document.createElement("div");
    layer.className = "paper-layer";
    layer.setAttribute("aria-hidden", "true");
    layer.dataset["testid"] = "lapisan-cetak";
    const rule = document.createElement("style");
    rule.textContent = pageRules(paper, navigator.userAgent);
    layer.append(rule, ...pictures);
    document.body.append(layer);
    this.#layer = layer;
    this.#sheet = paper;
  }

  #clear() {
    for (const image of this.#layer?.querySelectorAll("img") ?? []) URL.revokeObjectURL(image.src);
    this.#layer?.remove();
    this.#layer = null;
    this.#sheet = null;
  }
}

class TooMany extends Error {}

async function picture(canvas: HTMLCanvasElement): Promise<HTMLImageElement> {
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (!blob) throw new Error("no picture of a page");
  const image = new Image();
  image.alt = "";
  await new Promise((done, failed) => {
    image.onload = done;
    image.onerror = failed;
    image.src = URL.createObjectURL(blob);
  });
  return image;
}

export const printer = new Printer();
