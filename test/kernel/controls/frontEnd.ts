import type { Comm, Comms, State } from "../../../kernel/controls/comms.ts";

/** A front end that writes down what it hears, and can answer. */
export interface FrontEnd extends Comms {
  /** All that was sent, in order. */
  readonly heard: { readonly kind: string; readonly id: string; readonly data: State }[];
  /** The state of the newest widget of this kind, as the front end knows it, with its id. */
  readonly model: (name: string) => State & { readonly id: string };
  /** Moves a control, as a reader would. */
  readonly move: (name: string, state: State) => void;
  readonly say: (name: string, data: State) => void;
  /** Opens a comm to the kernel. */
  readonly ask: (target: string) => Comm;
}

export function frontEnd(): FrontEnd {
  const heard: FrontEnd["heard"] = [];
  const comms = new Map<string, Comm>();
  const states = new Map<string, State>();
  const targets = new Map<string, (comm: Comm) => void>();
  const commOf = (id: string): Comm => {
    const comm: Comm = {
      id,
      onMessage: () => undefined,
      onClose: () => undefined,
      send: (data) => {
        heard.push({ kind: "comm_msg", id, data });
        if (data.method === "update")
          states.set(id, { ...states.get(id), ...(data.state as State) });
      },
      close: () => heard.push({ kind: "comm_close", id, data: {} }),
    };
    comms.set(id, comm);
    return comm;
  };
  const model = (name: string) => {
    const found = [...states].filter(([, state]) => state._model_name === `${name}Model`).at(-1);
    if (!found) throw new Error(`No ${name} was opened.`);
    return { ...found[1], id: found[0] };
  };
  const say = (name: string, data: State) =>
    comms.get(model(name).id)!.onMessage({ data, metadata: {}, buffers: [] });
  return {
    heard,
    model,
    say,
    move: (name, state) => say(name, { method: "update", state, buffer_paths: [] }),
    open: (_target, data, { id }) => {
      heard.push({ kind: "comm_open", id, data });
      states.set(id, data.state as State);
      return commOf(id);
    },
    on: (target, accept) => targets.set(target, accept),
    ask: (target) => {
      const comm = commOf(`asked-${comms.size}`);
      targets.get(target)?.(comm);
      return comm;
    },
  };
}
