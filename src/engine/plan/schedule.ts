import type { Storage } from "../memory/Storage.ts";
import type { Call } from "../trace.ts";
import { Group } from "./Group.ts";

/** A call that runs by itself, or several that share a loop. */
type Turn = Call | Group;

/**
 * The calls in an order in which as many as possible share loops. What nobody needs is left out.
 * A call joins the loop that makes what it needs, or else the last one of its size that it fits into: the
 * moves of all parameters of one size become one loop, however they were interleaved.
 */
export function schedule(calls: readonly Call[], outputs: readonly Storage[]): Turn[] {
  const turns: Turn[] = [];
  const makers = new Map<Storage, Turn>();
  for (const call of needed(calls, outputs)) {
    const needs = call.inputs.map((input) => makers.get(input));
    // The turn that makes the last of what it needs, or −1.
    const last = turns.findLastIndex((turn) => needs.includes(turn));
    makers.set(call.output, joined(turns, call, last) ?? added(turns, call, last));
  }
  return turns;
}

/** The loop that takes a call in, if there is one that is not before the turn `last`. */
function joined(turns: readonly Turn[], call: Call, last: number): Turn | undefined {
  if (takes(turns[last], call)) return turns[last];
  return turns.findLast((turn, at) => at > last && takes(turn, call));
}

/** A turn of its own: a loop waits at the end for others, what cannot share one goes as early as it can. */
function added(turns: Turn[], call: Call, last: number): Turn {
  const turn = call.map === undefined ? call : new Group(call);
  turns.splice(turn === call ? last + 1 : turns.length, 0, turn);
  return turn;
}

function takes(turn: Turn | undefined, call: Call): boolean {
  if (!(turn instanceof Group)) return false;
  if (turn.fits(call)) turn.add(call);
  else if (turn.takesTotal(call)) turn.addTotal(call);
  else return false;
  return true;
}

/** The calls that outputs depend on. */
export function needed(calls: readonly Call[], outputs: readonly Storage[]): Call[] {
  const wanted = new Set(outputs);
  return calls
    .toReversed()
    .filter((call) => {
      if (!wanted.has(call.output)) return false;
      for (const input of call.inputs) wanted.add(input);
      return true;
    })
    .reverse();
}
