"""What goes wrong in a cell is said in that cell, and the next one runs."""

import json
import os
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from stress import stress


def error_of(ran):
    """The error, which iopub and reply must tell alike."""
    (error,) = ran.contents("error")
    assert ran.status == "error"
    assert {key: ran.reply[key] for key in ("ename", "evalue", "traceback")} == error
    assert error["traceback"]
    return error


def test_a_call_into_the_library_shows_its_functions_and_the_cell(shared):
    ran = shared.run("import { derive, metrics } from 'downhill'; metrics.accuracy([], [])")
    places = [line.strip() for line in error_of(ran)["traceback"] if line.strip().startswith("at ")]
    assert [place.split()[1].split(".")[-1] for place in places[:-1]] == ["pairsOf", "classesOf", "accuracy"]
    assert places[-1] == f"at In[{ran.reply['execution_count']}]:1:53"
    deep = shared.run("derive('((x ^^ 2))')")
    assert f"at In[{deep.reply['execution_count']}]:1:1" in deep.traceback


def test_a_thrown_error_shows_the_cell_and_its_line(shared):
    code = "function f(a: number): never {\n  const text: string = 'x'; throw new RangeError('bad', { cause: new Error('why') })\n}\n\nf(1)"
    ran = shared.run(code)
    count = ran.reply["execution_count"]
    assert error_of(ran)["ename"] == "RangeError" and ran.reply["evalue"] == "bad"
    assert f"at f (In[{count}]:2:35)" in ran.traceback
    assert f"In[{count}]:5:1" in ran.traceback
    assert "> 2 |   const text: string = 'x'; throw" in ran.traceback
    assert "Caused by" in ran.traceback and "why" in ran.traceback
    assert "node:" not in ran.traceback and "dist/kernel" not in ran.traceback


def test_a_traceback_goes_through_functions_of_other_cells(kernel):
    kernel.run("const inner = (x: any) => {\n\n  return x.missing.property\n}")
    ran = kernel.run("1\ninner({})")
    assert "In[1]:3:20" in ran.traceback and "In[2]:2:1" in ran.traceback
    assert error_of(ran)["ename"] == "TypeError"


@pytest.mark.parametrize("thrown, evalue", [("'text'", "'text'"), ("{ a: 1 }", "{ a: 1 }"), ("undefined", "undefined")])
def test_any_value_can_be_thrown(shared, thrown, evalue):
    error = error_of(shared.run(f"throw {thrown}"))
    assert (error["ename"], error["evalue"]) == ("Thrown", evalue)


def test_an_error_class_of_ones_own_has_its_name(shared):
    assert error_of(shared.run("class Mine extends Error {}\nthrow new Mine('m')"))["ename"] == "Mine"


CALLS = {
    "f()": "Error: mine\n    at f (In[{n}]:1:23)\n    at In[{n}]:2:1",
    "[f()]": "[\n  Error: mine\n      at f (In[{n}]:1:23)\n      at In[{n}]:2:2\n]",
    "console.log(f())": "Error: mine\n    at f (In[{n}]:1:23)\n    at In[{n}]:2:13\n",
    "process.stderr.write(f().stack)": "Error: mine\n    at f (In[{n}]:1:23)\n    at In[{n}]:2:22",
    "Object.assign(f(), { code: 5 })": "Error: mine\n    at f (In[{n}]:1:23)\n    at In[{n}]:2:15 {{\n  code: 5\n}}",
    "display(new Error('outer', { cause: f() }))": "Error: outer\n    at In[{n}]:2:9 {{\n  [cause]: Error: mine\n      at f (In[{n}]:1:23)\n      at In[{n}]:2:37\n}}",
}


@pytest.mark.parametrize("code", CALLS)
def test_an_error_that_is_shown_or_printed_tells_the_calls_of_the_cell_and_no_others(shared, code):
    ran = shared.run(f"function f() {{ return new Error('mine') }}\n{code}")
    displays = [content["data"]["text/plain"] for content in ran.contents("display_data")]
    shown = ran.stdout or ran.stderr or "".join(displays) or ran.result
    assert shown == CALLS[code].format(n=ran.reply["execution_count"])


def test_a_value_that_throws_when_shown_is_an_error_of_the_cell(shared):
    ran = shared.run("({ [Symbol.for('Jupyter.display')]() { throw new Error('shy') } })")
    assert error_of(ran)["evalue"] == "shy"


def test_an_error_that_stands_for_several_shows_each_with_its_place_and_cause(shared):
    code = "const one = new Error('one', { cause: 'why' })\nthrow new AggregateError([one, 2, new AggregateError([new Error('inner')], 'both')], 'many')"
    ran = shared.run(code)
    assert ran.reply["evalue"] == "many"
    text = re.sub(r"\x1b\[[\d;]*m", "", ran.traceback)
    first, second, third = (text.index(head) for head in ("\n1. Error: one\n    at In[", "\n2. Thrown: 2\n", "\n3. AggregateError: both\n"))
    assert first < text.index("\nCaused by Thrown: 'why'") < second < third < text.index("\n1. Error: inner\n")
    assert shared.run("const e = new AggregateError([], 'bare'); (e as any).errors = 5; throw e").reply["evalue"] == "bare"


def test_a_warning_of_node_is_told_in_its_cell_and_one_about_the_age_of_a_package_in_the_log(kernel):
    ran = kernel.run("process.emitWarning('careful'); process.emitWarning('old', 'DeprecationWarning'); 1")
    assert (ran.stderr, ran.result) == ("Warning: careful\n", "1")
    assert "DeprecationWarning: old" in kernel.logged()


def test_a_message_that_nobody_could_read_is_cut_with_a_count(shared):
    evalue = shared.run("throw new Error('x'.repeat(1_000_000))").reply["evalue"]
    assert evalue.endswith("xx… 990000 more characters") and len(evalue) < 11_000


def test_what_an_error_carries_beside_its_message_is_shown(shared):
    shared.run("class Refused extends Error { override name = 'Refused'; constructor(message: string, readonly code: string, readonly seconds: number) { super(message) } }")
    text = re.sub(r"\x1b\[[\d;]*m", "", shared.run("throw new Refused('too fast', 'E_RATE', 30)").traceback)
    assert text.startswith("Refused: too fast\n{ code: 'E_RATE', seconds: 30 }\n    at In[")
    for told in ("require('fs').readFileSync('/no/such/file')", "throw new Refused('E_RATE: 30', 'E_RATE', 30)", "throw Object.assign(new Error('x'), { z: {} })", "require('assert').equal(1, 2, 'not the same')"):
        assert "{ " not in shared.run(told).reply["traceback"][1], told


def test_of_a_long_line_the_part_around_the_error_is_shown(shared):
    ran = shared.run(f"const long = '{'x' * 300}'; null.foo; const other = '{'y' * 300}'")
    row, mark = ran.reply["traceback"][-2:]
    assert len(row) < 100 and row[mark.index("^") :].startswith("foo; const")


@pytest.mark.parametrize("code", ["(" * 3000 + "1" + ")" * 3000, "[" * 3000 + "]" * 3000, "{" * 3000 + "}" * 3000])
def test_a_cell_that_is_nested_too_deeply_says_so(shared, code):
    error = error_of(shared.run(code))
    assert error["ename"] == "SyntaxError" and "nested too deeply" in error["evalue"]
    assert shared.run("1").result == "1"


def test_no_syntax_error_speaks_of_the_parser(shared):
    for code in ("1 + throw 2", "a |> b", "v = do { 1 }", "%matplotlib inline"):
        ran = shared.run(code)
        assert ran.reply["ename"] == "SyntaxError" and "plugin" not in ran.traceback, ran.reply


def test_a_magic_of_pythons_kernel_gets_a_hint(shared):
    for code in ("%matplotlib inline", "%%time\n1", "let a = 1\n%timeit a"):
        assert "for Python's kernel" in shared.run(code).traceback, code
    assert "for Python's kernel" not in shared.run("let a = 5 %% 2").traceback


@pytest.mark.parametrize("code, place", [("let x = ;", "1:9"), ("1\nlet y = )", "2:9"), ("/(/.test('')", ":1:1"), ("let a1 = 1; let m1: RegExp = /(/;", ":1:30")])
def test_a_syntax_error_tells_its_place(shared, code, place):
    ran = shared.run(code)
    assert error_of(ran)["ename"] == "SyntaxError"
    assert place in ran.traceback
    assert shared.run("1").result == "1"


def test_a_rejection_that_nobody_awaits_fails_its_cell(shared):
    assert error_of(shared.run("void Promise.reject(new Error('alone'))"))["evalue"] == "alone"
    assert shared.run("2").result == "2"


def test_an_error_in_a_timer_fails_the_cell_that_waits(shared):
    code = "setTimeout(() => { throw new Error('later') }, 10); await new Promise(() => {})"
    assert error_of(shared.run(code))["evalue"] == "later"


def test_an_error_after_the_cell_has_ended_is_told_under_it(shared):
    cell = shared.start("setTimeout(() => { throw new Error('too late') }, 200)")
    assert shared.finish(cell).status == "ok"
    late = shared.late(cell)
    assert late["msg_type"] == "error" and late["content"]["evalue"] == "too late"
    assert shared.run("3").result == "3"


def test_a_stack_overflow_is_an_error_like_any_other(kernel):
    kernel.run("let kept = 1")
    assert error_of(kernel.run("function deep(): any { return deep() }\ndeep()"))["ename"] == "RangeError"
    assert kernel.run("kept").result == "1"


def test_a_stack_overflow_of_async_functions_prints_nothing_beside_the_error(kernel):
    (kernel.folder / "deep.ts").write_text("export async function deep(n: number) { await deep(n + 1) }")
    catching = "async function each() { try { await each() } catch { return 5 } }\nawait each()"
    assert kernel.run(catching).stderr == ""
    kernel.run("async function deep(n: number): Promise<number> { return await deep(n + 1) }")
    for cell in ["await deep(0)", "void deep(0)", "import { deep } from './deep.ts'; await deep(0)"]:
        ran = kernel.run(cell)
        assert ran.reply["ename"] == "RangeError", ran.reply
        assert ran.stderr == ""
    assert kernel.run("1").stderr == ""


@pytest.mark.parametrize(
    "code, ename, word",
    [
        ("process.exit(3)", "ProcessExit", "exit code 3"),
        ("setTimeout(() => process.exit(4), 50); await new Promise(() => {})", "ProcessExit", "exit code 4"),
        ("process.abort()", "Aborted", "SIGABRT"),
        ("process.kill(process.pid, 'SIGSEGV'); await new Promise(() => {})", "Crashed", "SIGSEGV"),
        ("process.kill(process.pid, 'SIGKILL'); await new Promise(() => {})", "Killed", "killed"),
    ],
)
def test_a_cell_may_end_its_process_but_not_the_kernel(kernel, code, ename, word):
    kernel.run("let gone = 1")
    ran = kernel.run(f"console.log('before')\n{code}")
    error = error_of(ran)
    assert error["ename"] == ename and word in error["evalue"] and "gone" in error["evalue"]
    assert ran.stdout == "before\n" and ran.stderr == ""
    assert kernel.run("2 + 2").result == "4"
    assert kernel.run("gone").reply["ename"] == "ReferenceError"


def test_a_cell_may_run_out_of_memory(kernels):
    kernel = kernels({"DOWNHILL_MEMORY": "64"})
    ran = kernel.run("const all: object[] = []; for (;;) all.push(new Array(1000).fill(0).map(() => ({})))", timeout=60)
    error = error_of(ran)
    assert error["ename"] == "OutOfMemory" and "64 MB" in error["evalue"] and ran.stderr == ""
    assert kernel.run("1").result == "1"


def test_a_process_that_ends_between_cells_is_told_under_the_last_one(kernel):
    exits = 'setInterval(() => existsSync("now") && process.exit(5), 10);'
    cell = kernel.start(f'import {{ existsSync }} from "node:fs"; {exits} 0')
    assert kernel.finish(cell).status == "ok"
    (kernel.folder / "now").write_text("")
    assert kernel.late(cell)["content"]["ename"] == "ProcessExit"
    assert kernel.run("1").result == "1"


ENDLESS = json.loads((Path(__file__).parent / "endless.json").read_text())


@pytest.mark.parametrize("code", ENDLESS.values(), ids=ENDLESS.keys())
def test_an_interrupt_stops_it_and_keeps_the_state(shared, code):
    shared.run("let kept = 41; kept++")
    cell = shared.start(code)
    time.sleep(0.15)
    assert shared.beats()
    start = time.monotonic()
    shared.interrupt()
    ran = shared.finish(cell)
    assert time.monotonic() - start < 1
    assert error_of(ran)["ename"] == "KeyboardInterrupt"
    after = shared.run("await new Promise(r => setTimeout(r, 30)); await new Promise(setImmediate); kept")
    assert (after.result, after.stdout) == ("42", "")


LEFT = {
    "a loop": "begins(); for (;;) {}",
    "a loop in a timer that comes again": "const f = () => { setTimeout(f, 1); begins(); for (;;) {} }; setTimeout(f)",
    "a loop in an immediate that comes again": "const f = () => { setImmediate(f); begins(); for (;;) {} }; setImmediate(f)",
    "ticks": "const f = () => process.nextTick(f); f(); begins()",
    "microtasks": "const f = () => queueMicrotask(f); f(); begins()",
}


@pytest.fixture(params=LEFT.values(), ids=LEFT.keys())
def left(kernel, request):
    """A kernel in which something runs without end although its cell is over."""
    cell = kernel.start(f"let kept = 42; const begins = () => console.log('begins'); setTimeout(() => {{ {request.param} }}, 20)")
    assert kernel.reply_to(cell)["content"]["status"] == "ok"
    kernel.hear(cell, "stream")
    return kernel


NEXT = "await new Promise((done) => process.nextTick(done)); await new Promise(setImmediate); kept"


def test_an_interrupt_between_cells_stops_what_an_ended_one_left(left):
    left.interrupt()
    assert left.run(NEXT).result == "42"


def test_an_interrupt_of_a_cell_stops_what_keeps_it_from_its_beginning(left):
    cell = left.start("1")
    left.hear(cell, "execute_input")
    left.interrupt()
    assert left.reply_to(cell)["content"]["ename"] == "KeyboardInterrupt"
    assert left.run(NEXT).result == "42"


def test_an_interrupt_between_cells_ends_nothing_that_may_go_on(kernel):
    kernel.run("let beats = 0; setInterval(() => beats++, 1); const child = (await import('node:child_process')).spawn('sleep', ['60'])")
    kernel.interrupt()
    kernel.run("const before = beats; while (beats === before) await new Promise((r) => setTimeout(r, 1))")
    assert kernel.run("child.signalCode").result == "null"


def test_the_very_first_cell_can_be_interrupted(kernel):
    """The thread that stops cells starts together with it."""
    cell = kernel.start("var kept = 42; while (true) {}")
    kernel.interrupt()
    assert error_of(kernel.finish(cell))["ename"] == "KeyboardInterrupt"
    assert kernel.run("1 + 1").result == "2"


def test_an_interrupt_at_any_moment_ends_the_cell_that_is_busy():
    assert stress(150) > 0


def test_an_interrupt_ends_a_cell_whose_types_are_still_looked_at(kernels):
    """The first look takes the checker a while, and where ill-typed cells are refused, the cell waits for it."""
    kernel = kernels({"DOWNHILL_TYPES": "strict"})
    cell = kernel.start("var begun = true; for (;;);")
    kernel.hear(cell, "execute_input")
    kernel.interrupt()
    assert kernel.reply_to(cell)["content"]["ename"] == "KeyboardInterrupt"
    assert kernel.run("typeof (globalThis as any).begun").result == "'undefined'"


def test_an_interrupt_ends_a_cell_that_waits_for_the_startup_file(kernels, tmp_path):
    (tmp_path / "startup.ts").write_text("await new Promise(() => {})")
    kernel = kernels({"DOWNHILL_PRELOAD": str(tmp_path / "startup.ts")})
    cell = kernel.start("1")
    kernel.hear(cell, "execute_input")
    kernel.interrupt()
    assert kernel.reply_to(cell)["content"]["ename"] == "KeyboardInterrupt"


def test_an_interrupt_ends_a_cell_that_waits_for_what_is_asked_beside_it(kernel):
    cell = kernel.start("1", user_expressions={"a": "await new Promise(() => {})", "b": "(globalThis as any).asked = 1"})
    kernel.hear(cell, "execute_result")
    kernel.interrupt()
    assert kernel.reply_to(cell)["content"]["ename"] == "KeyboardInterrupt"
    assert kernel.run("(globalThis as any).asked").result is None


def test_an_interrupt_ends_a_cell_that_waits_for_its_pictures(kernel):
    """Drawing this takes longer than an interrupt."""
    values = "Array.from({ length: 3e5 }, (_, i) => Math.sin(i * i))"
    figure = f'{{ data: [{{ type: "scattergl", y: {values} }}], layout: {{}} }}'
    cell = kernel.start(f'({{ [Symbol.for("Jupyter.display")]: () => ({{ "application/vnd.plotly.v1+json": {figure} }}) }})')
    kernel.hear(cell, "execute_result")
    kernel.interrupt()
    assert kernel.reply_to(cell)["content"]["ename"] == "KeyboardInterrupt"
    assert kernel.run("1").result == "1"


def test_cells_that_wait_for_an_interrupted_one_are_aborted_unless_they_are_to_run(kernel):
    for stop_on_error, status in ((True, "aborted"), (False, "ok")):
        first = kernel.start("for (;;);", stop_on_error=stop_on_error)
        second = kernel.start("2")
        kernel.hear(first, "execute_input")
        kernel.interrupt()
        assert kernel.reply_to(first)["content"]["ename"] == "KeyboardInterrupt"
        assert kernel.reply_to(second)["content"]["status"] == status


def test_sigint_interrupts_too(kernel):
    kernel.run("let kept = 1")
    cell = kernel.start("while (true) {}")
    time.sleep(0.2)
    kernel.manager.provisioner.process.send_signal(signal.SIGINT)
    assert error_of(kernel.finish(cell))["ename"] == "KeyboardInterrupt"
    kernel.manager.provisioner.process.send_signal(signal.SIGINT)
    # No cell runs now, but the signal may be slow to arrive; then it may end this one and no other.
    kernel.run("await new Promise((r) => setTimeout(r, 300))")
    assert kernel.run("kept").result == "1"


def test_an_interrupt_that_nothing_can_obey_ends_the_process_and_says_so(kernel):
    """A native call that blocks: only the end of the process ends it."""
    kernel.run("import fs from 'node:fs'; import { execSync } from 'node:child_process'; execSync('mkfifo pipe')")
    cell = kernel.start("fs.readFileSync('pipe')")
    time.sleep(0.2)
    with ThreadPoolExecutor(1) as pool:
        interrupt = pool.submit(kernel.interrupt)
        error = error_of(kernel.finish(cell))
        interrupt.result()
    assert error["ename"] == "KeyboardInterrupt" and "gone" in error["evalue"]
    assert kernel.run("1").result == "1"
    assert os.path.exists(kernel.folder / "pipe")


def test_an_interrupt_between_cells_that_nothing_can_obey_loses_nothing(kernel):
    kernel.run("import fs from 'node:fs'; import { execSync } from 'node:child_process'; execSync('mkfifo pipe')")
    cell = kernel.start("let kept = 42; setTimeout(() => { console.log('begins'); fs.readFileSync('pipe') }, 20)")
    kernel.hear(cell, "stream")
    kernel.interrupt()
    (kernel.folder / "pipe").write_text("at last")
    assert kernel.run(NEXT).result == "42"


STRANGE = {
    "a comm that JSON cannot carry": ("comms.open('t', { x: 1n })", "BigInt"),
    "a comm in a circle": ("const c: any = {}; c.c = c; comms.open('t', c)", "circular"),
    "a display of half a gigabyte": ("display.html('x'.repeat(2 ** 29 - 24))", "256 MB"),
    "an error that says nothing right": ("throw Object.assign(new Error('m'), { name: 5, stack: 7, message: {} })", ""),
    "an error that throws when asked": ("throw { get message() { throw 1 } }", ""),
    "a proxy that refuses all": ("throw new Proxy({}, { get() { throw new Error('no') }, getPrototypeOf() { throw new Error('no') } })", ""),
    "noise on the kernel's line": ("fs.writeSync(3, new Uint8Array(1000).fill(255)); for (;;);", "descriptor 3"),
    "noise on its second line": ("fs.writeSync(4, new Uint8Array(1000).fill(255)); for (;;);", "4 or"),
    "noise on its third line": ("fs.writeSync(5, new Uint8Array(1000).fill(255)); for (;;);", "or 5"),
    "closing the kernel's line": ("fs.closeSync(3); console.log(1); for (;;);", "gone"),
    "closing the line to the cell": ("fs.closeSync(5); await new Promise(() => {})", "gone"),
    "closing the line past the cell": ("fs.closeSync(4); await new Promise(() => {})", "gone"),
}


@pytest.mark.parametrize("code, word", STRANGE.values(), ids=STRANGE.keys())
def test_nothing_that_a_cell_sends_harms_the_kernel(kernel, code, word):
    kernel.run("import fs from 'node:fs'")
    error = error_of(kernel.run(code, timeout=60))
    assert word in error["evalue"]
    assert kernel.run("1 + 1").result == "2"


def test_a_cell_that_replaces_functions_of_node_replaces_none_of_the_kernels(kernel):
    kernel.run("import fs from 'node:fs'; import vm from 'node:vm'; import v8 from 'node:v8'")
    kernel.run("fs.writeSync = () => 0; v8.serialize = () => { throw new Error('mine') }; 1")
    ran = kernel.run("console.log('heard'); 1 + 1")
    assert (ran.stdout, ran.result) == ("heard\n", "2")


def test_displays_have_a_limit_too_and_the_cell_says_so(kernels):
    kernel = kernels({"DOWNHILL_OUTPUT_CAP": "1000"})
    ran = kernel.run("for (let i = 0; i < 100; i++) display.html('x'.repeat(500)); 3")
    assert 5 < len(ran.contents("display_data")) < 20 and ran.result == "3"
    assert ran.stdout.count("this cell showed more than 8000 bytes") == 1
