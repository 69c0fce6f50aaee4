import katex from "katex";

/** Text whose formulas were taken out, so that Markdown does not take their signs for its own. */
export interface WithoutTex {
  readonly text: string;
  /** Puts the formulas back, set in type, where the text has become HTML. */
  readonly putBack: (html: string) => string;
}

// Two signs that no text uses: Unicode keeps them for private use.
const [open, close] = ["\uE000", "\uE001"];

/** What may hold a dollar sign that opens no formula comes first: code, and signs with a backslash. */
const parts = [
  /(?:^|\n)(?<fence>`{3,}|~{3,})[\s\S]*?\n\k<fence>[^\n]*/,
  /(?<tick>`+)[^`](?:[\s\S]*?[^`])?\k<tick>(?!`)/,
  /\\[\\$`]/,
  /\$\$(?<display>[\s\S]+?)\$\$/,
  /\$(?![\s$])(?<inline>(?:\\[\s\S]|[^$\\\n]|\n(?!\s*\n))+?)(?<!\s)\$(?!\d)/,
  /(?<environment>\\begin\{(?<name>\w+\*?)\}[\s\S]*?\\end\{\k<name>\})/,
];
const pattern = new RegExp(parts.map(({ source }) => source).join("|"), "g");

/** Takes `$…$`, `$$…$$` and `\begin{…}…\end{…}` out of a Markdown text, as JupyterLab does. */
export function takeTexOut(markdown: string): WithoutTex {
  const formulas: string[] = [];
  const text = markdown.replace(pattern, (whole, ...rest) => {
    const { display, inline, environment } = rest.at(-1) as Record<string, string | undefined>;
    const tex = display ?? inline ?? environment;
    if (tex === undefined) return whole;
    formulas.push(setInType(tex, inline === undefined));
    return `${open}${formulas.length - 1}${close}`;
  });
  const place = new RegExp(`${open}(\\d+)${close}`, "g");
  return { text, putBack: (html) => html.replace(place, (_, index) => formulas[Number(index)]!) };
}

/** A formula as HTML for the eye and MathML for the ear. What is no TeX stands there in red. */
export function setInType(tex: string, displayMode: boolean): string {
  return katex.renderToString(tex.trim(), { displayMode, throwOnError: false, strict: "ignore" });
}

/** A text that is one formula, with its dollar signs or without, as `text/latex` holds it. */
export function latex(text: string): string {
  const tex = /^\s*\${1,2}([\s\S]*?)\${1,2}\s*$/.exec(text)?.[1] ?? text;
  return setInType(tex, !/^\s*\$[^$]/.test(text));
}
