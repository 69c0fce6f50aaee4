/**
 * Something outside our code that stops us, said so that the reader can act on it: one sentence on
 * what is wrong, one on what to do. The command prints it without a trace and exits with 1.
 */
export class Trouble extends Error {
  /**
   * @param {string} sentence what is wrong, in one sentence
   * @param {string} remedy what to do about it, in one sentence
   * @param {{ cause?: unknown }} [options]
   */
  constructor(sentence, remedy, options) {
    super(`${sentence}\nHint: ${remedy}`, options);
    this.name = "Trouble";
  }
}

/**
 * Runs a command and ends the process with its exit code. Trouble is printed as its sentence;
 * anything else is a fault of ours and keeps its trace.
 *
 * @param {() => Promise<number | void>} command
 */
export async function runAsCommand(command) {
  try {
    process.exitCode = (await command()) ?? 0;
  } catch (error) {
    process.exitCode = 1;
    console.error(error instanceof Trouble ? error.message : error);
  }
}
