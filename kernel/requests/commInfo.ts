import type { Handler } from "./Kernel.ts";

/** Which comms are open. */
export const commInfo: Handler = () => ({ status: "ok", comms: {} });
