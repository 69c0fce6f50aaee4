/**
 * WebAssembly's binary format, as far as our kernels need it: functions on 32-bit addresses that share one memory.
 * @see https://webassembly.github.io/spec/core/binary
 */

/** Bytes of instructions. */
export type Code = readonly number[];

/** Types of values as the format writes them. */
export const valueType = { i32: 0x7f, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = (typeof valueType)[keyof typeof valueType];

/** A function to be put into a module. */
export interface FunctionCode {
  readonly name: string;
  readonly parameters: readonly ValueType[];
  readonly locals: readonly ValueType[];
  readonly code: Code;
}

/** A whole module: it imports the memory as `engine.memory` and exports each function by its name. */
export function encodeModule(functions: readonly FunctionCode[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, functions.map(signature)),
    ...section(2, [[...text("engine"), ...text("memory"), 0x02, 0x00, 0]]),
    ...section(
      3,
      functions.map((_, i) => unsigned(i)),
    ),
    ...section(
      7,
      functions.map(({ name }, i) => [...text(name), 0x00, ...unsigned(i)]),
    ),
    ...section(10, functions.map(body)),
  ]);
}

function section(id: number, entries: readonly Code[]): number[] {
  const content = [...unsigned(entries.length), ...entries.flat()];
  return [id, ...unsigned(content.length), ...content];
}

const signature = ({ parameters }: FunctionCode): Code => [
  0x60,
  ...unsigned(parameters.length),
  ...parameters,
  0,
];

function body({ locals, code }: FunctionCode): Code {
  const content = [
    ...unsigned(locals.length),
    ...locals.flatMap((type) => [1, type]),
    ...code,
    0x0b,
  ];
  return [...unsigned(content.length), ...content];
}

const text = (name: string): Code => [name.length, ...new TextEncoder().encode(name)];

/** LEB128: seven bits a byte, lowest first, the top bit says that more follow. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >>> 0;
  while (rest >= 128) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  return [...bytes, rest];
}

/** The same with a sign, which the last byte's bit 6 repeats. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value | 0;
  while (rest < -64 || rest > 63) {
    bytes.push((rest & 127) | 128);
    rest >>= 7;
  }
  return [...bytes, rest & 127];
}
