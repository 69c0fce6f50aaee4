"""The type checker beside execution: remarks, completion and documentation, over all cells."""

import json
import os
import signal
import subprocess
import time

import pytest


def complete(kernel, code, position=None):
    cursor = len(code) if position is None else position
    return kernel.ask("complete_request", {"code": code, "cursor_pos": cursor})


def inspect(kernel, code, position=None):
    cursor = len(code) if position is None else position
    return kernel.ask("inspect_request", {"code": code, "cursor_pos": cursor, "detail_level": 0})


@pytest.fixture(scope="module")
def warm(shared):
    """The checker has started: what follows is checked in time."""
    complete(shared, "Mat")
    shared.run("1")
    return shared


def is_remark(message):
    return 'aria-label="Types"' in message["content"].get("data", {}).get("text/html", "")


def checked(kernel, code):
    """Runs a cell as a person does; gives what it did and the remarks on it, also late ones."""
    cell = kernel.start(code, allow_stdin=True)
    ran = kernel.finish(cell)
    messages = list(ran.messages)
    # The checker answers in order, so after this it has said what it has to say.
    barrier = kernel.send("complete_request", {"code": "Mat", "cursor_pos": 3})
    while True:
        message = kernel.client.get_iopub_msg(timeout=20)
        if message["parent_header"].get("msg_id") == cell:
            messages.append(message)
        elif message["parent_header"].get("msg_id") == barrier:
            if message["content"].get("execution_state") == "idle":
                break
    kernel.reply_to(barrier)
    return ran, [message["content"]["data"] for message in messages if is_remark(message)]


def test_a_file_with_elements_of_jsx_gets_no_remark(warm):
    (warm.folder / "item.tsx").write_text("declare const React: any;\nexport const item = (): number => <a /> as any;")
    ran, remarks = checked(warm, 'import { item } from "./item"; const made: () => number = item; typeof made')
    assert (ran.result, remarks) == ("'function'", [])


def test_a_file_that_was_edited_is_checked_as_it_is_now(warm):
    (warm.folder / "tax.ts").write_text("export const rate = 1")
    (warm.folder / "taxes.ts").write_text("export * from './tax'")
    assert checked(warm, "import { rate } from './taxes'; const before: number = rate; before")[1] == []
    (warm.folder / "tax.ts").write_text("export const rate = 'high', more = 2")
    ran, remarks = checked(warm, "import { rate, more } from './taxes'; const after: string = rate; after")
    assert (ran.result, remarks) == ("'high'", [])
    assert "more" in complete(warm, "import { mo } from './taxes'", len("import { mo"))["matches"]


def test_a_file_that_came_later_is_known_to_the_file_that_wants_it(warm):
    (warm.folder / "needing.ts").write_text("export { come } from './coming'")
    checked(warm, "import type { come } from './needing'")
    (warm.folder / "coming.ts").write_text("export const come = 1")
    ran, remarks = checked(warm, "import { come } from './needing'; const came: number = come; came")
    assert (ran.result, remarks) == ("1", [])


def test_an_ill_typed_cell_runs_and_gets_a_remark(warm):
    ran, (remark,) = checked(warm, "const a = 1\nconst text: string = a\ntext")
    assert ran.status == "ok" and ran.result == "1" and ran.stderr == ""
    assert "2:7" in remark["text/plain"] and "TS2322" in remark["text/plain"]
    assert "const text: string = a" in remark["text/html"]


@pytest.mark.parametrize(
    "cells",
    [
        ["let x: number = 1", "let x: string = 'a'", "x.toUpperCase()", "const x = [1]", "x.push(2)"],
        ["interface Point { x: number }\ntype Pair = [Point, Point]", "const pair: Pair = [{ x: 1 }, { x: 2 }]", "pair[0].x.toFixed()"],
        ["let w = 1", "w = 2; w += 1; const read = () => { w++ }", "for (w of [1, 2]);"],
        ["const name = 'n', performance = [1]; let fetch = (u: string) => 1", "name.length + performance.length + fetch('a')"],
        ["await Promise.resolve(1)", "for await (const z of [1, 2]) z.toFixed()", "import.meta.url"],
        ["enum Color { Red }", "const c: Color = Color.Red"],
        ["import { readFileSync, type Stats } from 'node:fs'", "const stats: Stats | undefined = undefined; readFileSync.length"],
        ["export const ex = 1; export default ex", "ex.toFixed()"],
        ["display(1, { id: 'a' }); display.html('x'); console.log(typeof prompt, typeof downhill, comms, controls)"],
        ["interact({ rate: [0, 1] }, ({ rate }) => rate.toFixed(2))"],
        ["# a comment of nbgrader\nconst fine = 1", "class Private { #x = 1; get() { return this.#x } }\nnew Private().get().toFixed() + fine"],
        ["if (true) { var inner = 1 }", "inner"],
        ["const degree = controls.intSlider({ min: 1, max: 9 })\ndegree.onChange((value) => { value.toFixed() })", "degree.value.toFixed()"],
        ["controls.tabs({ one: controls.vbox(controls.text(), controls.button('on')) }).close()"],
        ["interact({ kind: ['GD', 'Adam'], on: true, rate: controls.dropdown({ options: [0.1, 1] }) }, ({ kind, on, rate }) => [kind satisfies 'GD' | 'Adam', on satisfies boolean, rate.toFixed()])"],
        ["for (const item of progress([1, 2], { label: 'two' })) item.toFixed()"],
        ["import * as library from 'downhill'", "Object.keys(library)"],
        ["declare global { var counted: number; interface Array<T> { own?: T } }\nglobalThis.counted = 1", "counted.toFixed(); [1].own?.toFixed()", "declare global { var counted: number }", "counted += 1"],
        ["declare global { var held: number; interface Array<T> { kept: T } }\nconst beside = 1", "const later = beside", "declare global { var held: string; interface Array<T> { kept: string } }\nglobalThis.held = 'a'", "held.toUpperCase() + [1].kept?.toUpperCase() + later"],
        ["function seen(target: object, key: string | undefined, place: number | PropertyDescriptor) {}\nfunction field(target: object, key: string) {}\nclass Seen { @field f = 1; @seen m(@seen x: number) { return x } constructor(@seen y: number) {} }", "new Seen(1).m(2)"],
        ["declare global { var alone: number }\nglobalThis.alone = 1", "declare global { var second: number }\nalone.toFixed()"],
        ["new WebAssembly.Memory({ initial: 1 }); [Performance, Crypto, SubtleCrypto]; globalThis.shared = 1"],
        ["let list = [], best = null\nfor (const x of [1]) { list.push(x); best = x }", "const twice = (x) => 2 * x; const first = ([a], ...rest) => a\nfunction many(...all) { return all.length }", "twice(1) + many(1)"],
        ["try { JSON.parse('{') } catch (error) { console.log(error.message) }"],
    ],
)
def test_cells_are_one_program_without_false_alarms(warm, cells):
    for cell in cells:
        ran, remarks = checked(warm, cell)
        assert ran.status == "ok", ran.reply
        assert remarks == [], cell


@pytest.mark.parametrize(
    "cell, code",
    [
        ("controls.intSlider({ min: 0 })", "TS2741"),
        ("controls.slider({ min: 0, max: 1 })", "TS2339"),
        ("interact({ rate: [0, 1] }, ({ speed }) => speed)", "TS2339"),
        ("interact({ rate: [0, 1] }, ({ rate }) => rate.toUpperCase())", "TS2339"),
        ("interact({ rate: new Date() }, () => 1)", "TS2322"),
        ("display(1, { name: 'a' })", "TS2353"),
        ("progress(3)", "TS2769"),
    ],
)
def test_a_wrong_word_to_what_cells_are_given_is_pointed_at(warm, cell, code):
    remarks = " ".join(remark["text/plain"] for remark in checked(warm, cell)[1])
    assert code in remarks, remarks


def members(kernel, name):
    return set(complete(kernel, f"{name}.")["matches"])


def test_the_controls_that_completion_offers_are_those_that_there_are(warm):
    there = set(json.loads(warm.run("JSON.stringify(Object.keys(controls))").result[1:-1]))
    assert members(warm, "controls") == there
    shown = set(json.loads(warm.run("JSON.stringify(Object.keys(display))").result[1:-1]))
    assert shown <= members(warm, "display")


def test_documentation_shows_an_example_of_all_that_cells_are_given_and_of_every_figure(warm):
    warm.run("import { plot } from 'downhill'")
    figures = json.loads(warm.run("JSON.stringify(Object.entries(plot).filter(([, f]) => typeof f === 'function').map(([n]) => n))").result[1:-1])
    names = ["interact", "display", "progress", "prompt", "confirm", "solved"]
    names += [f"controls.{name}" for name in members(warm, "controls")]
    names += [f"display.{name}" for name in ("html", "markdown", "latex", "json", "svg", "png", "update", "clear")]
    names += [f"plot.{name}" for name in figures]
    assert len(figures) > 25
    silent = [name for name in names if "```" not in inspect(warm, name)["data"].get("text/markdown", "").split("```", 2)[-1]]
    assert silent == []


def test_a_mistake_of_syntax_is_told_once(warm):
    ran, remarks = checked(warm, "const a = ;\nconst s: string = 1")
    assert ran.reply["ename"] == "SyntaxError"
    assert [remark["text/plain"].split("  ")[0] for remark in remarks] == ["2:7"]
    ran, remarks = checked(warm, "let twice = 1; let twice = 2")
    assert "already been declared" in ran.reply["evalue"] and remarks == []


def test_a_remark_gives_no_advice_that_only_a_compilers_options_could_follow(warm):
    _, (remark,) = checked(warm, "document.title")
    assert "no page" in remark["text/plain"] and "lib" not in remark["text/plain"]
    assert checked(warm, "if (typeof document === 'undefined') 'no page'")[1] == []


def test_a_remark_on_a_long_line_shows_the_part_around_its_place(warm):
    _, (remark,) = checked(warm, f"/* {'x' * 200} */ const wrong: string = 1; /* {'x' * 200} */")
    _, row, mark = remark["text/plain"].split("\n")
    assert len(row) < 100 and row[mark.index("^") :].startswith("wrong: string")


def test_types_of_other_cells_are_known(warm):
    warm.run("function area(width: number, height: number): number { return width * height }")
    _, (remark,) = checked(warm, "area('a' as any as string, 1)")
    assert "TS2345" in remark["text/plain"] and "1:6" in remark["text/plain"]


def test_the_first_remark_comes_late_where_a_person_waits(kernel):
    cell = kernel.start("const wrong: string = 1", allow_stdin=True)
    kernel.finish(cell)
    late = kernel.late(cell, 10)
    assert late["msg_type"] == "display_data" and "TS2322" in late["content"]["data"]["text/plain"]


def test_strict_refuses_an_ill_typed_cell_before_it_runs(kernels):
    kernel = kernels({"DOWNHILL_TYPES": "strict"})
    ran = kernel.run("console.log('ran')\nconst n: string = 1")
    assert ran.reply["ename"] == "TypeCheck" and "2:7" in ran.traceback and ran.stdout == ""
    assert "was not run" in ran.traceback and ran.traceback.count("is not assignable") == 1
    assert "is not assignable" in ran.reply["evalue"]
    assert kernel.run("const twice = (x) => 2 * x; twice(2)").result == "4"
    assert kernel.run("const n: number = 1; n").result == "1"
    assert kernel.run("n.toFixed()").result == "'1'"


def test_a_startup_file_that_runs_again_is_what_the_next_cells_are_checked_against(kernels, tmp_path):
    start = tmp_path / "start.ts"
    start.write_text("let rate = 0.5")
    kernel = kernels({"DOWNHILL_TYPES": "strict", "DOWNHILL_PRELOAD": str(start)})
    assert kernel.run("let rate = 'high'; rate.length").result == "4"
    start.write_text("let rate = 0.25\nconst added = 1")
    assert kernel.run("process.exit(1)").reply["ename"] == "ProcessExit"
    assert kernel.run("rate.toFixed(added)").result == "'0.3'"
    assert kernel.run("rate.length").reply["ename"] == "TypeCheck"


def checker_of(kernel):
    """The process of the type checker."""
    listing = subprocess.run(["ps", "-wweo", "pid=,ppid=,args="], capture_output=True, text=True).stdout
    rows = [line.split(None, 2) for line in listing.splitlines()]
    (checker,) = [int(row[0]) for row in rows if int(row[1]) == kernel.manager.provisioner.pid and "--lsp" in row[2]]
    return checker


@pytest.mark.parametrize("mode", ["strict", "warn"])
def test_a_type_checker_that_was_killed_has_a_successor_that_knows_the_cells(kernels, mode):
    kernel = kernels({"DOWNHILL_TYPES": mode})
    checked(kernel, "const price = 1.5")
    os.kill(checker_of(kernel), signal.SIGKILL)
    deadline = time.monotonic() + 20
    while "begins anew" not in kernel.logged() and time.monotonic() < deadline:
        time.sleep(0.01)
    wrong, remarks = checked(kernel, "const text: string = price")
    told = wrong.traceback if mode == "strict" else remarks[0]["text/plain"]
    assert "'number' is not assignable to type 'string'" in told
    assert kernel.run("price.toFixed(2)").result == "'1.50'"
    assert complete(kernel, "price.toF")["matches"] == ["toFixed"]


def test_types_can_be_turned_off(kernels):
    kernel = kernels({"DOWNHILL_TYPES": "off"})
    assert checked(kernel, "const s: string = 1")[1] == []
    assert complete(kernel, "Mat")["matches"] == []


def test_completion_gives_members_with_their_kinds(warm):
    reply = complete(warm, "Math.sq")
    assert set(reply["matches"]) == {"SQRT1_2", "SQRT2", "sqrt"}
    assert (reply["cursor_start"], reply["cursor_end"]) == (5, 7)
    kinds = {kind["text"]: kind for kind in reply["metadata"]["_jupyter_types_experimental"]}
    sqrt = kinds["sqrt"]
    assert (sqrt["type"], sqrt["start"], sqrt["end"]) == ("method", 5, 7)
    assert sqrt["signature"] == "(method) Math.sqrt(x: number): number" and "square root" in sqrt["documentation"]
    assert kinds["SQRT2"]["type"] == "property"


def test_completion_knows_other_cells_and_code_that_has_not_run(warm):
    warm.run("const learningRate = 0.1\n/** How wrong the fit is. */\nfunction lossOf(w: number) { return w * w }")
    assert "learningRate" in complete(warm, "learn")["matches"]
    assert complete(warm, "const point = { alpha: 1, beta: 'b' }\npoint.al")["matches"] == ["alpha"]
    assert "toFixed" in complete(warm, "lossOf(3).toF")["matches"]


def test_completion_offers_what_can_be_written_there_and_the_own_members_first(warm):
    warm.run("const user = { name: 'A', 'odd key': 1 }; class Animal { static make() {} }\nfunction huge() {}\nhuge.own = 1")
    assert complete(warm, "user.")["matches"] == ["name"]
    assert complete(warm, "user['")["matches"] == ["name", "odd key"]
    assert "Symbol" not in complete(warm, "Animal.")["matches"]
    assert complete(warm, "huge.")["matches"][:2] == ["name", "own"]
    kinds = complete(warm, "Anim")["metadata"]["_jupyter_types_experimental"]
    assert [(kind["text"], kind["type"], kind["signature"]) for kind in kinds] == [("Animal", "class", "class Animal")]


def test_completion_writes_optional_fields_without_their_mark(warm):
    warm.run('import { adam } from "downhill"')
    assert complete(warm, "adam({ bet")["matches"] == ["beta1", "beta2"]


def test_completion_offers_each_name_once_and_none_that_would_need_an_import(warm):
    warm.run("import * as library from 'downhill'")
    assert complete(warm, "poisson")["matches"] == []
    assert "poissonNll" in complete(warm, "library.poisson")["matches"]
    for code in ("", "p", "type X = Par"):
        matches = complete(warm, code)["matches"]
        assert len(set(matches)) == len(matches), code


def test_a_name_that_nothing_declares_has_no_documentation(warm):
    assert inspect(warm, "nobodyDeclaredThis")["found"] is False
    warm.run("let anything: any")
    assert "anything: any" in inspect(warm, "anything")["data"]["text/plain"]


def test_completion_counts_an_emoji_as_one(warm):
    reply = complete(warm, "const s = '🎉'; s.toUp")
    assert "toUpperCase" in reply["matches"]
    assert (reply["cursor_start"], reply["cursor_end"]) == (17, 21)


def test_completion_of_import_paths(warm):
    assert "node:fs" in complete(warm, "import fs from 'node:f")["matches"]
    (warm.folder / "helper.ts").write_text("export const help = 1")
    assert any(match.startswith("helper") for match in complete(warm, "import { help } from './hel")["matches"])


def test_inspection_gives_type_and_documentation(warm):
    warm.run("/** How wrong the fit is. */\nfunction lossOf(w: number) { return w * w }")
    reply = inspect(warm, "lossOf")
    assert reply["found"] and "lossOf(w: number): number" in reply["data"]["text/plain"]
    assert "How wrong the fit is." in reply["data"]["text/markdown"]
    assert "sqrt(x: number)" in inspect(warm, "Math.sqrt(2)", 7)["data"]["text/plain"]
    assert "lossOf(w: number)" in inspect(warm, "lossOf(", 7)["data"]["text/plain"]
    assert inspect(warm, "   ")["found"] is False


def test_inspection_inside_a_call_tells_the_argument_at_the_cursor(warm):
    warm.run("/** The area.\n * @param height in metres */\nfunction area(width: number, height: number) { return width * height }")
    text = inspect(warm, "area(1, ")["data"]["text/markdown"]
    assert "Here: `height: number` — in metres" in text and "The area." in text
    warm.run("import { huber } from 'downhill'")
    text = inspect(warm, "huber({ ")["data"]["text/markdown"]
    assert "\\begin{cases}" in text and "\n- `delta?: number" in text and "\n- `reduction?: " in text
    assert "\n- " not in inspect(warm, "area(1, ")["data"]["text/markdown"]


def test_inspection_in_depth_shows_the_source_of_what_cells_declare(warm):
    warm.run("/** Twice. */\nfunction twice(x: number) {\n  return 2 * x;\n}\nconst four = twice(2)")
    ask = lambda code, level: warm.ask("inspect_request", {"code": code, "cursor_pos": len(code), "detail_level": level})["data"]["text/plain"]
    assert ask("twice", 0) == "function twice(x: number): number\n\nTwice."
    assert ask("twice", 1) == "function twice(x: number): number\n\nTwice.\n\nfunction twice(x: number) {\n  return 2 * x;\n}"
    assert ask("four", 1).endswith("four = twice(2)")
    assert ask("Math.sqrt", 1) == ask("Math.sqrt", 0)


def test_both_work_while_a_cell_computes(warm):
    cell = warm.start("for (;;) {}")
    time.sleep(0.1)
    start = time.monotonic()
    assert "sqrt" in complete(warm, "Math.sq")["matches"]
    assert inspect(warm, "Math.sqrt")["found"]
    assert time.monotonic() - start < 2
    warm.interrupt()
    warm.finish(cell)


def test_nothing_is_written_into_the_notebooks_folder(kernels):
    kernel = kernels()
    complete(kernel, "Mat")
    kernel.run("enum E { A }\nE.A")
    assert list(kernel.folder.iterdir()) == []


def test_the_documentation_of_a_loss_ends_with_its_formula(warm):
    warm.run("import { huber, mse } from 'downhill'")
    for code in ("huber", "huber({ delta: 2 })"):
        text = inspect(warm, code, 3)["data"]["text/markdown"]
        assert "\\begin{cases}" in text and text.endswith("$$")
    assert "$$\\ell = { r}^{2}$$" in inspect(warm, "mse")["data"]["text/markdown"]
    assert "$$" not in inspect(warm, "Math.sqrt")["data"]["text/markdown"]


def test_modules_among_the_cells_are_known_to_the_types(warm):
    for cell in [
        "/** @module cell */\nexport interface Point { x: number }\nexport const origin: Point = { x: 0 }",
        "/** @module other */\nimport { origin } from './cell'\nexport const moved = { ...origin, x: 1 }",
        "import { moved } from './other'; import type { Point } from './cell'\nconst p: Point = moved; p.x.toFixed()",
    ]:
        ran, remarks = checked(warm, cell)
        assert ran.status == "ok" and remarks == [], (ran.reply, remarks)
    assert "origin" in complete(warm, "import { or } from './cell'", 11)["matches"]
    _, (remark,) = checked(warm, "/** @module cell */\nexport const origin = 'here'; moved")
    assert "Cannot find name 'moved'" in remark["text/plain"], "a module sees no names of other cells"
    _, (remark,) = checked(warm, "import { origin } from './cell'; const n: number = origin")
    assert "TS2322" in remark["text/plain"]


def test_the_checker_installs_nothing(kernels, tmp_path):
    """Language servers like to fetch types from npm; ours stays on this machine."""
    npm = tmp_path / "npm"
    npm.write_text(f"#!/bin/sh\ntouch {tmp_path}/asked\n")
    npm.chmod(0o755)
    kernel = kernels({"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"})
    for _ in range(2):
        assert "Math" in complete(kernel, "Mat")["matches"]
        checked(kernel, "import * as d3 from 'd3'; 1")
    assert not (tmp_path / "asked").exists()


def test_cells_that_come_one_after_the_other_are_checked_after_them_in_their_order(warm):
    texts = ["const hasty = 1", "const text: string = hasty", "const hasty = 'a'", "const more: string = hasty"]
    cells = [warm.start(text, allow_stdin=True) for text in texts]
    assert [warm.reply_to(cell)["content"]["status"] for cell in cells] == ["ok"] * 4
    # Who asks knows of all cells that ran, so by then all have been checked.
    barrier = warm.send("complete_request", {"code": "more.le", "cursor_pos": 7})
    messages = []
    while not messages or not is_end_of(messages[-1], barrier):
        messages.append(warm.client.get_iopub_msg(timeout=20))
    assert "length" in warm.reply_to(barrier)["content"]["matches"]
    assert [one["parent_header"]["msg_id"] for one in messages if is_remark(one)] == [cells[1]]


def is_end_of(message, request):
    idle = message["content"].get("execution_state") == "idle"
    return idle and message["parent_header"].get("msg_id") == request
