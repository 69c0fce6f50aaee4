import { errorReply, type Handler, type Kernel } from "./Kernel.ts";

/**
 * Makes a shell beside the main one. What a front end sends there runs beside a cell that awaits: the steps of
 * its widgets, or the cells of a second console. While a cell computes without a pause all shells wait, because
 * all of them work with the same variables on one thread.
 */
export const createSubshell: Handler = (kernel) =>
  kernel.restricted ? refusal : { status: "ok", subshell_id: kernel.subshells.create() };

/** Takes a shell away, whose name means nothing from then on. */
export const deleteSubshell: Handler = (kernel, { content }) => {
  if (kernel.restricted) return refusal;
  const id = String(content.subshell_id);
  return kernel.subshells.delete(id) ? { status: "ok" } : unknown(kernel, id);
};

/** The names of all shells but the main one. */
export const listSubshell: Handler = (kernel) =>
  kernel.restricted ? refusal : { status: "ok", subshell_id: kernel.subshells.list() };

const refusal = errorReply(
  "NotSupported",
  "There are no subshells while work is graded: its cells run one after the other.\nHint: send the message without one.",
);

function unknown({ subshells }: Kernel, id: string) {
  const known = subshells.list();
  const names = known.length > 0 ? known.join(", ") : "none";
  const evalue = `delete_subshell_request needs the name of a subshell, but there is no subshell ${JSON.stringify(id)}.\nHint: there are: ${names}.`;
  return errorReply("UnknownSubshell", evalue);
}
