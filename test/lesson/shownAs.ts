import { jupyterDisplay, type Shown } from "../../src/lesson/shown.ts";

/** What a front end gets from a value. */
export const shownAs = (value: Shown) => value[jupyterDisplay]();
