/** How a value is shown: its forms by MIME type, and what front ends should know about them. */
export interface Shown {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Shows one kind of value; `undefined` means that the value is of another kind. */
export type Show = (value: unknown) => Shown | Promise<Shown> | undefined;

/** A value that is shown as text. */
export const asText = (text: string): Shown => ({ data: { "text/plain": text }, metadata: {} });
