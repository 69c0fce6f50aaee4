import {
  type Arrived,
  type Comm,
  type Comms,
  isRecord,
  pack,
  type State,
  unpack,
} from "./comms.ts";
import type { Widget } from "./Widget.ts";

const protocol = { version: "2.1.0" };

/** All widgets of a session, and the conversation with the front end about them. */
export class Widgets {
  readonly #comms: Comms;
  readonly #open = new Map<Widget, Comm>();
  #wasAsked = false;

  constructor(comms: Comms) {
    this.#comms = comms;
    comms.on("jupyter.widget.control", (comm) => this.#welcome(comm));
  }

  /**
   * Whether somebody who can show widgets looks on. JupyterLab's manager asks for the state of all by
   * a comm of its own when the kernel starts, and closes it when it has the answer; VS Code, which
   * always has a manager, is known by its environment.
   */
  get areSeen(): boolean {
    return this.#wasAsked || Object.keys(process.env).some((name) => /^VSCODE_/.test(name));
  }

  open(widget: Widget): void {
    const { buffers, ...data } = pack(widget.state);
    const enclosed = { id: widget.id, metadata: protocol, buffers };
    const comm = this.#comms.open("jupyter.widget", data, enclosed);
    comm.onMessage = (message) => this.#pass(widget, message);
    comm.onClose = () => void this.#open.delete(widget);
    this.#open.set(widget, comm);
  }

  send(widget: Widget, method: "update" | "echo_update", state: State): void {
    const { buffers, ...packed } = pack(state);
    this.#open.get(widget)?.send({ method, ...packed }, { buffers });
  }

  close(widget: Widget): void {
    this.#open.get(widget)?.close();
    this.#open.delete(widget);
  }

  #welcome(comm: Comm): void {
    this.#wasAsked = true;
    comm.onMessage = ({ data }) => {
      if (data.method === "request_states") this.#answer(comm);
    };
  }

  async #pass(widget: Widget, { data, buffers }: Arrived): Promise<void> {
    if (data.method === "update" && isRecord(data.state)) {
      // The protocol says where the bytes of a state lie by lists of names.
      const paths = Array.isArray(data.buffer_paths) ? (data.buffer_paths as string[][]) : [];
      await widget.receive(unpack(data.state, paths, buffers));
    } else if (data.method === "request_state") this.send(widget, "update", widget.state);
    else if (data.method === "custom" && isRecord(data.content))
      await widget.receiveCustom(data.content);
  }

  /** The state of all widgets in one message. */
  #answer(comm: Comm): void {
    const all = [...this.#open.keys()].map(({ id, state }) => {
      const { _model_name, _model_module, _model_module_version } = state;
      const model = {
        model_name: _model_name,
        model_module: _model_module,
        model_module_version: _model_module_version,
      };
      return [id, { ...model, state }];
    });
    const { state: states, buffer_paths, buffers } = pack(Object.fromEntries(all));
    comm.send({ method: "update_states", states, buffer_paths }, { buffers });
  }
}
