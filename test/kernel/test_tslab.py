"""The same cells in tslab and in this kernel: what tslab does is right, unless a difference is listed with its reason."""

import json
import subprocess
from pathlib import Path

import pytest

from kernel_under_test import NODE, Kernel

HERE = Path(__file__).parent

PNG = "tslab.display.png(new Uint8Array([137, 80, 78, 71]))"

# A sentence about the cells, the cells, and why this kernel does something else where it does.
SAME = [
    ("numbers, lists, records", ["1 + 2", "[1, [2.5, null]]", "({ a: 1, b: [true] })", "-0", "10n ** 20n"]),
    ("collections and instances", ["new Map([[1, { a: 2 }]])", "new Set([1, 2])", "class Point { constructor(public x: number) {} }\nnew Point(3)", "new Uint8Array(3)", "Symbol('s')"]),
    ("functions and classes", ["const twice = (x: number) => 2 * x\ntwice", "function named() {}\nnamed", "class Empty {}\nEmpty"]),
    ("false and zero", ["0", "false", "1 > 2"]),
    ("nothing is shown for nothing", ["undefined", "void 0", "let nothing1 = 3", "if (true) { 5 }", "for (const i of [1, 2]) i", ""]),
    ("a value before comments and semicolons", ["7 // seven", "8;", "9;;", "10\n/* ten */\n"]),
    ("printing before the value", ["console.log('a', { b: 1 })\nconsole.log('c')\n4", "process.stdout.write('raw')\nundefined", "console.table([{ a: 1 }])"]),
    ("printing to stderr", ["console.error('wrong'); console.warn('careful')"]),
    ("variables of earlier cells", ["let x1 = 3", "x1 * 2", "x1 = x1 + 1\nx1 + 0", "const y1 = x1 + 1, z1 = y1", "[x1, y1, z1]"]),
    ("declared again with another type", ["let a1 = 1", "let a1 = 'text'", "a1.length", "const a1 = [1]", "a1.length", "function a1() { return 2 }", "a1()", "class a1 { n = 3 }", "new a1().n"]),
    ("taken apart", ["const { left, rest: [head, ...tail] } = { left: 1, rest: [2, 3, 4] }", "[left, head, tail]", "const [p1 = 5, q1] = [undefined, 6]", "p1 + q1"]),
    ("functions before they are declared", ["const early = later1()\nfunction later1() { return 3 }", "early"]),
    ("functions over variables of earlier cells", ["let base = 1", "const addTo = (n: number) => base + n", "base = 10; void 0", "addTo(1)"]),
    ("recursion and overloads", ["function fact(n: number): number { return n < 2 ? 1 : n * fact(n - 1) }", "fact(5)", "function both(a: string): string\nfunction both(a: number): number\nfunction both(a: any) { return a }", "both(4)"]),
    ("types across cells", ["interface Named { name: string }\ntype Pair<T> = [T, T]", "const pair: Pair<Named> = [{ name: 'a' }, { name: 'b' }]", "pair.length", "let unknown1: unknown = 1; (unknown1 as number) + 1", "pair!.length satisfies number"]),
    ("enums, namespaces, abstract classes", ["enum Color { Red = 2, Blue }", "Color.Blue", "Color[2] === 'Red'", "const enum Fixed { One = 1 }\nFixed.One + 1", "namespace Space { export const inside = 3 }", "Space.inside", "abstract class Base { abstract n: number; twice() { return 2 * this.n } }\nclass Own extends Base { n = 4 }", "new Own().twice()"]),
    ("classes over cells", ["class Animal { legs = 4; static count = 7; #secret = 1; get secret() { return this.#secret } }", "class Bird extends Animal { override legs = 2 }", "const bird = new Bird(); [bird.legs, Bird.count, bird.secret]", "bird instanceof Animal"]),
    ("generators and iterables", ["function* upTo(n: number) { for (let i = 0; i < n; i++) yield i }", "[...upTo(3)]", "let total = 0; for (const n of upTo(4)) total += n", "total"]),
    ("awaiting", ["await Promise.resolve(3)", "const waited = await new Promise<number>((r) => setTimeout(r, 1, 5))", "waited", "[await 1, await Promise.resolve(2)]", "async function soon() { return 6 }", "await soon()"]),
    ("promises that are not awaited", ["Promise.resolve(1)"]),
    ("modules of Node.js", ["import * as os from 'os'\ntypeof os.cpus === 'function'", "import { join, sep } from 'path'\njoin('a', 'b').length", "import path from 'path'\npath.sep === sep", "import fs from 'node:fs'\nfs.existsSync('nowhere')", "import type { Stats } from 'fs'", "(await import('path')).posix.sep.length", "require('path').sep.length"]),
    ("local files", ["import { exported } from './local'\nexported", "import data from './data.json'\ndata.n"]),
    ("packages of the notebook", ["import common from 'common'\ncommon.n", "import { n } from 'common'\nn"]),
    ("a module among the cells", ["/** @module shape */\nexport const side = 3\nexport function area(): number { return side * side }\nconsole.log('loaded')", "import { area } from './shape'\narea()", "import * as shape from './shape'\nshape.side", "/** @module shape */\nexport const side = 4\nexport function area(): number { return side * side }", "import { area } from './shape'\narea()"]),
    ("a module that imports another", ["/** @module inner */ export const n = 1", "/** @module outer */ import { n } from './inner'\nexport const m = n + 1", "import { m } from './outer'\nm", "/** @module inner */ export const n = 5", "/** @module outer */ import { n } from './inner'\nexport const m = n + 2", "import { m } from './outer'\nm"]),
    ("a module stands by itself", ["let hidden1 = 1", "/** @module alone */ const hidden1 = 2; export const seen = hidden1", "import { seen } from './alone'\nseen", "hidden1"]),
    ("displays", ["import * as tslab from 'tslab'", "tslab.display.html('<b>x</b>')", "tslab.display.markdown('*x*')", "tslab.display.latex('$x$')", "tslab.display.svg('<svg/>')", PNG, "tslab.display.javascript('1')", "tslab.display.raw('text/csv', 'a,b')", "const place = tslab.newDisplay(); place.html('1'); place.html('2')"]),
    ("errors", ["throw new RangeError('too far')", "throw 'text'", "null1.x", "(undefined as any).x", "const s1 = ;", "await Promise.reject(new Error('late'))", "1 + 1"]),
    ("an error keeps earlier variables", ["let kept = 3", "kept = 4; throw new Error('after')", "kept"]),
    ("labels and blocks", ["{ const inner = 1; console.log(inner) }", "outer: for (;;) { break outer }", "switch (1) { case 1: console.log('one') }"]),
    ("names of globals", ["const name = 'n'", "name.length", "let performance = 2", "performance + 1"]),
    ("comments that nobody should run", ["// only this", "/* or this */", "/** @browser */\n// nothing"]),
]

# What differs, why it does, and the cells that show it.
DIFFERENT = [
    ("text stands in quotes", "a reader can tell '1' from 1", ["'text'"]),
    ("null is shown", "it is a value, unlike undefined", ["null"]),
    ("an assignment at the end shows nothing", "nbgrader would take the value of `x = 0` behind a test for the points", ["let v1 = 0", "v1 = 3"]),
    ("a closure sees later changes of a variable of its own cell", "in tslab it does for variables of other cells only", ["let n2 = 1; const read = () => n2", "n2 = 2; read()"]),
    ("what a cell declared before it failed stays", "it has happened, and the next cell can look at it", ["let before = 5; throw new Error('x')", "before"]),
    ("an ill-typed cell runs", "types stand beside execution; DOWNHILL_TYPES=strict refuses it", ["const wrong: number = 'text'; 1"]),
    ("for await at the top", "tslab knows await there, but not this form", ["for await (const n of [Promise.resolve(8)]) console.log(n)"]),
    ("export before a declaration", "text can be moved from a file into a cell as it is", ["export const shared1 = 3", "shared1"]),
    ("a module is made anew when one that it imports is", "tslab goes on with what the module had before", ["/** @module under */ export const n = 1", "/** @module over */ export { n } from './under'", "import { n as n3 } from './over'\nn3", "/** @module under */ export const n = 2", "import { n as n3 } from './over'\nn3"]),
    ("a syntax error in a module fails its cell", "tslab prints it and says ok", ["/** @module broken */ export const = 3"]),
    ("elements of JSX in any cell", "tslab takes them in modules only", ["const React = { createElement: (tag: string) => tag.length }\nconst element = <b>x</b>\nelement"]),
    ("decorators are the standard ones", "tslab's TypeScript 5.0 has the older kind switched on, which hands over the name as text", ["function seen3(target: any, key: any) { console.log(typeof key) }\nclass D3 { @seen3 run() {} }"]),
    ("there is no this at the top", "cells are strict, like modules", ["this === globalThis"]),
    ("using", "newer than tslab's TypeScript 5.0", ["{ using lamp = { [Symbol.dispose]() { console.log('off') } } }"]),
]


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    """This kernel. No types here: what they refuse is told in `test_types`."""
    kernel = Kernel(tmp_path_factory.mktemp("ours"), {"DOWNHILL_TYPES": "off"})
    write_files(kernel.folder)
    yield kernel
    kernel.stop()


@pytest.fixture(scope="module")
def theirs(ours):
    """What tslab makes of the cells, in the same folder."""
    groups = [cells for *_, cells in SAME + DIFFERENT]
    program = [NODE, str(HERE / "tslab.mjs")]
    ran = subprocess.run(program, input=json.dumps(groups), cwd=ours.folder, capture_output=True, text=True, check=True)
    return {subject: outcomes for (subject, *_), outcomes in zip(SAME + DIFFERENT, json.loads(ran.stdout))}


@pytest.mark.parametrize("subject, cells", SAME, ids=[subject for subject, _ in SAME])
def test_cells_do_what_they_do_in_tslab(theirs, ours, subject, cells):
    assert [outcome(ours.run(cell)) for cell in cells] == theirs[subject]


@pytest.mark.parametrize("difference, reason, cells", DIFFERENT, ids=[difference for difference, *_ in DIFFERENT])
def test_each_difference_is_one_and_is_wanted(theirs, ours, difference, reason, cells):
    assert [outcome(ours.run(cell)) for cell in cells] != theirs[difference], f"{difference} is no difference any more"


def outcome(ran):
    """What a reader of the notebook sees: whether it went well, the text, and what is displayed."""
    shown = [forms(content["data"]) for content in ran.contents("display_data") + ran.contents("update_display_data")]
    result = ran.result
    text = ran.stdout + (f"{result}\n" if result is not None else "")
    return {"ok": ran.status == "ok", "text": text, "shown": shown, "stderr": ran.stderr if ran.status == "ok" else ""}


def forms(data):
    """The forms of a display; the text that this kernel sets beside another form is none that tslab knows."""
    return {kind: form for kind, form in data.items() if kind != "text/plain"} or data


def write_files(folder):
    (folder / "local.ts").write_text("export const exported: number = 3")
    (folder / "data.json").write_text('{"n": 4}')
    packages = {
        "common": ('{"name":"common","main":"index.js","types":"index.d.ts"}', "exports.n = 2", "export const n: number; declare const all: { n: number }; export default all"),
        "only-esm": ('{"name":"only-esm","type":"module","main":"index.js","types":"index.d.ts"}', "export const n = 2", "export const n: number"),
    }
    for name, (manifest, code, types) in packages.items():
        place = folder / "node_modules" / name
        place.mkdir(parents=True)
        (place / "package.json").write_text(manifest)
        (place / "index.js").write_text(code)
        (place / "index.d.ts").write_text(types)
