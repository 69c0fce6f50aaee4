import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { root, Trouble, writeFile } from "../install/index.ts";

/** What became of each file of the pack, by its path in the learner's folder. */
export interface Copied {
  /** Was not there and is now. */
  readonly added: readonly string[];
  /** Was as we had left it, and is the new version now. */
  readonly updated: readonly string[];
  /** The learner has changed it: it stays, and the new version lies beside it under this name. */
  readonly beside: readonly string[];
}

/** Remembers what we wrote, so that a learner's change can be told from an older version. */
const memory = ".downhill-lessons.json";

/**
 * Copies the lessons into a folder, or brings those there up to date. Nothing that a learner has
 * changed, an answer or a mere output, is ever overwritten: a newer version is laid beside it.
 */
export function copyLessons(folder: string, pack = join(root, "notebooks")): Copied {
  if (existsSync(folder) && !statSync(folder).isDirectory()) {
    throw new Trouble(
      `${folder} is a file, so no lessons can be copied into it.`,
      "Name a folder, for example `downhill lessons my-lessons`.",
    );
  }
  const written = remembered(folder);
  const copied = { added: [] as string[], updated: [] as string[], beside: [] as string[] };
  for (const path of filesOf(pack)) {
    const content = readFileSync(join(pack, path));
    const target = join(folder, path);
    const news = hash(content);
    if (!existsSync(target)) copied.added.push(path);
    else {
      const there = hash(readFileSync(target));
      if (there !== news && there !== written[path]) {
        if (written[path] !== news) copied.beside.push(layBeside(folder, path, content, written));
        written[path] = news;
        continue;
      }
      if (there !== news) copied.updated.push(path);
    }
    writeFile(target, content);
    written[path] = news;
  }
  writeFile(join(folder, memory), `${JSON.stringify(written, null, 2)}\n`);
  return copied;
}

/** The notebooks and the exercises beside them; texts and assignments are the teacher's. */
function filesOf(pack: string): string[] {
  const notebooks = readdirSync(pack).filter((name) => name.endsWith(".ipynb"));
  const exercises = readdirSync(join(pack, "exercises")).map((name) => `exercises/${name}`);
  return [...notebooks, ...exercises].sort();
}

/** Lays a new version beside a changed file, under a name where no work of the learner stands. */
function layBeside(
  folder: string,
  path: string,
  content: Buffer,
  written: Record<string, string>,
): string {
  const ending = extname(path);
  const name = (count: number) =>
    `${path.slice(0, -ending.length)}.new${count > 1 ? `-${count}` : ""}${ending}`;
  const isTheirs = (beside: string) => {
    const file = join(folder, beside);
    return existsSync(file) && hash(readFileSync(file)) !== written[beside];
  };
  let count = 1;
  while (isTheirs(name(count))) count += 1;
  const beside = name(count);
  writeFile(join(folder, beside), content);
  written[beside] = hash(content);
  return beside;
}

function remembered(folder: string): Record<string, string> {
  const file = join(folder, memory);
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    // Without a memory every file counts as the learner's, and none of those is touched.
    return {};
  }
}

const hash = (content: Buffer) => createHash("sha256").update(content).digest("hex");
