import {
  contradict,
  type Declared,
  globalsOf,
  moduleFile,
  namesOf,
  withoutGlobals,
  withoutHashLines,
} from "../compile/index.ts";

/** A cell as the type checker reads it: the cell unchanged, then what connects it to the others. */
export interface CheckedText {
  readonly text: string;
  /** How many lines are the cell's own. */
  readonly lines: number;
  readonly declares: readonly string[];
  /** The names of the whole program that it declares by `declare global`, if it has such a part. */
  readonly globals: readonly string[] | undefined;
  /** Its file, if the cell is a module that others import by that name. */
  readonly file: string | undefined;
}

/** A module of a cell. */
interface CellModule {
  readonly module: string;
  readonly text: string;
}

/** One that declares names of the whole program. */
interface GlobalModule extends CellModule {
  readonly lines: number;
  readonly globals: readonly string[];
}

/**
 * All cells as one program: every cell is a module that exports what it declares, and imports what it uses
 * from the cell that declared it last. The additions stand behind the cell, so no position shifts.
 */
export class Program {
  /** The module that declared a name last. */
  readonly #owners = new Map<string, string>();
  #global: readonly GlobalModule[] = [];
  /** The cell that was read last: it is made part of the program after it has been checked. */
  #latest: { readonly source: string; readonly checked: CheckedText } | undefined;

  /** A cell in the light of those before it; `also` adds names that are not in the cell (yet). */
  read(source: string, also?: (name: string) => boolean): CheckedText {
    if (also) return this.#read(source, also);
    if (this.#latest?.source !== source) this.#latest = { source, checked: this.#read(source) };
    return this.#latest.checked;
  }

  #read(source: string, also?: (name: string) => boolean): CheckedText {
    const cell = withoutHashLines(source);
    const lines = cell.split("\n").length;
    const file = moduleFile(cell);
    // A module stands by itself: it knows what it imports.
    if (file) return { text: cell, lines, declares: [], globals: undefined, file };
    const globals = /\bdeclare\s+global\b/.test(cell) ? knownGlobals(cell) : undefined;
    const words = new Set(cell.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
    const known = [...this.#known(words, also)];
    const standsAlone = known.length === 0 && !declaring.some((word) => words.has(word));
    const { declares, assigns } = standsAlone ? noNames : namesOf(cell);
    const own = new Set(declares.map(({ name }) => name));
    const used = known.filter(([name]) => !own.has(name));
    // An import cannot be assigned to, but a variable of the same type can.
    const additions = used.map(([name, owner]) =>
      assigns.has(name)
        ? `declare let ${name}: typeof import("./${owner}").${name};`
        : `import { ${name} } from "./${owner}";`,
    );
    // A cell that runs again must not contradict itself.
    const others = this.#global.filter((other) => !contradict(other.globals, globals ?? []));
    const imports = others.map(({ module }) => `import "./${module}";`);
    const text = `${cell}\n;${[...additions, ...imports].join("")}export { ${exported(declares)} };`;
    return { text, lines, declares: [...own], globals, file };
  }

  /** Those of these words, and of the names that are asked for, which cells declared; with the module of each. */
  *#known(
    words: ReadonlySet<string>,
    also?: (name: string) => boolean,
  ): Iterable<[string, string]> {
    if (also) {
      for (const owned of this.#owners) if (words.has(owned[0]) || also(owned[0])) yield owned;
      return;
    }
    for (const word of words) {
      const owner = this.#owners.get(word);
      if (owner !== undefined) yield [word, owner];
    }
  }

  /**
   * From now on the names that a cell declares come from this module.
   * @returns the modules that must no longer declare for the whole program what this one does, as they are now.
   */
  own(checked: CheckedText, module: string): CellModule[] {
    for (const name of checked.declares) this.#owners.set(name, module);
    this.#latest = undefined;
    const { text, lines, globals } = checked;
    if (!globals) return [];
    const older = this.#global.map((one) => without(one, globals));
    const changed = older.filter((one, index) => one !== this.#global[index]);
    this.#global = [...older, { module, text, lines, globals }];
    return changed;
  }
}

/** What a module is once another declares these names for the whole program. */
function without(older: GlobalModule, replaced: readonly string[]): GlobalModule {
  if (!contradict(older.globals, replaced)) return older;
  const lines = older.text.split("\n");
  const cell = withoutGlobals(lines.slice(0, older.lines).join("\n"), replaced);
  return {
    ...older,
    text: [cell, ...lines.slice(older.lines)].join("\n"),
    globals: globalsOf(cell),
  };
}

/** A cell that cannot be read does not run either; one with elements of JSX in it is not checked. */
function knownGlobals(cell: string): string[] {
  try {
    return globalsOf(cell);
  } catch {
    return [];
  }
}

/** Words without one of which a cell declares nothing. */
const declaring =
  "class const enum export function import interface let module namespace type using var".split(
    " ",
  );

/** What most lines that only look at something declare and assign: they need not be parsed for it. */
const noNames: ReturnType<typeof namesOf> = { declares: [], assigns: new Set() };

/** What the cell exports itself must not be exported twice. */
const exported = (declares: readonly Declared[]): string =>
  [...new Set(declares.filter(({ exported }) => !exported).map(({ name }) => name))].join(", ");
