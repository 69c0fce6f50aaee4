import type { TestProject } from "vitest/node";
import { startJupyter } from "./jupyterServer.ts";

/** Where the Jupyter server is that all tests share. */
export interface ServerPlace {
  readonly address: string;
  readonly token: string;
  /** The folder of notebooks; each test has one of its own in it. */
  readonly folder: string;
  /** The file of what the server prints. */
  readonly log: string;
}

declare module "vitest" {
  export interface ProvidedContext {
    readonly jupyter: ServerPlace;
  }
}

/** Starts one Jupyter server for all tests, because each start costs as much as a test. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...place } = await startJupyter();
  project.provide("jupyter", place);
  return stop;
}
