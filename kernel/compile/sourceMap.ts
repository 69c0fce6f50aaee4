/** A place in a text: line from 1, column from 0. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** From a place in the made code to the place it was made from. */
export type Positions = (place: Place) => Place;

/** Reads a version 3 source map of one file. */
export function readSourceMap(json: string): Positions {
  const { mappings } = JSON.parse(json) as { mappings: string };
  let line = 0;
  let column = 0;
  const lines = mappings.split(";").map((text) => {
    let made = 0;
    return text.split(",").flatMap((segment) => {
      const [madeStep, , lineStep, columnStep] = variableLengthNumbers(segment);
      if (lineStep === undefined || columnStep === undefined) return [];
      made += madeStep ?? 0;
      line += lineStep;
      column += columnStep;
      return [{ made, line: line + 1, column }];
    });
  });
  return (place) => {
    const segments = lines[place.line - 1] ?? [];
    const found =
      segments.findLast(({ made }) => made <= place.column) ??
      segments[0] ??
      // A line that was made from nothing belongs to the one above.
      lines
        .slice(0, place.line)
        .findLast(({ length }) => length > 0)
        ?.at(-1);
    return found ? { line: found.line, column: found.column } : place;
  };
}

/** The source map that stands in an address, or at the end of some code. */
export function mapIn(text: string): string | undefined {
  const data = /data:application\/json;base64,([\w+/=]+)\s*$/.exec(text)?.[1];
  return data && Buffer.from(data, "base64").toString("utf8");
}

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Numbers in base 64: five bits a digit, the sixth says that more follow, the lowest bit of all is the sign. */
function variableLengthNumbers(text: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const character of text) {
    const digit = digits.indexOf(character);
    value |= (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    numbers.push(value & 1 ? -(value >>> 1) : value >>> 1);
    value = 0;
    shift = 0;
  }
  return numbers;
}
