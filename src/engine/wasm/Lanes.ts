import type { Assembler } from "./Assembler.ts";
import { type Code, unsigned } from "./encode.ts";

export type Kind = "float64" | "float32";

/** Numbers of the opcodes behind the SIMD prefix 0xfd, for two 64-bit or four 32-bit lanes. */
const opcodes = {
  float64: {
    add: 0xf0,
    sub: 0xf1,
    mul: 0xf2,
    div: 0xf3,
    min: 0xf4,
    max: 0xf5,
    pmin: 0xf6,
    pmax: 0xf7,
    abs: 0xec,
    neg: 0xed,
    sqrt: 0xef,
    nearest: 0x94,
    eq: 0x47,
    ne: 0x48,
    lt: 0x49,
    gt: 0x4a,
    le: 0x4b,
    ge: 0x4c,
    wholeAdd: 0xce,
    wholeSub: 0xd1,
    shiftLeft: 0xcb,
    shiftRight: 0xcc,
    splat: 0x14,
    loadSplat: 0x0a,
    extract: 0x21,
  },
  float32: {
    add: 0xe4,
    sub: 0xe5,
    mul: 0xe6,
    div: 0xe7,
    min: 0xe8,
    max: 0xe9,
    pmin: 0xea,
    pmax: 0xeb,
    abs: 0xe0,
    neg: 0xe1,
    sqrt: 0xe3,
    nearest: 0x6a,
    eq: 0x41,
    ne: 0x42,
    lt: 0x43,
    gt: 0x44,
    le: 0x45,
    ge: 0x46,
    wholeAdd: 0xae,
    wholeSub: 0xb1,
    shiftLeft: 0xab,
    shiftRight: 0xac,
    splat: 0x13,
    loadSplat: 0x09,
    extract: 0x1f,
  },
} as const;

const shared = {
  load: 0x00,
  store: 0x0b,
  not: 0x4d,
  and: 0x4e,
  andNot: 0x4f,
  or: 0x50,
  xor: 0x51,
  select: 0x52,
};

/** Opcodes on one number, for the ends of reductions. */
const scalar = {
  float64: { load: [0x2b, 3], store: [0x39, 3], add: 0xa0, mul: 0xa2, min: 0xa4, max: 0xa5 },
  float32: { load: [0x2a, 2], store: [0x38, 2], add: 0x92, mul: 0x94, min: 0x96, max: 0x97 },
} as const;

const simd = (opcode: number): Code => [0xfd, ...unsigned(opcode)];

/**
 * Arithmetic on all lanes of a vector at once, for one kind of number.
 * Every function takes and gives expressions (see Assembler).
 */
export class Lanes {
  readonly kind: Kind;
  /** Bytes of one number, and how many fit into a vector of 16. */
  readonly bytes: 4 | 8;
  readonly count: 2 | 4;
  readonly assembler: Assembler;
  /** The local that holds a piece of code's value, while work is shared. */
  #kept: Map<string, Code> | undefined;
  readonly #opposites = new Map<string, Code>();

  constructor(kind: Kind, assembler: Assembler) {
    this.kind = kind;
    this.bytes = kind === "float64" ? 8 : 4;
    this.count = kind === "float64" ? 2 : 4;
    this.assembler = assembler;
  }

  keep(code: Code): Code {
    const key = code.join();
    const known = this.#kept?.get(key);
    if (known !== undefined) return known;
    const kept = this.assembler.keep(code);
    this.#kept?.set(key, kept);
    return kept;
  }

  /**
   * While a part without branches or loops is written, what it computes twice is computed once: a loss and
   * its gradient share most of their work.
   */
  sharing(part: () => void): void {
    this.#kept = new Map();
    part();
    this.#kept = undefined;
    this.#opposites.clear();
  }

  #binary(name: keyof typeof opcodes.float64, a: Code, b: Code): Code {
    return [...a, ...b, ...simd(opcodes[this.kind][name])];
  }

  #unary(name: keyof typeof opcodes.float64, a: Code): Code {
    return [...a, ...simd(opcodes[this.kind][name])];
  }

  add(a: Code, b: Code): Code {
    return this.#binary("add", a, b);
  }
  sub(a: Code, b: Code): Code {
    return this.#binary("sub", a, b);
  }
  mul(a: Code, b: Code): Code {
    return this.#binary("mul", a, b);
  }
  div(a: Code, b: Code): Code {
    return this.#binary("div", a, b);
  }
  /** The smaller one; NaN if either is. */
  min(a: Code, b: Code): Code {
    return this.#binary("min", a, b);
  }
  /** The larger one; NaN if either is. */
  max(a: Code, b: Code): Code {
    return this.#binary("max", a, b);
  }
  /** b if b < a, else a: one instruction, and a NaN in a stays. */
  atMost(a: Code, b: Code): Code {
    return this.#binary("pmin", a, b);
  }
  /** b if a < b, else a: one instruction, and a NaN in a stays. */
  atLeast(a: Code, b: Code): Code {
    return this.#binary("pmax", a, b);
  }
  abs(a: Code): Code {
    // |−x| = |x|, so that what is computed of both is computed once.
    return this.#unary("abs", this.#opposites.get(a.join()) ?? a);
  }
  /** −|a|: the sign's bit is set. */
  below(a: Code): Code {
    return this.or(this.#opposites.get(a.join()) ?? a, this.constant(-0));
  }
  /** Says that one kept vector is the other with the opposite sign. */
  areOpposite(a: Code, b: Code): void {
    this.#opposites.set(a.join(), b);
  }
  neg(a: Code): Code {
    return this.#unary("neg", a);
  }
  sqrt(a: Code): Code {
    return this.#unary("sqrt", a);
  }
  /** To the nearest whole number. */
  nearest(a: Code): Code {
    return this.#unary("nearest", a);
  }
  /** A comparison gives a mask: all bits set in lanes where it holds. */
  compare(name: "eq" | "ne" | "lt" | "gt" | "le" | "ge", a: Code, b: Code): Code {
    return this.#binary(name, a, b);
  }
  /** a where the mask is set, else b. */
  select(mask: Code, a: Code, b: Code): Code {
    return [...a, ...b, ...mask, ...simd(shared.select)];
  }
  and(a: Code, b: Code): Code {
    return [...a, ...b, ...simd(shared.and)];
  }
  or(a: Code, b: Code): Code {
    return [...a, ...b, ...simd(shared.or)];
  }
  /** Adds or subtracts the bits of lanes as whole numbers. */
  bitsAdd(a: Code, b: Code): Code {
    return this.#binary("wholeAdd", a, b);
  }
  bitsSub(a: Code, b: Code): Code {
    return this.#binary("wholeSub", a, b);
  }
  /** Shifts the bits of every lane; to the right the sign is repeated. */
  bitsLeft(a: Code, by: number): Code {
    return [...a, 0x41, by, ...simd(opcodes[this.kind].shiftLeft)];
  }
  bitsRight(a: Code, by: number): Code {
    return [...a, 0x41, by, ...simd(opcodes[this.kind].shiftRight)];
  }

  /** The same number in every lane. */
  constant(value: number): Code {
    const lanes = this.kind === "float64" ? new Float64Array(2) : new Float32Array(4);
    return this.assembler.constant(new Uint8Array(lanes.fill(value).buffer));
  }
  /** The same bits in every lane. */
  bits(pattern: bigint): Code {
    const lanes =
      this.kind === "float64"
        ? new BigInt64Array(2).fill(pattern)
        : new Int32Array(4).fill(Number(pattern));
    return this.assembler.constant(new Uint8Array(lanes.buffer));
  }

  /** A vector, or one number in every lane, from memory. Addresses need no alignment. */
  load(address: Code, offset = 0): Code {
    return [...address, ...simd(shared.load), 0, ...unsigned(offset)];
  }
  loadSplat(address: Code, offset = 0): Code {
    return [...address, ...simd(opcodes[this.kind].loadSplat), 0, ...unsigned(offset)];
  }
  store(address: Code, value: Code, offset = 0): Code {
    return [...address, ...value, ...simd(shared.store), 0, ...unsigned(offset)];
  }
  /** One lane, as a plain number. */
  lane(vector: Code, lane: number): Code {
    return [...vector, ...simd(opcodes[this.kind].extract), lane];
  }
  /** One number in every lane, from a plain number. */
  splat(value: Code): Code {
    return [...value, ...simd(opcodes[this.kind].splat)];
  }

  loadOne(address: Code, offset = 0): Code {
    const [opcode, align] = scalar[this.kind].load;
    return [...address, opcode, align, ...unsigned(offset)];
  }
  storeOne(address: Code, value: Code, offset = 0): Code {
    const [opcode, align] = scalar[this.kind].store;
    return [...address, ...value, opcode, align, ...unsigned(offset)];
  }
  joinOne(name: "add" | "mul" | "min" | "max", a: Code, b: Code): Code {
    return [...a, ...b, scalar[this.kind][name]];
  }
}
