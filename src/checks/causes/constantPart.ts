import { type Finder, within } from "./Evidence.ts";
import { minus, near, norm, short } from "./vectors.ts";

/** The difference is the same at all parameters: what is missing (or too much) holds no parameter. */
export const constantPart: Finder = (evidence, scope) => {
  const readings = [evidence, ...evidence.farther()].map((reading) => within(scope, reading));
  const differences = readings.map(({ yours, numeric }) => minus(yours, numeric));
  const [first] = differences;
  if (readings.length < 4 || !first) return undefined;
  const changes = readings.some(({ numeric }) => !near(numeric, readings[0]!.numeric, 1e-2));
  const largest = Math.max(...readings.map(({ numeric }) => norm(numeric)));
  const close = 100 * evidence.close;
  // Where the slopes themselves stay the same, so does every difference.
  if (!changes || norm(first) < close * largest) return undefined;
  if (!differences.every((difference) => near(difference, first, close))) return undefined;
  const amounts = first.slice(0, 4).map(short).join(", ");
  return {
    kind: "constant part",
    says: `differs from the right one by the same amount at all parameters (${amounts}${first.length > 4 ? ", …" : ""}): a part that holds no parameter, such as the target, is missing or too much.`,
    hints: [
      "Subtract the measured gradient from yours, here and at other parameters: the difference stays.",
      "What stays the same comes from data and constants alone: the target in prediction − target, or a term whose slope is constant.",
      "Differentiate the function term by term and look for the term that your gradient leaves out.",
    ],
  };
};
