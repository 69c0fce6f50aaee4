import {
  type Code,
  type FunctionCode,
  signed,
  unsigned,
  type ValueType,
  valueType,
} from "./encode.ts";

/**
 * Writes one function. An expression is the code that leaves its value on WebAssembly's stack;
 * `keep` computes it once into a local and gives the code that reads the local.
 */
export class Assembler {
  readonly #name: string;
  readonly #parameters: readonly ValueType[];
  readonly #locals: ValueType[] = [];
  readonly #constants = new Map<string, Code>();
  readonly #prologue: number[] = [];
  readonly #code: number[] = [];

  constructor(name: string, parameters: readonly ValueType[]) {
    this.#name = name;
    this.#parameters = parameters;
  }

  /** The finished function; constants are loaded once, before anything else. */
  finish(): FunctionCode {
    return {
      name: this.#name,
      parameters: this.#parameters,
      locals: this.#locals,
      code: [...this.#prologue, ...this.#code],
    };
  }

  parameter(index: number): Local {
    return new Local(index);
  }

  local(type: ValueType): Local {
    this.#locals.push(type);
    return new Local(this.#parameters.length + this.#locals.length - 1);
  }

  emit(code: Code): void {
    // Not push(...code): a spread of a long array overflows the stack.
    for (const byte of code) this.#code.push(byte);
  }

  /** Computes an expression into a fresh local. */
  keep(code: Code, type: ValueType = valueType.v128): Code {
    const local = this.local(type);
    this.emit(local.set(code));
    return local.get;
  }

  /** A vector constant, loaded once at the start: inside a loop it would be rebuilt on every turn. */
  constant(bytes: Uint8Array): Code {
    const key = bytes.join();
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const local = this.local(valueType.v128);
    this.#prologue.push(...local.set([0xfd, 0x0c, ...bytes]));
    this.#constants.set(key, local.get);
    return local.get;
  }

  /** Repeats while the condition holds; it is looked at before each turn. */
  while(condition: Code, turn: () => void): void {
    this.emit([0x02, 0x40, 0x03, 0x40, ...condition, 0x45, 0x0d, 1]);
    turn();
    this.emit([0x0c, 0, 0x0b, 0x0b]);
  }

  /** Ends the `while` whose turn is being written, if the condition holds. */
  leave(condition: Code): void {
    this.emit([...condition, 0x0d, 1]);
  }

  /** Repeats at least once, for as long as the condition holds after a turn. */
  repeat(turn: () => void, condition: () => Code): void {
    this.emit([0x03, 0x40]);
    turn();
    this.emit([...condition(), 0x0d, 0, 0x0b]);
  }

  /** Runs a part only if the condition holds. */
  if(condition: Code, part: () => void): void {
    this.emit([...condition, 0x04, 0x40]);
    part();
    this.emit([0x0b]);
  }
}

/** A parameter or local of the function being written. */
export class Local {
  readonly #index: Code;
  /** The code that reads it. */
  readonly get: Code;

  constructor(index: number) {
    this.#index = unsigned(index);
    this.get = [0x20, ...this.#index];
  }

  set(value: Code): Code {
    return [...value, 0x21, ...this.#index];
  }

  /** Adds a number of bytes or turns, fixed or computed. */
  advance(by: Code | number): Code {
    return this.set(plus(this.get, by));
  }
}

const whole = (value: Code | number): Code =>
  typeof value === "number" ? [0x41, ...signed(value)] : value;

/** Arithmetic on 32-bit whole numbers: addresses and counts. */
export const i32 = whole;
export const plus = (a: Code | number, b: Code | number): Code => [...whole(a), ...whole(b), 0x6a];
export const minus = (a: Code | number, b: Code | number): Code => [...whole(a), ...whole(b), 0x6b];
export const times = (a: Code | number, b: Code | number): Code => [...whole(a), ...whole(b), 0x6c];
export const isLess = (a: Code | number, b: Code | number): Code => [
  ...whole(a),
  ...whole(b),
  0x48,
];
/** Bits moved to the right (zeros come in), and those that both have. */
export const bitsDown = (a: Code, by: number): Code => [...a, ...whole(by), 0x76];
export const bitsBoth = (a: Code, b: number): Code => [...a, ...whole(b), 0x71];
