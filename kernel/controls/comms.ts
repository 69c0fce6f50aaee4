/** What may go along with a message beside its data. */
interface Enclosed {
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly buffers?: readonly Uint8Array[];
}

/** What arrives from the front end. */
export interface Arrived {
  readonly data: State;
  readonly metadata: State;
  readonly buffers: readonly Uint8Array[];
}

/** An open line to the front end, as Jupyter's comms give it. */
export interface Comm {
  readonly id: string;
  onMessage: (message: Arrived) => void | Promise<void>;
  onClose: (message: Arrived) => void | Promise<void>;
  send(data: State, enclosed?: Enclosed): void;
  close(): void;
}

/** What controls need of the kernel: lines to the front end, opened by either side. */
export interface Comms {
  open(target: string, data: State, enclosed: Enclosed & { readonly id: string }): Comm;
  on(target: string, accept: (comm: Comm) => void): void;
}

/** A part of a control's state, by the names of the ipywidgets protocol. */
export type State = Readonly<Record<string, unknown>>;

/** Where in a state something lies: names and list places from the outside in. */
type Path = readonly (string | number)[];

/** A state with its bytes taken out, because JSON has no form for them. */
export interface Packed {
  readonly state: unknown;
  readonly buffer_paths: readonly Path[];
  readonly buffers: readonly Uint8Array[];
}

/** Takes the bytes out of a state, and notes where each lay. */
export function pack(state: unknown): Packed {
  const [paths, buffers]: [Path[], Uint8Array[]] = [[], []];
  const walk = (value: unknown, path: Path): unknown => {
    if (Array.isArray(value)) return value.map((each, place) => walk(each, [...path, place]));
    if (!isRecord(value)) return value;
    const rest: Record<string, unknown> = {};
    for (const [name, inner] of Object.entries(value)) {
      const here = [...path, name];
      if (ArrayBuffer.isView(inner)) {
        paths.push(here);
        buffers.push(new Uint8Array(inner.buffer, inner.byteOffset, inner.byteLength));
      } else rest[name] = walk(inner, here);
    }
    return rest;
  };
  return { state: walk(state, []), buffer_paths: paths, buffers };
}

/** Puts bytes back to where they lay. */
export function unpack(
  state: State,
  paths: readonly Path[],
  buffers: readonly Uint8Array[],
): State {
  return paths.reduce<State>((whole, path, index) => withPart(whole, path, buffers[index]), state);
}

function withPart(whole: State, [name, ...rest]: Path, bytes: unknown): State {
  const inner = whole[name!];
  const part = rest.length === 0 ? bytes : withPart(isRecord(inner) ? inner : {}, rest, bytes);
  return { ...whole, [name!]: part };
}

export function isRecord(value: unknown): value is State {
  return typeof value === "object" && value !== null && !ArrayBuffer.isView(value);
}
