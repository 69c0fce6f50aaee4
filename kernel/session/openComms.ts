import type { CommStep } from "../link/index.ts";

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
