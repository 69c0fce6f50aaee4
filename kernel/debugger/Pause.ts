import type { Debugger } from "node:inspector";
import type { StackFrame } from "./protocol.ts";
import { type Call, frameOf, isShown } from "./Stack.ts";
import type { Listed, Values } from "./Values.ts";

/** A scope as front ends list it. */
export interface Scope {
  readonly name: string;
  readonly variablesReference: number;
  readonly expensive: boolean;
}

/** Numbers from here on name scopes; below are the parts of values. */
const firstScope = 1_000_000_000;

/** A cell that stands still: what is asked about it is asked here, until it goes on. */
export class Pause {
  readonly calls: readonly Call[];
  readonly #values: Values;
  readonly #frames = new Map<number, Call>();
  readonly #scopes: (readonly Listed[])[] = [];

  /** `first` is a number that no frame had before. */
  constructor(calls: readonly Call[], values: Values, first: number) {
    this.calls = calls;
    this.#values = values;
    for (const [index, call] of calls.filter(isShown).entries()) {
      this.#frames.set(first + index, call);
    }
  }

  get frames(): StackFrame[] {
    return [...this.#frames].map(([id, call]) => frameOf(call, id));
  }

  /** @throws {RangeError} when there is no such frame, or no more. */
  frame(id: number): Debugger.CallFrame {
    const call = this.#frames.get(id);
    if (call) return call.frame;
    throw new RangeError(
      `There is no frame ${id}; the paused cell has ${[...this.#frames.keys()].join(", ")}.\nHint: ask for stackTrace again after each stop.`,
    );
  }

  /** The scopes of a frame that hold something, innermost first. */
  async scopes(id: number): Promise<Scope[]> {
    const { callFrameId, this: self } = this.frame(id);
    const own = await this.#names(id, /^(?:local|block|catch|with|eval)$/);
    const around = await this.#names(id, /^(?:closure|module)$/);
    const hasThis = self.type === "object" && self.className !== "global" && self.objectId;
    const locals = [
      ...(hasThis ? [await this.#values.one("this", self)] : []),
      ...(await this.#values.inFrame(callFrameId, own)),
    ];
    const others = around.filter((name) => !own.includes(name));
    return [
      this.#scope("Locals", locals),
      this.#scope("Closure", await this.#values.inFrame(callFrameId, others)),
      this.#scope("Globals", await this.#values.session()),
    ].flatMap((scope) => scope ?? []);
  }

  /** The names of the variables that a frame has of its own or from around it. */
  async localNames(id: number): Promise<ReadonlySet<string>> {
    return new Set(await this.#names(id, /^(?!script$|global$)/));
  }

  #names(id: number, types: RegExp): Promise<string[]> {
    return this.#values.names(this.frame(id).scopeChain.filter(({ type }) => types.test(type)));
  }

  /** What a scope holds, or the parts of a value. */
  async variables(reference: number): Promise<readonly Listed[]> {
    if (reference < firstScope) return this.#values.open(reference);
    return this.#scopes[reference - firstScope] ?? [];
  }

  #scope(name: string, holds: readonly Listed[]): Scope | undefined {
    if (holds.length === 0) return undefined;
    const variablesReference = firstScope + this.#scopes.push(holds) - 1;
    return { name, variablesReference, expensive: false };
  }
}
