import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ToControl } from "../../../kernel/link/index.ts";
import { inspectorBy } from "../../../kernel/session/Inspector.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function inspected() {
  const told: ToControl[] = [];
  const seen: string[] = [];
  const end = inspectorBy(
    (message) => told.push(message) > 0,
    (method) => seen.push(method),
  );
  return { told, seen, ...end };
}

test("each answer goes to its question, whatever their order", async () => {
  const { inspector, heard } = inspected();
  const [first, second] = [inspector.ask("a"), inspector.ask("b")];
  heard({ type: "inspected", id: 2, result: { b: 1 } });
  heard({ type: "inspected", id: 1, error: "no" });
  await expect(second).resolves.toEqual({ b: 1 });
  await expect(first).rejects.toThrow("no");
});

test("while an answer is missing the threads are nudged, and then no more", () => {
  const { inspector, heard, told } = inspected();
  void inspector.ask("a");
  vi.advanceTimersByTime(1000);
  const nudges = told.filter(({ type }) => type === "nudge").length;
  expect(nudges).toBeGreaterThan(3);
  heard({ type: "inspected", id: 1, result: {} });
  vi.advanceTimersByTime(1000);
  expect(told.filter(({ type }) => type === "nudge")).toHaveLength(nudges);
});

test("a process that ends, or is not there, answers nobody", async () => {
  const { inspector, lost } = inspected();
  const asked = inspector.ask("a");
  lost();
  await expect(asked).rejects.toThrow(/has ended.*\nHint/);
  const none = inspectorBy(
    () => false,
    () => undefined,
  );
  await expect(none.inspector.ask("a")).rejects.toThrow(/has ended/);
});

test("what the inspector sees is passed on", () => {
  const { heard, seen } = inspected();
  heard({ type: "seen", method: "Debugger.paused", parameters: {} });
  expect(seen).toEqual(["Debugger.paused"]);
});
