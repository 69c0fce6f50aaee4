import type { Storage } from "../memory/Storage.ts";
import type { Call } from "../trace.ts";
import { Group } from "./Group.ts";

/** The calls in an order in which neighbours share loops. What nobody needs is left out. */
export function schedule(calls: readonly Call[], outputs: readonly Storage[]): (Call | Group)[] {
  const steps: (Call | Group)[] = [];
  let open: Group | undefined;
  /** Single numbers made from what the open loop gives, such as a mean from its total: they follow it. */
  let after: Call[] = [];
  const close = () => {
    if (open !== undefined) steps.push(open, ...after);
    [open, after] = [undefined, []];
  };
  for (const call of needed(calls, outputs)) {
    const waits = after.some(({ output }) => call.inputs.includes(output));
    if (!waits && open?.fits(call)) open.add(call);
    else if (!waits && open?.takesTotal(call)) open.addTotal(call);
    else if ((waits || open?.feeds(call)) && call.output.size === 1 && open!.size > 1)
      after.push(call);
    else {
      const larger = call.map !== undefined && call.output.size > (open?.size ?? 0);
      if (larger || waits || open?.feeds(call)) close();
      // A call that needs nothing of the open loop goes before it.
      if (call.map !== undefined && open === undefined) open = new Group(call);
      else steps.push(call);
    }
  }
  close();
  return steps;
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
