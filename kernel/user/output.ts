import { withoutInside } from "../display/index.ts";
import { currentCell } from "./cells.ts";
import { print } from "./channel.ts";

/** Sends what is written to stdout and stderr to the cell that writes it. */
export function redirectOutput(): void {
  for (const name of ["stdout", "stderr"] as const) {
    // A stream is made when it is first used: most sessions never touch stderr, and a start should be quick.
    const make = Object.getOwnPropertyDescriptor(process, name)!.get!;
    let stream: typeof process.stdout | undefined;
    const get = () => {
      stream ??= redirected(make.call(process) as typeof process.stdout, name);
      return stream;
    };
    Object.defineProperty(process, name, { get, configurable: true, enumerable: true });
  }
}

function redirected(stream: typeof process.stdout, name: "stdout" | "stderr") {
  const decoder = new TextDecoder();
  const write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const text = typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
    const { id } = currentCell();
    if (text !== "") print(id, name, withoutInside(text));
    const done = rest.find((argument) => typeof argument === "function");
    if (done) callSoon(done as Done, id);
    return true;
  };
  stream.write = write as typeof stream.write;
  return stream;
}

/** Hears that a write is done, and that nothing went wrong with it. */
type Done = (error: null) => void;

/** Who is to hear it, and of how many writes; `console` wants to of each line, by the same function. */
let told: { readonly done: Done; times: number }[] = [];
/** The cell for which they are called soon. */
let planned: number | undefined;

/**
 * Calls back when the code that runs has paused. A loop that prints and never pauses would fill the memory with
 * a call for each line, and make whoever stops it wait for all of them; so equal ones are counted.
 */
function callSoon(done: Done, cell: number): void {
  const last = told.at(-1);
  if (last?.done === done) last.times += 1;
  else told.push({ done, times: 1 });
  // A stop may have hit the plan of a cell before.
  if (planned === cell) return;
  planned = cell;
  process.nextTick(callNow);
}

function callNow(): void {
  planned = undefined;
  const due = told;
  told = [];
  for (const { done, times } of due) for (let call = 0; call < times; call++) done(null);
}
