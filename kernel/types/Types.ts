import { rmSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { isJsx } from "../compile/index.ts";
import { type Completion, candidates, completionOf, type LspCompletion } from "./completions.ts";
import { type Diagnostic, diagnosticsOf, type LspDiagnostic } from "./diagnostics.ts";
import {
  type Definition,
  hoverText,
  type SignatureHelp,
  signatureText,
  sourceText,
} from "./documentation.ts";
import { type FileChange, fileChanges, LocalFiles } from "./LocalFiles.ts";
import { type Lsp, type LspPlace, startLsp } from "./Lsp.ts";
import { type CheckedText, Program } from "./Program.ts";
import { makeWorkspace, thisCell, type Workspace } from "./workspace.ts";

/** The type checker beside execution: it knows all cells, and answers while a cell runs. */
export class Types {
  readonly #workspace: Workspace;
  readonly #files: LocalFiles;
  readonly #lsp: Lsp;
  readonly #program = new Program();
  readonly #ready: Promise<unknown>;
  readonly #modules = new Map<string, string>();
  #version = 0;
  #cells = 0;
  #turn: Promise<unknown> = Promise.resolve();

  /** `ended` hears when it can answer no more, and was not closed. */
  constructor(notebook: string, packageFolder: string, ended?: () => void) {
    this.#files = new LocalFiles(notebook);
    this.#workspace = makeWorkspace(notebook, packageFolder);
    const { compiler, folder, uri } = this.#workspace;
    this.#lsp = startLsp(compiler, ["--lsp", "--stdio"], folder, ended);
    this.#ready = this.#lsp.ask("initialize", {
      processId: process.pid,
      rootUri: uri(""),
      initializationOptions: {
        // It would look for errors of the whole program after each answer, to send them to nobody.
        disablePushDiagnostics: true,
        // It would tell half a dozen times per cell what it does, which nobody reads.
        logVerbosity: 0,
        // Nobody would write the import that such a word needs.
        userPreferences: { includeCompletionsForModuleExports: false },
      },
      capabilities: {
        textDocument: {
          completion: {
            completionItem: { snippetSupport: false, documentationFormat: ["markdown"] },
          },
          definition: { linkSupport: true },
          diagnostic: {},
          hover: { contentFormat: ["markdown"] },
          signatureHelp: {
            signatureInformation: {
              documentationFormat: ["markdown"],
              activeParameterSupport: true,
            },
          },
        },
      },
    });
    this.#ready.then(
      () => this.#lsp.tell("initialized", {}),
      // Who asks something hears of it.
      () => undefined,
    );
  }

  /** The errors of a cell that is about to run. */
  diagnose(source: string): Promise<Diagnostic[]> {
    // What the elements of JSX are, only the notebook's own packages could tell.
    if (isJsx(source)) return Promise.resolve([]);
    return this.#inTurn(async () => {
      const { text, lines } = await this.#show(source);
      const report = (await this.#ask("diagnostic")) as { items?: LspDiagnostic[] } | null;
      return diagnosticsOf(report?.items ?? [], text.split("\n").slice(0, lines));
    });
  }

  /** Makes a cell part of the program: what it declares, later cells know. */
  commit(source: string): Promise<void> {
    return this.#inTurn(async () => {
      await this.#ready;
      const checked = this.#program.read(source);
      const { text, declares, globals, file } = checked;
      if (file) return this.#commitModule(file, text);
      if (declares.length === 0 && !globals) return;
      const module = `cell-${++this.#cells}`;
      this.#write(`${module}.${isJsx(source) ? "tsx" : "ts"}`, text);
      for (const older of this.#program.own(checked, module)) {
        this.#write(`${older.module}.ts`, older.text, "changed");
      }
    });
  }

  /** A module that is defined again replaces the one before. */
  #commitModule(file: string, text: string): void {
    const name = basename(file, extname(file));
    const known = this.#modules.get(name);
    if (known !== undefined && known !== file) {
      rmSync(join(this.#workspace.folder, known));
      this.#tellOf(known, "deleted");
    }
    this.#modules.set(name, file);
    this.#write(file, text, known === file ? "changed" : "created");
  }

  /**
   * Other cells are files in the checker's own folder. As open documents they would be a second project with
   * a program of its own, and that one asks npm for types.
   */
  #write(file: string, text: string, how: keyof typeof fileChanges = "created"): void {
    writeFileSync(join(this.#workspace.folder, file), text);
    this.#tellOf(file, how);
  }

  #tellOf(file: string, how: keyof typeof fileChanges): void {
    this.#tellChanges([{ uri: this.#workspace.uri(file), type: fileChanges[how] }]);
  }

  #tellChanges(changes: readonly FileChange[]): void {
    if (changes.length > 0) this.#lsp.tell("workspace/didChangeWatchedFiles", { changes });
  }

  /** How the word that ends at this offset can go on; `from` is where the word begins. */
  complete(source: string, offset: number): Promise<{ from: number; items: Completion[] }> {
    return this.#inTurn(async () => {
      const word = wordBefore(source, offset);
      await this.#show(source, (name) => name.startsWith(word));
      const found = await this.#candidates(source, offset);
      const items = candidates(found, word);
      return { from: offset - word.length, items: (await this.#told(items)).map(completionOf) };
    });
  }

  async #candidates(source: string, offset: number): Promise<readonly LspCompletion[]> {
    const list = (await this.#ask("completion", placeOf(source, offset))) as
      | { items: LspCompletion[] }
      | LspCompletion[]
      | null;
    return Array.isArray(list) ? list : (list?.items ?? []);
  }

  /** Candidates with their types and documentation, where they are so few that one may look through them. */
  async #told(items: readonly LspCompletion[], most = few): Promise<readonly LspCompletion[]> {
    if (items.length > most) return items;
    const ask = (item: LspCompletion) => this.#lsp.ask("completionItem/resolve", item);
    return Promise.all(items.map(async (item) => (await ask(item)) as LspCompletion));
  }

  /**
   * What stands at this offset, in Markdown; inside the parentheses of a call, its signature. With `source`, the
   * text of what a cell or a local file declares follows.
   */
  inspect(
    source: string,
    offset: number,
    { withSource = false }: { readonly withSource?: boolean } = {},
  ): Promise<string | undefined> {
    return this.#inTurn(async () => {
      const { text } = await this.#show(source);
      const word = wordBefore(source, offset);
      const place = placeOf(source, offset - word.length);
      const hover = (await this.#ask("hover", place)) as { contents?: { value?: string } } | null;
      const told = hover?.contents?.value;
      if (word !== "" && told) {
        const known = hoverText(told);
        return known && withSource ? this.#withSource(known, place, text) : known;
      }
      const help = (await this.#ask(
        "signatureHelp",
        placeOf(source, offset),
      )) as SignatureHelp | null;
      const fields = help ? await this.#fields(source, offset) : [];
      return signatureText(help, fields) ?? (told && hoverText(told));
    });
  }

  /** The fields that may come next, where an object is being written. */
  async #fields(source: string, offset: number): Promise<readonly Completion[]> {
    if (!/[{,]\s*$/.test(source.slice(0, offset))) return [];
    const found = candidates(await this.#candidates(source, offset), "");
    return (await this.#told(found, many)).map(completionOf);
  }

  /** Documentation, and below it the text of the declaration, unless that has no more than its type. */
  async #withSource(documentation: string, place: LspPlace, text: string): Promise<string> {
    const [definition] = ((await this.#ask("definition", place)) ?? []) as Definition[];
    const source = sourceText(definition, { uri: this.#workspace.uri(thisCell), text });
    return source === undefined ? documentation : `${documentation.trimEnd()}\n\n${source}`;
  }

  close(): void {
    this.#lsp.close();
    this.#workspace.remove();
  }

  /** Questions are about one document, so they wait for each other. */
  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #show(source: string, also?: (name: string) => boolean): Promise<CheckedText> {
    await this.#ready;
    const checked = this.#program.read(source, also);
    const version = ++this.#version;
    const uri = this.#workspace.uri(thisCell);
    const { text } = checked;
    this.#tellChanges(this.#files.changes(text));
    if (version === 1) {
      const textDocument = { uri, languageId: "typescript", version, text };
      this.#lsp.tell("textDocument/didOpen", { textDocument });
    } else {
      const change = { textDocument: { uri, version }, contentChanges: [{ text }] };
      this.#lsp.tell("textDocument/didChange", change);
    }
    return checked;
  }

  #ask(question: string, position?: LspPlace): Promise<unknown> {
    const textDocument = { uri: this.#workspace.uri(thisCell) };
    return this.#lsp.ask(`textDocument/${question}`, {
      textDocument,
      ...(position && { position }),
    });
  }
}

/** More than a list of completions shows without being moved. */
const few = 20;

/** More fields than an object of options has. */
const many = 60;

/** The word that ends at this offset; in the path of an import, the last part of the path. */
const wordBefore = (source: string, offset: number): string => {
  const before = source.slice(0, offset);
  const path = /(?:\bfrom\s*|\bimport\s*\(?\s*)["']([^"'\n]*)$/.exec(before);
  if (path) return path[1]!.split("/").at(-1)!;
  return /[\p{ID_Continue}$]*$/u.exec(before)![0];
};

function placeOf(source: string, offset: number): LspPlace {
  const lines = source.slice(0, offset).split("\n");
  return { line: lines.length - 1, character: lines.at(-1)!.length };
}
