import { inspect, types } from "node:util";
import { jupyterDisplay } from "../jupyterDisplay.ts";
import { formOf } from "./formOf.ts";
import type { Show, Shown } from "./Shown.ts";

/** A value that says itself how it is shown: by `Symbol.for("Jupyter.display")`, as in Deno's kernel and anywidget. */
export const ownDisplay: Show = (value) => {
  if ((typeof value !== "object" && typeof value !== "function") || value === null)
    return undefined;
  const display = types.isProxy(value) ? methodOfProxy(value) : methodOf(value);
  if (typeof display !== "function") return undefined;
  const bundle: unknown = display.call(value);
  // A library may have put a Promise of its own in place of Node's.
  return types.isPromise(bundle)
    ? bundle.then((later) => fromBundle(later, value))
    : fromBundle(bundle, value);
};

const methodOf = (value: object): unknown =>
  (value as { [jupyterDisplay]?: unknown })[jupyterDisplay];

/** A proxy that has an answer to every name does not thereby say how it is shown. */
function methodOfProxy(value: object): unknown {
  try {
    return jupyterDisplay in value ? methodOf(value) : undefined;
  } catch {
    // It was revoked, or its handler refuses to be asked: it is shown as Node shows it, which asks nobody.
    return undefined;
  }
}

/** @throws {TypeError} when the method gives something other than a bundle of forms. */
function fromBundle(bundle: unknown, value: object): Shown {
  if (typeof bundle !== "object" || bundle === null || Array.isArray(bundle)) {
    throw new TypeError(
      `[Symbol.for("Jupyter.display")]() must give an object by MIME type, but it gave ${inspect(bundle)}.\nHint: for example { "text/plain": "two apples" }.`,
    );
  }
  const entries = Object.entries(bundle)
    .filter(([, form]) => form !== undefined && form !== null)
    .map(([type, form]) => [type, formOf(type, form)] as const);
  const data: Record<string, unknown> = Object.fromEntries(entries);
  if (!data["text/plain"]) data["text/plain"] = value.constructor?.name || "object";
  const alt = data["text/plain"];
  const metadata = "image/png" in data ? { "image/png": { alt } } : {};
  return { data, metadata };
}
