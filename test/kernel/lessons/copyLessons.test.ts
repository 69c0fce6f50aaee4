import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { copyLessons } from "../../../kernel/lessons/index.ts";

function places() {
  const place = mkdtempSync(join(tmpdir(), "downhill-lessons-"));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  const [pack, folder] = [join(place, "pack"), join(place, "learner")];
  mkdirSync(join(pack, "exercises"), { recursive: true });
  const teach = (path: string, text: string) => writeFileSync(join(pack, path), text);
  const learn = (path: string, text: string) => writeFileSync(join(folder, path), text);
  const read = (path: string) => readFileSync(join(folder, path), "utf8");
  teach("01-a.ipynb", "first");
  teach("exercises/01-a.ts", "checks");
  return { copy: () => copyLessons(folder, pack), teach, learn, read };
}

describe("the lessons in a learner's folder", () => {
  test("are copied with their exercises, and again without any change", () => {
    const { copy, read } = places();
    expect(copy()).toEqual({ added: ["01-a.ipynb", "exercises/01-a.ts"], updated: [], beside: [] });
    expect(read("exercises/01-a.ts")).toBe("checks");
    expect(copy()).toEqual({ added: [], updated: [], beside: [] });
  });

  test("are brought up to date where the learner changed nothing", () => {
    const { copy, teach, read } = places();
    copy();
    teach("01-a.ipynb", "second");
    expect(copy()).toEqual({ added: [], updated: ["01-a.ipynb"], beside: [] });
    expect(read("01-a.ipynb")).toBe("second");
  });

  test("keep the learner's work; the new version lies beside it, once", () => {
    const { copy, teach, learn, read } = places();
    copy();
    learn("01-a.ipynb", "my answer");
    expect(copy()).toEqual({ added: [], updated: [], beside: [] });
    teach("01-a.ipynb", "second");
    expect(copy()).toEqual({ added: [], updated: [], beside: ["01-a.new.ipynb"] });
    expect([read("01-a.ipynb"), read("01-a.new.ipynb")]).toEqual(["my answer", "second"]);
    expect(copy()).toEqual({ added: [], updated: [], beside: [] });
    expect(read("01-a.ipynb")).toBe("my answer");
  });

  test("keep a file that was there before the first copy", () => {
    const { copy, learn, read } = places();
    copy();
    learn(".downhill-lessons.json", "{}");
    learn("01-a.ipynb", "mine, from elsewhere");
    expect(copy().beside).toEqual(["01-a.new.ipynb"]);
    expect(read("01-a.ipynb")).toBe("mine, from elsewhere");
  });
});

test("the real pack holds every lesson and no solution of an assignment", () => {
  const folder = mkdtempSync(join(tmpdir(), "downhill-lessons-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { added } = copyLessons(folder);
  expect(added).toContain("02-squared-and-absolute-error.ipynb");
  expect(added).toContain("exercises/02-squared-and-absolute-error.ts");
  expect(added.filter((path) => /ps2|text\//.test(path))).toEqual([]);
});
