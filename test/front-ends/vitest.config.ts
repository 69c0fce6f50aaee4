import { defineConfig } from "vitest/config";

/** Real front ends in a real browser: one at a time, because they share a Jupyter server. */
export default defineConfig({
  test: {
    include: ["test/front-ends/**/*.test.ts"],
    globalSetup: "test/front-ends/server.setup.ts",
    // A browser beside a kernel on a busy machine may be late; a test that is only late passes then.
    retry: 1,
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
