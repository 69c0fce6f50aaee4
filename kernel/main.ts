#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { lintAssignments } from "./assignments/index.ts";
import {
  checkNode,
  install,
  jupyterData,
  openLab,
  type Place,
  root,
  runAsCommand,
  Trouble,
  uninstall,
} from "./install/index.ts";
import { copyLessons } from "./lessons/index.ts";
import { nearest } from "./nearest.ts";
import { runNotebooks, warmUp } from "./run/index.ts";

const help = `downhill: a TypeScript kernel for Jupyter, with losses, optimizers and lessons

Usage: downhill COMMAND [options]

  lab [options of JupyterLab]   open JupyterLab; installs one of its own the first time
                                  --no-browser    only print the address
                                  --port NUMBER   listen there instead of on 8888
  install [PLACE]               install the kernel into a Jupyter you have
                                  --user          for you alone (default)
                                  --sys-prefix    into the active Python environment
                                  --prefix DIR    into DIR/share/jupyter
  uninstall [PLACE]             remove exactly what install wrote there
  run NOTEBOOK...               execute notebooks without Jupyter, print cells, outputs and errors
                                  --inplace       save the outputs into the notebook
                                  --output FILE   save them into FILE (one notebook)
                                  --timeout S     seconds that a cell may take (default 600)
                                  --allow-errors  go on after an error

  export NOTEBOOK...            write notebooks as interactive HTML pages that need no network
                                  --output FILE, -o   name of the page (one notebook)
                                  --book DIR      all pages there, sharing one folder of assets

  lessons DIR                   copy the lessons there, or update them; your work stays as it is
  lint-assignment NOTEBOOK...   check nbgrader assignments before you release them
                                  --no-run        do not run solution and stub

  --help, -h                    this text
  --version, -v                 the version
`;

type Command = (words: string[]) => number | Promise<number>;

const commands: Readonly<Record<string, Command>> = {
  lab: openLab,
  install: async (words) => {
    const data = jupyterData(place(words));
    install(data);
    await warmUp();
    console.log(`Installed the kernel "TypeScript (downhill)" into ${data}`);
    return 0;
  },
  uninstall: (words) => {
    const data = jupyterData(place(words));
    if (uninstall(data)) console.log(`Removed the kernel from ${data}`);
    else console.log(`There is no kernel of ours in ${data}, so nothing was removed.`);
    return 0;
  },
  run: (words) => {
    const options = {
      inplace: { type: "boolean", default: false },
      output: { type: "string" },
      timeout: { type: "string", default: "600" },
      "allow-errors": { type: "boolean", default: false },
    } as const;
    const { values, positionals } = parsed(words, options);
    return runNotebooks(positionals, {
      inplace: values.inplace,
      output: values.output,
      secondsPerCell: secondsPerCell(values.timeout),
      allowErrors: values["allow-errors"],
    });
  },
  export: async (words) => {
    const { values, positionals } = parsed(words, {
      output: { type: "string", short: "o" },
      book: { type: "string" },
    });
    // Only this command sets formulas and colours code.
    const { exportNotebooks } = await import("./export/index.ts");
    return exportNotebooks(positionals, { output: values.output, book: values.book });
  },
  lessons: (words) => {
    const { positionals } = parsed(words, {});
    const [folder] = positionals;
    if (!folder || positionals.length > 1) {
      throw new Trouble(
        "downhill lessons needs one folder.",
        "For example `downhill lessons my-lessons`.",
      );
    }
    const { added, updated, beside } = copyLessons(folder);
    console.log(`${added.length} files added, ${updated.length} updated in ${folder}.`);
    for (const name of beside)
      console.log(`You have changed this one, so the new version is ${name}.`);
    return 0;
  },
  "lint-assignment": (words) => {
    const { values, positionals } = parsed(words, {
      "no-run": { type: "boolean", default: false },
    });
    return lintAssignments(positionals, { run: !values["no-run"] });
  },
};

await runAsCommand(async () => {
  checkNode(process.versions.node);
  const [word, ...rest] = process.argv.slice(2);
  if (word === "--version" || word === "-v") return print(version());
  // JupyterLab has a help of its own, so only the word before a command's own options asks for ours.
  const wantsHelp = rest.some((option) => option === "--help" || option === "-h");
  if (word === undefined || word === "help" || word === "--help" || word === "-h" || wantsHelp) {
    return print(help);
  }
  const command = commands[word];
  if (!command) {
    throw new Trouble(
      `downhill has no command "${word}".`,
      `Did you mean \`downhill ${nearest(word, Object.keys(commands))}\`? \`downhill --help\` lists them all.`,
    );
  }
  return command(rest);
});

function print(text: string): number {
  console.log(text.trimEnd());
  return 0;
}

function version(): string {
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version;
}

function place(words: string[]): Place {
  const { values, positionals } = parsed(words, {
    user: { type: "boolean", default: false },
    "sys-prefix": { type: "boolean", default: false },
    prefix: { type: "string" },
  });
  const asked = [values.user, values["sys-prefix"], values.prefix !== undefined];
  if (positionals.length > 0 || asked.filter(Boolean).length > 1) {
    throw new Trouble(
      "One place at a time: --user, --sys-prefix or --prefix DIR.",
      "Leave it out for --user.",
    );
  }
  if (values.prefix !== undefined) return { kind: "prefix", folder: values.prefix };
  return { kind: values["sys-prefix"] ? "sys-prefix" : "user" };
}

function secondsPerCell(text: string): number {
  const seconds = Number(text);
  if (seconds > 0) return seconds;
  throw new Trouble(
    `--timeout needs a number of seconds above zero, but it is "${text}".`,
    "For example `--timeout 60`.",
  );
}

/** Like `parseArgs`, but an unknown option is the reader's trouble and not a fault of ours. */
function parsed<Options extends NonNullable<Parameters<typeof parseArgs>[0]>["options"]>(
  words: string[],
  options: Options & {},
) {
  try {
    return parseArgs({ args: words, options, allowPositionals: true });
  } catch (cause) {
    const sentence = cause instanceof Error ? cause.message.split(". ")[0] : String(cause);
    throw new Trouble(`${sentence}.`, "`downhill --help` lists the options of each command.", {
      cause,
    });
  }
}
