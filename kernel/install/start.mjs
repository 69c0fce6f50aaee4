// `npm start`: everything else is loaded after the check, so that an old Node.js gets a sentence.
import { runAsCommand } from "./Trouble.mjs";

await runAsCommand(async () => {
  const { checkNode } = await import("./node.mjs");
  checkNode(process.versions.node);
  const { openLab } = await import("./lab.mjs");
  return openLab(process.argv.slice(2));
});
