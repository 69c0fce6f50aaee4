/**
 * Calls something when this turn of the event loop has done what else it does: a cell is on its way to the process
 * that runs it before anybody reads that it is, and what is said in one turn leaves together.
 */
export const afterThisTurn = (work: () => void): void =>
  queueMicrotask(() => process.nextTick(work));
