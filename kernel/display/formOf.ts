import { inspect } from "node:util";

/**
 * One form of something as a front end takes it, and a notebook keeps it: a text, base 64 of bytes, or plain data
 * where the type is JSON.
 * @throws {TypeError} when it could be none of these.
 */
export function formOf(type: string, form: unknown): unknown {
  if (/^application\/(.*\+)?json$/.test(type)) return plain(form);
  if (typeof form === "string") return form;
  if (form instanceof Uint8Array)
    return isText(type) ? new TextDecoder().decode(form) : plain(form);
  throw new TypeError(
    `${type} is shown from a text or from bytes, but this is ${inspect(form, { depth: 0 })}.\nHint: give the text itself; display(value) shows any value.`,
  );
}

/** Whether the bytes of a file of this type are those of a text. */
const isText = (type: string): boolean => /^text\/|\+xml$|javascript$/.test(type);

/** Text stays, bytes become base 64, everything else becomes what JSON says of it. */
export function plain(form: unknown): unknown {
  if (typeof form === "string") return form;
  if (form instanceof Uint8Array) return Buffer.from(form).toString("base64");
  return JSON.parse(JSON.stringify(form, arrays) ?? "null");
}

const arrays = (_key: string, value: unknown): unknown =>
  ArrayBuffer.isView(value) && !(value instanceof DataView)
    ? Array.from(value as unknown as ArrayLike<unknown>)
    : value;
