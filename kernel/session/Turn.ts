/** A cell from the moment at which it is said to be busy until it is answered: an interrupt in between is for it. */
export class Turn {
  #interrupted = false;
  #tell: () => void = () => undefined;
  /** Done when the cell is interrupted, whatever it waits for. */
  readonly interruption: Promise<void> = new Promise((resolve) => {
    this.#tell = resolve;
  });

  get interrupted(): boolean {
    return this.#interrupted;
  }

  interrupt(): void {
    this.#interrupted = true;
    this.#tell();
  }
}
