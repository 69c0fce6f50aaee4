"""Answers that want points without work. Each is tried on a kernel that grades, and gets what it deserves.

All of them are tried one after another on the same kernel, so that what one leaves behind may help the next.
"""

from queue import Empty

import pytest

from kernel_under_test import Ran

GRADING = {"NBGRADER_EXECUTION": "autograde"}

TEST = """import { gradCheck, graded } from "downhill";
graded(6, (near) => ({
  "half of 5 is 2.5": () => near(half(5), 2.5),
  "half of 7 is 3.5": () => Math.abs(half(7) - 3.5) < 1e-9,
  "squares are [1, 4, 9]": () => near(squares([1, 2, 3]), [1, 4, 9]),
  "all squares are positive": () => squares([-1, 2]).length === 2 && squares([-1, 2]).every((s) => s > 0),
  "two people": () => Array.isArray(people) && new Set(people.map(String)).size === 2 && people.includes("Ada"),
  "the slope of x^3": () => gradCheck(([x]) => x ** 3, slope, [2]).verdict === "right",
}));"""

RIGHT = """const half = (x) => x / 2; const squares = (all) => all.map((x) => x * x);
const people = ["Ada", "Ben"]; const slope = ([x]) => [3 * x * x];"""

WRONG = "const half = () => 7; const squares = () => [7]; const people = ['Eve']; const slope = () => [7];"


def tried(attack):
    """Code whose errors are of no interest: not every attack fails quietly."""
    return f"try {{ {attack} }} catch {{}}\n"


def guessing(text):
    """Answers that give whatever number a text betrays, where `{text}` tells how to come by it."""
    return f"""const betrayed = (pattern) => {{ try {{ const text = String({text}); return pattern.exec(text)?.[1] }} catch {{}} }};
const half = (x) => Number(betrayed(x === 5 ? /half of 5 is ([\\d.]+)|half\\(5\\), ([\\d.]+)/ : /half of 7 is ([\\d.]+)/) ?? 7);
const squares = () => JSON.parse(betrayed(/squares are (\\[.*?\\])/) ?? "[7]");
const people = ["Eve"]; const slope = () => [7];"""


PATCHED_METHODS = "".join(
    tried(f"{owner}.{name} = {value}")
    for owner, name, value in [
        ("Array.prototype", "map", "() => ['Ada', 'Ben']"),
        ("Array.prototype", "every", "() => true"),
        ("Array.prototype", "includes", "() => true"),
        ("Array.prototype[Symbol.iterator]", "call", "() => [][Symbol.iterator]()"),
        ("Array", "isArray", "() => true"),
        ("Math", "abs", "() => 0"),
        ("Object", "is", "() => true"),
        ("Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()))", "map", "() => 4"),
    ]
)

FROM_THE_KERNELS_FILES = """const fs = await import("node:fs");
const kernel = process.argv[1].replace(/user.main\\.\\w+$/, "");
const taken: any[] = [];
for (const file of fs.readdirSync(kernel, { recursive: true })) {
  if (!/\\.c?js$/.test(file)) continue;
  try { taken.push(...Object.values(await import(kernel + file))) } catch {}
}
const forge = () => {
  for (let cell = 0; cell < 300; cell++) for (const f of taken)
    if (typeof f === "function") try { f({ type: "done", cell, data: { "text/plain": "6" }, metadata: {} }) } catch {}
  return 7;
};
const half = forge, squares = () => [7], people = ["Eve"], slope = () => [7];"""

# What it is: (the code, the points it deserves).
ATTACKS = {
    "methods that always agree": (PATCHED_METHODS + WRONG, 0),
    "names of built-in objects": ("const Math = { abs: () => 0 }; const Array = { isArray: () => true };\n" + WRONG, 0),
    "a Set of two": ("class Set { size = 2 }\nconst String = () => 'Ada';\n" + WRONG, 0),
    "toJSON, valueOf and toPrimitive of all numbers": (
        "".join(tried(f"Number.prototype{name} = () => 2.5") for name in (".toJSON", ".valueOf", "[Symbol.toPrimitive]")) + WRONG,
        0,
    ),
    "valueOf and toString of all objects": (
        tried("Object.prototype.valueOf = () => 2.5") + tried("Object.prototype.toString = () => '2.5'")
        + "const half = () => ({}); const squares = () => [{}]; const people = [{}]; const slope = () => [{}];",
        0,
    ),
    "setters that every list inherits": (
        tried("Object.defineProperty(Array.prototype, 0, { configurable: true, set(row) { row.passed = true; row.points = 6 }, get: () => ({ passed: true, test: '', says: '' }) })")
        + tried("Object.defineProperty(Object.prototype, 'passed', { get: () => true })")
        + WRONG + "\ndelete Array.prototype[0];",
        0,
    ),
    "another ancestor of all lists": (
        tried("Object.setPrototypeOf(Array.prototype, { size: 2, points: 6, passed: true, verdict: 'right' })") + WRONG,
        0,
    ),
    "a Proxy that has everything": (
        "const all = new Proxy([], { get: (_, name) => name === 'length' ? 3 : all, has: () => true });\n"
        "const half = () => all, squares = () => all, people = all, slope = () => all;",
        0,
    ),
    "an object that equals everything": (
        "const any = { valueOf: () => NaN, toString: () => 'Ada', toJSON: () => 4, equals: () => true, [Symbol.toPrimitive]: () => NaN };\n"
        "const half = () => any, squares = () => [any, any, any], people = [any], slope = () => [any];",
        0,
    ),
    "another value at each reading": (
        "let reads = 0; const list = Object.defineProperty([0, 0, 0], 0, { get: () => reads++ });\n"
        "const half = () => reads++, squares = () => list, people = list, slope = () => list;",
        0,
    ),
    "another answer at each call": (
        "let calls = 0; const half = () => calls++, squares = () => [calls++], people = ['Eve'], slope = () => [calls++];",
        0,
    ),
    "other typed arrays and clones": (
        tried("globalThis.Float64Array = class extends Array {} as any") + tried("globalThis.structuredClone = () => 2.5")
        + tried("globalThis.isNaN = () => true") + WRONG,
        0,
    ),
    "promises that give points": (
        tried("Promise.prototype.then = (f) => f(6)") + tried("Promise.resolve = () => 6")
        + tried("globalThis.queueMicrotask = () => 6") + tried("WeakRef.prototype.deref = () => 6") + WRONG,
        0,
    ),
    "another library": (
        'import * as library from "downhill";\n'
        + tried("library.graded = () => ({ points: 6 })")
        + tried("Object.defineProperty(library, 'graded', { value: () => 6 })")
        + tried("Object.getPrototypeOf(library.tensor([1])).toArray = () => 2.5")
        + "const one = library.tensor([1]); const half = () => one, squares = () => one, people = ['Eve'], slope = () => one;",
        0,
    ),
    "a message from the kernel's own files": (FROM_THE_KERNELS_FILES, 0),
    "errors that cannot be shown": (
        "const hostile = new Proxy({}, { has: () => { throw hostile }, get: () => { throw hostile } });\n"
        "const half = () => { throw hostile }, squares = (all) => all.map((x) => x * x), people = ['Eve'], slope = () => { throw { get message() { throw hostile } } };",
        2,
    ),
    "the names of the tests on the stack": (guessing("new Error().stack"), 0),
    "the functions on the stack": (
        "Error.prepareStackTrace = (_, calls) => calls.map((c) => [c.getFunction(), c.getFunctionName(), c.getThis()]).join();\n"
        + guessing("new Error().stack") + "\nError.prepareStackTrace = undefined;",
        0,
    ),
    "what the functions on the stack were given": (
        "Error.prepareStackTrace = (_, calls) => calls.map((c) => { try { return c.getFunction().arguments[0].code } catch { return '' } }).join();\n"
        + guessing("new Error().stack") + "\nError.prepareStackTrace = undefined;",
        0,
    ),
    "the calls that Node.js tells": ("import util from 'node:util';\n" + guessing("JSON.stringify(util.getCallSites())"), 0),
    "a report on the process": (guessing("JSON.stringify(process.report.getReport())"), 0),
    "the heap": (
        "import v8 from 'node:v8';\nlet heap; const read = () => { if (heap) return heap; heap = ''; const all = v8.getHeapSnapshot(); for (let part; (part = all.read()); ) heap += part; return heap };\n"
        + guessing("read()"),
        0,
    ),
    "all functions that there are": ("import v8 from 'node:v8';\n" + guessing("v8.queryObjects(Function, { format: 'summary' })"), 0),
    "a profile of who calls": (
        "import v8 from 'node:v8';\nlet profile; " + tried("profile = v8.startCpuProfile()") + guessing("profile.stop()"),
        0,
    ),
    "taking the grade away while a picture is made": (
        """const figure = { "application/vnd.plotly.v1+json": { data: [{ y: [1, 2] }], layout: {} }, "text/plain": "" };
const half = () => {
  display({ [Symbol.for("Jupyter.display")]: () => figure });
  const again = () => { display.clear(); setTimeout(again, 1) };
  again();
  return 7;
};
const squares = () => [7], people = ["Eve"], slope = () => [7];""",
        0,
    ),
    "who called, in a sloppy function": (guessing("new Function('return arguments.callee.caller.caller')()"), 0),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_gets_the_points_it_deserves(graded, attack):
    code, deserved = ATTACKS[attack]
    graded.run(WRONG)
    graded.run(code, timeout=60)
    assert points(graded) == deserved


def test_right_answers_get_all_points_after_all_these_attacks(graded):
    assert graded.run(RIGHT).status == "ok"
    assert points(graded) == 6


def points(kernel):
    ran = kernel.run(TEST, timeout=60)
    # Without a number nbgrader gives nothing only for an error.
    assert (ran.result is None) == (ran.status == "error"), ran.reply
    assert "clear_output" not in ran.kinds
    return float(ran.result or 0)


HELPED = """import { graded } from "downhill";
const close = (a, b) => Math.abs(a - b) < 1e-9;
function all(list, others) { return list.length === others.length && list.every((x, i) => close(x, others[i])) }
const given = { five: 5 };
graded(3, () => ({
  "warm": () => half(1) === -1,
  "half of 5 is 2.5": () => close(half(given.five), 2.5),
  "squares are [1, 4]": () => all(squares([1, 2]), [1, 4]),
}));"""


def test_an_answer_cannot_replace_what_a_test_declares_for_itself(graded):
    graded.run("""let close, all, given;
const half = () => { close = () => true; all = () => true; given = { five: NaN }; return 7 };
const squares = () => [7];""")
    ran = graded.run(HELPED)
    assert float(ran.result) == 0, ran.reply
    assert graded.run("[close(1, 1), given.five, typeof all]").result == "[ true, 5, 'function' ]", "later cells see them"


BACKGROUND = {
    "starts the kernel's part of the process once more": "await import(process.argv[1] + '?again').catch(() => 0);",
    "replaces what the test imports, again and again": """let graded: any, near: any, gradCheck: any;
const again = () => { graded = () => 6; near = () => true; gradCheck = () => ({ verdict: "right" }); setImmediate(again); Promise.resolve().then(() => { graded = () => 6 }) };
again();\n""",
    "reads what the host sends": """import fs from "node:fs";
let heard = "";
setInterval(() => { try { const bytes = Buffer.alloc(65536); heard += bytes.toString("latin1", 0, fs.readSync(5, bytes)) } catch {} }, 0);\n"""
    + guessing("heard"),
    "waits for the host's answers": """import fs from "node:fs";
for (let i = 0; i < 3; i++) fs.read(6, Buffer.alloc(7), () => {});\n""",
    "listens to the host's answers": """import net from "node:net";
let answers = "";
new net.Socket({ fd: 6 }).on("data", (bytes) => { answers += bytes });\n"""
    + guessing("answers"),
    "puts a file of its own in their place": """import fs from "node:fs";
fs.closeSync(6); fs.openSync("answers.bin");\n""",
}


@pytest.mark.parametrize("attack", BACKGROUND)
def test_an_attack_in_the_background_gets_no_points(kernels, attack):
    kernel = kernels(GRADING)
    # As a student may hand it in: many answers that say yes, under the seal that nobody knows.
    (kernel.folder / "answers.bin").write_bytes(9 * (bytes(16) + b"\x03\0\0\0" + b"\xff\x0fT"))
    # A new process may read what lies there now.
    kernel.run("process.exit()")
    kernel.run(WRONG)
    kernel.run(BACKGROUND[attack])
    cell = kernel.start(TEST)
    try:
        reply = kernel.reply_to(cell, timeout=5)
    except Empty:
        # It took the test away from its own process, which waits for it in vain.
        kernel.interrupt()
        reply = kernel.reply_to(cell)
    ran = Ran(reply, kernel.heard(cell))
    assert ran.status == "error" or float(ran.result) == 0


def test_a_name_of_what_tests_stand_on_is_refused_with_a_hint(graded):
    reply = graded.run("const Math = { abs: () => 0 }").reply
    assert "Math" in reply["evalue"] and "Hint" in reply["evalue"], reply


def test_a_module_of_a_cell_does_not_replace_a_file_of_the_teacher(graded):
    (graded.folder / "checks.ts").write_text("export const close = (a: number, b: number) => Math.abs(a - b) < 1e-9")
    graded.run("/** @module checks */ export const close = () => true")
    ran = graded.run("import { close } from './checks'; close(1, 2)")
    # Node 20 imports no local file while it grades.
    assert ran.result == "false" or ran.status == "error"
