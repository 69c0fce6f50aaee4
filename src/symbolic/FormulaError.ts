/** Thrown for a formula that cannot be read; `position` counts characters from 0. */
export class FormulaError extends Error {
  override readonly name = "FormulaError";
  readonly position: number;
  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}
