import { defineConfig } from "vitest/config";

/** Tests run on the TypeScript sources; what needs a build or a browser says so in its own folder. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/long/**", "test/front-ends/**"],
    testTimeout: 20_000,
  },
});
