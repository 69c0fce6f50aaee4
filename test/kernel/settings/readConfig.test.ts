import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Config, defineConfig } from "../../../kernel/config.ts";
import { configName } from "../../../kernel/settings/findConfig.ts";
import { readConfig } from "../../../kernel/settings/readConfig.ts";

const folder = mkdtempSync(join(tmpdir(), "downhill-config-"));
writeFileSync(join(folder, "start.ts"), "");

function read(text: string) {
  const file = join(folder, configName);
  writeFileSync(file, text);
  return readConfig(file);
}

const everything: Required<Config> = {
  types: "strict",
  outputCap: 1000,
  memory: 512,
  preload: "./start.ts",
  pictures: false,
  pictureTime: 5000,
  history: false,
  stderr: "stdout",
};

test("every setting can be set", () => {
  const text = `import { defineConfig } from "downhill/config";
export default defineConfig(${JSON.stringify(everything)});`;
  const config = { ...everything, preload: join(folder, "start.ts") };
  expect(read(text)).toEqual({ config, complaints: [] });
  expect(defineConfig(everything)).toBe(everything);
});

test.each([
  'export default { types: "off" }',
  "export default { 'types': `off` } as const;",
  'export default { types: "off" } satisfies Config;',
  'const config: Config = { types: "off" };\nexport default config;',
  'const mine = { types: "off" } as const;\nexport default defineConfig(mine);',
])("the object of %j is found", (text) => {
  expect(read(text)).toEqual({ config: { types: "off" }, complaints: [] });
});

test("numbers may be grouped, and a comma may be the last", () => {
  expect(read("export default {\n outputCap: 1_000_000,\n}").config).toEqual({ outputCap: 1e6 });
});

test.each([
  ['{ types: "strong" }', 'types must be "warn" or "strict" or "off", but it is "strong"'],
  [
    '{ memory: "2 GB" }',
    'memory must be a whole number from 32 on, but it is "2 GB".\nHint: write a num',
  ],
  ["{ memory: -5 }", "memory must be a whole number from 32 on, but it is -5"],
  ["{ memory: 0.5 }", "memory must be a whole number from 32 on, but it is 0.5"],
  ["{ outputCap: 1e999 }", "outputCap must be a positive number, but it is 1e999."],
  ["{ pictures: 0 }", "pictures must be true or false, but it is 0"],
  ['{ preload: "./gone.ts" }', 'preload must be the path of a file beside the config, but it is "'],
  ["{ outputcap: 5 }", "none is outputcap.\nHint: did you mean outputCap?"],
  ['{ restricted: "off" }', "none is restricted"],
  [
    "{ memory: 2 * 1024 }",
    "memory must be written out as a whole number from 32 on, but it is computed: 2",
  ],
  ["{ ...others }", "none is ...others.\nHint: write each setting as name: value."],
  ["{ __proto__: 5 }", "none is __proto__"],
])("%s is told and left out, and the rest holds", (object, complaint) => {
  const { config, complaints } = read(`export default {\n history: false, ${object.slice(1)}`);
  expect(complaints).toEqual([expect.stringContaining(`${configName}, line 2: `)]);
  expect(complaints[0]).toContain(complaint);
  expect(config).toEqual({ history: false });
});

test.each(["", "export default 5;", "export default make({});", "export default config;"])(
  "%j is told to be no object",
  (text) => {
    const { config, complaints } = read(text);
    expect(config).toEqual({});
    expect(complaints).toEqual([expect.stringMatching(/must export an object .*\nHint: export/)]);
  },
);

test("a file that is no TypeScript is told with its line", () => {
  const { complaints } = read("export default {\n types: ;\n}");
  expect(complaints).toEqual([expect.stringMatching(/line 2 is not: SyntaxError: /)]);
});

test("nothing of the file runs", () => {
  const { config } = read(
    "globalThis.ran = true;\nexport default { memory: (globalThis.ran = 5) };",
  );
  expect(config).toEqual({});
  expect(globalThis).not.toHaveProperty("ran");
});
