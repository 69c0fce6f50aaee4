import { expect, test } from "vitest";
import { diagnosticsOf } from "../../../kernel/types/diagnostics.ts";

const found = (message: string, code: number, character = 0, line = 0) => ({
  ...{ severity: 1, message, code },
  range: { start: { line, character } },
});

test("places count from 1, and what stands behind the cell's own lines is not of the cell", () => {
  const wrong = found("Type 'number' is not assignable to type 'string'.", 2322, 6);
  const behind = { ...wrong, range: { start: { line: 1, character: 0 } } };
  const hint = { ...wrong, severity: 4 };
  const { message, code } = wrong;
  expect(diagnosticsOf([wrong, behind, hint], ["const a: string = 1"])).toEqual([
    { message, code, line: 1, column: 7 },
  ]);
});

test("a global that this Node has is found, and one that it lacks is not", () => {
  const cell = ["WebAssembly; Nowhere"];
  const [there, nowhere] = [
    found("Cannot find name 'WebAssembly'.", 2304),
    found("Cannot find name 'Nowhere'.", 2304, 13),
  ];
  expect(diagnosticsOf([there, nowhere], cell).map(({ column }) => column)).toEqual([14]);
});

test("whether there is a name may be asked", () => {
  const cell = ['typeof window === "undefined"', "window"];
  const message = "Cannot find name 'window'.";
  const remarks = diagnosticsOf([found(message, 2304, 7), found(message, 2304, 0, 1)], cell);
  expect(remarks.map(({ line }) => line)).toEqual([2]);
});

test("an import that a cell has and ECMAScript has not is no mistake", () => {
  const cell = ['import path = require("path")'];
  expect(diagnosticsOf([found("Import assignment cannot be used", 1202)], cell)).toEqual([]);
});

test("decorators are held to the standard unless a parameter has one, which makes them of the older kind", () => {
  const signature = found("Unable to resolve signature of method decorator", 1241);
  const parameter = found("Decorators are not valid here.", 1206, 20);
  const other = found("Cannot find name 'Nowhere'.", 2304, 30);
  const codes = (...all: (typeof other)[]) =>
    diagnosticsOf(all, ["class A { @seen m(@seen x: Nowhere) {} }"]).map(({ code }) => code);
  expect(codes(signature, other)).toEqual([1241, 2304]);
  expect(codes(signature, parameter, other)).toEqual([2304]);
});
