import { expect, test } from "vitest";
import * as downhill from "../src/index.ts";

/** The names that a learner can import; a namespace such as `plot` lists its own below it. */
function publicNames(exports: object, prefix = ""): string[] {
  return Object.entries(exports)
    .flatMap(([name, value]) =>
      value?.[Symbol.toStringTag] === "Module"
        ? publicNames(value, `${prefix}${name}.`)
        : [`${prefix}${name}`],
    )
    .sort();
}

// Whoever changes what others import says so: `npx vitest run test/public-names.test.ts -u`.
test("the public names are those in public-names.json", async () => {
  const names = JSON.stringify(publicNames(downhill), null, 2);
  await expect(`${names}\n`).toMatchFileSnapshot("public-names.json");
});
