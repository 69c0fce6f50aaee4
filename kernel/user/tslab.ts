import { showForm } from "./display.ts";

/** One output, as notebooks written for tslab know it. */
export interface TslabDisplay {
  javascript(text: string): void;
  html(text: string): void;
  markdown(text: string): void;
  latex(text: string): void;
  svg(text: string): void;
  png(bytes: Uint8Array): void;
  jpeg(bytes: Uint8Array): void;
  gif(bytes: Uint8Array): void;
  pdf(bytes: Uint8Array): void;
  text(text: string): void;
  raw(contentType: string, form: string | Uint8Array): void;
}

/** A display that adds an output each time or, with an id, replaces its own. */
function displayWith(id?: string): TslabDisplay {
  let shown = false;
  const raw = (type: string, form: string | Uint8Array) => {
    showForm(type, form, id === undefined ? {} : { id }, shown && id !== undefined);
    shown = true;
  };
  const as = (type: string) => (form: string | Uint8Array) => raw(type, form);
  return {
    javascript: as("text/javascript"),
    html: as("text/html"),
    markdown: as("text/markdown"),
    latex: as("text/latex"),
    svg: as("image/svg+xml"),
    png: as("image/png"),
    jpeg: as("image/jpeg"),
    gif: as("image/gif"),
    pdf: as("application/pdf"),
    text: as("text/plain"),
    raw,
  };
}

/** What `import * as tslab from "tslab"` gives here, so that notebooks written for tslab run unchanged. */
export const tslab = {
  display: displayWith(),
  /** A display that shows one output and replaces it from then on. */
  newDisplay: (): TslabDisplay => displayWith(crypto.randomUUID()),
  versions: { tslab: "1.0.22", typescript: "7.0.2", node: process.version },
};
