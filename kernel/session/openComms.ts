import type { CommStep } from "../link/index.ts";

/** The target by which front ends say that they can show widgets. */
const control = "jupyter.widget.control";

/** Keeps account of which comms are open, whichever side opened or closed them. */
export function openComms() {
  const open = new Map<string, string>();
  return {
    open: open as ReadonlyMap<string, string>,
    noteStep({ kind, content }: CommStep): void {
      const id = String(content.comm_id);
      if (kind === "comm_open") open.set(id, String(content.target_name));
      else if (kind === "comm_close") open.delete(id);
    },
    /** The front ends that wait for widgets, as they said it; a new process must hear it again. */
    waiting(): CommStep[] {
      return [...open.keys()]
        .filter((id) => open.get(id) === control)
        .map((comm_id) => ({
          kind: "comm_open" as const,
          content: { comm_id, target_name: control, data: {} },
          metadata: {},
          buffers: [],
        }));
    },
    /** Closes all of the process, because the process that they led to has ended; the front end is told by these steps. */
    closeAll(): CommStep[] {
      const ended = [...open.keys()].filter((id) => open.get(id) !== control);
      const steps = ended.map((comm_id) => ({
        kind: "comm_close" as const,
        content: { comm_id, data: {} },
        metadata: {},
        buffers: [],
      }));
      for (const id of ended) open.delete(id);
      return steps;
    },
  };
}
