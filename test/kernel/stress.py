"""Interrupts at random moments, many of them: `python test/kernel/stress.py [COUNT]`.

Every cell must come to an end, the state must stay, and the kernel must live. Every interrupt is answered with
ok, and ends the cell that is busy when it arrives. Ends with exit code 1 and the cell that got stuck when one does not.
"""

import random
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from queue import Empty

from kernel_under_test import Kernel, Ran

CELLS = [
    "{ let z = 0; for (let i = 0; i < 3e5; i++) z += i } done++",
    "await new Promise((r) => setTimeout(r, 1)); done++",
    "for (let i = 0; i < 200; i++) await 0; done++",
    "await new Promise((r) => setImmediate(r)); done++",
    "await import('node:os'); done++",
    "await (await import('node:fs')).promises.readFile('/dev/null'); done++",
    "console.log('x'.repeat(1000)); done++",
    "queueMicrotask(() => { for (let i = 0; i < 1e5; i++); }); done++",
    "[1, 2, 3].map((x) => x * 2).sort().reverse(); done++",
]


def arrived_while_busy(request, cell, messages):
    """Whether the kernel turned to an interrupt after it had said that the cell is busy, and before it said idle."""
    states = [
        message["parent_header"]["msg_id"]
        for message in messages
        if message["content"].get("execution_state") == "busy"
    ]
    return request in states and states.index(cell) < states.index(request)


@contextmanager
def kernel_with_state():
    """A kernel whose state can be lost."""
    with tempfile.TemporaryDirectory() as folder:
        kernel = Kernel(Path(folder), {"DOWNHILL_TYPES": "off"})
        try:
            kernel.run("let keep = 42, done = 0")
            yield kernel
        finally:
            kernel.stop()


def stress(count, seed=1):
    chance = random.Random(seed)
    interrupted = 0
    with kernel_with_state() as kernel:
        for number in range(count):
            code = CELLS[number % len(CELLS)]
            cell = kernel.start(code)
            time.sleep(chance.random() * 0.004)
            request = kernel.send("interrupt_request", {}, "control")
            answer = kernel.reply_to(request, "control", 10)["content"]
            assert answer == {"status": "ok"}, answer
            try:
                reply = kernel.reply_to(cell, timeout=10)
                messages = kernel.heard_of({cell, request}, cell, 10)
            except Empty:
                raise SystemExit(f"stuck at cell {number}: {code}")
            ran = Ran(reply, messages)
            if arrived_while_busy(request, cell, messages):
                assert ran.status == "error", f"an interrupt was lost at cell {number}: {code}"
            if ran.status == "error":
                assert ran.reply["ename"] == "KeyboardInterrupt", ran.reply
                assert "gone" not in ran.reply["evalue"], ran.reply
                interrupted += 1
            if number % 50 == 49:
                assert kernel.run("keep").result == "42"
    return interrupted


def stress_beside(count, seed=1):
    """The same with two cells beside each other, of which one runs in a subshell."""
    chance = random.Random(seed)
    interrupted = 0
    with kernel_with_state() as kernel:
        subshell = kernel.ask("create_subshell_request", {}, "control")["subshell_id"]
        for number in range(count):
            pair = [CELLS[number % len(CELLS)], chance.choice(CELLS)]
            cells = [kernel.start(code, shell) for code, shell in zip(pair, (None, subshell))]
            time.sleep(chance.random() * 0.004)
            request = kernel.send("interrupt_request", {}, "control")
            assert kernel.reply_to(request, "control", 10)["content"] == {"status": "ok"}
            try:
                ended = replies_to(kernel, cells)
            except Empty:
                raise SystemExit(f"stuck at pair {number}: {pair}")
            for reply in ended:
                if reply["status"] == "error":
                    assert reply["ename"] == "KeyboardInterrupt", reply
                    interrupted += 1
            if number % 50 == 49:
                assert kernel.run("keep").result == "42"
    return interrupted


def replies_to(kernel, cells):
    """What became of cells that run beside each other."""
    found = {}
    while len(found) < len(cells):
        reply = kernel.client.get_shell_msg(timeout=10)
        if reply["parent_header"]["msg_id"] in cells:
            found[reply["parent_header"]["msg_id"]] = reply["content"]
    return found.values()


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    interrupted = stress(count)
    print(f"{count} cells, {interrupted} interrupted, none stuck, none dead")
    pairs = count // 5
    print(f"{pairs} pairs of cells, {stress_beside(pairs)} interrupted, none stuck, none dead")
