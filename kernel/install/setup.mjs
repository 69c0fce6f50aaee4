import { join } from "node:path";
import { build, fingerprintOfBuild } from "./build.mjs";
import { checkNode, installNodeModules } from "./node.mjs";
import {
  environment,
  environmentIsReady,
  findPython,
  makeEnvironment,
  stamp,
  writeStamp,
} from "./python.mjs";
import { isClone, root } from "./root.mjs";
import { run, step } from "./steps.mjs";

/**
 * Brings everything that is needed into place and skips what is there: node modules, the build,
 * JupyterLab in an environment of its own, and our kernel in it.
 *
 * @param {{ tests?: boolean }} [wanted] whether what only the tests use is needed too
 */
export async function setUp({ tests = false } = {}) {
  checkNode(process.versions.node);
  // What is missing on the machine is said at once, not after minutes of downloads.
  if (!environmentIsReady()) await findPython();
  const downloads = await Promise.allSettled([
    isClone ? installNodeModules().then(build) : undefined,
    makeEnvironment({ tests }),
  ]);
  for (const download of downloads) if (download.status === "rejected") throw download.reason;
  await installKernel();
}

async function installKernel() {
  const wanted = [fingerprintOfBuild(), process.execPath, process.version, root].join("\n");
  if (stamp("kernel") === wanted) return;
  await step("Installing the kernel into JupyterLab", async () => {
    const command = join(root, "dist", "kernel", "main.js");
    const { code, output } = await run(process.execPath, [
      command,
      "install",
      "--prefix",
      environment,
    ]);
    if (code !== 0) throw new Error(`The kernel could not be installed:\n${output}`);
  });
  writeStamp("kernel", wanted);
}
