import { defineConfig } from "vitest/config";

/** npm run bench:front-ends: how long a reader waits, in the real JupyterLab. */
export default defineConfig({
  test: {
    include: ["test/bench/front-ends/*.bench.ts"],
    globalSetup: "test/front-ends/server.setup.ts",
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
