import type { Debugger, Runtime } from "node:inspector";
import { compileExpression, type Names, variableFor } from "../compile/index.ts";
import type { Session } from "../session/index.ts";

/** A value as a front end lists it. */
export interface Listed {
  readonly name: string;
  readonly value: string;
  readonly type: string;
  readonly variablesReference: number;
}

/** The forms of a value, as `display` would show it. */
export interface Rich {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Where the process of the cells offers what it can tell of values. */
const offer = 'globalThis[Symbol.for("downhill.variables")]';

/** The expression that lists variables under names. */
const listing = (variables: readonly (readonly [name: string, variable: string])[]): string =>
  `${offer}.list([${variables.map(([name, variable]) => `[${JSON.stringify(name)},()=>${variable}]`)}])`;

/** What the compiler adds to a cell, and `arguments`. */
const isOurs = /^\$|\$(?:f|held)$|^arguments$/;

/** Milliseconds that an expression may take: a paused cell that computes without end could not be interrupted. */
const longest = 5000;

/** An expression gave no value. */
export class NoValue extends Error {
  override readonly name = "NoValue";
}

/** The values of the process that runs the cells, whether it is paused or not. */
export class Values {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** The session's variables by their names; what was imported comes last. */
  async session(): Promise<Listed[]> {
    const names = [...this.#session.names];
    const own = names.filter(([, kind]) => kind !== "import");
    const imported = names.filter(([, kind]) => kind === "import");
    const variables = [...own, ...imported].map(([name]) => [name, variableFor(name)] as const);
    return this.#plain(listing(variables));
  }

  /** The names of the variables in these scopes of a frame, without what the compiler added. */
  async names(scopes: readonly Debugger.Scope[]): Promise<string[]> {
    const [first, ...others] = scopes.map(({ object }) => ({ objectId: object.objectId }));
    if (!first) return [];
    const { result } = await this.#ask<Runtime.CallFunctionOnReturnType>("Runtime.callFunctionOn", {
      ...first,
      functionDeclaration: "function(...others){return [this,...others].flatMap(Object.keys)}",
      arguments: others,
      returnByValue: true,
    });
    return [...new Set(result.value as string[])].filter((name) => !isOurs.test(name));
  }

  /** What these variables hold in a frame now; the inspector's scopes hold what was there when it halted. */
  async inFrame(callFrameId: string, names: readonly string[]): Promise<Listed[]> {
    if (names.length === 0) return [];
    const { result } = await this.#ask<Debugger.EvaluateOnCallFrameReturnType>(
      "Debugger.evaluateOnCallFrame",
      { callFrameId, expression: listing(names.map((name) => [name, name])), returnByValue: true },
    );
    return result.value as Listed[];
  }

  /** The parts of a value that was listed. */
  open(reference: number): Promise<Listed[]> {
    return this.#plain(`${offer}.open(${Number(reference)})`);
  }

  /** A value under a name. */
  one(name: string, value: Runtime.RemoteObject): Promise<Listed> {
    return this.#with(value, `(value)=>${offer}.one(${JSON.stringify(name)},value)`, false);
  }

  /** All forms of a value; `patient` where the process is not paused, so that it can finish a picture. */
  rich(value: Runtime.RemoteObject, patient: boolean): Promise<Rich> {
    return this.#with(value, `(value)=>${offer}.rich(value,${patient})`, patient);
  }

  /** What was listed before may be let go. */
  async forget(): Promise<void> {
    await this.#plain(`${offer}.forget()`);
  }

  /**
   * The value of TypeScript in a frame, or among the session's variables.
   * @throws {NoValue} with what it threw.
   */
  async evaluate(
    source: string,
    frame?: { readonly callFrameId: string; readonly locals: ReadonlySet<string> },
  ): Promise<Runtime.RemoteObject> {
    const names = frame ? without(this.#session.names, frame.locals) : this.#session.names;
    const expression = compileExpression(source, names);
    const { result, exceptionDetails } = frame
      ? await this.#ask<Debugger.EvaluateOnCallFrameReturnType>("Debugger.evaluateOnCallFrame", {
          callFrameId: frame.callFrameId,
          ...{ expression, silent: true, timeout: longest },
        })
      : await this.#ask<Runtime.EvaluateReturnType>("Runtime.evaluate", {
          ...{ expression, silent: true, timeout: longest },
        });
    if (exceptionDetails) throw new NoValue(firstLine(exceptionDetails));
    return result;
  }

  /** Gives a value to a variable of the session, which is made if it is not there. */
  async assign(name: string, value: Runtime.RemoteObject): Promise<void> {
    const { names } = this.#session;
    const kind = names.get(name);
    if (kind === "const" || kind === "import") {
      throw new TypeError(`${name} is a constant.\nHint: copy to another name.`);
    }
    const variable = variableFor(name);
    await this.#plain(`${offer}.declare([${JSON.stringify(variable)}])`);
    if (kind === undefined) names.set(name, "let");
    await this.#with(value, `(value)=>{${variable}=value}`, false);
  }

  /** Calls a function with a value of the process; gives a copy of what it returns. */
  async #with<Result>(
    value: Runtime.RemoteObject,
    call: string,
    awaitPromise: boolean,
  ): Promise<Result> {
    if (!value.objectId) return this.#plain(`(${call})(${literal(value)})`, awaitPromise);
    const { result, exceptionDetails } = await this.#ask<Runtime.CallFunctionOnReturnType>(
      "Runtime.callFunctionOn",
      {
        objectId: value.objectId,
        functionDeclaration: `function(){"use strict";return (${call})(this)}`,
        ...{ returnByValue: true, awaitPromise, silent: true },
      },
    );
    if (exceptionDetails) throw new NoValue(firstLine(exceptionDetails));
    return result.value as Result;
  }

  async #plain<Result>(expression: string, awaitPromise = false): Promise<Result> {
    const { result, exceptionDetails } = await this.#ask<Runtime.EvaluateReturnType>(
      "Runtime.evaluate",
      { expression, ...{ returnByValue: true, awaitPromise, silent: true } },
    );
    if (exceptionDetails) throw new NoValue(firstLine(exceptionDetails));
    return result.value as Result;
  }

  #ask<Result extends object>(method: string, parameters: object): Promise<Result> {
    return this.#session.inspector.ask<Result>(method, parameters);
  }
}

/** A name of a frame's own hides the session's. */
const without = (names: Names, locals: ReadonlySet<string>): Names => ({
  get: (name) => (locals.has(name) ? undefined : names.get(name)),
  has: (name) => !locals.has(name) && names.has(name),
});

/** A value without parts, as JavaScript writes it. */
function literal({ type, value, unserializableValue }: Runtime.RemoteObject): string {
  if (unserializableValue !== undefined) return unserializableValue;
  return type === "undefined" ? "undefined" : JSON.stringify(value);
}

const firstLine = ({ text, exception }: Runtime.ExceptionDetails): string =>
  (exception?.description ?? String(exception?.value ?? text)).split("\n    at ")[0]!;
