"""What cells give, print and keep."""

import json

import pytest


@pytest.mark.parametrize(
    "code, result",
    [
        ("1 + 1", "2"),
        ("0", "0"),
        ("-0", "-0"),
        ("''", "''"),
        ("false", "false"),
        ("null", "null"),
        ("undefined", None),
        ("3.5 as number", "3.5"),
        ("10n ** 20n", "100000000000000000000n"),
        ("NaN", "NaN"),
        ("'it\\'s'", '"it\'s"'),
        ("[1, 2, 3]", "[ 1, 2, 3 ]"),
        ("new Map([['a', 1]])", "Map(1) { 'a' => 1 }"),
        ("new Set([1])", "Set(1) { 1 }"),
        ("class P { x = 1 }\nnew P()", "P { x: 1 }"),
        ("new Float64Array(2)", "Float64Array(2) [ 0, 0 ]"),
        ("Promise.resolve(1)", "Promise { 1 }"),
        ("await Promise.resolve(4)", "4"),
        ("let assigned = 5", None),
        ("assigned = 6", None),
        ("for (let i = 0; i < 3; i++) i", None),
        ("// only a comment", None),
        ("", None),
        ("# a comment of nbgrader\n7", "7"),
        ("{ a: 1 }", "{ a: 1 }"),
        ("typeof require('node:fs').readFileSync", "'function'"),
        ("enum Color { Red, Blue }\nColor[1]", "'Blue'"),
    ],
)
def test_the_value_of_a_cell_is_that_of_its_final_expression(shared, code, result):
    ran = shared.run(code)
    assert ran.status == "ok", ran.reply
    assert ran.result == result
    assert ran.stderr == ""


def test_a_long_array_is_cut_with_a_count(shared):
    assert "9900 more items" in shared.run("Array.from({ length: 10000 }, (_, i) => i)").result


@pytest.mark.parametrize(
    "code, rest",
    [
        ("new Map(Array.from({ length: 300 }, (_, i) => [i, i]))", "200 more items"),
        ("new Set(Array.from({ length: 300 }, (_, i) => i))", "200 more items"),
        ("new Float64Array(300)", "200 more items"),
        ("'a'.repeat(20_000)", "10000 more characters"),
        ("Object.fromEntries(Array.from({ length: 30_000 }, (_, i) => ['key' + i, i]))", "more characters"),
    ],
)
def test_a_long_value_is_cut_with_a_count(shared, code, rest):
    result = shared.run(code).result
    assert rest in result and len(result) < 110_000


def test_a_list_of_objects_is_a_table_of_rows(shared):
    code = "[{ x: 1, name: '<b>' }, { x: 2.5, more: [1, 2] }]"
    (shown,) = shared.run(code).contents("execute_result")
    html = shown["data"]["text/html"]
    assert [cell for cell in ("x", "name", "more") if f'<th scope="col">{cell}</th>' in html] == ["x", "name", "more"]
    assert "&lt;b&gt;" in html and "<b>" not in html
    assert html.count("<tr>") == 3 and "[ 1, 2 ]" in html
    assert shown["data"]["text/plain"] == "[ { x: 1, name: '<b>' }, { x: 2.5, more: [ 1, 2 ] } ]"
    (long,) = shared.run("Array.from({ length: 100 }, (_, i) => ({ i }))").contents("execute_result")
    assert "40 more rows" in long["data"]["text/html"]
    (mixed,) = shared.run("[{ x: 1 }, 2]").contents("execute_result")
    assert list(mixed["data"]) == ["text/plain"]


def test_a_tensor_is_a_table(shared):
    code = "import { tensor } from 'downhill'; tensor([[1, 2], [3, 4]])"
    (shown,) = shared.run(code).contents("execute_result")
    assert shown["data"]["text/plain"] == "tensor([2,2]: 1, 2, 3, 4)"
    assert "shape [2, 2]" in shown["data"]["text/html"] and shown["data"]["text/html"].count("<tr>") == 3


def test_numbers_are_plain_digits_and_never_colours(shared):
    bundle = shared.run("1 / 3").contents("execute_result")[0]["data"]
    assert bundle == {"text/plain": "0.3333333333333333"}


def test_variables_stay_and_closures_see_later_changes(kernel):
    kernel.run("let w = 1\nconst read = () => w")
    kernel.run("w = 5")
    assert kernel.run("read()").result == "5"
    kernel.run("const w = 'other kind'")
    assert kernel.run("read()").result == "'other kind'"
    assert kernel.run("w = 6").reply["ename"] == "TypeError"


def test_messages_come_in_order_and_idle_comes_last(shared):
    ran = shared.run("console.log('a'); display(1); console.error('b'); 2")
    kinds = ["status", "execute_input", "stream", "display_data", "stream", "execute_result", "status"]
    assert ran.kinds == kinds
    assert (ran.stdout, ran.stderr, ran.result) == ("a\n", "b\n", "2")
    count = ran.reply["execution_count"]
    assert ran.contents("execute_input")[0] == {
        "code": "console.log('a'); display(1); console.error('b'); 2",
        "execution_count": count,
    }
    assert ran.contents("execute_result")[0]["execution_count"] == count


def test_a_display_that_takes_a_moment_keeps_its_place(shared):
    shared.run("const slow = (text: string) => ({ [Symbol.for('Jupyter.display')]: async () => { await new Promise((r) => setTimeout(r, 100)); return { 'text/plain': text } } })")
    ran = shared.run("console.log('a'); display(slow('b')); console.log('c'); display(slow('d')); display('e'); slow('f')")
    shown = [m["content"].get("text") or m["content"]["data"]["text/plain"] for m in ran.messages[2:-1]]
    assert shown == ["a\n", "b", "c\n", "d", "'e'", "f"]
    loop = shared.start("display(slow('late')); console.log('early'); for (;;) console.log('on')")
    assert shared.hear(loop, "stream")["content"]["text"].startswith("early\n")
    shared.interrupt()
    shared.finish(loop)


def test_console_and_raw_output_are_heard(shared):
    code = """console.table([{ a: 1 }]); console.group('g'); console.log('in'); console.groupEnd()
process.stdout.write('raw'); process.stdout.write(new Uint8Array([0xe2, 0x82])); process.stdout.write(new Uint8Array([0xac]))"""
    ran = shared.run(code)
    assert "│" in ran.stdout and "  in\n" in ran.stdout and ran.stdout.endswith("raw€")


def test_the_output_of_child_processes_belongs_to_the_cell(shared):
    code = "import { execSync } from 'node:child_process'\nexecSync('echo child; echo wrong >&2', { stdio: 'inherit' })"
    ran = shared.run(code)
    assert (ran.stdout, ran.stderr) == ("child\n", "wrong\n")


def test_a_library_may_put_its_own_promise_in_place_of_nodes(kernel):
    kernel.run("globalThis.Promise = class Zone extends globalThis.Promise<any> {} as any")
    shown = '({ [Symbol.for("Jupyter.display")]: async () => ({ "text/plain": "later" }) })'
    assert kernel.run(shown).result == "later"
    assert kernel.run(f"display({shown}); await 5").result == "5"


def test_the_text_of_a_function_has_the_name_that_it_was_given(shared):
    ran = shared.run("async function halves(x) { return await halves(x) / 2 }\n`${halves}`")
    assert ran.result.startswith("'async function halves(x) { ")
    assert shared.run("eval(`(${halves})`).name").result == "'halves'"


def test_displays_are_shown_updated_and_cleared(shared):
    code = """display({ a: 1 }, { id: 'place' })
display.html('<b>bold</b>'); display.markdown('**b**'); display.latex('$x$'); display.json({ k: 1 })
display.svg('<svg/>'); display.png(new Uint8Array([1, 2]))
display.update('place', 2)
display.clear({ wait: true })"""
    ran = shared.run(code)
    assert ran.status == "ok", ran.reply
    first, html, markdown, latex, json, svg, png = ran.contents("display_data")
    assert first["transient"] == {"display_id": "place"}
    assert html["data"]["text/html"] == "<b>bold</b>"
    assert markdown["data"]["text/markdown"] == "**b**"
    assert latex["data"]["text/latex"] == "$x$"
    assert json["data"] == {"application/json": {"k": 1}, "text/plain": "{ k: 1 }"}
    assert svg["data"]["image/svg+xml"] == "<svg/>"
    assert png["data"]["image/png"] == "AQI="
    update = ran.contents("update_display_data")[0]
    assert update["transient"] == {"display_id": "place"} and update["data"] == {"text/plain": "2"}
    assert ran.contents("clear_output") == [{"wait": True}]


@pytest.mark.parametrize(
    "code, word",
    [
        ("display(1, { id: 5 as any })", "but this one is 5"),
        ("(display as any).update()", "but this one is undefined"),
        ("display.html(undefined as any)", "text/html is shown from a text"),
        ("display.markdown({ a: 1 } as any)", "but this is { a: 1 }"),
    ],
)
def test_a_display_that_no_front_end_could_show_is_refused_with_a_hint(shared, code, word):
    ran = shared.run(code)
    assert ran.reply["ename"] == "TypeError" and word in ran.reply["evalue"] and "Hint" in ran.reply["evalue"]
    assert "display_data" not in ran.kinds and "update_display_data" not in ran.kinds


def test_what_a_cell_shows_and_prints_can_be_saved_as_utf_8(shared):
    ran = shared.run("console.log('half of 🎉: \\ud83c'); display({ cut: '\\ud83c' }); '🎉'.slice(0, 1)")
    assert ran.stdout == "half of 🎉: \ufffd\n"
    json.dumps([message["content"] for message in ran.messages], ensure_ascii=False).encode()
    long = shared.run("console.log('a' + '🎉'.repeat(2 ** 23))", timeout=60).stdout
    assert len(long) == 2**23 + 2 and "\ufffd" not in long


def test_a_value_may_say_how_it_is_shown(shared):
    code = "({ [Symbol.for('Jupyter.display')]: async () => ({ 'text/html': '<i>x</i>', 'application/json': { a: new Float64Array(2) } }) })"
    bundle = shared.run(code).contents("execute_result")[0]["data"]
    assert bundle["text/html"] == "<i>x</i>"
    assert bundle["application/json"] == {"a": [0, 0]}
    wrong = shared.run("({ [Symbol.for('Jupyter.display')]: () => 3 })")
    assert wrong.reply["ename"] == "TypeError" and "MIME type" in wrong.reply["evalue"]
    unsaveable = shared.run("({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': 3, 'image/png': undefined }) })")
    assert "text/html is shown from a text" in unsaveable.reply["evalue"]


def test_a_silent_cell_says_nothing_and_is_not_counted(shared):
    before = shared.run("1").reply["execution_count"]
    ran = shared.run("let hidden = 3; console.log('x'); hidden", silent=True)
    assert ran.kinds == ["status", "status"]
    assert ran.reply["execution_count"] == before
    uncounted = shared.run("hidden", store_history=False)
    assert uncounted.result == "3" and uncounted.reply["execution_count"] == before
    assert shared.run("1").reply["execution_count"] == before + 1


def test_user_expressions_are_evaluated_after_the_cell(shared):
    expressions = {"sum": "a + 1", "wrong": "missing", "broken": "1 +"}
    values = shared.run("let a = 4", user_expressions=expressions).reply["user_expressions"]
    assert values["sum"]["data"] == {"text/plain": "5"} and values["sum"]["status"] == "ok"
    assert values["wrong"]["ename"] == "ReferenceError"
    assert values["broken"]["ename"] == "SyntaxError"


def test_queued_cells_are_aborted_after_an_error(shared):
    fails = "await new Promise(r => setTimeout(r, 200)); throw new Error('first')"
    cells = [shared.start(code) for code in (fails, "1", "2")]
    assert [shared.finish(cell).status for cell in cells] == ["error", "aborted", "aborted"]
    assert shared.run("3").status == "ok"


def test_queued_cells_go_on_when_stop_on_error_is_off(shared):
    codes = ("throw new Error('first')", "1", "2")
    cells = [shared.start(code, stop_on_error=False) for code in codes]
    assert [shared.finish(cell).status for cell in cells] == ["error", "ok", "ok"]


def test_output_streams_while_the_cell_runs(shared):
    import time

    start = time.monotonic()
    cell = shared.start("for (const end = Date.now() + 1000, said = [1]; Date.now() < end;) if (said.pop()) console.log('early')")
    while True:
        message = shared.client.get_iopub_msg(timeout=5)
        if message["msg_type"] == "stream":
            break
    assert time.monotonic() - start < 0.9
    shared.finish(cell)


def test_late_output_appears_under_its_own_cell(shared):
    cell = shared.start("setTimeout(() => console.log('late'), 300)")
    assert shared.finish(cell).stdout == ""
    assert shared.run("'next'").stdout == ""
    assert shared.late(cell)["content"] == {"name": "stdout", "text": "late\n"}


def test_two_hundred_thousand_lines_arrive_whole_and_in_few_messages(kernel):
    import time

    start = time.monotonic()
    ran = kernel.run("for (let i = 0; i < 200000; i++) console.log('line ' + i)", timeout=60)
    assert time.monotonic() - start < 6
    assert ran.stdout == "".join(f"line {i}\n" for i in range(200000))
    assert len(ran.messages) < 600


def test_output_beyond_the_cap_is_left_out_and_the_cell_says_so(kernels):
    kernel = kernels({"DOWNHILL_OUTPUT_CAP": "1000"})
    ran = kernel.run("for (let i = 0; i < 100000; i++) console.log('x'.repeat(99))", timeout=60)
    assert ran.stdout.startswith("x" * 99) and "left out" in ran.stdout
    assert len(ran.stdout) < 1200 and ran.stderr == ""
    assert kernel.run("console.log('again')").stdout == "again\n"


def test_ten_megabytes_in_one_line_arrive(shared):
    assert len(shared.run("console.log('x'.repeat(1e7))", timeout=30).stdout) == 10_000_001


def test_jsx_calls_what_the_notebook_calls_react(kernel):
    kernel.run("const React = { createElement: (tag: string, props: object | null, ...inside: unknown[]) => ({ tag, props, inside }) }")
    ran = kernel.run("const name = 'w'\nconst item = <li id={name}>{1 + 1} apples</li>\nitem", allow_stdin=True)
    assert ran.result == "{ tag: 'li', props: { id: 'w' }, inside: [ 2, ' apples' ] }"
    assert ran.kinds.count("display_data") == 0
    assert kernel.run("item.tag").result == "'li'"
    assert kernel.run("<li>").reply["ename"] == "SyntaxError"


def test_a_startup_file_runs_before_the_first_cell_of_each_process(kernels, tmp_path):
    start = tmp_path / "start.ts"
    start.write_text("const rate: number = 0.5\nfunction half(x: number) { return x * rate }\n")
    kernel = kernels({"DOWNHILL_PRELOAD": str(start)})
    assert kernel.run("half(4)").result == "2"
    assert kernel.run("process.exit(1)").status == "error"
    assert kernel.run("half(6)").result == "3"
    start.write_text("oops(")
    kernel.run("process.exit(1)")
    assert kernel.run("1").reply["ename"] == "SyntaxError"
    start.write_text("const fine = 1")
    assert kernel.run("fine").result == "1"


def test_a_loop_that_prints_and_never_pauses_keeps_nothing_of_its_lines(shared):
    shared.run("const used = () => { global.gc?.(); return process.memoryUsage().heapUsed / 2 ** 20; }")
    code = "let most = 0; const before = used(); for (let i = 0; i < 4e5; i++) { console.log('x'); if (i % 1000 === 0) most = Math.max(most, used()); } Math.round(most - before)"
    ran = shared.run(code, timeout=60)
    assert ran.stdout == "x\n" * 400_000
    assert int(ran.result) < 25


def test_who_writes_hears_of_each_write_once_and_later(shared):
    code = "const heard: unknown[] = [];\nconst done = (error: unknown) => { heard.push(error); };\nfor (let i = 0; i < 3; i++) process.stdout.write('', done);\nprocess.stderr.write('', () => heard.push('other'));\nprocess.stdout.write('', done);\nconst at = heard.length;\nawait new Promise((r) => setTimeout(r, 5));\n[at, heard]"
    assert shared.run(code).result == "[ 0, [ null, null, null, 'other', null ] ]"


def test_a_promise_looks_the_same_while_a_library_follows_promises(kernel):
    kernel.run("import { createHook } from 'node:async_hooks'; createHook({ init() {} }).enable()")
    kernel.run("import { test } from 'node:test'; test('one', () => undefined)")
    followed = "const followed = test('two', () => undefined); Object.getOwnPropertySymbols(followed).length > 0 || 'not followed'"
    assert kernel.run(followed).result == "true"
    assert "Symbol" not in kernel.run("followed").result
    assert kernel.run("Promise.resolve(1)").result == "Promise { 1 }"
