// Taken here, because a cell may set them anew.
const { setImmediate: next, queueMicrotask: atOnce } = globalThis;

/**
 * Calls something in the next turn of the event loop, when Node.js has left its own code for that: a stop that
 * ends a call among several of one turn leaves Node's list of them half changed, and with it no process goes on.
 */
export const inNextTurn = (work: () => void): NodeJS.Immediate => next(() => atOnce(work));
