import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import type { PromptOptions } from "../given/index.ts";
import { currentCell } from "./cells.ts";
import { send } from "./channel.ts";
import { isRestricted } from "./restricted.ts";

const { port1: inbox, port2: port } = new MessageChannel();
inbox.unref();
const bell = new Int32Array(new SharedArrayBuffer(4));

/** What the control thread needs in order to bring answers to a main thread that sleeps. */
export const answering = { port, bell };

/**
 * Asks the person at the notebook and waits for the answer; works in synchronous code too.
 * A text as second argument is the answer that an empty one stands for.
 * @throws {Error} where nobody can be asked, for example when a notebook is executed by a program.
 */
export function prompt(question = "", options: string | PromptOptions = {}): string {
  const otherwise = typeof options === "string" ? options : "";
  const password = typeof options === "object" && options.password === true;
  const shown = otherwise === "" ? question : `${question} [${otherwise}]`;
  return ask(shown, password) || otherwise;
}

/** Asks a question that is answered by yes or no; anything but a yes is a no. */
export const confirm = (question = ""): boolean =>
  /^\s*y(es)?\s*$/i.test(ask(`${question} [y/N] `, false));

function ask(question: string, password: boolean): string {
  if (isRestricted) throw nobody(question);
  // An answer that came after its cell had been interrupted is not the answer to this question.
  while (receiveMessageOnPort(inbox));
  Atomics.store(bell, 0, 0);
  send({ type: "input", cell: currentCell().id, prompt: question, password });
  Atomics.wait(bell, 0, 0);
  const answer = receiveMessageOnPort(inbox)?.message as string | undefined;
  if (answer === undefined) throw nobody(question);
  return answer;
}

const nobody = (question: string): Error =>
  new Error(
    `Nobody can be asked ${JSON.stringify(question)} here: the cell runs without a person to answer.\nHint: give the value in the code instead.`,
  );
