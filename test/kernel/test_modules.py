"""What cells can import, and from where."""

import os
import re
import time

import pytest


def test_builtin_modules_come_by_name_by_default_and_as_a_whole(shared):
    code = "import fs, { readFileSync } from 'node:fs'; import * as path from 'path'; import type { Stats } from 'node:fs'\n[typeof fs.statSync, typeof readFileSync, path.sep]"
    assert shared.run(code).result == "[ 'function', 'function', '/' ]"


def test_the_library_is_there_in_any_folder(shared):
    assert not (shared.folder / "node_modules").exists()
    ran = shared.run("import * as library from 'downhill'; library === (await import('downhill')) && Object.keys(library).length > 3")
    assert ran.result == "true", ran.reply
    assert shared.run("Object.keys(downhill).length === Object.keys(library).length").result == "true"


def test_packages_come_from_the_notebooks_folder_then_from_ours(kernel):
    modules = kernel.folder / "node_modules"
    packages = {
        "esm-only": ('{"name":"esm-only","type":"module","exports":{"import":"./index.js"}}', "export const kind = 'esm'; export default 1"),
        "common": ('{"name":"common","main":"index.js"}', "module.exports = { kind: 'cjs', ['hid' + 'den']: 2 }"),
        "mathjs": ('{"name":"mathjs","main":"index.js"}', "exports.mine = true"),
    }
    for name, (manifest, code) in packages.items():
        (modules / name).mkdir(parents=True)
        (modules / name / "package.json").write_text(manifest)
        (modules / name / "index.js").write_text(code)
    assert kernel.run("import one, { kind } from 'esm-only'; [one, kind]").result == "[ 1, 'esm' ]"
    assert kernel.run("import common, { kind as k, hidden } from 'common'; [common.kind, k, hidden]").result == "[ 'cjs', 'cjs', 2 ]"
    assert kernel.run("import { mine } from 'mathjs'; mine").result == "true"
    assert kernel.run("import { parse } from '@babel/parser'; typeof parse").result == "'function'"
    missing = kernel.run("import 'no-such-package'").reply
    assert missing["ename"] == "Error" and "npm install no-such-package" in missing["evalue"]


@pytest.fixture(scope="module")
def parcels(shared):
    """A package as many are: its names are made while it runs, and its files are imported without their ending."""
    package = shared.folder / "node_modules" / "parcels"
    (package / "deep").mkdir(parents=True)
    (package / "package.json").write_text('{"name":"parcels","main":"main.js"}')
    (package / "main.js").write_text("for (const name of ['pack', 'send']) module.exports[name] = () => name")
    (package / "one.js").write_text("module.exports = function one() { return 1 }")
    (package / "deep" / "index.js").write_text("exports.depth = 2")
    (shared.folder / "sizes.json").write_text('{"small": 1, "large": [2, 3]}')
    return shared


def test_a_common_js_package_and_a_json_file_are_there_as_a_whole(parcels):
    assert parcels.run("import * as parcels from 'parcels'; [parcels.pack(), parcels.default.send()]").result == "[ 'pack', 'send' ]"
    assert parcels.run("import * as again from 'parcels'; again === parcels").result == "true"
    assert parcels.run("import * as sizes from './sizes.json'; [sizes.small, ...sizes.large]").result == "[ 1, 2, 3 ]"


def test_what_was_made_from_an_ecmascript_module_has_the_default_that_its_types_tell(parcels):
    made = parcels.folder / "node_modules" / "made"
    made.mkdir()
    (made / "package.json").write_text('{"name":"made","main":"main.js","types":"main.d.ts"}')
    (made / "main.d.ts").write_text("export default function twice(x: number): number;\nexport declare const other: number;")
    mark = "Object.defineProperty(exports, '__esModule', { value: true });"
    (made / "main.js").write_text(f"{mark} exports.default = function twice(x) {{ return 2 * x }}; exports.other = 3")
    (parcels.folder / "beside.ts").write_text("import * as made from 'made'; export default made; export const __esModule = true")
    for cell, result in {
        "import twice, { other } from 'made'; [twice(2), other]": "[ 4, 3 ]",
        "import { default as same } from 'made'; same === twice": "true",
        "import * as made from 'made'; [made.default(3), made.other]": "[ 6, 3 ]",
        "import beside from './beside'; typeof beside.default": "'object'",
        "import once from 'made'; once(1)": "2",
    }.items():
        assert parcels.run(cell).result == result, cell


def test_what_a_module_exports_by_default_is_not_mixed_with_its_names(parcels):
    (parcels.folder / "mixed.ts").write_text("export default { hidden: 1 }; export const seen = 2")
    assert parcels.run("import * as mixed from './mixed'; Object.keys(mixed)").result == "[ 'default', 'seen' ]"


def test_a_file_of_a_package_may_be_imported_without_its_ending(parcels):
    assert parcels.run("import one from 'parcels/one'; import { depth } from 'parcels/deep'; [one(), depth]").result == "[ 1, 2 ]"
    reply = parcels.run("import none from 'parcels/none'; none").reply
    assert "The package 'parcels' has no 'none'." in reply["evalue"] and "install" not in reply["evalue"]


def test_a_local_file_imports_from_packages_as_a_cell_does(parcels):
    (parcels.folder / "sends.ts").write_text("import one from 'parcels/one'\nimport { depth } from 'parcels/deep'\nexport const sum = one() + depth")
    assert parcels.run("import { sum } from './sends'; sum").result == "3"
    (parcels.folder / "lost.ts").write_text("import none from 'parcels/none'\nexport const lost = none")
    evalue = parcels.run("import { lost } from './lost'; lost").reply["evalue"]
    assert "parcels" in evalue and "lost.ts" in evalue


def test_a_local_file_that_wants_what_is_not_there_is_told_how_to_have_it(kernel):
    package = kernel.folder / "node_modules" / "bundle"
    package.mkdir(parents=True)
    (package / "index.js").write_text("const all = { one: 1 }\nObject.assign(module.exports, all)")
    (kernel.folder / "wants.ts").write_text("import { one } from 'bundle'\nexport const two = one + one")
    told = kernel.run("import { two } from './wants'").traceback
    # Newer releases of Node.js say it themselves.
    assert 'import whole from "bundle"; const { one } = whole;' in told or "via the default export" in told
    (kernel.folder / "wants.ts").write_text("import whole from 'bundle'; const { one } = whole;\nexport const two = one + one")
    assert kernel.run("import { two } from './wants'; two").result == "2"
    (kernel.folder / "shape.ts").write_text("export interface Shape { side: number }")
    (kernel.folder / "all.ts").write_text("export { Shape } from './shape'")
    assert "export type" in kernel.run("import * as all from './all'; all").traceback
    (kernel.folder / "all.ts").write_text("export type { Shape } from './shape'")
    assert kernel.run("import * as all from './all'; all").status == "ok"


def write(path, text):
    path.write_text(text)
    write.time = getattr(write, "time", time.time()) + 2
    os.utime(path, (write.time, write.time))


def test_local_typescript_is_loaded_and_loaded_anew_when_it_was_edited(kernel):
    write(kernel.folder / "b.ts", "export enum Kind { A = 3 }\nexport const b: number = Kind.A")
    write(kernel.folder / "a.ts", "import { b } from './b'\nimport { type Other, Shape } from './types.ts'\nexport const a: Shape = b * 10\nexport const id = {}")
    write(kernel.folder / "types.ts", "export interface Shape {}\nexport type Other = number")
    write(kernel.folder / "data.json", '{"k": 1}')
    assert kernel.run("import { a, id } from './a.ts'; const first = id; a").result == "30"
    assert kernel.run("import { id as again } from './a'; again === first").result == "true"
    write(kernel.folder / "b.ts", "export const b = 7")
    assert kernel.run("import { b } from './b'; b").result == "7"
    assert kernel.run("import { a } from './a.ts'; a").result == "70"
    assert kernel.run("(await import('./a')).a").result == "70"
    assert kernel.run("import data from './data.json'; data.k").result == "1"
    write(kernel.folder / "uses.ts", "import * as all from 'downhill'\nexport const count = Object.keys(all).length")
    assert kernel.run("import { count } from './uses.ts'; count > 3").result == "true"
    write(kernel.folder / "bad.ts", "export const x: number = 1\nexport function f(): never {\n  throw new Error('in file')\n}")
    assert "bad.ts" in kernel.run("import { f } from './bad.ts'; f()").traceback


def test_a_file_stays_the_same_module_although_one_that_it_imports_is_newer(kernel):
    write(kernel.folder / "ring.ts", "import { a } from './old'\nexport const b = () => a")
    write(kernel.folder / "old.ts", "import { n } from './new'\nimport './ring'\nexport const a = { n }")
    write(kernel.folder / "new.ts", "export const n = 1")
    kernel.run("import { a as first } from './old'")
    assert kernel.run("import { a } from './old'; import { b } from './ring'; a === first && b() === first").result == "true"


def test_a_file_whose_import_was_missing_is_loaded_once_that_is_there(kernel):
    write(kernel.folder / "needs.ts", "export { there } from './later'")
    assert kernel.run("import { there } from './needs'").status == "error"
    write(kernel.folder / "later.ts", "export const there = 1")
    assert kernel.run("import { there } from './needs'; there").result == "1"


MOVED = """import type { Stats } from "node:fs";
export enum Kind {
  round = "round",
  square = "square",
}
export class Shape {
  constructor(
    readonly kind: Kind,
    private readonly stats?: Stats,
  ) {}
  size(): number {
    return (this.stats as Stats).size;
  }
}
"""


def test_an_error_in_a_file_tells_the_line_of_the_file_also_when_its_enums_were_written_out(kernel):
    write(kernel.folder / "shape.ts", MOVED)
    ran = kernel.run("import { Shape, Kind } from './shape'\nnew Shape(Kind.round).size()")
    assert "shape.ts:12:34)" in ran.traceback and "In[1]:2" in ran.traceback
    printed = kernel.run("try { new Shape(Kind.round).size() } catch (error) { console.log(error) }").stdout
    assert "shape.ts:12:34)" in printed
    write(kernel.folder / "shape.ts", "// one line more\n" + MOVED)
    ran = kernel.run("import { Shape, Kind } from './shape'\nnew Shape(Kind.round).size()")
    assert "shape.ts:13:34)" in ran.traceback


FAILING_IMPORTS = {
    "import { x } from './broken'": ["SyntaxError", "Unexpected token", "broken.ts:2:18)", "export const x = ;"],
    "import { y } from './uses-broken'": ["SyntaxError", "broken.ts:2:18)"],
    "import { x } from './throws'": ["Error", "at load", "throws.ts:2:"],
    "import { x } from './missing'": ["Error", "Cannot find './missing' from {folder}", "Hint"],
    "import { z } from './uses-missing'": ["Error", "/gone' imported from", "uses-missing.ts"],
    "import bad from './bad.json'": ["SyntaxError", "bad.json"],
    "import bad from 'no-such-package'": ["Error", "Hint: npm install no-such-package"],
    "import { wrteFile } from 'node:fs'": ["SyntaxError", "no export named 'wrteFile'", "'writeFile'"],
    "import { progress } from 'downhill'": ["SyntaxError", "no export named 'progress'", "every cell has progress without an import"],
    "import none from './named'": ["SyntaxError", "'./named' has no export named 'default'"],
}


@pytest.mark.parametrize("code", FAILING_IMPORTS)
def test_an_import_that_fails_tells_what_failed_and_which_import_that_was(shared, code):
    files = {
        "broken.ts": "export const fine = 1\nexport const x = ;",
        "uses-broken.ts": "import { x } from './broken'\nexport const y = x",
        "throws.ts": "export const x = 1\nthrow new Error('at load')",
        "uses-missing.ts": "import { x } from './gone'\nexport const z = x",
        "named.ts": "export const named = 1",
        "bad.json": "{ a",
    }
    for name, text in files.items():
        (shared.folder / name).write_text(text)
    used = re.search(r"import (?:\{ )?(\w+)", code)[1]
    ename, *words = FAILING_IMPORTS[code]
    # A module that cannot be loaded is not loaded by a second cell either, and that one is told so at its own place.
    for first in ("1\n", "\n\n2\n"):
        ran = shared.run(f"{first}{code}\n{used}")
        assert ran.reply["ename"] == ename
        for word in words:
            assert word.format(folder=shared.folder) in ran.traceback
        row = first.count("\n") + 1
        assert re.search(rf"at In\[{ran.reply['execution_count']}\]:{row}:\d+$", ran.traceback, re.M)
        assert f"> {row} | {code}" in ran.traceback
        assert "?v=" not in ran.traceback


def test_a_file_written_for_commonjs_is_imported_and_loaded_anew_when_edited(kernel):
    files = {
        "old.ts": "import fs = require('node:fs');\nconst path = require('node:path');\nmodule.exports = { here: fs.existsSync(__filename), sep: path.sep };",
        "made.cts": "class Made { value: number = 1 }\nexport = Made;",
    }
    for name, text in files.items():
        (kernel.folder / name).write_text(text)
    code = 'import { here, sep } from "./old"; import Made from "./made.cts"; [here, sep, new Made().value]'
    assert kernel.run(code).result == "[ true, '/', 1 ]"
    (kernel.folder / "made.cts").write_text(files["made.cts"].replace("1", "22"))
    assert kernel.run(code).result == "[ true, '/', 22 ]"


@pytest.mark.parametrize("path", ["./gone", "./throws-too", "gone-package"])
def test_an_import_in_the_middle_of_a_cell_that_fails_tells_its_place(shared, path):
    (shared.folder / "throws-too.ts").write_text("throw new Error('at load')")
    ran = shared.run(f"const loads = async () => {{\n  await import('{path}');\n}};\nawait loads()")
    places = re.findall(r"at In\[\d+\]:(\d+):", ran.traceback)
    assert (ran.status, places) == ("error", ["2"])


def test_what_an_import_names_and_no_code_uses_may_be_a_type(shared):
    assert shared.run("import { Stats, existsSync } from 'node:fs'\nconst seen: Stats[] = [];\n[seen, existsSync('.')]").result == "[ [], true ]"


def test_a_cell_knows_its_folder(shared):
    ran = shared.run("[import.meta.dirname, __dirname, process.cwd()].every((folder) => folder === process.cwd())")
    assert ran.result == "true"


def test_a_variable_may_have_the_name_of_a_global(kernel):
    kernel.run("const performance = 5; let process_ = 1; const name = 'n'; const window = 3")
    assert kernel.run("[performance, name, window]").result == "[ 5, 'n', 3 ]"
    assert kernel.run("typeof globalThis.window + typeof globalThis.performance.now").result == "'undefinedfunction'"
    assert kernel.run("setTimeout(() => {}, 1); import { parse } from 'mathjs'; parse('1+1').evaluate()").result == "2"


def test_a_cell_may_be_a_module_that_others_import_as_in_tslab(kernel):
    assert kernel.run("/** @module counter */\nimport { step } from './steps'\nexport let count: number = 0\nexport const grow = () => { count += step }\nconsole.log('loaded')").kinds == ["status", "execute_input", "status"]
    kernel.run("/**\n * How far.\n * @module steps\n */\nexport const step = 2")
    first = kernel.run("import { grow } from './counter'; import * as all from './counter'; grow(); all.count")
    assert first.result == "2" and first.stdout == "loaded\n", first.reply
    assert kernel.run("(await import('./counter.ts')).count").result == "2"
    kernel.run("/** @module counter */\nimport { step } from './steps'\nexport let count: number = 0\nexport const grow = () => { count += step }\nconsole.log('loaded')")
    assert kernel.run("import { count } from './counter'; count").result == "2", "the same text is the same module"
    kernel.run("/** @module steps */\nexport const step = 5")
    assert kernel.run("import { grow } from './counter'; import * as all from './counter'; grow(); all.count").result == "5"
    assert not [*kernel.folder.iterdir()]


def test_a_module_among_the_cells_may_be_imported_by_a_file_and_stand_before_one(kernel):
    write(kernel.folder / "file.ts", "import { unit } from './unit'\nexport const length = 3 * unit")
    write(kernel.folder / "unit.ts", "export const unit = 1")
    assert kernel.run("import { length } from './file'; length").result == "3"
    kernel.run("/** @module unit */ export enum Unit { Inch = 25 }; export const unit = Unit.Inch")
    assert kernel.run("import { length } from './file'; length").result == "75"


def test_a_module_among_the_cells_has_elements_where_it_says_so(kernel):
    ran = kernel.run("/**\n * @jsx\n * @module greeting\n */\nconst React = { createElement: (tag: string, _: null, ...inner: string[]) => tag + inner }\nexport const hello = <b>hi</b>")
    assert ran.status == "ok", ran.reply
    assert kernel.run("import { hello } from './greeting'; hello").result == "'bhi'"


def test_a_module_among_the_cells_tells_its_mistakes(kernel):
    broken = kernel.run("/** @module broken */\nexport const x =\n")
    assert broken.reply["ename"] == "SyntaxError" and "3:1" in broken.traceback, broken.traceback
    kernel.run("/** @module fails */\nexport function f(): never {\n  throw new Error('inside')\n}")
    assert "fails.ts" in kernel.run("import { f } from './fails'; f()").traceback
    assert "two words" not in kernel.run("/** @module two words */ const plain = 1; plain").reply and kernel.run("plain").result == "1"


def test_the_library_opens_its_rooms_also_after_local_files_were_loaded_and_for_them(kernel):
    write(kernel.folder / "draws.ts", "import { plot, type Tensor, tensor } from 'downhill'\nexport const figure = plot.fn(Math.abs)\nexport const x: Tensor = tensor([1])")
    assert kernel.run("import { figure, x } from './draws.ts'; import { metrics, plot, Tensor } from 'downhill'\n[figure instanceof plot.Figure, x instanceof Tensor, metrics.accuracy([1, 0], [1, 1])]").result == "[ true, true, 0.5 ]"
