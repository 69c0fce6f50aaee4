import { expect, test } from "vitest";
import { formOf } from "../../../kernel/display/index.ts";

const bytes = new TextEncoder().encode("<svg>é</svg>");

test("the bytes of a text are that text, and those of a picture base 64", () => {
  expect(formOf("image/svg+xml", bytes)).toBe("<svg>é</svg>");
  expect(formOf("text/markdown", bytes)).toBe("<svg>é</svg>");
  expect(formOf("image/png", new Uint8Array([1, 2]))).toBe("AQI=");
});

test("types of JSON take plain data, and others what a notebook could save", () => {
  expect(formOf("application/vnd.plotly.v1+json", { y: new Float32Array(1) })).toEqual({ y: [0] });
  expect(() => formOf("text/plain", 5)).toThrow(/text\/plain is shown from a text .* is 5/);
  expect(() => formOf("text/x-json", {})).toThrow(TypeError);
});
