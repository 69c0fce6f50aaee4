import { jupyterDisplay } from "../jupyterDisplay.ts";
import type { State } from "./comms.ts";
import type { Widgets } from "./Widgets.ts";

type Listener = (news: never) => void | Promise<void>;

/**
 * The kernel's half of a control. Its state is kept alike in the kernel and in all its views: a change
 * here is sent to them, a change there arrives by {@link Widget.receive}.
 */
export class Widget {
  readonly id = crypto.randomUUID().replaceAll("-", "");
  readonly #widgets: Widgets;
  readonly #listeners = new Map<string, Set<Listener>>();
  #state: State;

  constructor(widgets: Widgets, state: State) {
    this.#widgets = widgets;
    this.#state = state;
    widgets.open(this);
  }

  /** The whole state, with other widgets named by their ids, as the front end wants it. */
  get state(): State {
    return named(this.#state) as State;
  }

  get(name: string): unknown {
    return this.#state[name];
  }

  /** Changes the state here and in the views. */
  set(changes: State): void {
    const changed = this.#accept(changes);
    if (Object.keys(changed).length > 0)
      this.#widgets.send(this, "update", named(changed) as State);
    void this.#tell(changed);
  }

  /** Takes over what a view has changed, and lets the other views know. Done when its listeners are. */
  async receive(changes: State): Promise<void> {
    this.#widgets.send(this, "echo_update", changes);
    await this.#tell(this.#accept(changes));
  }

  /** A message of the view that is no change of state, for example a click. */
  async receiveCustom(content: State): Promise<void> {
    await this.#emit(String(content.event ?? "custom"), content);
  }

  /** Calls back when the part `name` of the state changes, or on the event of that name. */
  on(name: string, listener: Listener): void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
  }

  close(): void {
    this.#widgets.close(this);
  }

  /** What a notebook shows: the view where widgets are known, words elsewhere. */
  [jupyterDisplay](): Record<string, unknown> {
    const view = { version_major: 2, version_minor: 0, model_id: this.id };
    const name = String(this.#state._model_name).replace(/Model$/, "");
    const words = [this.#state.description, this.#state.value].filter((each) => each !== undefined);
    return {
      "application/vnd.jupyter.widget-view+json": view,
      "text/plain": `${name}(${words.join(": ")})`,
    };
  }

  #accept(changes: State): State {
    const changed = Object.fromEntries(
      Object.entries(changes).filter(([name, value]) => !isSame(this.#state[name], value)),
    );
    this.#state = { ...this.#state, ...changed };
    return changed;
  }

  async #tell(changed: State): Promise<void> {
    await Promise.all(Object.entries(changed).map(([name, value]) => this.#emit(name, value)));
  }

  async #emit(name: string, news: unknown): Promise<void> {
    const listeners = [...(this.#listeners.get(name) ?? [])];
    await Promise.all(listeners.map((listener) => listener(news as never)));
  }
}

function isSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((each, place) => isSame(each, other[place]));
  return Object.is(one, other);
}

function named(value: unknown): unknown {
  if (value instanceof Widget) return `IPY_MODEL_${value.id}`;
  if (Array.isArray(value)) return value.map(named);
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, named(inner)]));
}
