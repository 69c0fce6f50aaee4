import { readdirSync } from "node:fs";
import { join } from "node:path";
import { jupyterDisplay } from "../jupyterDisplay.ts";
import { progressName, readProgress } from "../progress/index.ts";
import { importModule, notebookFolder } from "./modules.ts";

/** Shows which exercises of the lessons in this folder are solved, in whatever notebook that was. */
export const solved = () => ({ [jupyterDisplay]: table });

async function table(): Promise<Record<string, string>> {
  const { records, unreadable } = readProgress(notebookFolder);
  const done = new Set(records.flatMap(({ kind, id }) => (kind === "exercise" ? [id] : [])));
  const exercises = await exerciseIds();
  const guesses = records.flatMap((record) => (record.kind === "prediction" ? [record] : []));
  const right = guesses.filter(({ guess, answer }) => guess === answer).length;
  const markdown = [
    `**${exercises.filter((id) => done.has(id)).length} of ${exercises.length} exercises solved**`,
    "",
    "| lesson | solved | still to do |",
    "|---|---|---|",
    ...rows(exercises, done),
    "",
    ...(guesses.length > 0 ? [`Of ${guesses.length} guesses, ${right} came true.`] : []),
    ...unreadable.map(
      (line) =>
        `Line ${line} of ${progressName} is no record and is not counted; it stays as it is. Hint: a solved exercise is noted again when you run its check.`,
    ),
  ].join("\n");
  return { "text/markdown": markdown, "text/plain": markdown.replaceAll("**", "") };
}

function rows(exercises: readonly string[], done: ReadonlySet<string>): string[] {
  const lessons = [...new Set(exercises.map(lessonOf))];
  const names = (ids: readonly string[]) => ids.map((id) => id.split(".")[1]).join(", ");
  return lessons.map((lesson) => {
    const ids = exercises.filter((id) => lessonOf(id) === lesson);
    const [ready, open] = [ids.filter((id) => done.has(id)), ids.filter((id) => !done.has(id))];
    return `| ${lesson} | ${names(ready)} | ${names(open)} |`;
  });
}

const lessonOf = (id: string) => id.split(".")[0]!;

/** The ids of all exercises beside the notebook, in the order of the lessons. */
async function exerciseIds(): Promise<string[]> {
  const files = exerciseFiles().filter((name) => /^\d\d-.*\.ts$/.test(name));
  const modules = await Promise.all(files.map((name) => importModule(`./exercises/${name}`)));
  return modules.flatMap((module) =>
    Object.values(module).flatMap(({ id }: { id?: unknown }) =>
      typeof id === "string" ? [id] : [],
    ),
  );
}

/** @throws {Error} where there are no lessons. */
function exerciseFiles(): string[] {
  try {
    return readdirSync(join(notebookFolder, "exercises")).sort();
  } catch (cause) {
    throw new Error(
      `solved needs the folder "exercises" of the lessons beside the notebook, but ${notebookFolder} has none.\nHint: \`downhill lessons DIR\` copies the lessons with their exercises.`,
      { cause },
    );
  }
}
