import type { AnyControl, Control } from "./controls.ts";

/**
 * What one parameter of `interact` may be:
 * - `[0, 2]` a slider between two numbers, over whole numbers if both are whole and far apart;
 * - `[0, 2, 0.5]` with its step, `[1e-3, 2, "log"]` multiplying;
 * - `["GD", "Adam"]` a list of names; `true` a box to tick; `"text"` a field; `0.1` a slider around it;
 * - any control made by hand.
 */
export type Setting =
  | number
  | boolean
  | string
  | readonly [from: number, to: number]
  | readonly [from: number, to: number, step: number | "log"]
  | readonly string[]
  | AnyControl;

/** The value that a setting has while one moves it. */
export type ValueOf<Of> =
  Of extends Control<infer Value>
    ? Value
    : Of extends readonly [number, number, ...unknown[]]
      ? number
      : Of extends readonly (infer Name extends string)[]
        ? Name
        : Of extends boolean
          ? boolean
          : Of extends number
            ? number
            : string;

/** The values of all settings at one moment. */
export type Values<Settings> = { readonly [Name in keyof Settings]: ValueOf<Settings[Name]> };

/**
 * Shows a control for each setting, and below them what `draw` makes of their values, anew whenever
 * one is moved. Where no front end knows controls, the first slider is baked into the figure itself.
 *
 * @throws {TypeError} when no control fits a setting.
 * @example
 * interact({ power: [1, 9], shape: ["up", "down"] }, ({ power, shape }) =>
 *   downhill.plot.fn((x) => (shape === "up" ? 1 : -1) * x ** power));
 */
export declare function interact<const Settings extends Readonly<Record<string, Setting>>>(
  settings: Settings,
  draw: (values: Values<Settings>) => unknown,
): void;
