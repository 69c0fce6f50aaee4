import { stripVTControlCharacters } from "node:util";
import { spokenText } from "../figure/index.ts";
import type { Output } from "../run/index.ts";
import { escaped } from "./html.ts";
import { markdown } from "./markdown.ts";
import { latex } from "./tex.ts";

/** Everything that stands below a code cell. */
export function outputs(all: readonly Output[]): string {
  return all.map(output).join("\n");
}

function output(one: Output): string {
  if (one.output_type === "stream") return printed(joined(one.text), String(one.name));
  if (one.output_type !== "error") return richest((one.data ?? {}) as Bundle);
  const lines = Array.isArray(one.traceback) ? one.traceback : [];
  const words = lines.length > 0 ? lines.join("\n") : `${one.ename}: ${one.evalue}`;
  return printed(words, "error");
}

/** What a program wrote. A line that it overwrote, as progress bars do, is seen as it was last. */
function printed(text: string, kind: string): string {
  const plain = stripVTControlCharacters(text).replace(/^.*\r(?!\n|$)/gm, "");
  return `<pre class="${kind}" tabindex="0">${escaped(plain.trimEnd())}</pre>`;
}

type Bundle = Readonly<Record<string, unknown>>;

/** How each kind of form is shown; the first that a value has is the one. */
const forms: readonly (readonly [type: string, show: (text: string, all: Bundle) => string])[] = [
  ["application/vnd.plotly.v1+json", (_, all) => figure(all)],
  ["application/vnd.jupyter.stderr", (text) => printed(text, "stderr")],
  ["application/vnd.jupyter.widget-view+json", () => control],
  // As JupyterLab shows it to its author, who is the one that exports.
  ["text/html", (text) => `<div class="html">${text}</div>`],
  ["text/markdown", (text) => markdown(text)],
  ["text/latex", latex],
  [
    "image/svg+xml",
    (text, all) => picture("image/svg+xml", Buffer.from(text).toString("base64"), all),
  ],
  ["image/png", (text, all) => picture("image/png", text, all)],
  ["image/jpeg", (text, all) => picture("image/jpeg", text, all)],
  ["text/plain", (text) => printed(text, "result")],
];

const control =
  "<p class=note>Here stand controls that need a running kernel: open the notebook in Jupyter.</p>";

function richest(bundle: Bundle): string {
  const form = forms.find(([type]) => type in bundle);
  return form ? form[1](joined(bundle[form[0]]), bundle) : "";
}

function picture(type: string, base64: string, all: Bundle): string {
  const words = escaped(joined(all["text/plain"]) || "Picture");
  return `<img src="data:${type};base64,${base64.replaceAll(/\s/g, "")}" alt="${words}">`;
}

/** The data of a figure, and until it is drawn its still picture, or its words. */
function figure(all: Bundle): string {
  const json = joined(all["application/vnd.plotly.v1+json"]);
  const spoken = spokenText(JSON.parse(json));
  const words = escaped(spoken);
  const png = joined(all["image/png"]);
  const still = png ? picture("image/png", png, { "text/plain": spoken }) : `<p>${words}</p>`;
  // A "<" in a string could end the script.
  const data = `<script type="application/json">${json.replaceAll("<", "\\u003c")}</script>`;
  return `<figure class="figure" aria-label="${words}">${still}${data}</figure>`;
}

/** Notebooks keep a text as one string or as lines; JSON stays JSON. */
function joined(form: unknown): string {
  if (Array.isArray(form)) return form.join("");
  if (form === undefined || form === null) return "";
  return typeof form === "string" ? form : JSON.stringify(form);
}
