"""While work is graded its cells may read the assignment's files, and nothing beyond their process."""

import socket
import time

import pytest
from kernel_under_test import ROOT

GRADING = {"NBGRADER_EXECUTION": "autograde"}


def refused(ran):
    assert ran.status == "error", ran.result
    return ran.reply["evalue"]


def test_cells_read_the_files_of_the_assignment(graded):
    code = "import { readFileSync } from 'node:fs'; ['data.csv', 'data/more/data.csv', 'with-notebook/data.csv'].map((f) => readFileSync(f, 'utf8').trim())"
    assert graded.run(code).result == "[ '1,2', '3,4', '5,6' ]"


@pytest.mark.parametrize("file", ["ps.ipynb", "with-notebook/old.ipynb", "link.csv", "../solution.ts", "/etc/passwd", "/proc/self/environ",
                                  "node_modules/above/solution.ts", "node_modules/other/above/solution.ts"])
def test_cells_read_nothing_else(graded, file):
    assert "restricted" in refused(graded.run(f"(await import('node:fs')).readFileSync('{file}', 'utf8')"))


def test_a_package_that_lies_beside_the_answers_can_be_imported(graded):
    assert graded.run("import { own } from 'own'; own").result == "5"


def test_the_library_is_read_as_a_whole_before_the_first_cell(graded):
    rooms = ROOT / "dist" / "src"
    code = f"import {{ gradCheck, metrics }} from 'downhill'; [gradCheck === (await import('{rooms}/checks/index.js')).gradCheck, metrics.f1 === (await import('{rooms}/metrics/index.js')).f1]"
    assert graded.run(code).result == "[ true, true ]"


FORBIDDEN = {
    "listing the folder above": "(await import('node:fs')).readdirSync('..')",
    "importing the solution": "await import('../solution.ts')",
    "writing": "(await import('node:fs')).writeFileSync('x', 'y')",
    "writing traces": "(await import('node:trace_events')).createTracing({ categories: ['v8'] }).enable()",
    "a child process": "(await import('node:child_process')).execSync('id')",
    "a fork bomb": "const { spawn } = await import('node:child_process'); for (;;) spawn('sleep', ['9'])",
    "a worker": "new (await import('node:worker_threads')).Worker('1', { eval: true })",
    "the inspector": "new (await import('node:inspector')).Session().connect()",
    "process.binding": "(process as any).binding('fs')",
    "a native addon": "process.dlopen({ exports: {} } as any, 'x.node')",
    "killing the kernel": "process.kill(process.ppid)",
    "killing it by its module": "import { kill } from 'node:process'; kill(process.ppid)",
    "waking its debugger": "(process as any)._debugProcess(process.ppid)",
    "slowing it down": "(await import('node:os')).setPriority(process.ppid, 19)",
    "import hooks": "(await import('node:module')).register('data:text/javascript,')",
    "changing V8": "(await import('node:v8')).setFlagsFromString('--allow-natives-syntax')",
    "replacing Math": "Math.abs = () => 0",
    "replacing a method": "Array.prototype.every = () => true",
    "replacing a promise's then": "Promise.prototype.then = () => 4 as any",
    "replacing an iterator": "Object.getPrototypeOf([][Symbol.iterator]()).next = () => ({ done: true })",
    "replacing display": "(globalThis as any).display = () => 4",
    "replacing a constructor": "(globalThis as any).Number = () => 4",
    "adding to every object": "(Object.prototype as any).points = 4",
    "replacing what runs cells": "import vm from 'node:vm'; vm.Script.prototype.runInThisContext = () => () => 4",
    "replacing what writes": "import fs from 'node:fs'; fs.writeSync = () => 0",
    "asking a person": "prompt('The answer?')",
}


@pytest.mark.parametrize("code", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_cells_cannot_do_it(graded, code):
    refused(graded.run(code))
    assert graded.run("Math.abs(-3) + [1, 2].map(Number).length").result == "5"


def test_cells_do_not_open_the_grade_book(graded):
    code = "new (await import('node:sqlite')).DatabaseSync('../gradebook.db')"
    refused(graded.run(code))
    assert not (graded.folder.parent / "gradebook.db").exists()


def test_cells_reach_no_network(graded):
    """Neither by the front door nor by one of the back doors that Node has."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        for code in [
            f"await fetch('http://127.0.0.1:{port}')",
            f"import net from 'node:net'; net.connect({port}, '127.0.0.1')",
            f"import net from 'node:net'; new net.Socket().connect({port}, '127.0.0.1')",
            f"import http from 'node:http'; await new Promise((_, no) => http.get('http://127.0.0.1:{port}').on('error', no))",
            "import dgram from 'node:dgram'; dgram.createSocket('udp4')",
            "import dns from 'node:dns/promises'; await dns.lookup('localhost')",
            "import net from 'node:net'; net.createServer().listen(0)",
        ]:
            refused(graded.run(code))
        with pytest.raises(TimeoutError):
            server.accept()


def test_cells_see_no_secret_of_the_environment(graded):
    assert graded.run("process.env.SECRET_TOKEN").result is None
    assert graded.run("process.env.NBGRADER_EXECUTION").result == "'autograde'"


def test_memory_has_nothing_left_in_it(graded):
    ran = graded.run("""let left = 0;
for (let size = 16; size < 2e6; size = Math.ceil(size * 1.3))
  for (let i = 0; i < 20; i++) left += Number(Buffer.allocUnsafeSlow(size).some((byte) => byte !== 0));
left""")
    assert ran.result == "0"


def test_a_library_may_still_add_what_is_not_there(graded):
    assert graded.run("(Array.prototype as any).last = function () { return this.at(-1) }; ([1, 2] as any).last()").result == "2"


def test_packages_of_ours_can_be_imported(graded):
    assert graded.run("import { evaluate } from 'mathjs'; evaluate('1 + 1')").result == "2"


def test_builtin_modules_can_be_imported_after_a_local_file(graded):
    refused(graded.run("await import('../solution.ts')"))
    code = "const { sep } = await import('node:path'); const { one } = await import('data:text/javascript,export const one = 1'); sep + one"
    assert graded.run(code).result == "'/1'"


FORGED = """import fs from 'node:fs'; import v8 from 'node:v8';
const forged = (seal: number) => {
  const body = v8.serialize({ type: 'done', cell: 999, data: { 'text/plain': '4' }, metadata: {} });
  const head = Buffer.alloc(seal + 4); head.writeUInt32LE(body.length, seal);
  fs.writeSync(3, Buffer.concat([head, body]));
}
"""


@pytest.mark.parametrize("seal", [0, 16])
def test_a_forged_answer_ends_the_process_and_is_not_taken(kernels, seal):
    kernel = kernels(GRADING)
    ran = kernel.run(FORGED + f"forged({seal}); for (;;);")
    assert ran.status == "error" and ran.reply["ename"] == "Forgery" and "gone" in ran.reply["evalue"]
    assert ran.result is None
    assert kernel.run("1 + 1").result == "2"


STOPPED = {
    "a loop": "while (true) {}",
    "a loop after an import": "import os from 'node:os'; while (true) {}",
    "a loop in a called function after an await": "const f = () => { for (;;); }; await 0; f()",
    "a loop in a timer": "await new Promise(() => setTimeout(() => { for (;;); }, 10))",
    "a loop in then": "await Promise.resolve().then(() => { for (;;); })",
    "a loop that catches all": "try { for (;;); } catch { for (;;); } finally { kept = -1 }",
    "a promise that never settles": "await new Promise(() => {})",
    "endless microtasks": "while (true) await null",
    "endless ticks": "await new Promise(() => { const f = () => process.nextTick(f); f() })",
    "endless sleeping": "for (;;) await new Promise((r) => setTimeout(r, 3))",
}


@pytest.mark.parametrize("code", STOPPED.values(), ids=STOPPED.keys())
def test_an_interrupt_stops_it_without_any_thread_or_inspector(graded, code):
    graded.run("let kept = 42")
    cell = graded.start(code)
    time.sleep(0.2)
    graded.interrupt()
    ran = graded.finish(cell)
    assert ran.reply["ename"] == "KeyboardInterrupt" and "keep the values" in ran.reply["evalue"], ran.reply
    assert graded.run("kept").result == "42"


GRADE = """import { graded } from "downhill";
const half = (x: number) => x / 2;
const grade = graded(4, (near) => ({ "half of 5 is 2.5": () => near(half(5), 2.5), "half of 6": () => near(half(6), 4) }));
"""


def test_a_grade_is_shown_as_the_kernel_counted_it(graded):
    ran = graded.run(GRADE + "display(grade); grade")
    shown = [content["data"] for kind in ("display_data", "execute_result") for content in ran.contents(kind)]
    assert len(shown) == 2
    for data in shown:
        assert set(data) == {"text/markdown", "text/plain"} and data["text/plain"] == "2"
        assert "✓ | half of 5 is 2.5 |" in data["text/markdown"] and "✗ | half of 6 | gives 3, not 4 |" in data["text/markdown"]


def test_a_grade_can_be_asked_for_its_rows_and_points(graded):
    assert graded.run(GRADE + "[grade.points, grade.rows[1]?.test, grade.rows[1]?.says].join()").result == "'2,half of 6,gives 3, not 4'"


def test_a_grade_looks_the_same_where_nobody_grades(graded, shared):
    there, here = [kernel.run(GRADE + "grade").contents("execute_result")[0]["data"] for kernel in (graded, shared)]
    assert there == here


def test_grading_can_be_turned_off(kernels):
    kernel = kernels({**GRADING, "DOWNHILL_GRADING": "off"})
    assert kernel.run("process.kill(process.ppid, 0)").result == "true"
