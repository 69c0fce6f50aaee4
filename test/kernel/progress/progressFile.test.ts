import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { notingProgress, progressName, readProgress } from "../../../kernel/progress/index.ts";
import type { Progress } from "../../../src/index.ts";

const type = "application/vnd.downhill.progress+json";

/** A learner's folder, and a notebook in it that shows outputs. */
function learner() {
  const folder = mkdtempSync(join(tmpdir(), "downhill-progress-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, progressName);
  const said: string[] = [];
  const notebook = () => {
    const publish = notingProgress((_, { text }) => {
      if (typeof text === "string") said.push(text);
    }, folder);
    return (progress: unknown) => publish("execute_result", { data: { [type]: progress } }, {});
  };
  return { folder, file, said, notebook, text: () => readFileSync(file, "utf8") };
}

const solved = (id: string): Progress => ({ kind: "exercise", id, solved: true });
const guessed = (guess: string): Progress => ({
  kind: "prediction",
  id: "a?",
  guess,
  answer: "b",
});

describe("The progress file", () => {
  test("remembers each solved exercise and each guess once", () => {
    const { folder, notebook } = learner();
    const show = notebook();
    for (const progress of [solved("01.loss"), solved("01.loss"), guessed("a"), guessed("a")])
      show(progress);
    show(guessed("b"));
    expect(readProgress(folder).records).toMatchObject([
      solved("01.loss"),
      guessed("a"),
      guessed("b"),
    ]);
  });

  test("does not begin before there is something to remember", () => {
    const { folder, notebook } = learner();
    const show = notebook();
    for (const progress of [guessed("?"), { ...solved("01.loss"), solved: false }, 7, null, {}])
      show(progress);
    expect(readProgress(folder)).toEqual({ records: [], unreadable: [] });
    expect(() => readFileSync(join(folder, progressName))).toThrow(/ENOENT/);
  });

  test("keeps what two notebooks write in turn", () => {
    const { folder, notebook } = learner();
    const [one, other] = [notebook(), notebook()];
    one(solved("01.loss"));
    other(solved("02.mseGrad"));
    one(solved("01.meanLoss"));
    expect(readProgress(folder).records.map(({ id }) => id)).toEqual([
      "01.loss",
      "02.mseGrad",
      "01.meanLoss",
    ]);
  });

  test("keeps what it cannot read, and goes on below it", () => {
    const { folder, file, notebook, text } = learner();
    writeFileSync(file, '{"kind":"exercise","id":"01.loss","solved":true}\n{"kind":"exer');
    notebook()(solved("02.mseGrad"));
    expect(text()).toMatch(/^\{"kind":"exercise","id":"01.loss","solved":true\}\n\{"kind":"exer\n/);
    const { records, unreadable } = readProgress(folder);
    expect(records.map(({ id }) => id)).toEqual(["01.loss", "02.mseGrad"]);
    expect(unreadable).toEqual([2]);
  });

  test("that cannot be written is told of once, in a sentence that helps", () => {
    const { file, said, notebook } = learner();
    mkdirSync(file);
    const show = notebook();
    show(solved("01.loss"));
    show(solved("02.mseGrad"));
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^Your answer counts, but .*progress\.jsonl.*\nHint: /s);
  });
});
