import { expect, test } from "vitest";
import { hoverText, signatureText, sourceText } from "../../../kernel/types/documentation.ts";

test("a call is told by its signature, the argument at the cursor and the other ways to call it", () => {
  const signatures = [
    { label: "area(side: number): number", parameters: [{ label: "side: number" }] },
    {
      label: "area(width: number, height: number): number",
      parameters: [
        { label: "width: number" },
        { label: "height: number", documentation: { value: "in metres" } },
      ],
      activeParameter: 1,
      documentation: { value: "How large it is." },
    },
  ];
  expect(signatureText({ signatures, activeSignature: 1 })).toBe(
    [
      "```typescript\narea(width: number, height: number): number\n```",
      "Here: `height: number` — in metres",
      "How large it is.",
      "or\n```typescript\narea(side: number): number\n```",
    ].join("\n\n"),
  );
  expect(signatureText({ signatures: signatures.slice(0, 1) })).toContain("Here: `side: number`");
  expect(signatureText({ signatures: [{ label: "now(): number" }] })).not.toContain("Here");
  expect(signatureText(null)).toBeUndefined();
});

test("a name of another cell is told as what it is, and a name that nothing declares not at all", () => {
  expect(hoverText("```typescript\n(alias) const a: 5\n```\n")).toBe(
    "```typescript\nconst a: 5\n```\n",
  );
  expect(hoverText("```typescript\nany\n```")).toBeUndefined();
});

test("the text of a declaration is cut out of its file, and types alone are no text", () => {
  const text = "const a = 1;\n  function two() {\n    return 2;\n  } const b = 2;";
  const targetRange = { start: { line: 1, character: 2 }, end: { line: 3, character: 3 } };
  const shown = { uri: "file:///this-cell.ts", text };
  expect(sourceText({ targetUri: shown.uri, targetRange }, shown)).toBe(
    "```typescript\nfunction two() {\n    return 2;\n  }\n```",
  );
  expect(sourceText({ targetUri: "file:///x.d.ts", targetRange }, shown)).toBeUndefined();
  expect(sourceText(undefined, shown)).toBeUndefined();
});

test("the fields of an object are told one a line, and nothing where other words may come", () => {
  const parameters = [{ label: "options?: HuberOptions" }];
  const help = { signatures: [{ label: "huber(options?: HuberOptions): Loss", parameters }] };
  const told =
    "```typescript\nhuber(options?: HuberOptions): Loss\n```\n\nHere: `options?: HuberOptions`";
  const signature = "(property) HuberOptions.delta?: number | undefined";
  const documentation = "Where the parabola\nends.\n\n@default 1";
  const delta = { label: "delta", type: "property", signature, documentation };
  const kind = { label: "kind", type: "property", signature: "(property) Opts<A, B>.kind:\n  'a'" };
  expect(signatureText(help, [delta, kind])).toBe(
    `${told}\n\n- \`delta?: number\` — Where the parabola ends.\n- \`kind: 'a'\``,
  );
  const variable = { label: "x", type: "variable", signature: "const x: 1" };
  expect(signatureText(help, [delta, variable])).toBe(told);
  expect(signatureText(help, [])).toBe(told);
});

test("a parameter of a long type is called by its name", () => {
  const parameters = [{ label: `options: Options<${"A".repeat(80)}>` }];
  const help = { signatures: [{ label: "train(…)", parameters }] };
  expect(signatureText(help)).toContain("Here: `options`");
});
