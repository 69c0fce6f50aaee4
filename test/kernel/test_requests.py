"""The other requests, the sockets, and the end of the kernel."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from queue import Empty

import pytest
import zmq
from jupyter_client.session import Session

from kernel_under_test import ROOT


def test_kernel_info_says_who_the_kernel_is(shared):
    info = shared.ask("kernel_info_request")
    assert info["status"] == "ok" and info["protocol_version"] == "5.4"
    assert info["language_info"]["name"] == "typescript"
    package = json.loads((ROOT / "package.json").read_text())
    assert info["language_info"]["version"] == package["dependencies"]["typescript"]
    assert info["implementation_version"] == package["version"] and package["version"] in info["banner"]
    assert {"debugger", "kernel subshells"} <= set(info["supported_features"])
    assert shared.ask("kernel_info_request", channel="control") == info


@pytest.mark.parametrize(
    "code, answer",
    [
        ("1 + 1", {"status": "complete"}),
        ("for (;;) {", {"status": "incomplete", "indent": "  "}),
        ("  foo(", {"status": "incomplete", "indent": "    "}),
        ("const a =", {"status": "incomplete", "indent": ""}),
        ("`text", {"status": "incomplete", "indent": ""}),
        ("/* more", {"status": "incomplete", "indent": ""}),
        ("try { a() }", {"status": "incomplete", "indent": ""}),
        ("let = 3 3", {"status": "invalid"}),
        ("'open", {"status": "invalid"}),
    ],
)
def test_is_complete_tells_whether_more_is_to_come(shared, code, answer):
    assert shared.ask("is_complete_request", {"code": code}) == answer


def test_other_requests_are_answered_while_a_cell_waits_or_computes(shared):
    for code in ("await new Promise(() => {})", "for (;;) {}"):
        cell = shared.start(code)
        time.sleep(0.1)
        assert shared.ask("kernel_info_request", timeout=1)["status"] == "ok"
        assert shared.ask("is_complete_request", {"code": "1"}, timeout=1)["status"] == "complete"
        shared.interrupt()
        assert shared.finish(cell).status == "error"


def test_history_gives_tail_range_and_search(kernel):
    for code in ("1", "let a = 2", "a", "1"):
        kernel.run(code)
    tail = kernel.ask("history_request", {"hist_access_type": "tail", "n": 2, "output": True, "raw": True})
    assert tail["history"] == [[0, 3, ["a", "2"]], [0, 4, ["1", "1"]]]
    part = {"hist_access_type": "range", "session": 0, "start": 2, "stop": 4, "output": False, "raw": True}
    assert kernel.ask("history_request", part)["history"] == [[0, 2, "let a = 2"], [0, 3, "a"]]
    search = {"hist_access_type": "search", "pattern": "?", "n": 5, "unique": True, "output": False, "raw": True}
    assert kernel.ask("history_request", search)["history"] == [[0, 4, "1"], [0, 3, "a"]]


def asked(kernel, **question):
    request = {"output": False, "raw": True, **question}
    return kernel.ask("history_request", request)["history"]


def test_history_outlives_its_session(kernels, tmp_path):
    state = {"XDG_STATE_HOME": str(tmp_path / "remembered")}
    first = kernels(state)
    first.run("let early = 1")
    first.run("early + 1")
    second = kernels(state)
    second.run("'meanwhile'")
    third = kernels(state)
    third.run("'now'")
    earlier = [[1, 1, "let early = 1"], [1, 2, "early + 1"], [2, 1, "'meanwhile'"]]
    assert asked(third, hist_access_type="tail", n=9) == [*earlier, [0, 1, "'now'"]]
    assert asked(third, hist_access_type="tail", n=3, output=True)[0] == [1, 2, ["early + 1", "2"]]
    assert asked(third, hist_access_type="search", pattern="*early*", n=5) == earlier[:2]
    assert asked(third, hist_access_type="range", session=-1, start=1, stop=9) == earlier[2:]
    assert asked(third, hist_access_type="range", session=1, start=2, stop=9) == earlier[1:2]
    files = list((tmp_path / "remembered" / "downhill" / "history").iterdir())
    assert sorted(file.name for file in files) == ["1.jsonl", "2.jsonl", "3.jsonl"]
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)


@pytest.mark.parametrize("env", [{"DOWNHILL_HISTORY": "off"}, {"NBGRADER_EXECUTION": "autograde"}])
def test_history_is_not_kept_where_it_is_not_wanted(kernels, tmp_path, env):
    kernel = kernels({"XDG_STATE_HOME": str(tmp_path / "none"), **env})
    kernel.run("1")
    assert asked(kernel, hist_access_type="tail", n=9) == [[0, 1, "1"]]
    assert not (tmp_path / "none").exists()


def test_a_history_that_cannot_be_written_does_not_hurt_cells(kernels, tmp_path):
    (tmp_path / "file").write_text("no folder")
    kernel = kernels({"XDG_STATE_HOME": str(tmp_path / "file")})
    assert kernel.run("1").result == "1" and kernel.run("2").result == "2"
    assert kernel.logged().count("the history is not kept") == 1


@pytest.mark.parametrize("channel", ["shell", "control"])
def test_usage_counts_the_memory_and_time_of_all_processes(shared, channel):
    shared.run("globalThis.held = new Uint8Array(200e6).fill(1)")
    shared.ask("usage_request", channel=channel)
    shared.run("for (const begin = Date.now(); Date.now() - begin < 300;);")
    usage = shared.ask("usage_request", channel=channel)
    assert usage["kernel_memory"] > 200e6 and usage["pid"] == shared.manager.provisioner.process.pid
    assert usage["kernel_cpu"] > 0 and 0 <= usage["host_cpu_percent"] <= 100
    assert usage["host_virtual_memory"]["total"] > usage["kernel_memory"]
    shared.run("delete globalThis.held")


def test_connect_and_comm_info_answer(shared):
    assert shared.ask("connect_request")["shell_port"] == shared.manager.shell_port
    assert shared.ask("comm_info_request") == {"status": "ok", "comms": {}}


def test_a_new_listener_is_welcomed(shared):
    session = Session(key=shared.manager.session.key)
    with zmq.Context() as context, context.socket(zmq.SUB) as socket:
        socket.linger = 0
        socket.connect(f"tcp://{shared.manager.ip}:{shared.manager.iopub_port}")
        socket.subscribe(b"")
        kind = "status"
        # The end of the test before may still be told.
        while kind == "status":
            assert socket.poll(20_000)
            _, parts = session.feed_identities(socket.recv_multipart())
            kind = session.deserialize(parts)["msg_type"]
        assert kind == "iopub_welcome"


def test_messages_name_the_kernels_own_session(shared):
    ran = shared.run("1")
    sessions = {message["header"]["session"] for message in ran.messages}
    assert len(sessions) == 1 and shared.client.session.session not in sessions
    assert {message["header"]["version"] for message in ran.messages} == {"5.4"}


def test_two_clients_get_their_own_replies_and_hear_both(shared):
    other = shared.manager.blocking_client()
    other.start_channels()
    other.wait_for_ready(timeout=10)
    theirs = other.execute("'theirs'")
    mine = shared.start("'mine'")
    assert other.get_shell_msg(timeout=5)["parent_header"]["msg_id"] == theirs
    assert shared.finish(mine).result == "'mine'"
    other.stop_channels()


def raw(kernel, frames, patience):
    """Whether there is an answer within so many milliseconds."""
    context = zmq.Context()
    socket = context.socket(zmq.DEALER)
    socket.linger = 200
    socket.connect(f"tcp://{kernel.manager.ip}:{kernel.manager.shell_port}")
    socket.send_multipart(frames)
    answered = socket.poll(patience)
    context.destroy(linger=200)
    return bool(answered)


def is_dropped(kernel, frames, reason):
    """Whether the log says so, and nothing is answered."""
    if raw(kernel, frames, patience=300):
        return False
    deadline = time.monotonic() + 10
    while reason not in kernel.logged() and time.monotonic() < deadline:
        time.sleep(0.05)
    return reason in kernel.logged()


def test_messages_that_are_not_rightly_signed_are_dropped_with_a_log_line(kernel):
    session = Session(key=kernel.manager.session.key)
    good = session.serialize(session.msg("kernel_info_request", {}))
    forged = Session(key=b"another key").serialize(session.msg("kernel_info_request", {}))
    assert is_dropped(kernel, forged, "wrong signature")
    assert is_dropped(kernel, [b"nonsense"], "delimiter")
    assert is_dropped(kernel, good[:3], "at least 5 parts")
    assert raw(kernel, good, patience=10_000)
    assert is_dropped(kernel, good, "came before")
    bad_json = [b"<IDS|MSG>", session.sign([b"{", b"{}", b"{}", b"{}"]), b"{", b"{}", b"{}", b"{}"]
    assert is_dropped(kernel, bad_json, "not JSON")
    assert kernel.run("1").result == "1"


def test_an_unknown_request_is_logged_and_ends_in_idle(kernel):
    kernel.heard(kernel.send("strange_request", {}))
    assert "strange_request" in kernel.logged()


def test_a_request_without_code_gets_an_error(shared):
    cell = shared.send("execute_request", {})
    reply = shared.reply_to(cell)["content"]
    assert reply["status"] == "error" and "code" in reply["evalue"]
    (error,) = [message for message in shared.heard(cell) if message["msg_type"] == "error"]
    assert error["content"]["evalue"] == reply["evalue"]


@pytest.mark.parametrize("code", ["1", "while (true) {}"])
@pytest.mark.parametrize("restart", [True, False])
def test_shutdown_echoes_restart_and_ends_the_process(kernel, code, restart):
    process = kernel.manager.provisioner.process
    kernel.start(code)
    time.sleep(0.1)
    reply = kernel.ask("shutdown_request", {"restart": restart}, channel="control")
    assert reply == {"status": "ok", "restart": restart}
    process.wait(timeout=5)


@pytest.mark.parametrize("end", ["shutdown", "signal"])
def test_the_end_of_a_kernel_shows_nothing_in_cells_that_were_over(kernel, end):
    process = kernel.manager.provisioner.process
    over = kernel.start("comms.open('my-extension', {}); 1")
    assert kernel.finish(over).status == "ok"
    if end == "signal":
        process.send_signal(signal.SIGTERM)
    else:
        kernel.ask("shutdown_request", {"restart": True}, channel="control")
    process.wait(timeout=10)
    with pytest.raises(Empty):
        kernel.late(over, seconds=0.5)


def test_a_restarted_kernel_begins_anew(kernel):
    kernel.run("let before = 1")
    kernel.manager.restart_kernel(now=False)
    kernel.client.wait_for_ready(timeout=20)
    assert kernel.run("before").reply["ename"] == "ReferenceError"


def descendants(pid):
    listing = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True).stdout
    parents = [tuple(map(int, line.split())) for line in listing.splitlines()]
    below = [child for child, parent in parents if parent == pid]
    return below + [grandchild for child in below for grandchild in descendants(child)]


def is_alive(pid):
    try:
        return open(f"/proc/{pid}/stat").read().split(")")[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize("env", [{}, {"DOWNHILL_GRADING": "on"}], ids=["open", "graded"])
def test_nothing_is_left_when_the_host_is_killed_in_the_middle_of_a_loop(kernels, env):
    kernel = kernels(env)
    kernel.start("for (;;) {}")
    time.sleep(0.3)
    host = kernel.manager.provisioner.process.pid
    below = descendants(host)
    assert below
    os.kill(host, signal.SIGKILL)
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and any(is_alive(pid) for pid in below):
        time.sleep(0.05)
    assert not any(is_alive(pid) for pid in below)


ORPHAN = """
import sys
sys.path.insert(0, {here!r})
from pathlib import Path
from kernel_under_test import Kernel
kernel = Kernel(Path({folder!r}))
print(kernel.manager.provisioner.process.pid, flush=True)
import os
os._exit(0)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_the_kernel_ends_when_its_server_is_gone(tmp_path):
    code = ORPHAN.format(here=os.path.dirname(__file__), folder=str(tmp_path))
    started = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30)
    assert started.returncode == 0, started.stderr
    pid = int(started.stdout)
    deadline = time.monotonic() + 6
    while time.monotonic() < deadline and is_alive(pid):
        time.sleep(0.1)
    assert not is_alive(pid)


def test_what_was_compiled_once_is_taken_over_by_every_later_start(kernels):
    programs = [ROOT / "dist" / "kernel" / name for name in ("host.program", "user/main.program")]

    def compiled():
        return {file: file.stat().st_mtime_ns for path in programs for file in path.parent.glob(f"{path.name}.v*")}

    def run_once():
        kernel = kernels({"DOWNHILL_KEEP_COMPILED": "on"})
        # The learner's process ends by itself, so that it keeps what it has; then the kernel.
        assert kernel.run("process.exit()").status == "error"
        kernel.client.shutdown()
        kernel.manager.provisioner.process.wait(timeout=20)

    run_once()
    before = compiled()
    assert len(before) >= 2
    run_once()
    assert compiled() == before
