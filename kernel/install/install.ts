import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { kernelspec } from "./kernelspec.ts";
import { root } from "./root.mjs";
import { Trouble } from "./Trouble.mjs";
import { makeFolders } from "./writeFile.ts";

/** What an installation wrote, by paths relative to Jupyter's data folder. */
interface Receipt {
  readonly files: readonly string[];
  /** Folders that were not there before, outermost first. */
  readonly folders: readonly string[];
}

const receiptName = join("kernels", "downhill", "installed.json");

/**
 * Copies kernel and JupyterLab extension into Jupyter's data folder `data`, and writes down what it
 * wrote. Installing again replaces what the last installation left.
 */
export function install(data: string): void {
  const before = readReceipt(data);
  const share = join(root, "dist", "share", "jupyter");
  const copies = readdirSync(share, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(share, join(entry.parentPath, entry.name)));
  const spec = join("kernels", "downhill", "kernel.json");
  const files = [...copies, spec, receiptName];
  const folders: string[] = [];
  const fresh = files.filter((file) => !existsSync(join(data, file)));
  try {
    for (const file of files) {
      const made = makeFolders(dirname(join(data, file)));
      folders.push(...made.map((folder) => relative(data, folder)));
    }
    for (const file of copies) copyFileSync(join(share, file), join(data, file));
    writeJson(join(data, spec), kernelspec());
    const after = { files, folders: [...(before?.folders ?? []), ...folders] };
    writeJson(join(data, receiptName), after satisfies Receipt);
  } catch (cause) {
    remove(data, { files: fresh, folders });
    throw new Trouble(
      `The kernel cannot be installed into ${data}, because this folder cannot be written to.`,
      "Install for yourself with `downhill install --user`, or into a folder of your own with --prefix.",
      { cause },
    );
  }
  const gone = before?.files.filter((file) => !files.includes(file)) ?? [];
  remove(data, { files: gone, folders: [] });
}

/** Removes what `install` wrote into Jupyter's data folder, and nothing else; false if there is nothing. */
export function uninstall(data: string): boolean {
  const receipt = readReceipt(data);
  if (receipt) remove(data, receipt);
  return receipt !== undefined;
}

function readReceipt(data: string): Receipt | undefined {
  const file = join(data, receiptName);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Receipt) : undefined;
}

function writeJson(file: string, content: unknown): void {
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}

function remove(data: string, { files, folders }: Receipt): void {
  for (const file of files) if (existsSync(join(data, file))) rmSync(join(data, file));
  for (const folder of [...folders].reverse()) {
    const path = join(data, folder);
    // Somebody may have put a file of their own beside ours: that one stays, with its folder.
    if (existsSync(path) && readdirSync(path).length === 0) rmdirSync(path);
  }
}
