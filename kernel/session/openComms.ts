import type { CommStep } from "../link/index.ts";

/** The target by which front ends ask for all widgets, and so say that they can show them. */
const control = "jupyter.widget.control";

/** Keeps account of which comms are open, whichever side opened or closed them. */
export function openComms() {
  const open = new Map<string, string>();
  const asked: CommStep[] = [];
  return {
    open: open as ReadonlyMap<string, string>,
    noteStep(step: CommStep): void {
      const { kind, content } = step;
      const id = String(content.comm_id);
      if (asked.length === 0 && content.target_name === control) asked.push(step);
      if (kind === "comm_open") open.set(id, String(content.target_name));
      else if (kind === "comm_close") open.delete(id);
    },
    /** What front ends said of widgets, for a process that was not there yet. */
    widgetsAsked: (): readonly CommStep[] => [...asked],
    /** Closes all, because the process that they led to has ended; the front end is told by these steps. */
    closeAll(): CommStep[] {
      const steps = [...open.keys()].map((comm_id) => ({
        kind: "comm_close" as const,
        content: { comm_id, data: {} },
        metadata: {},
        buffers: [],
      }));
      open.clear();
      return steps;
    },
  };
}
