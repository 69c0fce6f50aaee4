import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { Cell } from "../run/index.ts";
import type { FindPicture } from "./markdown.ts";

const kinds: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".svg": "image/svg+xml",
};

/** Where a cell's pictures come from: pasted into the cell itself, or files in the notebook's folder. */
export function pictures(cell: Cell, folder: string | undefined): FindPicture {
  return (address) => {
    if (address.startsWith("data:image/")) return address;
    const [, name] = /^attachment:(.+)$/.exec(address) ?? [];
    if (name !== undefined) return attached(cell, decodeURIComponent(name));
    if (folder === undefined || /^(\w+:|\/)/.test(address)) return undefined;
    return fromFile(join(folder, decodeURIComponent(address)));
  };
}

function attached({ attachments }: Cell, name: string): string | undefined {
  const [form] = Object.entries(attachments?.[name] ?? {});
  return form && `data:${form[0]};base64,${form[1]}`;
}

function fromFile(file: string): string | undefined {
  const kind = kinds[extname(file).toLowerCase()];
  if (kind === undefined || !existsSync(file)) return undefined;
  return `data:${kind};base64,${readFileSync(file, "base64")}`;
}
