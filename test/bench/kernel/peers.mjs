import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { python } from "../../../kernel/install/python.mjs";
import { root } from "../../../kernel/install/root.mjs";

/** @typedef {import("./Part.ts").Peer} Peer */

const packages = join(root, ".cache", "bench");

/** The kernels on this machine; Deno's is installed into .cache from npm when it is missing. */
export function peers() {
  const node = nodeOfTheirOwn();
  const host = [node, join(root, "dist", "kernel", "host.cjs"), "{connection_file}"];
  const tslab = join(root, "node_modules", "tslab", "bin", "tslab");
  /** @type {Peer[]} */
  const all = [
    {
      name: "downhill",
      title: "downhill",
      argv: host,
      language: "typescript",
      interrupt: "message",
    },
    {
      name: "downhill, strict",
      title: "downhill, strict",
      argv: host,
      language: "typescript",
      interrupt: "message",
      env: { DOWNHILL_TYPES: "strict" },
    },
    {
      name: "tslab",
      title: "tslab 1.0.22",
      argv: [node, tslab, "kernel", "--config-path={connection_file}"],
      language: "typescript",
      interrupt: "signal",
    },
    {
      name: "Deno",
      title: "Deno 2.9.6",
      argv: [denoBinary(), "jupyter", "--kernel", "--conn", "{connection_file}"],
      language: "typescript",
      // As it is installed, the signal ends it; so it is given the message.
      interrupt: "message",
    },
    {
      name: "ipykernel",
      title: "ipykernel",
      argv: [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
      language: "python",
      interrupt: "signal",
    },
  ];
  return all;
}

/**
 * The Node.js that kernels are measured with is a copy. With the file that runs other programs of this machine, they would
 * share its text in memory and seem smaller than they are.
 */
function nodeOfTheirOwn() {
  const copy = join(packages, `node-${process.version}`);
  mkdirSync(packages, { recursive: true });
  if (!existsSync(copy)) copyFileSync(process.execPath, copy);
  return copy;
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
