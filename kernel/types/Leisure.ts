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
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.begin(), milliseconds).unref();
  }
}
