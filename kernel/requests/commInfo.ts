import type { Handler } from "./Kernel.ts";

/** Which comms are open, all or those to one target. */
export const commInfo: Handler = ({ session }, { content }) => {
  const target = content.target_name;
  const open = [...session.comms].filter(([, name]) => (target ?? name) === name);
  return {
    status: "ok",
    comms: Object.fromEntries(open.map(([id, target_name]) => [id, { target_name }])),
  };
};
