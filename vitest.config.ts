import { defineConfig } from "vitest/config";

/** Tests run on the TypeScript sources; processes that they start are built first. */
export default defineConfig({
  // Lessons import the library by its name, as a user does.
  resolve: { alias: { downhill: new URL("src/index.ts", import.meta.url).pathname } },
  test: {
    globalSetup: "test/built.ts",
    include: ["test/**/*.test.ts"],
    exclude: ["test/long/**", "test/front-ends/**"],
    // The library is loaded once for all files: it keeps nothing between calls that a test could see.
    isolate: false,
    maxWorkers: "100%",
    testTimeout: 20_000,
  },
});
