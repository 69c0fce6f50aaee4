import { mathjs } from "../mathjs.ts";
import type { AnyLoss, Facts, FormulaPiece } from "./Loss.ts";
import { thumbnail } from "./thumbnail.ts";

/** What a notebook shows of a loss: its formula set in TeX, its facts in words, and a small picture of its curve. */
export async function display(
  facts: Facts & Pick<AnyLoss, "curve">,
): Promise<Record<string, string>> {
  const { parse } = await mathjs();
  const tex = (formula: string) => parse(formula).toTex({ parenthesis: "auto" });
  return {
    "text/plain": inPlainText(facts),
    "text/markdown": [
      `**${title(facts)}**`,
      `$$\\ell = ${facts.tex ?? piecewise(facts.formula, tex)}$$`,
      picture(facts),
      `${inWords(facts)}  \n${facts.source}`,
    ].join("\n\n"),
  };
}

/** As a part of the Markdown, so that it stands where the facts stand, whatever the front end prefers. */
function picture(loss: Facts & Pick<AnyLoss, "curve">): string {
  const drawing = btoa(thumbnail(loss.curve({ points: 61 })));
  return `![${loss.name} over the ${loss.argument}](data:image/svg+xml;base64,${drawing})`;
}

const title = ({ name, parameters }: Facts): string => {
  const settings = Object.entries(parameters).map(([key, value]) => `${key} = ${value}`);
  return settings.length === 0 ? name : `${name} (${settings.join(", ")})`;
};

function piecewise(formula: readonly FormulaPiece[], tex: (text: string) => string): string {
  if (formula.length === 1) return tex(formula[0]!.value);
  const rows = formula.map(
    ({ where, value }) =>
      `${tex(value)} & \\text{${where === undefined ? "otherwise" : "if }"}${where === undefined ? "}" : tex(where)}`,
  );
  return `\\begin{cases} ${rows.join(" \\\\ ")} \\end{cases}`;
}

function inPlainText(facts: Facts): string {
  const pieces = facts.formula.map(({ where, value }) =>
    where === undefined ? `  ${value}` : `  ${value}   where ${where}`,
  );
  return [
    `${title(facts)}, of the ${facts.argument}`,
    ...pieces,
    inWords(facts),
    facts.source,
  ].join("\n");
}

function inWords({ convex, seams, steepest, argument }: Facts): string {
  return [
    convex ? "Convex" : "Not convex",
    `in the ${argument};`,
    steepest === Infinity ? "its slope has no bound;" : `its slope is at most ${steepest};`,
    ["no seams.", `a seam at ${seams[0]}.`][seams.length] ?? `seams at ${seams.join(", ")}.`,
  ].join(" ");
}
