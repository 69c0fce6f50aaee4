import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

/**
 * Moves, without a mouse, what the gallery's "slider over an outlier" and "contour" have to be moved,
 * wherever they are drawn, and looks whether the figures follow and say so.
 */
export async function byKeyboardAlone(page: Page, outlier: Locator, map: Locator): Promise<void> {
  const slider = outlier.getByRole("slider");
  await slider.focus({ timeout: 60_000 });
  const title = outlier.locator(".gtitle");
  const said = () => slider.getAttribute("aria-valuetext");
  const steps = Number(await slider.getAttribute("aria-valuemax"));
  expect(steps).toBeGreaterThan(1);
  await page.keyboard.press("Home");
  await expect.poll(said).toBe(await outlier.locator(".slider-label").nth(1).textContent());
  const [first, lowest] = [await said(), await title.textContent()];
  await page.keyboard.press("End");
  await expect.poll(() => slider.getAttribute("aria-valuenow")).toBe(String(steps));
  await expect.poll(() => title.textContent()).not.toBe(lowest);
  // One key at a time leads to the same place as one jump.
  for (let step = 0; step < steps; step++) await page.keyboard.press("ArrowLeft");
  await expect.poll(said).toBe(first);
  await expect.poll(() => title.textContent()).toBe(lowest);
  expect(await slider.evaluate((part) => part === document.activeElement)).toBe(true);

  const path = () => map.locator(".scatterlayer .js-line").first().getAttribute("d");
  const step = map.getByRole("slider", { name: "step" });
  const drawn = await path();
  await step.press("Home");
  await expect.poll(() => step.getAttribute("aria-valuetext")).toBe("0");
  await expect.poll(path).not.toBe(drawn);
  const start = await path();
  await step.press("End");
  await expect.poll(path).not.toBe(start);
  const whole = await path();
  await step.press("Home");
  await expect.poll(path).toBe(start);
  await map.getByRole("button", { name: "Play" }).press("Enter");
  await expect.poll(path, { timeout: 20_000 }).toBe(whole);
  await expect
    .poll(() => step.getAttribute("aria-valuenow"))
    .toBe(await step.getAttribute("aria-valuemax"));
}
