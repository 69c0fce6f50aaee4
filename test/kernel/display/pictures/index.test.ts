import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildPictures } from "../../../../kernel/display/pictures/build.mjs";
import { type Painter, painter } from "../../../../kernel/display/pictures/index.ts";
import { gallery } from "../../../plot/gallery.ts";

const root = mkdtempSync(join(process.cwd(), "node_modules", ".pictures-"));
let paint: Painter;

beforeAll(async () => {
  await buildPictures(root);
  paint = painter(pathToFileURL(`${root}/`));
});

afterAll(async () => {
  await paint.close();
  rmSync(root, { recursive: true });
});

const line = { data: [{ y: [1, 4, 9] }], layout: { title: { text: "Squares" } } };

/** Width and height, which a PNG file says in its first bytes. */
const sizeOf = (picture: string) => {
  const file = Buffer.from(picture, "base64");
  expect(file.toString("latin1", 1, 4)).toBe("PNG");
  return [file.readUInt32BE(16), file.readUInt32BE(20)];
};

test("a figure of no particular size becomes a picture of plotly's usual size, 1.5 times as sharp", async () => {
  expect(sizeOf(await paint.picture(line))).toEqual([1050, 675]);
});

test("a picture has the size its figure asks for, at the scale asked for", async () => {
  const small = { ...line, layout: { width: 300, height: 200 } };
  expect(sizeOf(await paint.picture(small, { scale: 2 }))).toEqual([600, 400]);
});

test("a 3-D figure becomes a picture too", async () => {
  const surface = {
    data: [
      {
        type: "surface",
        z: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
    layout: { width: 400, height: 300 },
  };
  expect(sizeOf(await paint.picture(surface))).toEqual([600, 450]);
});

test("the same figure gives the same picture, byte for byte", async () => {
  const [one, other] = await Promise.all([paint.picture(line), paint.picture(line)]);
  expect(one).toBe(other);
});

test("another line gives another picture", async () => {
  const other = { ...line, data: [{ y: [9, 4, 1] }] };
  expect(await paint.picture(line)).not.toBe(await paint.picture(other));
});

test("what is no figure is refused with a reason, and the next picture comes", async () => {
  await expect(paint.picture({ nothing: true })).rejects.toThrow("list `data`");
  await expect(paint.picture(null)).rejects.toThrow("list `data`");
  expect(sizeOf(await paint.picture(line))).toEqual([1050, 675]);
});

test("closing refuses what is under way and lets the thread start again", async () => {
  const other = painter(pathToFileURL(`${root}/`));
  const unfinished = other.picture(line);
  const refusal = expect(unfinished).rejects.toThrow("closed");
  await other.close();
  await refusal;
  expect(sizeOf(await other.picture(line))).toEqual([1050, 675]);
  await other.close();
});

test("a folder without the built files is an error, not a silence", async () => {
  const nowhere = painter(pathToFileURL(`${tmpdir()}/no-such-folder-of-pictures/`));
  await expect(nowhere.picture(line)).rejects.toThrow("worker.js");
});

test("each figure of the gallery fits with its picture into 300 kB of a notebook", async () => {
  for (const [name, figure] of Object.entries(gallery)) {
    const picture = await paint.picture(figure);
    expect(JSON.stringify(figure).length + picture.length, name).toBeLessThanOrEqual(300_000);
  }
}, 120_000);
