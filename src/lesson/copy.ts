import { isPromise, isTensor, oddity } from "./written.ts";

// What follows reads values that want points without work. So nothing is looked up that such a value, or
// code beside it, could have replaced: these are taken at load, and lists are walked by index.
const { isArray } = Array;
const { isView } = ArrayBuffer;
const { apply } = Reflect;
const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, hasOwn, keys } = Object;
const tagOf = Object.prototype.toString;
const eachEntry = Map.prototype.forEach;
const eachMember = Set.prototype.forEach;
const typeOfView = getOwnPropertyDescriptor(
  getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
)!.get!;
const Numbers = Float64Array;
const [Table, Members] = [Map, Set];

/** Objects whose content no name leads to. */
const closed: Readonly<Record<string, string>> = {
  "[object Generator]": "a generator",
  "[object AsyncGenerator]": "an asynchronous generator",
  "[object Date]": "a date",
  "[object RegExp]": "a regular expression",
  "[object Number]": "a Number object",
  "[object Boolean]": "a Boolean object",
  "[object ArrayBuffer]": "a buffer of bytes",
  "[object WeakMap]": "a WeakMap",
  "[object WeakSet]": "a WeakSet",
  "[object WeakRef]": "a WeakRef",
};

/**
 * A value as plain data, read once: what a getter, a proxy or an iterator would answer the next time does not
 * count any more, and a method of its own it no longer has. Tensors become nested lists, instances of classes
 * records of their fields, errors `{ name, message }`. What is no data, such as a promise, becomes a record
 * that says so and agrees with nothing.
 */
export function copy<Value>(value: Value): Value {
  // A right answer is data already; of anything else the type is wrong before it comes here.
  return copied(value, []) as Value;
}

/** `around` are the objects that this one stands in. */
function copied(value: unknown, around: readonly object[]): unknown {
  if (typeof value === "function" || typeof value === "symbol") return odd(`a ${typeof value}`);
  if (typeof value !== "object" || value === null) return value;
  for (let i = 0; i < around.length; i++)
    if (around[i] === value) return odd("a value that contains itself");
  const inner = [...around, value];
  if (isArray(value)) return copiedList(value, inner);
  if (isView(value)) return copiedNumbers(value);
  if (isPromise(value)) return odd("a promise");
  if (isTensor(value)) return copied(value.toArray(), inner);
  const tag: string = apply(tagOf, value, []);
  return hasOwn(closed, tag) ? odd(closed[tag]!) : copiedKind(value, tag, inner);
}

function copiedKind(value: object, tag: string, inner: readonly object[]): unknown {
  switch (tag) {
    case "[object Map]": {
      const copies = new Table<unknown, unknown>();
      apply(eachEntry, value, [
        (entry: unknown, key: unknown) => copies.set(copied(key, inner), copied(entry, inner)),
      ]);
      return copies;
    }
    case "[object Set]": {
      const copies = new Members<unknown>();
      apply(eachMember, value, [(member: unknown) => copies.add(copied(member, inner))]);
      return copies;
    }
    case "[object Error]": {
      const { name, message } = value as Error;
      return { name: `${name}`, message: `${message}` };
    }
    default:
      return copiedRecord(value as Readonly<Record<string, unknown>>, inner);
  }
}

function copiedList(list: readonly unknown[], inner: readonly object[]): unknown[] {
  const { length } = list;
  const copies: unknown[] = [];
  for (let i = 0; i < length; i++) {
    const entry = list[i];
    copies[i] = typeof entry === "number" ? entry : copied(entry, inner);
  }
  return copies;
}

/** Big integers stay what they are; all other typed arrays hold numbers that a double holds too. */
function copiedNumbers(view: ArrayBufferView): unknown {
  const type: unknown = apply(typeOfView, view, []);
  if (type === undefined) return odd("a view of bytes");
  if (type !== "BigInt64Array" && type !== "BigUint64Array")
    return new Numbers(view as unknown as Float64Array);
  return copiedList(view as unknown as readonly bigint[], []);
}

function copiedRecord(
  record: Readonly<Record<string, unknown>>,
  inner: readonly object[],
): Record<string, unknown> {
  const names = keys(record);
  const copy: Record<string, unknown> = {};
  for (let i = 0; i < names.length; i++)
    defineProperty(copy, names[i]!, {
      value: copied(record[names[i]!], inner),
      configurable: true,
      enumerable: true,
      writable: true,
    });
  return copy;
}

const odd = (what: string) => ({ [oddity]: what });
