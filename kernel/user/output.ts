import { withoutInside } from "../display/index.ts";
import { currentCell } from "./cells.ts";
import { print } from "./channel.ts";

// A cell may put something else in its place.
const ownConsole = console;

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
    if (text !== "") print(currentCell().id, name, withoutInside(text));
    const done = rest.find((argument) => typeof argument === "function");
    // What console hands over is for errors alone. A loop that prints and never pauses would fill the memory with a
    // call for each line, and make whoever stops it wait for all of them.
    if (done && done !== Reflect.get(ownConsole, `_${name}ErrorHandler`))
      process.nextTick(done as (error: null) => void, null);
    return true;
  };
  stream.write = write as typeof stream.write;
  return stream;
}
