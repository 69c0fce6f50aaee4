import { ownDisplay } from "./ownDisplay.ts";
import { rows } from "./rows.ts";
import type { Show, Shown } from "./Shown.ts";
import { scalar } from "./scalar.ts";
import { structure } from "./structure.ts";

export {
  askForPlaces,
  isInside,
  type PlaceIn,
  withoutInside,
  withoutVersions,
} from "./calls.ts";
export { formOf, plain } from "./formOf.ts";
export type { Shown } from "./Shown.ts";
export { text } from "./structure.ts";

/** The kinds of values in the order in which they are asked; the last one knows every value. */
const kinds: readonly Show[] = [scalar, ownDisplay, rows, structure];

/** How a value is shown; always with `text/plain`, never with terminal colours. */
export function show(value: unknown): Shown | Promise<Shown> {
  for (const kind of kinds) {
    const shown = kind(value);
    if (shown) return shown;
  }
  throw new TypeError("no kind of display for a value, although the last one takes all");
}
