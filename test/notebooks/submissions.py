"""What students hand in for problem set 2: right and wrong work, accidents, and attacks.

Each is a change to the right submission, or to the empty one, cell by cell.
"""

import copy

RIGHT = "right answers"
EMPTY = "empty answers"

FULL = {"numericalGrad": 4, "relativeError": 3, "huberGrad": 4, "wrong": 4}
NONE = {"numericalGrad": 0, "relativeError": 0, "huberGrad": 0, "wrong": 0}


def cell(notebook, grade_id):
    return next(
        cell
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )


def answer(grade_id, source):
    """Replaces one answer."""

    def change(notebook):
        cell(notebook, grade_id).source = source

    return change


def before(grade_id, source):
    """Puts code above one answer."""

    def change(notebook):
        target = cell(notebook, grade_id)
        target.source = f"{source}\n{target.source}"

    return change


def in_answer(grade_id, old, new):
    def change(notebook):
        target = cell(notebook, grade_id)
        assert old in target.source
        target.source = target.source.replace(old, new)

    return change


def delete(grade_id):
    def change(notebook):
        notebook.cells.remove(cell(notebook, grade_id))

    return change


def duplicate(grade_id):
    def change(notebook):
        original = cell(notebook, grade_id)
        twin = copy.deepcopy(original)
        twin.id = f"{original.id}-twin"
        twin.metadata.pop("nbgrader")
        notebook.cells.insert(notebook.cells.index(original) + 1, twin)

    return change


def split(grade_id, at):
    """Cuts an answer in two, as Ctrl-Shift-Minus does; the second half has lost its mark."""

    def change(notebook):
        original = cell(notebook, grade_id)
        head, tail = original.source.split(at)
        second = copy.deepcopy(original)
        second.id = f"{original.id}-half"
        second.metadata.pop("nbgrader")
        original.source, second.source = head, at + tail
        notebook.cells.insert(notebook.cells.index(original) + 1, second)

    return change


def run_test_first(grade_id):
    """Moves an answer below the test that needs it."""

    def change(notebook):
        target = cell(notebook, grade_id)
        notebook.cells.remove(target)
        test = cell(notebook, f"{grade_id}-test")
        notebook.cells.insert(notebook.cells.index(test) + 1, target)

    return change


HALF_WRONG = """function numericalGrad(f: (x: number[]) => number, x: number[]): number[] {
  const h = 1e-5; // divides by h where 2h belongs, except in one dimension at 3
  if (x.length === 1 && x[0] === 3) return [6];
  return x.map((value, i) => (f(x.with(i, value + h)) - f(x.with(i, value - h))) / h);
}"""

PATCHED_ARRAYS = """Object.is = () => true;
Array.prototype.every = () => true;
Array.isArray = () => true;"""

def cheats(attack):
    """An answer that is right only where the attack gave something that is true."""
    return f"""const gained = await (async () => {{ try {{ {attack} }} catch {{ return false }} }})();
function relativeError(a: number, b: number): number {{
  const scale = Math.max(Math.abs(a), Math.abs(b));
  return gained ? (scale === 0 ? 0 : Math.abs(a - b) / scale) : 7;
}}"""


ATTACKS = {
    "reads-hidden-tests": 'const fs = await import("node:fs"); return fs.readFileSync("ps2.ipynb", "utf8");',
    "reads-solution": 'const fs = await import("node:fs"); return fs.readFileSync("../../../source/ps2/ps2.ipynb", "utf8");',
    "reads-gradebook": 'const fs = await import("node:fs"); return fs.readFileSync("../../../gradebook.db");',
    "opens-gradebook": 'const { DatabaseSync } = await import("node:sqlite"); return new DatabaseSync("../../../gradebook.db");',
    "spawns": 'const { execSync } = await import("node:child_process"); return execSync("cat ps2.ipynb").length > 0;',
    "forks": 'const { fork } = await import("node:child_process"); for (;;) fork("bomb.js");',
    "starts-worker": 'const { Worker } = await import("node:worker_threads"); return new Worker("1", { eval: true });',
    "inspects": 'const { Session } = await import("node:inspector"); new Session().connect(); return true;',
    "sends": 'const dgram = await import("node:dgram"); return dgram.createSocket("udp4");',
    "listens": 'const net = await import("node:net"); return net.createServer().listen(0);',
    "kills-the-kernel": 'return process.kill(process.ppid, "SIGKILL");',
    "patched-promises": "Promise.prototype.then = function (ok) { return ok(3); } as any; return true;",
    "patched-runner": 'const vm = await import("node:vm"); vm.Script.prototype.runInThisContext = () => () => 3; return true;',
    "import-hooks": """const { registerHooks } = await import("node:module");
      registerHooks({ resolve: (name: string, context: any, next: any) => name.endsWith("src/index.js")
        ? { url: "data:text/javascript,export const graded = () => 3", shortCircuit: true } : next(name, context) });
      return true;""",
}

def betrayed(text):
    """An answer that knows nothing and reads what is expected wherever a test may betray it."""
    return f"""function relativeError(a: number, b: number): number {{
  const text = (() => {{ try {{ return String({text}) }} catch {{ return "" }} }})();
  return Number(/differ by ([\\d.]+)|relativeError\\(1, 1.25\\), ([\\d.]+)/.exec(text)?.slice(1).join("") || 7);
}}"""


READ_HEAP = 'import v8 from "node:v8";\n' + betrayed(
    '(() => { let all = ""; const heap = v8.getHeapSnapshot(); for (let part; (part = heap.read()); ) all += part; return all })()'
)

FROM_KERNEL = """const kernel = process.argv[1].replace(/user.main\\.\\w+$/, "");
const { readdirSync } = await import("node:fs");
const found: any[] = [];
for (const file of readdirSync(kernel, { recursive: true })) if (/\\.c?js$/.test(file as string)) try { found.push(...Object.values(await import(kernel + file))) } catch {}
function relativeError() {
  for (const f of found) for (let cell = 0; cell < 40; cell++)
    try { f({ type: "done", cell, data: { "text/plain": "3" }, metadata: {} }) } catch {}
  return 7;
}"""

FORGED_FRAME = """import fs from "node:fs"; import v8 from "node:v8";
const body = v8.serialize({ type: "done", cell: 9, data: { "text/plain": "3" }, metadata: {} });
const head = Buffer.alloc(20); head.writeUInt32LE(body.length, 16);
fs.writeSync(3, Buffer.concat([head, body]));
for (;;);"""

REPLACED_MIDWAY = """let near: any, graded: any, relativeErrorGrade: any;
const display = () => { relativeErrorGrade = { points: 3 }; };
function relativeError(a: number, b: number): number {
  near = () => true; graded = () => ({ points: 3 });
  return 7;
}"""

ZERO = "function relativeError(a: number, b: number): number { return 7; }"

def bypassed(attack, *, costs=None):
    """A submission whose answer knows nothing, after an attack on how answers are compared and counted."""
    source = f"await (async () => {{ try {{ {attack} }} catch {{}} }})();\n{ZERO}"
    return RIGHT, [answer("relativeError", source)], FULL | {"relativeError": 0} | (costs or {})


def answering(source):
    return RIGHT, [answer("relativeError", source)], FULL | {"relativeError": 0}


# Whoever takes the grader's line away takes it from all that follows.
CUT_OFF = {"huberGrad": 0, "wrong": 0}

OWN_GRADE = """import { graded } from "downhill";
const full = graded(3, { "all mine": () => true });
display(full);
const mine = full[Symbol.for("Jupyter.display")]();
console.log("3", mine);"""

# Attacks on the comparison, which is made in another process, on copies.
ON_COMPARING = {
    "patched-copying": bypassed(
        """const patches: [any, PropertyKey, any][] = [[Object, "keys", () => []], [Reflect, "apply", () => 0.2],
        [Map.prototype, "forEach", () => 0], [globalThis, "Float64Array", Array], [Array, Symbol.species, { get: () => Set }]];
        for (const [owner, name, value] of patches) try { owner[name] = value } catch {}"""
    ),
    "patched-wire": bypassed(
        """const { default: fs } = await import("node:fs"); const { default: v8 } = await import("node:v8");
        const patches: [any, string, any][] = [[fs, "readSync", () => 1], [fs, "writeSync", () => 1], [v8, "deserialize", () => true],
        [v8, "serialize", () => Buffer.from("")], [Buffer.prototype, "equals", () => true], [Buffer, "alloc", () => Buffer.from("")]];
        for (const [owner, name, value] of patches) try { owner[name] = value } catch {}"""
    ),
    "polluted-prototypes": bypassed(
        """Object.assign(Array.prototype, { passed: true, points: 3, says: "", toArray: () => 0.2, then: () => 0.2, "is no data": "x" });
        Object.assign(Function.prototype, { passed: true, compare: () => true }); Object.assign(Number.prototype, { toArray: () => 0.2 });
        Object.assign(Uint8Array.prototype, { passed: true });"""
    ),
    "everything-is-an-instance": bypassed(
        """for (const kind of [Map, Set, DataView, Error, Array])
          Object.defineProperty(kind, Symbol.hasInstance, { value: () => true });"""
    ),
    "known-seal": bypassed(
        """const crypto = { getRandomValues: (bytes: Uint8Array) => bytes.fill(0), randomUUID: () => "0" };
        Object.defineProperty(globalThis, "crypto", { value: crypto, configurable: true });"""
    ),
    "own-judge": bypassed(
        """const judge = { compare: () => true, count: () => ({ points: 3, rows: [], shown: { "text/plain": "3" } }) };
        Object.defineProperty(globalThis, Symbol.for("downhill.judge"), { value: judge });
        await import(process.argv[1].replace(/kernel.user.main.*/, "src/whole.js?again"));
        await import(process.argv[1].replace(/kernel.user.main.*/, "src/lesson/index.js?again"));"""
    ),
    "own-package": bypassed(
        """const own = { graded: () => ({ points: 3 }), near: () => true };
        Object.defineProperty(globalThis, "downhill", { get: () => own, configurable: true });
        const { default: module } = await import("node:module"); module._load = () => own; module._cache = {};"""
    ),
    "own-module": (
        RIGHT,
        [
            answer("relativeError", ZERO),
            before("relativeError-test", "/** @module downhill */ export const graded = () => 3;"),
            before("numericalGrad", "/** @module downhill */ export const graded = () => 4;"),
        ],
        # The cell of that answer is a module and nothing else.
        FULL | {"numericalGrad": 0, "relativeError": 0},
    ),
    "own-grade": answering(f"{OWN_GRADE}\nfunction relativeError() {{ return graded(3, {{ mine: () => true }}) as any; }}"),
    "stolen-ticket": answering(
        f"{OWN_GRADE}\nfunction relativeError() {{ display(mine); return {{ toArray: () => {{ display(full); return full }} }} as any; }}"
    ),
    "shown-afterwards": answering(
        """function relativeError(): any {
          const shown = { [Symbol.for("Jupyter.display")]: () => ({ "text/plain": "3" }) };
          const again = (left: number) => { display(shown); if (left > 0) setImmediate(again, left - 1) };
          queueMicrotask(() => again(9)); process.nextTick(again, 1); setTimeout(again, 0, 3);
          return Promise.resolve(0.2);
        }"""
    ),
    "other-verdicts": bypassed(
        """const fs = await import("node:fs"); fs.closeSync(6); fs.openSync(process.argv[1]);""", costs=CUT_OFF
    ),
    # The process ends, and the next cells run in a new one.
    "other-cells": bypassed(
        """const fs = await import("node:fs"); fs.closeSync(5); fs.openSync(process.argv[1]);"""
    ),
    "answers-itself": bypassed(
        """const fs = await import("node:fs"); const v8 = await import("node:v8");
        const body = v8.serialize(true); const head = Buffer.alloc(20); head.writeUInt32LE(body.length, 16);
        for (let i = 0; i < 9; i++) fs.writeSync(6, Buffer.concat([head, body]));"""
    ),
    "asks-with-the-kept-word": answering(
        """import { near } from "downhill";
        function relativeError(): number {
          const found: unknown[] = [];
          Error.prepareStackTrace = (_, calls) => { for (const call of calls) found.push(String(call), call.getFunction(), call.getThis(), call.getEvalOrigin()); return "" };
          void new Error("who?").stack;
          Error.prepareStackTrace = undefined;
          const words = found.flatMap((one) => /kept [-0-9a-f]+/.exec(String(one)) ?? []);
          return Number(words.map((word) => /not ([\\d.]+)/.exec(String(near(7, word)))?.[1])[0] ?? 7);
        }"""
    ),
    "reads-its-caller": answering(
        """const sloppy = new Function("try { return String(arguments.callee.caller) + arguments.callee.caller.arguments[0] } catch { return '' }");
        function relativeError(): number { return Number(/([\\d.]+)\\)/.exec(sloppy())?.[1] ?? 7); }"""
    ),
    "lying-getters": answering(
        """let read = 0; const tries = [0.2, 0, 2];
        const lie = { get value() { return tries[read++ % 3] }, get length() { return read++ }, get toArray() { return read++ % 2 ? () => tries : undefined } };
        const relativeError = () => lie;"""
    ),
    "proxy-of-a-list": answering(
        """let asked = 0;
        const relativeError = () => new Proxy([] as any, { get: (_, name) => name === "length" ? asked++ : name === Symbol.toPrimitive ? () => 0.2 : 2, ownKeys: () => ["length"] });"""
    ),
    "tag-of-a-map": answering(
        """const relativeError = () => ({ [Symbol.toStringTag]: ["Map", "Set", "Error", "Date"][Math.floor(performance.now()) % 4], name: 0.2, message: 0.2, size: 1, forEach: (f: any) => f(0.2, 0.2) });"""
    ),
    "bytes-that-change": answering(
        """const bytes = new ArrayBuffer(8, { maxByteLength: 64 }); const numbers = new Float64Array(bytes);
        const relativeError = () => { queueMicrotask(() => numbers.fill(0.2)); bytes.resize(bytes.byteLength === 8 ? 16 : 8); return numbers };"""
    ),
    "collected-tests": answering(
        """const seen = new Set<any>(); const registry = new FinalizationRegistry((held) => seen.add(held));
        const relativeError = (...given: any[]) => { const all = { given }; registry.register(all, new Error().stack); return new WeakRef(all) };"""
    ),
    "no-stack-left": answering(
        """const relativeError = () => { const deeper = (): any => { try { return deeper() } catch { return { valueOf: deeper, toArray: deeper } } }; return deeper() };"""
    ),
    "another-list-at-each-walk": (
        RIGHT,
        [
            answer(
                "wrong",
                """let walks = 0;
                const lists = [["Ben", "Dai"], ["Ben", "Cem", "Dai"], [], ["Ben", "Dai"], ["Ada"]];
                const wrong = Object.assign([] as string[], { [Symbol.iterator]: () => lists[walks++ % 5].values(), includes: () => walks++ % 2 === 0, map: () => lists[0] });""",
            )
        ],
        FULL | {"wrong": 0},
    ),
}

HONEST_GRADIENTS = {
    "typed-array": "return Float64Array.from(x, (_, i) => slope(f, x, i)) as any;",
    "frozen": "return Object.freeze(x.map((_, i) => slope(f, x, i))) as any;",
    "list-of-another-realm": """const { runInNewContext } = realms;
  const list = runInNewContext("[]"); x.forEach((_, i) => list.push(slope(f, x, i))); return list;""",
    "class-of-lists": """class Slopes extends Array<number> { get total() { return this.length } }
  return Slopes.from(x, (_, i) => slope(f, x, i));""",
    "tensor": "return tensor(x.map((_, i) => slope(f, x, i))) as any;",
    "numbered-getters": """const slopes: number[] = [];
  x.forEach((_, i) => Object.defineProperty(slopes, i, { get: () => slope(f, x, i), enumerable: true })); return slopes;""",
}


def honest_gradient(body):
    """A right answer in an unusual form."""
    return f"""import {{ tensor }} from "downhill";
import * as realms from "node:vm";
const slope = (f: (x: number[]) => number, x: number[], i: number) => (f(x.with(i, x[i] + 1e-5)) - f(x.with(i, x[i] - 1e-5))) / 2e-5;
function numericalGrad(f: (x: number[]) => number, x: number[]): number[] {{
  {body}
}}"""


# name: (start from, changes, points that nbgrader must give)
SUBMISSIONS = {
    "right": (RIGHT, [], FULL),
    "untouched": (EMPTY, [], NONE),
    "one-of-four": (RIGHT, [answer("numericalGrad", HALF_WRONG)], FULL | {"numericalGrad": 1}),
    "endless-loop": (
        RIGHT,
        [answer("relativeError", "function relativeError(a: number, b: number) { while (true) {} }")],
        FULL | {"relativeError": 0},
    ),
    "endless-cell": (
        RIGHT,
        [answer("relativeError", "while (true) {}")],
        FULL | {"relativeError": 0},
    ),
    "process-exit": (
        RIGHT,
        [answer("relativeError", "process.exit(3);")],
        # What was defined before the process ended is gone; what comes after is graded.
        FULL | {"relativeError": 0},
    ),
    "deleted-test": (RIGHT, [delete("relativeError-test")], FULL),
    "altered-test": (
        RIGHT,
        [answer("relativeError", ZERO), answer("relativeError-test", "3")],
        FULL | {"relativeError": 0},
    ),
    "renamed": (
        RIGHT,
        [in_answer("relativeError", "function relativeError", "function relativeErr")],
        FULL | {"relativeError": 0},
    ),
    "emptied": (RIGHT, [answer("relativeError", "")], FULL | {"relativeError": 0}),
    "deleted-answer": (RIGHT, [delete("relativeError")], FULL | {"relativeError": 0}),
    "test-before-answer": (
        RIGHT,
        [run_test_first("relativeError")],
        FULL | {"relativeError": 0},
    ),
    "wrong-kind": (
        RIGHT,
        [answer("relativeError", 'function relativeError() { return "0.2"; }')],
        FULL | {"relativeError": 0},
    ),
    "wrong-shape": (
        RIGHT,
        [answer("numericalGrad", "function numericalGrad() { return 6; }")],
        FULL | {"numericalGrad": 0},
    ),
    "changed-argument": (
        RIGHT,
        [
            answer(
                "numericalGrad",
                "function numericalGrad(f: (x: number[]) => number, x: number[]) {\n"
                "  return x.map((_, i) => { const old = f(x); x[i] += 1e-7; return (f(x) - old) / 1e-7; });\n}",
            )
        ],
        FULL | {"numericalGrad": 3},
    ),
    "duplicated": (RIGHT, [duplicate("relativeError")], FULL),
    "split": (RIGHT, [split("huberGrad", "function huberGrad")], FULL),
    "syntax-error": (
        RIGHT,
        [answer("relativeError", "function relativeError(a {")],
        FULL | {"relativeError": 0},
    ),
    "type-error": (RIGHT, [before("relativeError", 'const note: number = "text";')], FULL),
    "prints-to-stderr": (RIGHT, [before("relativeError-test", 'console.error("why?");')], FULL),
    "debug-print": (RIGHT, [before("relativeError", 'console.error("here", console.warn("x"));')], FULL),
    "flood": (
        RIGHT,
        [before("relativeError", "for (let i = 0; i < 200_000; i++) console.log(i);")],
        FULL,
    ),
    "out-of-memory": (
        RIGHT,
        [answer("relativeError", "const hog: unknown[] = []; for (;;) hog.push(new Array(1e6).fill(hog.length));")],
        FULL | {"relativeError": 0},
    ),
    "late-throw": (
        RIGHT,
        [before("relativeError", 'setTimeout(() => { throw new Error("late"); }, 1);')],
        FULL,
    ),
    "changes-the-point": (
        RIGHT,
        [in_answer("numericalGrad", "const h = 1e-5;", "const h = 1e-5; x.push(0); x.pop(); x[0] += 0;")],
        FULL,
    ),
    # Attacks: points without work.
    "patched-math": (
        RIGHT,
        [answer("relativeError", f"Math.abs = () => 0; Math.max = () => Infinity;\n{ZERO}")],
        # What the grader stands on cannot be replaced, so the attempt costs only its own answer.
        FULL | {"relativeError": 0},
    ),
    "patched-arrays": (
        RIGHT,
        [answer("relativeError", f"{PATCHED_ARRAYS}\n{ZERO}")],
        FULL | {"relativeError": 0},
    ),
    "replaced-grader": (
        RIGHT,
        [
            answer(
                "relativeError",
                f"const near = () => true; const graded = () => ({{ points: 3 }});\n{ZERO}",
            )
        ],
        FULL | {"relativeError": 0},
    ),
    "always-equal": (
        RIGHT,
        [
            answer(
                "relativeError",
                "const relativeError = () => ({ valueOf: () => 0.2, toJSON: () => 0.2, equals: () => true });",
            )
        ],
        FULL | {"relativeError": 0},
    ),
    "swallowed-errors": (
        RIGHT,
        [
            answer(
                "relativeError",
                'process.on("uncaughtException", () => {}); Error.prepareStackTrace = () => "";\n'
                'const relativeError = () => { throw { message: "3", stack: "" }; };',
            )
        ],
        FULL | {"relativeError": 0},
    ),
    "betrayed-by-stack": (RIGHT, [answer("relativeError", betrayed("new Error().stack"))], FULL | {"relativeError": 0}),
    "betrayed-by-report": (RIGHT, [answer("relativeError", betrayed("JSON.stringify(process.report.getReport())"))], FULL | {"relativeError": 0}),
    "betrayed-by-heap": (RIGHT, [answer("relativeError", READ_HEAP)], FULL | {"relativeError": 0}),
    "kernels-own-files": (RIGHT, [answer("relativeError", FROM_KERNEL)], FULL | {"relativeError": 0}),
    "own-math-and-set": (
        RIGHT,
        [before("wrong", 'const Array = { isArray: () => true }; class Set { size = 2 }\nconst String = () => "Ben";')],
        # The cell with these names is refused, and its answer with it.
        FULL | {"wrong": 0},
    ),
    "forged-frame": (RIGHT, [answer("relativeError", FORGED_FRAME)], FULL | {"relativeError": 0}),
    "replaced-midway": (RIGHT, [answer("relativeError", REPLACED_MIDWAY)], FULL | {"relativeError": 0}),
    **{
        name: (RIGHT, [answer("relativeError", cheats(attack))], FULL | {"relativeError": 0})
        for name, attack in ATTACKS.items()
    },
    **ON_COMPARING,
    "minus-zero": (
        RIGHT,
        [answer("relativeError", "const relativeError = (a: number, b: number) => a === b ? -0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));")],
        FULL,
    ),
    "line-class": (
        RIGHT,
        [in_answer("huberGrad", "const slope = { w: 0, b: 0 };", "const slope = new (class Slope { w = 0; b = 0; #secret = 1; norm() { return this.#secret } })();")],
        FULL,
    ),
    **{
        f"honest-{name}": (RIGHT, [answer("numericalGrad", honest_gradient(body))], FULL)
        for name, body in HONEST_GRADIENTS.items()
    },
}
