import core from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import json from "highlight.js/lib/languages/json";
import python from "highlight.js/lib/languages/python";
import typescript from "highlight.js/lib/languages/typescript";
import { escaped } from "./html.ts";

const languages = { bash, json, python, typescript };
for (const [name, language] of Object.entries(languages)) core.registerLanguage(name, language);
core.registerAliases(["js", "javascript", "ts"], { languageName: "typescript" });
core.registerAliases(["sh", "shell"], { languageName: "bash" });

/** Code as HTML with its words marked by kind (`hljs-keyword`, …); an unknown language stays plain. */
export function highlight(code: string, language: string): string {
  if (!core.getLanguage(language)) return escaped(code);
  return core.highlight(code, { language, ignoreIllegals: true }).value;
}
