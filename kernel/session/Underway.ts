import type { FromUser } from "../link/index.ts";
import type { CellOutput } from "./cellOutput.ts";
import type { Death } from "./death.ts";

/** How a cell ended. */
export type Ending =
  | Extract<FromUser, { type: "done" | "failed" }>
  | { readonly type: "interrupted" }
  | { readonly type: "died"; readonly death: Death };

/** A cell that is going to run. */
export interface Coming {
  readonly cell: number;
  /** Whether it was interrupted before it began. */
  stopped: boolean;
}

/**
 * What is under way in the learner's process: cells, of each shell one at most, and steps of comms. Each has a
 * number, and outputs that are found by it also when it is over.
 */
export class Underway {
  readonly #outputs = new Map<number, CellOutput>();
  /** What ends each cell that runs, in the order in which they began. */
  readonly #cells = new Map<number, (ending: Ending) => void>();
  readonly #steps = new Map<number, () => void>();
  readonly #coming = new Set<Coming>();
  #last = 0;
  #newestCell = 0;

  /** Adds a cell, which is to run or to be dropped. */
  addCell(output: CellOutput): Coming {
    const coming = { cell: this.#add(output), stopped: false };
    this.#newestCell = coming.cell;
    this.#coming.add(coming);
    return coming;
  }

  /** Gives up a cell that cannot run. */
  drop(coming: Coming): void {
    this.#coming.delete(coming);
  }

  /** Begins a cell, unless it was interrupted before, and waits for its end. */
  async run(coming: Coming, begin: () => void): Promise<Ending> {
    const { cell, stopped } = coming;
    this.#coming.delete(coming);
    if (stopped) return { type: "interrupted" };
    const ending = await new Promise<Ending>((end) => {
      this.#cells.set(cell, end);
      begin();
    });
    this.#cells.delete(cell);
    return ending;
  }

  /** Whether anything has begun so far. */
  get hasBegun(): boolean {
    return this.#last > 0;
  }

  /** The cell that stands for what belongs to none: the one that began last, of those that run if any does. */
  get foremost(): number {
    return [...this.#cells.keys()].at(-1) ?? this.#newestCell;
  }

  outputOf(cell: number): CellOutput | undefined {
    return this.#outputs.get(cell);
  }

  /** Begins a step of a comm and waits until it has been dealt with. */
  async step(output: CellOutput, begin: (step: number) => void): Promise<void> {
    const step = this.#add(output);
    await new Promise<void>((end) => {
      this.#steps.set(step, end);
      begin(step);
    });
    this.#steps.delete(step);
    output.flush();
  }

  /** Notes that a cell ended. @returns Whether it ran. */
  cellEnded(cell: number, ending: Ending): boolean {
    this.#cells.get(cell)?.(ending);
    return this.#cells.has(cell);
  }

  stepEnded(step: number): void {
    this.#steps.get(step)?.();
  }

  /** The numbers of all that runs. */
  get all(): readonly number[] {
    return [...this.#cells.keys(), ...this.#steps.keys()];
  }

  /** Lets nothing begin that is being made ready. */
  halt(): void {
    for (const coming of this.#coming) coming.stopped = true;
  }

  /** Ends all of these. @returns Whether there was a cell among them. */
  end(all: readonly number[], ending: Ending): boolean {
    for (const one of all) this.stepEnded(one);
    return all.filter((one) => this.cellEnded(one, ending)).length > 0;
  }

  #add(output: CellOutput): number {
    const number = ++this.#last;
    this.#outputs.set(number, output);
    this.#outputs.delete(number - 1000);
    return number;
  }
}
