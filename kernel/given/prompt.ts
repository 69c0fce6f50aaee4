/** How a person is asked. */
export interface PromptOptions {
  /** Whether the answer stays invisible while it is typed. */
  readonly password?: boolean;
}

/**
 * Asks the person at the notebook and waits for the answer; works in synchronous code too.
 * A text as second argument is the answer that an empty one stands for.
 *
 * @throws {Error} where nobody can be asked, for example when a notebook is executed by a program.
 * @example
 * const name = prompt("Your name?", "somebody");
 */
export declare function prompt(question?: string, options?: string | PromptOptions): string;

/**
 * Asks a question that is answered by yes or no; anything but a yes is a no.
 *
 * @example
 * if (confirm("Train for an hour?")) console.log("It begins.");
 */
export declare function confirm(question?: string): boolean;
