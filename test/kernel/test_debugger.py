"""The debugger, as a front end speaks with it: requests of the Debug Adapter Protocol in Jupyter's messages."""

import os
import random
import signal
import time
from queue import Empty

import pytest

from reference import check


SOURCE = {"name": str, "path": str}
BREAKPOINT = {"id": int, "verified": bool, "line": int, "source": SOURCE}
VARIABLE = {"name": str, "value": str, "type": str, "variablesReference": int, "evaluateName": str}

# What each response must carry in its body, by the protocol and by what JupyterLab reads from it.
BODIES = {
    "initialize": {
        "supportsConfigurationDoneRequest": bool,
        "supportsConditionalBreakpoints": bool,
        "exceptionBreakpointFilters": [{"filter": str, "label": str}],
    },
    "debugInfo": {
        "isStarted": bool,
        "hashMethod": ("Murmur2",),
        "hashSeed": int,
        "tmpFilePrefix": str,
        "tmpFileSuffix": str,
        "breakpoints": [{"source": str, "breakpoints": [{"line": int}]}],
        "stoppedThreads": [int],
        "richRendering": bool,
        "exceptionPaths": [str],
        "copyToGlobals": bool,
    },
    "dumpCell": {"sourcePath": str},
    "setBreakpoints": {"breakpoints": [BREAKPOINT]},
    "source": {"content": str},
    "threads": {"threads": [{"id": int, "name": str}]},
    "stackTrace": {
        "stackFrames": [{"id": int, "name": str, "source": SOURCE, "line": int, "column": int}],
        "totalFrames": int,
    },
    "scopes": {"scopes": [{"name": str, "variablesReference": int, "expensive": bool}]},
    "variables": {"variables": [VARIABLE]},
    "inspectVariables": {"variables": [VARIABLE]},
    "richInspectVariables": {"data": {str: object}, "metadata": dict},
    "evaluate": {"result": str, "type": str, "variablesReference": int},
    "continue": {"allThreadsContinued": bool},
    "modules": {"modules": [{"id": str, "name": str, "path": str}], "totalModules": int},
}

EVENTS = {
    "initialized": {},
    "stopped": {"reason": str, "threadId": int, "allThreadsStopped": bool},
    "continued": {"threadId": int, "allThreadsContinued": bool},
    "breakpoint": {"reason": ("changed",), "breakpoint": BREAKPOINT},
}


class Debugger:
    """One front end's debugger beside a kernel."""

    def __init__(self, kernel):
        self.kernel = kernel
        self.seq = 0

    def ask(self, command, **arguments):
        """The whole response to a request."""
        self.seq += 1
        request = {"type": "request", "seq": self.seq, "command": command, "arguments": arguments}
        response = self.kernel.ask("debug_request", request, channel="control")
        assert (response["command"], response["request_seq"]) == (command, self.seq)
        if response["success"]:
            check(response["body"], BODIES.get(command, {}), command)
        return response

    def body(self, command, **arguments):
        response = self.ask(command, **arguments)
        assert response["success"], response
        return response["body"]

    def attach(self):
        self.body("initialize", clientID="test", linesStartAt1=True)
        self.body("attach")
        self.event("initialized")
        return self

    def break_at(self, code, *lines, condition=None):
        """Sets the breakpoints of a cell; gives the lines where they came to stand."""
        path = self.body("dumpCell", code=code)["sourcePath"]
        extra = {} if condition is None else {"condition": condition}
        wishes = [{"line": line, **extra} for line in lines]
        return self.body("setBreakpoints", source={"path": path}, breakpoints=wishes)["breakpoints"]

    def event(self, name, timeout=20):
        """The body of the next event of this name."""
        deadline = time.monotonic() + timeout
        while True:
            message = self.kernel.client.get_iopub_msg(timeout=max(0, deadline - time.monotonic()))
            if message["msg_type"] == "error":
                raise AssertionError(message["content"])
            if message["msg_type"] != "debug_event":
                continue
            content = message["content"]
            assert content["type"] == "event"
            check(content["body"], EVENTS[content["event"]], content["event"])
            if content["event"] == name:
                return content["body"]

    def stopped(self, reason="breakpoint"):
        """Waits for a stop; gives the frames."""
        assert self.event("stopped")["reason"] == reason
        return self.frames()

    def frames(self):
        return self.body("stackTrace", threadId=1)["stackFrames"]

    def step(self, command):
        """Goes on by one step; gives the name and the line where that ended."""
        self.body(command, threadId=1)
        [top, *_] = self.stopped("step")
        return top["name"], top["line"]

    def variables(self, frame, scope):
        """What a scope holds: values by their names."""
        scopes = self.body("scopes", frameId=frame["id"])["scopes"]
        [reference] = [one["variablesReference"] for one in scopes if one["name"] == scope]
        return by_name(self.body("variables", variablesReference=reference))

    def evaluate(self, expression, frame=None):
        extra = {} if frame is None else {"frameId": frame["id"]}
        return self.ask("evaluate", expression=expression, context="repl", **extra)

    def go_on(self, cell):
        """Lets a paused cell run to its end."""
        self.body("continue", threadId=1)
        return self.kernel.finish(cell)


def by_name(body):
    return {variable["name"]: variable for variable in body["variables"]}


def values(listed):
    return {name: variable["value"] for name, variable in listed.items()}


@pytest.fixture
def debugger(kernel):
    return Debugger(kernel).attach()


def test_the_kernel_says_that_it_has_a_debugger(shared):
    info = shared.ask("kernel_info_request")
    assert info["debugger"] is True and "debugger" in info["supported_features"]


def test_the_path_of_a_cell_is_the_one_that_a_front_end_makes_itself(shared):
    debugger = Debugger(shared)
    info = debugger.body("debugInfo")
    assert info["isStarted"] is False and info["stoppedThreads"] == []
    # MurmurHash2 as JupyterLab 4.6 computes it with this seed.
    path = debugger.body("dumpCell", code="let é = 1;\nconsole.log('ü😀');")["sourcePath"]
    assert info["hashSeed"] == 0xC70F6907
    assert path == info["tmpFilePrefix"] + "2860532135" + info["tmpFileSuffix"]


CELL = """let a: number = 3;
// a comment
let total = a;
for (let i = 0; i < 2; i++) {
  total += i;
}
total * 2"""


def test_a_cell_stops_at_its_breakpoint_and_goes_on(kernel, debugger):
    [told] = debugger.break_at(CELL, 5)
    assert told["verified"] and told["line"] == 5
    cell = kernel.start(CELL)
    [frame] = debugger.stopped()
    assert (frame["name"], frame["source"]["name"], frame["line"]) == ("In[1]", "In[1]", 5)
    assert frame["source"]["path"] == told["source"]["path"]
    assert debugger.body("debugInfo")["stoppedThreads"] == [1]
    assert values(debugger.variables(frame, "Locals")) == {"i": "0"}
    assert values(debugger.variables(frame, "Globals")) == {"a": "3", "total": "3"}
    debugger.body("continue", threadId=1)
    [frame] = debugger.stopped()
    assert values(debugger.variables(frame, "Locals")) == {"i": "1"}
    assert debugger.go_on(cell).result == "8"
    assert debugger.body("debugInfo")["stoppedThreads"] == []


def test_a_breakpoint_where_nothing_happens_moves_down_or_says_so(debugger):
    moved, last = debugger.break_at(CELL, 2, 7)
    assert (moved["line"], moved["verified"]) == (3, True)
    assert (last["line"], last["verified"]) == (7, True)
    [none] = debugger.break_at("let x = 1;\ninterface Y {}\n// end", 2)
    assert none["verified"] is False and "Nothing happens" in none["message"]
    [file] = debugger.body("setBreakpoints", source={"path": "/some/file.ts"}, breakpoints=[{"line": 1}])["breakpoints"]
    assert file["verified"] is False and "no such file" in file["message"]
    listed = {tuple(b["line"] for b in one["breakpoints"]) for one in debugger.body("debugInfo")["breakpoints"]}
    assert (3, 7) in listed


def test_breakpoints_that_are_taken_away_stop_nothing(kernel, debugger):
    debugger.break_at(CELL, 5)
    debugger.break_at(CELL)
    assert kernel.run(CELL).result == "8"
    assert debugger.body("debugInfo")["breakpoints"] == []


def test_a_condition_in_typescript_decides_whether_a_breakpoint_stops(kernel, debugger):
    debugger.break_at(CELL, 5, condition="(total as number) > 3 || i === 1")
    cell = kernel.start(CELL)
    [frame] = debugger.stopped()
    assert values(debugger.variables(frame, "Locals")) == {"i": "1"}
    assert debugger.go_on(cell).status == "ok"
    [told] = debugger.break_at(CELL, 5, condition="total >")
    assert told["verified"] is False and "condition" in told["message"]


FUNCTIONS = """const name = "downhill";
function half(x: number): number {
  const y = x / 2;
  return y;
}
async function later(x: number): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 1));
  const z = half(x);
  return z + 1;
}
let sum = 0;
function count(to: number): number {
  for (sum = 0; sum < 5; sum++) {
    sum += 1;
  }
  return sum + to;
}"""


def test_a_function_of_an_earlier_cell_stops_wherever_it_is_called(kernel, debugger):
    kernel.run(FUNCTIONS)
    debugger.break_at(FUNCTIONS, 3)
    cell = kernel.start("const r = half(6);\nr")
    inner, outer = debugger.stopped()
    assert (inner["name"], inner["source"]["name"], inner["line"]) == ("half", "In[1]", 3)
    assert (outer["name"], outer["source"]["name"], outer["line"]) == ("In[2]", "In[2]", 1)
    assert values(debugger.variables(inner, "Locals"))["x"] == "6"
    assert debugger.go_on(cell).result == "3"


def test_code_that_ran_before_the_debugger_came_can_be_stopped_too(kernel):
    kernel.run(FUNCTIONS)
    debugger = Debugger(kernel)
    debugger.break_at(FUNCTIONS, 14)
    assert kernel.run("count(0)").result == "6"
    debugger.attach()
    cell = kernel.start("count(1)")
    # A loop of pure arithmetic, which otherwise runs as a fast twin of itself.
    assert debugger.stopped()[0]["line"] == 14
    debugger.break_at(FUNCTIONS)
    assert debugger.go_on(cell).result == "7"


def test_a_cell_stops_after_an_await(kernel, debugger):
    kernel.run(FUNCTIONS)
    debugger.break_at(FUNCTIONS, 8)
    cell = kernel.start("await later(8)")
    [frame] = debugger.stopped()
    assert (frame["name"], frame["line"]) == ("later", 8)
    assert debugger.step("next") == ("later", 9)
    assert debugger.go_on(cell).result == "5"


def test_steps_go_over_lines_into_calls_and_out_of_them(kernel, debugger):
    kernel.run(FUNCTIONS)
    code = "let t = 1;\nt = half(t) + half(4);\nawait null;\nfor (let i = 0; i < 2; i++) {\n  t += i;\n}\nt"
    debugger.break_at(code, 1)
    cell = kernel.start(code)
    debugger.stopped()
    assert debugger.step("next") == ("In[2]", 2)
    assert debugger.step("stepIn") == ("half", 3)
    assert debugger.step("next") == ("half", 4)
    assert debugger.step("stepOut") == ("In[2]", 2)
    assert debugger.step("stepIn") == ("half", 3)
    # Nothing is left to be done on line 2.
    assert debugger.step("stepOut") == ("In[2]", 3)
    lines = [debugger.step("next")[1] for _ in range(6)]
    assert lines == [4, 5, 4, 5, 4, 7]
    # Behind the last line there is no further stop, and none in the next cell.
    debugger.body("next", threadId=1)
    assert kernel.finish(cell).result == "3.5"
    assert kernel.run("t").result == "3.5"


def test_one_line_is_one_step_also_with_an_await_and_a_loop(kernel, debugger):
    code = "let n = 0;\nfor (let i = 0; i < 2; i++) n += await i;\nn += await 1; n += await 2;\nn"
    debugger.break_at(code, 1)
    cell = kernel.start(code)
    debugger.stopped()
    lines = []
    while not lines or lines[-1] != 4:
        lines.append(debugger.step("next")[1])
        assert len(lines) < 12, lines
    assert lines[0] == 2 and lines.count(2) in (2, 3, 4) and lines.count(3) == 1
    assert debugger.go_on(cell).result == "4"


def test_values_are_named_typed_short_and_can_be_opened(kernel, debugger):
    code = """import { tensor } from "downhill";
const name = "n";
const values = { list: [1, 2], map: new Map([["k", { deep: true }]]), set: new Set([7]) };
const long = Array.from({ length: 5000 }, (_, i) => i);
const point = tensor([1, 2]);
class Animal { sound = "mew"; get loud() { return this.sound.toUpperCase(); } speak() {
    return this.sound;
  }
}
const cat = new Animal();
const nothing = null;
cat.speak();"""
    debugger.break_at(code, 7)
    cell = kernel.start(code)
    inner, outer = debugger.stopped()
    assert (inner["name"], outer["line"]) == ("speak", 12)
    assert list(debugger.variables(inner, "Locals")) == ["this"]
    globals_ = debugger.variables(outer, "Globals")
    assert {name: globals_[name]["type"] for name in ("name", "values", "long", "point", "cat", "nothing", "Animal")} == {
        "name": "string",
        "values": "Object",
        "long": "Array",
        "point": "Tensor",
        "cat": "Animal",
        "nothing": "null",
        "Animal": "class",
    }
    assert globals_["name"]["value"] == "'n'"
    assert globals_["cat"]["value"] == "Animal { sound: 'mew' }"
    assert all(len(variable["value"]) <= 201 and "\n" not in variable["value"] for variable in globals_.values())

    def opened(variable):
        return by_name(debugger.body("variables", variablesReference=variable["variablesReference"]))

    inside = opened(globals_["values"])
    assert values(opened(inside["list"])) == {"0": "1", "1": "2"}
    assert values(opened(opened(inside["map"])["'k'"])) == {"deep": "true"}
    assert values(opened(inside["set"])) == {"0": "7"}
    assert values(opened(globals_["cat"])) == {"sound": "'mew'", "loud": "'MEW'"}
    assert opened(globals_["point"])["shape"]["value"] == "[ 2 ]"
    assert list(opened(globals_["long"]))[-1] == "… 4000 more"
    assert debugger.go_on(cell).result == "'mew'"


def test_expressions_are_evaluated_in_a_frame(kernel, debugger):
    kernel.run(FUNCTIONS)
    debugger.break_at(FUNCTIONS, 4)
    cell = kernel.start("half(8)")
    inner, outer = debugger.stopped()
    assert debugger.evaluate("(y as number) * 2 + name.length", inner)["body"]["result"] == "16"
    assert debugger.evaluate("{ y, x }", inner)["body"]["result"] == "{ y: 4, x: 8 }"
    assert debugger.evaluate("x = 5", inner)["body"]["result"] == "5"
    assert debugger.evaluate("y", outer)["message"] == "ReferenceError: y is not defined"
    assert "constant" in debugger.evaluate("name = 'other'", inner)["message"]
    assert debugger.evaluate("1 +", inner)["success"] is False
    assert "terminated" in debugger.evaluate("while (true) {}", inner)["message"]
    assert values(debugger.variables(inner, "Locals")) == {"x": "5", "y": "4"}
    debugger.body("copyToGlobals", srcVariableName="y", dstVariableName="copied", srcFrameId=inner["id"])
    assert debugger.go_on(cell).result == "4"
    assert kernel.run("let copied2 = copied + 1; copied2").result == "5"
    assert kernel.run("let copied = 1; copied").result == "1"


def test_the_variables_can_be_seen_without_a_debugger_being_attached(shared):
    shared.run("import { tensor } from 'downhill'; const size = [2, 3]; let name = 'x'; const table = tensor([[1, 2]])")
    debugger = Debugger(shared)
    listed = by_name(debugger.body("inspectVariables"))
    assert values(listed)["size"] == "[ 2, 3 ]" and values(listed)["name"] == "'x'"
    assert list(listed)[-1] == "tensor"
    parts = by_name(debugger.body("variables", variablesReference=listed["size"]["variablesReference"]))
    assert values(parts) == {"0": "2", "1": "3"}
    assert debugger.body("richInspectVariables", variableName="size")["data"] == {"text/plain": "[ 2, 3 ]"}
    assert "text/html" in debugger.body("richInspectVariables", variableName="table")["data"]
    assert debugger.body("richInspectVariables", variableName="no.such")["data"] == {}
    assert debugger.body("debugInfo")["isStarted"] is False


def test_variables_can_be_seen_while_a_cell_computes(kernel):
    cell = kernel.start("let turns = 0; while (true) turns++;")
    debugger = Debugger(kernel)
    deadline = time.monotonic() + 20
    while "turns" not in (listed := by_name(debugger.body("inspectVariables"))):
        assert time.monotonic() < deadline
    assert listed["turns"]["type"] == "number"
    kernel.interrupt()
    assert kernel.finish(cell).reply["ename"] == "KeyboardInterrupt"


def test_the_kernel_answers_while_a_cell_is_paused(kernel, debugger):
    debugger.break_at(CELL, 5)
    cell = kernel.start(CELL)
    debugger.stopped()
    assert kernel.beats()
    assert kernel.ask("kernel_info_request", channel="control")["status"] == "ok"
    assert kernel.ask("complete_request", {"code": "Math.sq", "cursor_pos": 7})["matches"]
    debugger.break_at(CELL)
    assert debugger.go_on(cell).status == "ok"


def test_an_interrupt_ends_a_paused_cell_and_the_debugger_goes_on(kernel, debugger):
    debugger.break_at(CELL, 5)
    for _ in range(3):
        cell = kernel.start(CELL)
        debugger.stopped()
        kernel.interrupt()
        debugger.event("continued")
        assert kernel.finish(cell).reply["ename"] == "KeyboardInterrupt"
        assert debugger.body("debugInfo")["stoppedThreads"] == []
    assert kernel.run("total").result == "3"
    loop = kernel.start("while (true) {}")
    kernel.interrupt()
    assert kernel.finish(loop).reply["ename"] == "KeyboardInterrupt"


def test_an_interrupt_at_any_moment_leaves_cells_and_debugger_usable(kernel, debugger):
    chance = random.Random(4)
    for _ in range(15):
        loop = chance.choice(["n += 1;", "n += await 1;"])
        code = f"let n = 0;\nwhile (true) {{\n  {loop}\n}}"
        debugger.break_at(code, *chance.choice([[], [3]]))
        cell = kernel.start(code)
        time.sleep(chance.random() / 20)
        debugger.ask(chance.choice(["continue", "next", "stepIn", "pause"]))
        kernel.interrupt()
        ran = kernel.finish(cell)
        assert ran.reply["ename"] == "KeyboardInterrupt" and "gone" not in ran.reply["evalue"]
        debugger.break_at(code)
        assert kernel.run("1 + 1").result == "2"
        assert debugger.body("debugInfo")["stoppedThreads"] == []


def test_a_process_that_dies_while_paused_is_replaced_and_its_successor_debugged(kernel, debugger):
    pid = int(kernel.run("process.pid").result)
    debugger.break_at(CELL, 5)
    cell = kernel.start(CELL)
    debugger.stopped()
    os.kill(pid, signal.SIGKILL)
    ran = kernel.finish(cell)
    assert ran.reply["ename"] == "Killed" and "gone" in ran.reply["evalue"]
    cell = kernel.start(CELL)
    assert debugger.stopped()[0]["line"] == 5
    debugger.break_at(CELL)
    assert debugger.go_on(cell).result == "8"


def test_process_exit_says_nothing_of_the_debugger(kernel, debugger):
    ran = kernel.run("process.exit(3)")
    assert "exit code 3" in ran.reply["evalue"] and ran.stderr == "" and ran.stdout == ""


def test_a_paused_kernel_shuts_down(kernel, debugger):
    pid = int(kernel.run("process.pid").result)
    debugger.break_at(CELL, 5)
    kernel.start(CELL)
    debugger.stopped()
    kernel.client.shutdown()
    deadline = time.monotonic() + 20
    while os.path.exists(f"/proc/{pid}"):
        assert time.monotonic() < deadline, "the process of the cells lives on"
        time.sleep(0.01)


def test_leaving_lets_a_paused_cell_run_and_forgets_the_breakpoints(kernel, debugger):
    debugger.break_at(CELL, 5)
    cell = kernel.start(CELL)
    debugger.stopped()
    debugger.body("disconnect", restart=False, terminateDebuggee=False)
    assert kernel.finish(cell).result == "8"
    assert debugger.body("debugInfo")["isStarted"] is False
    assert kernel.run(CELL).result == "8"
    debugger.attach()
    debugger.break_at(CELL, 5)
    cell = kernel.start(CELL)
    assert debugger.stopped()[0]["line"] == 5
    debugger.body("disconnect")
    assert kernel.finish(cell).result == "8"


def test_an_error_that_no_cell_catches_stops_where_it_is_thrown(kernel, debugger):
    debugger.body("setExceptionBreakpoints", filters=["uncaught"])
    code = "try { JSON.parse('{') } catch {}\nfunction deep(o: any) {\n  return o.x.y;\n}\ndeep({});"
    cell = kernel.start(code)
    inner, outer = debugger.stopped("exception")
    assert (inner["name"], inner["line"], outer["line"]) == ("deep", 3, 5)
    assert debugger.go_on(cell).reply["ename"] == "TypeError"
    debugger.body("setExceptionBreakpoints", filters=["all"])
    cell = kernel.start("try { JSON.parse('{') } catch {}")
    assert debugger.stopped("exception")[0]["line"] == 1
    debugger.body("setExceptionBreakpoints", filters=[])
    assert debugger.go_on(cell).status == "ok"
    assert kernel.run("null!.x").reply["ename"] == "TypeError"


def test_a_debugger_statement_and_a_request_stop_too(kernel, debugger):
    cell = kernel.start("let seen = 1;\ndebugger;\nseen = 2;")
    assert debugger.stopped()[0]["line"] == 2
    assert debugger.go_on(cell).status == "ok"
    cell = kernel.start("let on = true;\nwhile (on) {\n  seen += 1;\n}\nseen > 1")
    debugger.body("pause", threadId=1)
    [frame] = debugger.stopped("pause")
    assert frame["line"] in (2, 3)
    assert debugger.evaluate("on = false", frame)["success"]
    assert debugger.go_on(cell).result == "true"


def test_steps_skip_the_kernel_and_imports_but_enter_libraries(kernel, debugger):
    (kernel.folder / "local.ts").write_text("export function twice(x: number) {\n  return 2 * x;\n}\n")
    code = 'import { twice } from "./local.ts";\nconst t = twice(4);\ndisplay(t);\nconsole.log(t);'
    debugger.break_at(code, 1)
    cell = kernel.start(code)
    assert debugger.stopped()[0]["line"] == 2
    assert debugger.step("stepIn") == ("twice", 2)
    [inner, outer] = debugger.frames()
    assert inner["source"]["path"] == str(kernel.folder / "local.ts") and outer["name"] == "In[1]"
    assert "2 * x" in debugger.body("source", source=inner["source"])["content"]
    assert str(kernel.folder / "local.ts") in [one["path"] for one in debugger.body("modules")["modules"]]
    assert debugger.step("stepOut") == ("In[1]", 3)
    assert debugger.step("stepIn") == ("In[1]", 4)
    ran = debugger.go_on(cell)
    assert ran.stdout == "8\n"


MODULE = """import { factor } from "./factor";
interface Shape {
  readonly side: number;
}

export function area(shape: Shape): number {
  const { side } = shape;
  return factor * side ** 2;
}
export const ready: boolean = true;
"""
USE = 'import { area } from "./shapes";\nconst a = area({ side: 3 });\na'


@pytest.fixture
def shapes(kernel):
    (kernel.folder / "factor.ts").write_text("export const factor = 2;\n")
    path = kernel.folder / "shapes.ts"
    path.write_text(MODULE)
    return path


def break_in(debugger, path, *lines, condition=None):
    """Sets the breakpoints of a file; gives what is told of them."""
    extra = {} if condition is None else {"condition": condition}
    wishes = [{"line": line, **extra} for line in lines]
    return debugger.body("setBreakpoints", source={"path": str(path)}, breakpoints=wishes)["breakpoints"]


@pytest.mark.parametrize("loaded", [False, True])
def test_a_local_module_stops_at_its_breakpoint_with_its_own_lines_and_variables(kernel, debugger, shapes, loaded):
    if loaded:
        kernel.run(USE)
    [told] = break_in(debugger, shapes, 8)
    assert (told["verified"], told["line"], told["source"]["name"]) == (True, 8, "shapes.ts")
    cell = kernel.start(USE)
    inner, outer = debugger.stopped()
    assert (inner["name"], inner["line"], inner["source"]["path"]) == ("area", 8, str(shapes))
    assert (outer["name"][:2], outer["line"]) == ("In", 2)
    assert debugger.body("source", source=inner["source"])["content"] == MODULE
    local = values(debugger.variables(inner, "Locals"))
    assert local["side"] == "3" and local["shape"] == "{ side: 3 }"
    assert debugger.evaluate("side + 1", inner)["body"]["result"] == "4"
    assert debugger.step("stepOut")[1] in (2, 3)
    assert debugger.go_on(cell).result == "18"


def test_a_breakpoint_stops_a_module_while_it_is_loaded(kernel, debugger, shapes):
    moved, ready = break_in(debugger, shapes, 2, 10)
    assert (moved["line"], ready["line"]) == (7, 10)
    cell = kernel.start(USE)
    assert [frame["line"] for frame in debugger.stopped()][0] == 10
    debugger.body("continue")
    assert debugger.stopped()[0]["line"] == 7
    assert debugger.go_on(cell).result == "18"


def test_a_breakpoint_holds_when_its_module_is_changed_and_loaded_anew(kernel, debugger, shapes):
    break_in(debugger, shapes, 8)
    for factor, result in (("factor", "18"), ("10 * factor", "180")):
        changed = MODULE.replace("return factor", f"return {factor}")
        shapes.write_text(changed)
        cell = kernel.start(USE)
        [frame, _] = debugger.stopped()
        assert frame["line"] == 8
        assert debugger.body("source", source=frame["source"])["content"] == changed
        # What is changed now does not run yet.
        shapes.write_text(MODULE + "// more")
        assert f"return {factor} * side" in debugger.body("source", source=frame["source"])["content"]
        assert "// more" not in debugger.body("source", source=frame["source"])["content"]
        assert debugger.go_on(cell).result == result
    paths = [one["path"] for one in debugger.body("modules")["modules"]]
    assert paths.count(str(shapes)) == 1


def test_breakpoints_of_a_module_have_conditions_and_can_be_taken_away(kernel, debugger, shapes):
    kernel.run('const side = "of the cells"; const name = 1')
    break_in(debugger, shapes, 8, condition="(side as number) > 3")
    code = 'import { area } from "./shapes"; [2, 4].map((side) => area({ side }))'
    cell = kernel.start(code)
    assert values(debugger.variables(debugger.stopped()[0], "Locals"))["side"] == "4"
    assert debugger.go_on(cell).result == "[ 8, 32 ]"
    [listed] = debugger.body("debugInfo")["breakpoints"]
    assert listed["source"] == str(shapes) and [b["line"] for b in listed["breakpoints"]] == [8]
    break_in(debugger, shapes)
    assert kernel.run(code).result == "[ 8, 32 ]"


def test_a_module_stops_at_its_breakpoint_in_the_process_that_replaced_a_dead_one(kernel, debugger, shapes):
    break_in(debugger, shapes, 8)
    assert kernel.run("process.exit(1)").reply["ename"] == "ProcessExit"
    cell = kernel.start(USE)
    assert debugger.stopped()[0]["line"] == 8
    assert debugger.go_on(cell).result == "18"


def test_a_module_that_needs_another_form_stops_at_its_own_lines(kernel, debugger):
    path = kernel.folder / "space.ts"
    text = "namespace Space {\n  // a comment\n\n  export const size = 4;\n}\n\n\nexport function grow(by: number) {\n\n  const size = Space.size + by;\n  return size;\n}\n"
    path.write_text(text)
    break_in(debugger, path, 11)
    code = 'import { grow } from "./space.ts";\ngrow(3)'
    cell = kernel.start(code)
    [frame, _] = debugger.stopped()
    assert (frame["name"], frame["line"]) == ("grow", 11)
    assert values(debugger.variables(frame, "Locals"))["size"] == "7"
    assert debugger.body("source", source=frame["source"])["content"] == text
    assert debugger.go_on(cell).result == "7"
    # A comment at its head moves the lines of the code, whose breakpoint the front end has not moved.
    path.write_text("// new\n" + text)
    cell = kernel.start(code)
    assert debugger.stopped()[0]["line"] == 11
    assert debugger.go_on(cell).result == "7"


def test_a_debugger_statement_stops_in_a_file(kernel, debugger):
    (kernel.folder / "halt.ts").write_text("export const halt = (x: number) => {\n  debugger;\n  return x;\n};\n")
    cell = kernel.start('import { halt } from "./halt.ts"; halt(5)')
    assert debugger.stopped()[0]["line"] == 2
    assert debugger.go_on(cell).result == "5"


def test_what_needs_another_form_stops_at_its_own_lines_too(kernel, debugger):
    code = "enum Colour {\n  red,\n  green = 5,\n}\nclass Point {\n  constructor(public x: number) {\n    this.x += 1;\n  }\n}\nconst p = new Point(Colour.green);\np.x"
    debugger.break_at(code, 7, 10)
    cell = kernel.start(code)
    assert debugger.stopped()[0]["line"] == 10
    debugger.body("continue")
    inner, outer = debugger.stopped()
    assert (inner["line"], outer["line"]) == (7, 10)
    assert debugger.go_on(cell).result == "6"


def test_mistakes_of_a_front_end_are_answered_with_what_to_do(shared):
    debugger = Debugger(shared)
    for command in ("continue", "next", "stepIn", "stepOut"):
        assert "Hint: set a breakpoint" in debugger.ask(command)["message"]
    assert "it knows" in debugger.ask("hop")["message"]
    assert "needs code" in debugger.ask("dumpCell")["message"]
    assert "dumpCell first" in debugger.ask("source", source={"path": "/nowhere"})["message"]
    assert debugger.body("stackTrace")["stackFrames"] == []
    assert [thread["id"] for thread in debugger.body("threads")["threads"]] == [1]
    assert debugger.ask("configurationDone")["success"]


def test_graded_work_has_no_debugger_and_says_why(graded):
    assert graded.ask("kernel_info_request")["debugger"] is False
    reply = graded.ask("debug_request", {"type": "request", "seq": 1, "command": "debugInfo"}, channel="control")
    assert reply["success"] is False and "graded" in reply["message"] and "Hint" in reply["evalue"]
    assert graded.run("1 + 1").result == "2"


def test_cells_that_are_not_watched_say_nothing(kernel, debugger):
    debugger.body("disconnect")
    kernel.run("debugger; let quiet = 1;")
    with pytest.raises(Empty):
        while True:
            message = kernel.client.get_iopub_msg(timeout=0.5)
            assert message["msg_type"] != "debug_event"
