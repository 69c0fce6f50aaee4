import { defineConfig } from "vitest/config";

/** Tests run on the TypeScript sources; what needs a build or a browser says so in its own folder. */
export default defineConfig({
  // Lessons import the library by its name, as a user does.
  resolve: { alias: { downhill: new URL("src/index.ts", import.meta.url).pathname } },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/long/**", "test/front-ends/**"],
    testTimeout: 20_000,
  },
});
