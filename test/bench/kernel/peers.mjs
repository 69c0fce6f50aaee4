import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { python } from "../../../kernel/install/python.mjs";
import { root } from "../../../kernel/install/root.mjs";

/**
 * A kernel to be measured. `language` says which of two texts of each cell it is given.
 *
 * @typedef {{ name: string, argv: string[], language: "typescript" | "python", env?: Record<string, string> }} Peer
 */

const packages = join(root, ".cache", "bench");

/** The kernels on this machine; Deno's is installed into .cache from npm when it is missing. */
export function peers() {
  /** @type {Peer[]} */
  const all = [
    {
      name: "downhill",
      argv: [process.execPath, join(root, "dist", "kernel", "host.cjs"), "{connection_file}"],
      language: "typescript",
    },
    {
      name: "downhill, strict",
      argv: [process.execPath, join(root, "dist", "kernel", "host.cjs"), "{connection_file}"],
      language: "typescript",
      env: { DOWNHILL_TYPES: "strict" },
    },
    {
      name: "tslab 1.0.22",
      argv: [
        process.execPath,
        join(root, "node_modules", "tslab", "bin", "tslab"),
        "kernel",
        "--config-path={connection_file}",
      ],
      language: "typescript",
    },
    {
      name: "Deno 2.9.6",
      argv: [denoBinary(), "jupyter", "--kernel", "--conn", "{connection_file}"],
      language: "typescript",
    },
    {
      name: "ipykernel",
      argv: [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
      language: "python",
    },
  ];
  return all;
}

/** The program itself: the script that npm links would start a Node.js first. */
function denoBinary() {
  const found = findDeno();
  if (found) return found;
  const quiet = ["--no-save", "--ignore-scripts", "--silent"];
  const { status } = spawnSync("npm", ["install", "--prefix", packages, ...quiet, "deno@2.9.6"], {
    stdio: "inherit",
  });
  if (status !== 0) throw new Error("Deno could not be installed from npm.");
  return findDeno() ?? "";
}

/** @returns {string | undefined} */
function findDeno() {
  const scope = join(packages, "node_modules", "@deno");
  if (!existsSync(scope)) return undefined;
  const [platform = ""] = readdirSync(scope);
  const program = join(scope, platform, process.platform === "win32" ? "deno.exe" : "deno");
  chmodSync(program, 0o755);
  return program;
}
