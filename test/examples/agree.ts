/** Half a unit of the 12th significant digit: a docstring is no place for the last bits. */
const tolerance = 5e-12;

/** Nothing if a value is what a docstring says, else the first difference in words. */
export function agree(value: unknown, expected: unknown): string | undefined {
  const [left, right] = [plain(value), plain(expected)];
  if (typeof left === "number" && typeof right === "number") {
    const close = Math.abs(left - right) <= tolerance * Math.max(Math.abs(left), Math.abs(right));
    return close || Object.is(left, right) ? undefined : `${left}, not ${right}`;
  }
  if (isComposite(left) && isComposite(right) && Array.isArray(left) === Array.isArray(right)) {
    const names = new Set([...Object.keys(left), ...Object.keys(right)]);
    for (const name of names) {
      const difference = agree(Reflect.get(left, name), Reflect.get(right, name));
      if (difference) return `${difference} at ${name}`;
    }
    return undefined;
  }
  return Object.is(left, right) ? undefined : `${show(left)}, not ${show(right)}`;
}

const isComposite = (value: unknown): value is object =>
  typeof value === "object" && value !== null;

/** Tensors and typed arrays as the nested arrays that a docstring writes. */
function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  if (isComposite(value) && "toArray" in value && typeof value.toArray === "function") {
    return value.toArray();
  }
  return value;
}

const show = (value: unknown): string =>
  typeof value === "function" ? "a function" : (JSON.stringify(value) ?? String(value));
