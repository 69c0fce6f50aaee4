import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Locked {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
  readonly packages: Readonly<Record<string, Locked>>;
};

test("the lock names the optional packages of every platform, or npm ci refuses it", () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) =>
        !packages[`${path}/node_modules/${name}`]?.version &&
        !packages[`node_modules/${name}`]?.version,
    ),
  );
  expect(missing).toEqual([]);
});

test("the lock names no registry of its own", () => {
  const foreign = readFileSync("package-lock.json", "utf8")
    .split("\n")
    .filter((line) => line.includes('"resolved"') && !line.includes("https://registry.npmjs.org/"));
  expect(foreign).toEqual([]);
});
