import type { FromUser } from "../link/index.ts";
import { mapped, type Sources } from "./traceback.ts";

/** A message with each place in the traces of errors that it shows or prints as it stands in the cell's text. */
export function placed<Message extends Pick<FromUser, "type">>(
  message: Message,
  sources: Sources,
): Message {
  if ("text" in message && typeof message.text === "string") {
    return { ...message, text: placedText(message.text, sources) };
  }
  if (!("data" in message)) return message;
  const data = message.data as Readonly<Record<string, unknown>> | undefined;
  const text = data?.["text/plain"];
  if (typeof text !== "string") return message;
  return { ...message, data: { ...data, "text/plain": placedText(text, sources) } };
}

const placedText = (text: string, sources: Sources): string =>
  text.includes("In[") ? text.replace(call, (line) => mapped(line, sources)) : text;

const call = /^[ \t]+at .*\bIn\[[\d*]+\]:\d+:\d+.*$/gm;
