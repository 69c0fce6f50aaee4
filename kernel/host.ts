import { type Publish, Session } from "./session/index.ts";
import { type Settings, settingsFor } from "./settings/index.ts";

/**
 * The entry of the kernel: `node host.cjs {connection_file}`, with no flags. It speaks with Jupyter and
 * never runs the learner's code; the process beside it does, and may die without harm.
 */
const settings = settingsFor(process.cwd(), process.env);
if (settings instanceof Promise) void settings.then(begin);
else begin(settings);

function begin(settings: Settings): void {
  const log = (line: string) => console.error(`[downhill] ${line}`);
  let publish: Publish;
  // The learner's process takes longest, so it starts before this one loads what it needs for itself.
  const session = new Session({
    main: new URL("./user/main.cjs", import.meta.url),
    publish: (...message) => publish(...message),
    log,
    ...settings,
  });
  void import("./serve.ts").then(({ serve }) => {
    publish = serve(process.argv[2] ?? "", { session, settings, log });
  });
}
