import { defineConfig } from "vitest/config";

/** What takes minutes: `npm run test:long`. */
export default defineConfig({
  test: {
    include: ["test/long/**/*.test.ts"],
    retry: 1,
    maxConcurrency: 2,
    testTimeout: 30 * 60_000,
    passWithNoTests: true,
  },
});
