"""A kernel as Jupyter sees it: started by jupyter_client, every message held against the reference."""

import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from queue import Empty

from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpecManager

from reference import check_message

ROOT = Path(__file__).resolve().parents[2]
NODE = os.environ.get("DOWNHILL_NODE") or shutil.which("node")


class Ran:
    """What one cell did: its reply, and its messages on iopub in order."""

    def __init__(self, reply, messages):
        self.reply = reply["content"]
        self.messages = messages

    def contents(self, kind):
        return [message["content"] for message in self.messages if message["msg_type"] == kind]

    @property
    def status(self):
        return self.reply["status"]

    @property
    def kinds(self):
        return [message["msg_type"] for message in self.messages]

    @property
    def stdout(self):
        return "".join(c["text"] for c in self.contents("stream") if c["name"] == "stdout")

    @property
    def stderr(self):
        return "".join(c["text"] for c in self.contents("stream") if c["name"] == "stderr")

    @property
    def result(self):
        """The text of the value, or None when the cell had none."""
        results = self.contents("execute_result")
        assert len(results) <= 1, results
        return results[0]["data"]["text/plain"] if results else None

    @property
    def traceback(self):
        return "\n".join(self.reply["traceback"])


def write_spec(folder):
    """Writes a kernelspec for the built kernel, as Jupyter would find it below this folder."""
    spec = folder / "kernels" / "downhill"
    spec.mkdir(parents=True)
    argv = [NODE, str(ROOT / "dist" / "kernel" / "host.cjs"), "{connection_file}"]
    content = {"argv": argv, "display_name": "TypeScript", "language": "typescript"}
    (spec / "kernel.json").write_text(json.dumps({**content, "interrupt_mode": "message"}))


class Kernel:
    """A running kernel and one client."""

    def __init__(self, folder, env=None):
        write_spec(folder)
        self.folder = folder / "notebook"
        self.folder.mkdir()
        self.prepare()
        specs = KernelSpecManager(
            kernel_dirs=[str(folder / "kernels")], ensure_native_kernel=False
        )
        self.manager = KernelManager(kernel_name="downhill", kernel_spec_manager=specs)
        self.log = open(folder / "log.txt", "w+")
        self.manager.start_kernel(
            cwd=str(self.folder),
            stderr=self.log,
            env={**os.environ, "XDG_STATE_HOME": str(folder / "state"), **(env or {})},
        )
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    def prepare(self):
        """Puts files into the notebook's folder before the kernel starts."""

    def logged(self):
        self.log.flush()
        return Path(self.log.name).read_text()

    def send(self, kind, content, channel="shell", subshell=None):
        message = self.client.session.msg(kind, content)
        if subshell is not None:
            message["header"]["subshell_id"] = subshell
        getattr(self.client, f"{channel}_channel").send(message)
        return message["header"]["msg_id"]

    def ask(self, kind, content=None, channel="shell", timeout=20, subshell=None):
        """Sends a request and gives the content of its reply."""
        identifier = self.send(kind, content or {}, channel, subshell)
        return self.reply_to(identifier, channel, timeout)["content"]

    def reply_to(self, identifier, channel="shell", timeout=20):
        deadline = time.monotonic() + timeout
        while True:
            left = max(0, deadline - time.monotonic())
            reply = getattr(self.client, f"get_{channel}_msg")(timeout=left)
            check_message(reply)
            if reply["parent_header"].get("msg_id") == identifier:
                return reply

    def interrupt(self, timeout=20):
        """Stops what runs, and gives no answer but that it worked."""
        reply = self.ask("interrupt_request", channel="control", timeout=timeout)
        assert reply == {"status": "ok"}, reply

    def start(self, code, subshell=None, **options):
        """Sends a cell without waiting for it."""
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}}
        request = {**content, "allow_stdin": False, **options}
        return self.send("execute_request", request, subshell=subshell)

    def hear(self, identifier, kind, timeout=20):
        """Waits for the first message of a kind that belongs to a request."""
        deadline = time.monotonic() + timeout
        while True:
            message = self.client.get_iopub_msg(timeout=max(0, deadline - time.monotonic()))
            check_message(message)
            if message["msg_type"] == kind and message["parent_header"].get("msg_id") == identifier:
                return message

    def heard(self, identifier, timeout=20):
        """The messages on iopub that belong to a request, up to its idle."""
        return self.heard_of({identifier}, identifier, timeout)

    def heard_of(self, identifiers, until, timeout=20):
        """The messages on iopub that belong to several requests, up to the idle of one of them."""
        messages = []
        deadline = time.monotonic() + timeout
        while True:
            message = self.client.get_iopub_msg(timeout=max(0, deadline - time.monotonic()))
            check_message(message)
            parent = message["parent_header"].get("msg_id")
            if parent not in identifiers:
                continue
            messages.append(message)
            if parent == until and message["content"].get("execution_state") == "idle":
                return messages

    def finish(self, identifier, timeout=20):
        return Ran(self.reply_to(identifier, timeout=timeout), self.heard(identifier, timeout))

    def run(self, code, timeout=20, **options):
        return self.finish(self.start(code, **options), timeout)

    def late(self, identifier, seconds=2.0):
        """The first message that came for a request after it was idle."""
        deadline = time.monotonic() + seconds
        while True:
            message = self.client.get_iopub_msg(timeout=max(0, deadline - time.monotonic()))
            if message["parent_header"].get("msg_id") == identifier:
                return message

    def beats(self):
        """Whether the heartbeat answers now."""
        import zmq

        socket = zmq.Context.instance().socket(zmq.REQ)
        socket.linger = 0
        socket.connect(f"tcp://{self.manager.ip}:{self.manager.hb_port}")
        try:
            socket.send(b"ping")
            return socket.poll(1000) and socket.recv() == b"ping"
        finally:
            socket.close()

    def stop(self):
        self.client.stop_channels()
        if self.manager.has_kernel:
            self.manager.shutdown_kernel(now=True)
        self.log.close()
