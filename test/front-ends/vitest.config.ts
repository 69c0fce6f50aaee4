import { defineConfig } from "vitest/config";

/** Real front ends in a real browser: one at a time, because each starts a server and a browser. */
export default defineConfig({
  test: {
    include: ["test/front-ends/**/*.test.ts"],
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
