/** Thrown by `claim` when the sentence is false here. */
export class ClaimError extends Error {
  override readonly name = "ClaimError";
}
