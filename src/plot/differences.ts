import type { Attributes } from "./plotly.ts";

/** The attributes in which some of the objects differ, as plotly names them: "marker.color". */
export function differing(objects: readonly Attributes[]): string[] {
  const paths = new Set(objects.flatMap((each) => attributePaths(each)));
  return [...paths].filter(
    (path) => new Set(objects.map((each) => JSON.stringify(valueAt(each, path)))).size > 1,
  );
}

/** The names of all attributes that hold a value. */
function attributePaths(object: Attributes, before = ""): string[] {
  return Object.entries(object).flatMap(([key, value]) =>
    isRecord(value) ? attributePaths(value, `${before}${key}.`) : [`${before}${key}`],
  );
}

/** The value under such a name; nothing when there is none. */
export const valueAt = (object: Attributes, path: string): unknown =>
  path.split(".").reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), object);

/** An object with named attributes, not an array. */
export const isRecord = (value: unknown): value is Attributes =>
  typeof value === "object" && value !== null && !Array.isArray(value);
