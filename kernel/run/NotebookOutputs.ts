import type { Content } from "../wire/index.ts";
import type { Output } from "./notebook.ts";

/** One place where something is shown; `update_display_data` finds it by its id. */
interface Place {
  output: Output;
  readonly displayId: unknown;
}

/** The outputs of all cells as a notebook keeps them: joined, updated in place, cleared when asked. */
export class NotebookOutputs {
  readonly #cells = new Map<number, Place[]>();
  readonly #clearNext = new Set<number>();

  /** The outputs below a cell. */
  of(cell: number): readonly Output[] {
    return (this.#cells.get(cell) ?? []).map(({ output }) => output);
  }

  /** Takes in one message that a cell caused. */
  hear(cell: number, type: string, content: Content): void {
    if (type === "clear_output") {
      if (content.wait === true) this.#clearNext.add(cell);
      else this.#cells.delete(cell);
    } else if (type === "update_display_data") this.#update(content);
    else if (type === "stream") this.#addText(cell, String(content.name), String(content.text));
    else if (type === "error") this.#add(cell, { output_type: type, ...content });
    else if (type === "display_data" || type === "execute_result") {
      const { transient, ...kept } = content as { transient?: { display_id?: unknown } };
      this.#add(cell, { output_type: type, ...kept }, transient?.display_id);
    }
  }

  #add(cell: number, output: Output, displayId?: unknown): void {
    if (this.#clearNext.delete(cell)) this.#cells.delete(cell);
    const places = this.#cells.get(cell) ?? [];
    places.push({ output, displayId });
    this.#cells.set(cell, places);
  }

  #addText(cell: number, name: string, text: string): void {
    const last = this.#clearNext.has(cell) ? undefined : this.#cells.get(cell)?.at(-1);
    if (last?.output.output_type !== "stream" || last.output.name !== name) {
      this.#add(cell, { output_type: "stream", name, text });
    } else last.output = { ...last.output, text: `${last.output.text}${text}` };
  }

  #update({ data, metadata, transient }: Content): void {
    const { display_id } = (transient ?? {}) as { display_id?: unknown };
    for (const place of [...this.#cells.values()].flat()) {
      if (display_id !== undefined && place.displayId === display_id) {
        place.output = { ...place.output, data, metadata };
      }
    }
  }
}
