import { build } from "esbuild";
import { expect } from "vitest";
import * as engine from "../../src/engine/index.ts";
import { browserTest, launchChromium } from "./chromium.ts";

type Engine = typeof engine;

/** A program over kernels of every kind; the same text runs here and in the page. */
function program({ compile, hessian, random, tensor, valueAndGrad }: Engine): unknown {
  const chance = random(7);
  const x = chance.normal([40, 3]);
  const parameters = [chance.normal([3, 5]), chance.normal([5]), chance.normal([5, 4])];
  const classes = chance.integers([40], 0, 4);
  const loss = valueAndGrad((p: readonly engine.Tensor[]) =>
    x.matmul(p[0]!).add(p[1]!).tanh().matmul(p[2]!).logSoftmax().pick(classes).mean().neg(),
  );
  const eager = loss(parameters);
  const compiled = compile(loss);
  compiled(parameters);
  const again = compiled(parameters);
  const plain = (part: { value: engine.Tensor; gradient: unknown }) => [
    part.value.toArray(),
    (part.gradient as engine.Tensor[]).map((each) => each.toArray()),
  ];
  const single = tensor([0.5, 1.5], { dtype: "float32" });
  return [
    plain(eager),
    plain(again),
    hessian((w) => x.matmul(w).softplus().mean())(chance.normal([3])).toArray(),
    single.exp().toArray(),
  ];
}

browserTest("the engine gives the same numbers in a page as in Node, to the last bit", async () => {
  const bundle = await build({
    entryPoints: ["src/engine/index.ts"],
    bundle: true,
    format: "iife",
    globalName: "engine",
    write: false,
  });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const errors: unknown[] = [];
    page.on("pageerror", (error) => errors.push(error));
    await page.addScriptTag({ content: bundle.outputFiles[0]!.text });
    const inPage = await page.evaluate(`(${program})(engine)`);
    expect(errors).toEqual([]);
    expect(inPage).toEqual(program(engine));
  } finally {
    await browser.close();
  }
});

browserTest("a page loads the library as it is published, with all its rooms", async () => {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const errors: unknown[] = [];
    page.on("pageerror", (error) => errors.push(error));
    await page.route("http://library/**", (route) => {
      const file = new URL(route.request().url()).pathname;
      return file === "/"
        ? route.fulfill({ contentType: "text/html", body: "<title>A page</title>" })
        : route.fulfill({ path: `dist/src${file}` });
    });
    await page.goto("http://library/");
    const inPage = await page.evaluate(`import("http://library/whole.js").then((d) => [
      d.gradCheck((x) => x ** 2, (x) => 2 * x, 3).verdict,
      d.plot.fn(Math.abs) instanceof d.plot.Figure,
      d.metrics.accuracy([1, 0], [1, 1]),
      d.mse()([1, 2], [1, 4]).item(),
    ])`);
    expect(errors).toEqual([]);
    expect(inPage).toEqual(["right", true, 0.5, 2]);
  } finally {
    await browser.close();
  }
});
