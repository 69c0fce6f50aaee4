/** One state of a file, as the importers that got it know it. */
interface Edition {
  readonly url: string;
  readonly changed: number;
  /** The local files that it imports, each as it was then. */
  readonly imports: Map<string, string>;
}

/** Gives each state of a local file an address of its own, because Node.js loads an address only once. */
export class Versions {
  readonly #editions = new Map<string, Edition>();
  readonly #changed: (file: string) => number;
  #count = 0;

  /** @param changed When a file was last changed. */
  constructor(changed: (file: string) => number) {
    this.#changed = changed;
  }

  /** The address to load: the same as before, unless the file or one that it imports has been changed. */
  urlOf(file: string, walked = new Set<string>()): string {
    const known = this.#editions.get(file);
    // Files that import each other in a ring are as old as the ring.
    if (known && walked.has(file)) return known.url;
    walked.add(file);
    const changed = this.#changed(file);
    const current =
      known?.changed === changed &&
      [...known.imports].every(([other, url]) => this.urlOf(other, walked) === url);
    if (current) return known.url;
    const url = `${file}?v=${++this.#count}`;
    this.#editions.set(file, { url, changed, imports: new Map() });
    return url;
  }

  /** Notes that a file imports another, which it finds at this address. */
  note(parent: string, file: string, url: string): void {
    this.#editions.get(parent)?.imports.set(file, url);
  }

  /** Forgets a file that could not be loaded, so that it is tried again. */
  forget(file: string): void {
    this.#editions.delete(file);
  }
}

/** The file behind an address. */
export const withoutVersion = (url: string): string => url.replace(/\?v=\d+$/, "");
