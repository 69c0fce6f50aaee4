import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { Trouble } from "./Trouble.mjs";

/**
 * Writes a file, all or nothing, and makes the folders above it. What was there keeps its permissions,
 * and a link still points to its file.
 *
 * @throws Trouble when the system refuses, with its reason in words.
 */
export function writeFile(file: string, content: string | Uint8Array): void {
  orTrouble(file, () => {
    makeFolders(dirname(file));
    replace(existsSync(file) ? realpathSync(file) : file, content);
  });
}

/**
 * Makes the folder for a file that will be written later, so that a wrong place is found out now.
 *
 * @throws Trouble when the system refuses.
 */
export function makeRoomFor(file: string): void {
  orTrouble(file, () => {
    makeFolders(dirname(file));
    // With the dot, a file in the folder's place is refused too.
    accessSync(`${dirname(file)}/.`, constants.W_OK);
  });
}

/**
 * Makes a folder with the ones above it; returns those that were missing, outermost first. It goes one by
 * one: what Node does for `recursive` never ends where no folder can be made, as in /proc.
 */
export function makeFolders(folder: string): string[] {
  if (existsSync(folder)) return [];
  const parent = dirname(folder);
  // Above a drive that is not there comes the same drive again.
  const above = parent === folder ? [] : makeFolders(parent);
  mkdirSync(folder);
  return [...above, folder];
}

function replace(file: string, content: string | Uint8Array): void {
  const before = statSync(file, { throwIfNoEntry: false });
  // A terminal, a pipe and the like are written to and not replaced; a folder refuses.
  if (before?.isFile() === false) return writeFileSync(file, content);
  const whole = `${file}.${process.pid}.part`;
  try {
    writeFileSync(whole, content);
    if (before) chmodSync(whole, before.mode);
    renameSync(whole, file);
  } catch (cause) {
    rmSync(whole, { force: true });
    throw cause;
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "you may not write there",
  EPERM: "you may not write there",
  EROFS: "that disk is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "your share of the disk is full",
  ENOENT: "no folder can be made there",
  ENOTDIR: "a file stands where a folder is needed",
  EISDIR: "it is a folder",
  ENAMETOOLONG: "the name is too long",
};

function orTrouble(file: string, write: () => void): void {
  try {
    write();
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    const reason = reasons[code];
    if (reason === undefined) throw cause;
    const remedy = "Name another place, for example in your own folder.";
    throw new Trouble(`${file} cannot be written: ${reason}.`, remedy, { cause });
  }
}
