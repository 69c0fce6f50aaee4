import type { Bundle, CommStep, FromUser } from "../link/index.ts";
import type { Content, Header } from "../wire/index.ts";
import { type Outputs, outputs } from "./Outputs.ts";
import type { ErrorContent } from "./traceback.ts";

/** Sends a message to everybody who listens on iopub; `parent` is the request that caused it. */
export type Publish = (
  type: string,
  content: Content,
  parent: Partial<Header>,
  extra?: { readonly metadata?: Content; readonly buffers?: readonly Uint8Array[] },
) => void;

/** Makes a static picture (base 64 of a PNG) of a plotly figure, for front ends that cannot draw it. */
export type Picture = (figure: unknown) => Promise<string>;

/** Puts a question to the person whose front end asked for the cell. */
export type Ask = (question: { readonly prompt: string; readonly password: boolean }) => void;

/** A value as its cell shows it. */
export interface Shown {
  readonly data: Bundle;
  readonly metadata: Bundle;
}

/** Everything that one cell shows, in order, under its own request. */
export interface CellOutput {
  readonly print: Outputs["write"];
  readonly flush: () => void;
  readonly admits: Outputs["admits"];
  readonly display: (message: Extract<FromUser, { type: "display" }>) => void;
  readonly clear: (wait: boolean) => void;
  readonly result: (count: number, shown: Shown) => void;
  readonly error: (content: ErrorContent) => void;
  /** Shows something about the cell that the cell did not show itself. */
  readonly remark: (shown: Shown) => void;
  /** Publishes a step of a comm. */
  readonly comm: (step: CommStep) => void;
  readonly ask: Ask;
  /** Adds pictures to the figures that were shown, if there are any; nothing is lost when one cannot be made. */
  readonly addPictures: (
    picture: Picture,
    log: (line: string) => void,
  ) => Promise<void> | undefined;
}

const plotly = "application/vnd.plotly.v1+json";
let nextId = 0;

interface CellSurroundings {
  readonly publish: Publish;
  readonly outputCap: number;
  readonly stderr: "stdout" | "stderr";
  readonly ask: Ask;
}

/** The output of a cell whose request has the header `parent`. */
export function cellOutput(
  parent: Partial<Header>,
  { publish, outputCap, stderr, ask }: CellSurroundings,
): CellOutput {
  const figures = new Map<string, Shown>();
  const text = outputs((name, text) => publish("stream", { name, text }, parent), outputCap);
  const say = (type: string, content: Content) => {
    text.flush();
    publish(type, content, parent);
  };
  /** A figure gets an id, so that its picture can follow. */
  const withFigure = (shown: Shown, id: string | undefined) => {
    if (!(plotly in shown.data) || "image/png" in shown.data) return id;
    const known = id ?? `figure-${process.pid}-${nextId++}`;
    figures.set(known, shown);
    return known;
  };
  const transient = (id: string | undefined) => (id === undefined ? {} : { display_id: id });
  return {
    print: (name, printed) => {
      if (name === "stdout" || stderr === "stderr") text.write(name, printed);
      else text.write("stdout", printed.replace(/^(?=.)/gm, "stderr: "));
    },
    flush: text.flush,
    admits: text.admits,
    display: ({ data, metadata, id, update }) => {
      const known = withFigure({ data, metadata }, id);
      const type = update ? "update_display_data" : "display_data";
      say(type, { data, metadata, transient: transient(known) });
    },
    clear: (wait) => say("clear_output", { wait }),
    result: (execution_count, shown) => {
      const { data, metadata } = shown;
      const id = withFigure(shown, undefined);
      say("execute_result", { execution_count, data, metadata, transient: transient(id) });
    },
    error: (content) => say("error", { ...content }),
    remark: (shown) => say("display_data", { ...shown, transient: {} }),
    comm: ({ kind, content, metadata, buffers }) => {
      text.flush();
      publish(kind, content, parent, { metadata, buffers });
    },
    ask: (question) => {
      text.flush();
      ask(question);
    },
    addPictures: (picture, log) =>
      addPictures(figures, picture, log, (id, { data, metadata }) =>
        say("update_display_data", { data, metadata, transient: transient(id) }),
      ),
  };
}

type Add = (
  figures: Map<string, Shown>,
  picture: Picture,
  log: (line: string) => void,
  update: (id: string, shown: Shown) => void,
) => Promise<void>;

const addPictures = (...all: Parameters<Add>): Promise<void> | undefined =>
  all[0].size === 0 ? undefined : addEach(...all);

const addEach: Add = async (figures, picture, log, update) => {
  for (const [id, { data, metadata }] of figures) {
    const png = await picture(data[plotly]).catch((error: unknown) => {
      log(`no picture for a figure: ${error}`);
      return undefined;
    });
    if (png === undefined) continue;
    const alt = { "image/png": { alt: data["text/plain"] } };
    update(id, { data: { ...data, "image/png": png }, metadata: { ...alt, ...metadata } });
  }
  figures.clear();
};

/** The output of a silent cell: nothing, except that controls go on. */
export function silentOutput(parent: Partial<Header>, publish: Publish, ask: Ask): CellOutput {
  return {
    print: () => undefined,
    flush: () => undefined,
    admits: () => true,
    display: () => undefined,
    clear: () => undefined,
    result: () => undefined,
    error: () => undefined,
    remark: () => undefined,
    comm: ({ kind, content, metadata, buffers }) =>
      publish(kind, content, parent, { metadata, buffers }),
    ask,
    addPictures: () => undefined,
  };
}
