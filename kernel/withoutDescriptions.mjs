import { readFile } from "node:fs/promises";
import { parse } from "@babel/parser";

/**
 * Leaves out the sentences by which plotly describes its attributes: nothing that draws reads them,
 * plotly leaves them out of its own bundles, and they are a tenth of ours.
 *
 * @type {import("esbuild").Plugin}
 */
export const withoutDescriptions = {
  name: "without descriptions",
  setup({ onLoad }) {
    onLoad({ filter: /plotly\.js[\\/]src[\\/].*\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      return { contents: text.includes("description:") ? emptied(text) : text };
    });
  },
};

/** @param {string} text */
function emptied(text) {
  let kept = "";
  let from = 0;
  for (const { start, end } of descriptions(parse(text).program)) {
    kept += `${text.slice(from, start)}""`;
    from = end;
  }
  return kept + text.slice(from);
}

/**
 * The values of all properties called `description`, in the order of the text.
 *
 * @param {unknown} node
 * @returns {{ start: number, end: number }[]}
 */
function descriptions(node) {
  if (typeof node !== "object" || node === null) return [];
  if (isProperty(node) && node.key.name === "description" && isText(node.value)) {
    return [node.value];
  }
  return Object.values(node).flatMap(descriptions);
}

/**
 * @typedef {{ type: string, start: number, end: number }} Part
 * @param {object} node
 * @returns {node is { key: { name?: string }, value: Part }}
 */
const isProperty = (node) => "type" in node && node.type === "ObjectProperty";

/**
 * A string, strings added up, or a list of them joined.
 *
 * @param {Part} value
 */
const isText = ({ type }) =>
  ["StringLiteral", "TemplateLiteral", "BinaryExpression", "CallExpression"].includes(type);
