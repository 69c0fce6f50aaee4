import type { Signer } from "./signature.ts";

/** The version of the Jupyter messaging protocol that the kernel speaks. */
export const protocolVersion = "5.4";

/** Who says what, and when. */
export interface Header {
  readonly msg_id: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly msg_type: string;
  readonly version: string;
  /** The shell that a message is for; none is the main one. */
  readonly subshell_id?: string | null;
}

/** A JSON object whose fields nobody has checked yet. */
export type Content = Readonly<Record<string, unknown>>;

/** One message of the Jupyter protocol. */
export interface Message {
  /** Whom to answer: what a router socket puts in front, or the topic on iopub. */
  readonly identities: readonly Uint8Array[];
  readonly header: Header;
  /** The header of the request that this message belongs to; empty when there is none. */
  readonly parent_header: Partial<Header>;
  readonly metadata: Content;
  readonly content: Content;
  readonly buffers: readonly Uint8Array[];
}

/** A message that must not be acted on; `message` says why, for the log. */
export class WireError extends Error {
  override readonly name = "WireError";
}

const delimiter = Buffer.from("<IDS|MSG>");

/** The frames of a message as they travel: identities, delimiter, signature, four JSON parts, buffers. */
export function encode(message: Message, signer: Signer): Uint8Array[] {
  const { header, parent_header, metadata, content } = message;
  const parts = [header, parent_header, metadata, content].map((part) => Buffer.from(json(part)));
  const signature = Buffer.from(signer.sign(parts));
  return [...message.identities, delimiter, signature, ...parts, ...message.buffers];
}

/**
 * JSON in which half a character, such as half of an emoji that was cut, is the sign for an unknown one. A program that
 * writes UTF-8, as those do that save notebooks, could not write the half.
 */
function json(part: unknown): string {
  const text = JSON.stringify(part);
  return text.includes("\\ud") ? text.replace(halfCharacter, "$1\\ufffd") : text;
}

/** As JSON writes it, behind any number of backslashes that are written out. */
const halfCharacter = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;

/** The message in these frames. @throws {WireError} when a part is missing, wrongly signed or no JSON object. */
export function decode(frames: readonly Uint8Array[], signer: Signer): Message {
  const start = frames.findIndex((frame) => delimiter.equals(frame));
  if (start < 0) throw new WireError("a message without the delimiter <IDS|MSG>");
  const signature = frames[start + 1];
  const parts = frames.slice(start + 2, start + 6);
  if (signature === undefined || parts.length < 4) {
    throw new WireError(`a message with ${frames.length - start - 1} of at least 5 parts`);
  }
  if (!signer.matches(signature, parts)) throw new WireError("a message with a wrong signature");
  const [header, parent_header, metadata, content] = parts.map(jsonObject);
  return {
    identities: frames.slice(0, start),
    header: checkedHeader(header!),
    parent_header: parent_header!,
    metadata: metadata!,
    content: content!,
    buffers: frames.slice(start + 6),
  };
}

function jsonObject(part: Uint8Array): Content {
  const value = parsed(part);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new WireError("a message with a part that is not a JSON object");
  }
  return value as Content;
}

function parsed(part: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(part.buffer, part.byteOffset, part.length).toString("utf8"));
  } catch (cause) {
    throw new WireError("a message with a part that is not JSON", { cause });
  }
}

function checkedHeader(header: Content): Header {
  for (const field of ["msg_id", "msg_type", "session"]) {
    if (typeof header[field] !== "string") {
      throw new WireError(`a message whose header has no ${field}`);
    }
  }
  return header as unknown as Header;
}
