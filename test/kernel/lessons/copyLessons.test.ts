import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
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
  return { folder, copy: () => copyLessons(folder, pack), teach, learn, read };
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

  test("leave a new version alone in which the learner has begun to work", () => {
    const { copy, teach, learn, read } = places();
    copy();
    learn("01-a.ipynb", "my answer");
    teach("01-a.ipynb", "second");
    copy();
    learn("01-a.new.ipynb", "my second answer");
    teach("01-a.ipynb", "third");
    expect(copy().beside).toEqual(["01-a.new-2.ipynb"]);
    expect(["01-a.ipynb", "01-a.new.ipynb", "01-a.new-2.ipynb"].map(read)).toEqual([
      "my answer",
      "my second answer",
      "third",
    ]);
  });

  test("replace a new version that nobody has touched", () => {
    const { copy, teach, learn, read } = places();
    copy();
    learn("01-a.ipynb", "my answer");
    teach("01-a.ipynb", "second");
    copy();
    teach("01-a.ipynb", "third");
    expect(copy().beside).toEqual(["01-a.new.ipynb"]);
    expect(read("01-a.new.ipynb")).toBe("third");
  });

  test("lose nothing when their memory is broken", () => {
    const { copy, learn, teach, read } = places();
    copy();
    learn(".downhill-lessons.json", "{ broken");
    learn("01-a.ipynb", "my answer");
    teach("01-a.ipynb", "second");
    expect(copy().beside).toEqual(["01-a.new.ipynb"]);
    expect(read("01-a.ipynb")).toBe("my answer");
  });

  test("refuse a file in place of a folder", () => {
    const { learn, copy, folder } = places();
    copy();
    learn("note.txt", "mine");
    expect(() => copyLessons(join(folder, "note.txt"))).toThrow(/note\.txt is a file/);
    const below = join(folder, "note.txt", "lessons");
    expect(() => copyLessons(below)).toThrow(/a file stands where a folder is needed/);
  });

  test("come back when the learner has deleted them, and a renamed one stays", () => {
    const { copy, folder, learn, read, teach } = places();
    copy();
    learn("01-a.ipynb", "my answer");
    renameSync(join(folder, "01-a.ipynb"), join(folder, "mine.ipynb"));
    expect(copy().added).toEqual(["01-a.ipynb"]);
    teach("01-a.ipynb", "second");
    expect(copy().updated).toEqual(["01-a.ipynb"]);
    expect(["mine.ipynb", "01-a.ipynb"].map(read)).toEqual(["my answer", "second"]);
  });

  test("leave the progress file as it is", () => {
    const { copy, teach, learn, read } = places();
    copy();
    learn("progress.jsonl", "what I solved\n");
    teach("01-a.ipynb", "second");
    copy();
    expect(read("progress.jsonl")).toBe("what I solved\n");
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

test("the npm package holds the lessons, and no solution of an assignment", {
  timeout: 90_000,
}, () => {
  const words = ["pack", "--dry-run", "--json", "--ignore-scripts", "--offline"];
  const listing = execFileSync("npm", words, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [{ files }] = JSON.parse(listing) as [{ files: { path: string }[] }];
  const paths = files.map(({ path }) => path).filter((path) => path.startsWith("notebooks/"));
  expect(paths).toContain("notebooks/02-squared-and-absolute-error.ipynb");
  expect(paths).toContain("notebooks/exercises/02-squared-and-absolute-error.ts");
  expect(paths.filter((path) => /assignments|text\/|ps2/.test(path))).toEqual([]);
});

test("the real pack holds every lesson and no solution of an assignment", () => {
  const folder = mkdtempSync(join(tmpdir(), "downhill-lessons-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { added } = copyLessons(folder);
  expect(added).toContain("02-squared-and-absolute-error.ipynb");
  expect(added).toContain("exercises/02-squared-and-absolute-error.ts");
  expect(added.filter((path) => /ps2|text\//.test(path))).toEqual([]);
});
