/** Jupyter counts code points, JavaScript counts code units; they differ behind an emoji. */
export const codeUnits = (text: string, points: number): number =>
  Array.from(text).slice(0, points).join("").length;

export const codePoints = (text: string, units: number): number =>
  Array.from(text.slice(0, units)).length;
