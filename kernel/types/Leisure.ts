/** Milliseconds of a running cell after which the machine has time for more than the cell. */
const longCell = 10;
/** Milliseconds after an answer in which whoever runs cells one after the other sends the next one. */
const pauseAfterAnswer = 5;
/** Milliseconds that nothing waits longer than. */
const patience = 1000;

/**
 * The moments at which nobody waits for a cell: always but while cells follow one another without a pause.
 * What can wait uses them, since it would take from such cells the processors that they run on.
 */
export class Leisure {
  #is = true;
  /** The moment at which there will be time, if nobody says otherwise before it. */
  #due = 0;
  /** One for all cells: setting one for each would take them more time than all else here. */
  #timer: NodeJS.Timeout | undefined;
  readonly #waiting = new Set<() => void>();

  /** A cell begins; it was hurried when it was sent before the one before had ended. */
  begins(hurried: boolean): void {
    if (!hurried) return this.begin();
    this.#is = false;
    this.#beginAfter(longCell);
  }

  /** The cell has its answer. */
  answered(): void {
    if (!this.#is) this.#beginAfter(pauseAfterAnswer);
  }

  /** From now on there is time, because somebody waits for what had none. */
  begin(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#is = true;
    for (const go of this.#waiting) go();
  }

  /** Done when there is time, or when whoever asks has waited long enough since this moment of `performance.now()`. */
  async comes(since: number): Promise<void> {
    const left = since + patience - performance.now();
    if (this.#is || left <= 0) return;
    await new Promise<void>((resolve) => {
      const go = () => {
        clearTimeout(timer);
        this.#waiting.delete(go);
        resolve();
      };
      const timer = setTimeout(go, left).unref();
      this.#waiting.add(go);
    });
  }

  #beginAfter(milliseconds: number): void {
    this.#due = performance.now() + milliseconds;
    this.#timer ??= this.#lookAfter(milliseconds);
  }

  /** The moment may have been put off or brought forward since, but never to less than the shortest pause from then. */
  #lookAfter(milliseconds: number): NodeJS.Timeout {
    return setTimeout(
      () => {
        const left = this.#due - performance.now();
        if (left > 0) this.#timer = this.#lookAfter(left);
        else this.begin();
      },
      Math.min(milliseconds, pauseAfterAnswer),
    ).unref();
  }
}
