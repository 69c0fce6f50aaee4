"""What comes over the wire without a right signature, or broken, is dropped with a line in the log; nothing else happens."""

import json
import os
import random
import subprocess
import time
from pathlib import Path

import pytest
import zmq

from kernel_under_test import NODE, ROOT

DELIMITER = b"<IDS|MSG>"


def raw(kernel, channel="shell"):
    """A socket that says what it likes."""
    socket = zmq.Context.instance().socket(zmq.DEALER)
    socket.linger = 0
    port = getattr(kernel.manager, f"{channel}_port")
    socket.connect(f"tcp://{kernel.manager.ip}:{port}")
    return socket


def frames(kernel, code="let reached = 1"):
    """The frames of a right request to run a cell."""
    content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}}
    session = kernel.client.session
    return session.serialize(session.msg("execute_request", content))


def signed(kernel, *parts):
    return [DELIMITER, kernel.client.session.sign(list(parts)), *parts]


BROKEN = {
    "no frames at all": lambda k: [b""],
    "no delimiter": lambda k: frames(k)[1:],
    "a wrong signature": lambda k: [DELIMITER, b"0" * 64, *frames(k)[2:]],
    "no signature": lambda k: [DELIMITER, b"", *frames(k)[2:]],
    "another's key": lambda k: [DELIMITER, frames(k)[1][::-1], *frames(k)[2:]],
    "missing parts": lambda k: frames(k)[:4],
    "parts in another order": lambda k: [*frames(k)[:2], *reversed(frames(k)[2:])],
    "a huge part": lambda k: [DELIMITER, b"0" * 64, b"x" * 50_000_000, b"{}", b"{}", b"{}"],
    "signed, but no JSON": lambda k: signed(k, b"{", b"{}", b"{}", b"{}"),
    "signed, but no UTF-8": lambda k: signed(k, b"\xff\xfe", b"{}", b"{}", b"{}"),
    "signed, but lists": lambda k: signed(k, b"[]", b"[]", b"[]", b"[]"),
    "signed, but without a type": lambda k: signed(k, b'{"msg_id":"1","session":"s"}', b"{}", b"{}", b"{}"),
    "signed, but of no known type": lambda k: signed(
        k, b'{"msg_id":"1","session":"s","msg_type":"__proto__"}', b"{}", b"{}", b"{}"
    ),
    "signed, but a thousand brackets": lambda k: signed(k, b"[" * 100_000, b"{}", b"{}", b"{}"),
}


@pytest.mark.parametrize("channel", ["shell", "control", "stdin"])
def test_what_is_broken_is_dropped(kernel, channel):
    socket = raw(kernel, channel)
    for make in BROKEN.values():
        socket.send_multipart(make(kernel))
    chance = random.Random(1)
    for _ in range(300):
        parts = frames(kernel)
        part = bytearray(parts[chance.randrange(1, 6)])
        part[chance.randrange(len(part))] ^= chance.randrange(1, 256)
        parts[chance.randrange(1, 6)] = bytes(part)
        socket.send_multipart(parts)
    time.sleep(1)
    assert kernel.run("typeof reached").result == "'undefined'"
    assert kernel.logged().count("dropped") >= 300
    assert kernel.beats()
    socket.close()


def test_a_message_that_somebody_recorded_runs_once(kernel):
    kernel.run("let times = 0")
    recorded = frames(kernel, "times += 1")
    socket = raw(kernel)
    for _ in range(5):
        socket.send_multipart(recorded)
    assert socket.poll(20_000)
    assert kernel.run("times").result == "1"
    assert kernel.logged().count("came before") == 4
    socket.close()


def test_the_kernel_listens_only_where_its_connection_file_says(kernel):
    """On this machine's own address, and on no port but its five."""
    manager = kernel.manager
    ports = {manager.shell_port, manager.control_port, manager.stdin_port, manager.iopub_port, manager.hb_port}
    listening = set()
    for table in ("tcp", "tcp6"):
        inodes = open_sockets(manager.provisioner.process.pid)
        with open(f"/proc/net/{table}") as lines:
            for line in lines.readlines()[1:]:
                _, local, _, state, *rest = line.split()
                if state == "0A" and rest[5] in inodes:
                    address, port = local.split(":")
                    listening.add((address, int(port, 16)))
    assert listening == {("0100007F", port) for port in ports}


def open_sockets(pid):
    """The inodes of the sockets of a process."""
    folder = f"/proc/{pid}/fd"
    targets = [os.readlink(f"{folder}/{name}") for name in os.listdir(folder)]
    return {target[8:-1] for target in targets if target.startswith("socket:[")}


def test_a_port_that_is_taken_is_said_in_a_sentence(kernel, tmp_path):
    taken = json.loads(Path(kernel.manager.connection_file).read_text())
    mine = tmp_path / "connection.json"
    mine.write_text(json.dumps(taken))
    host = [NODE, str(ROOT / "dist" / "kernel" / "host.cjs"), str(mine)]
    ended = subprocess.run(host, capture_output=True, text=True, timeout=20)
    assert ended.returncode == 1 and ended.stdout == ""
    assert ended.stderr.startswith("[downhill] The kernel cannot listen at tcp://")
    assert "Hint: start it again" in ended.stderr and "    at " not in ended.stderr
    assert kernel.run("1 + 1").result == "2"
