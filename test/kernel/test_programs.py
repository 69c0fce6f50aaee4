"""Programs that run cells: papermill with its parameters, jupyter console, and an editor with VS Code's habits."""

import re
import sys

import nbformat
import papermill
import pexpect
import pytest

from kernel_under_test import write_spec


@pytest.fixture
def found(tmp_path, monkeypatch):
    """Jupyter finds the kernel by its name, and the kernel remembers the cells of this test alone."""
    write_spec(tmp_path)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path


def notebook_with_parameters(folder):
    cell = nbformat.v4.new_code_cell
    parameters = cell("let rate = 0.1, name = 'GD', steps = [1], fast = false", metadata={"tags": ["parameters"]})
    notebook = nbformat.v4.new_notebook(cells=[parameters, cell("[rate, name, steps, fast]")])
    notebook.metadata.kernelspec = {"name": "downhill", "display_name": "TypeScript", "language": "typescript"}
    nbformat.write(notebook, folder / "in.ipynb")
    return str(folder / "in.ipynb"), str(folder / "out.ipynb")


def test_papermill_runs_a_notebook(found):
    done = papermill.execute_notebook(*notebook_with_parameters(found), progress_bar=False)
    assert done.cells[1].outputs[0].data["text/plain"] == "[ 0.1, 'GD', [ 1 ], false ]"


def test_papermill_gives_parameters_in_words_that_are_typescript_too(found):
    values = {"rate": 0.5, "name": 'Ada "m"', "steps": [1, 2.5], "fast": True}
    done = papermill.execute_notebook(*notebook_with_parameters(found), values, language="julia", progress_bar=False)
    assert done.cells[-1].outputs[0].data["text/plain"] == "[ 0.5, 'Ada \"m\"', [ 1, 2.5 ], true ]"


def test_jupyter_console_talks_with_the_kernel(found):
    options = ["-m", "jupyter_console", "--kernel", "downhill", "--simple-prompt", "--no-confirm-exit"]
    console = pexpect.spawn(sys.executable, options, encoding="utf-8", timeout=60)
    try:
        says(console, 1, "const n = 20", None)
        says(console, 2, "n + 22", r"Out\[2\]: 42")
        says(console, 3, "console.log('printed', n)", "printed 20")
        says(console, 4, "throw new RangeError('too far')", "RangeError.*too far")
        says(console, 5, "n * 2", r"Out\[5\]: 40")
    finally:
        console.close(force=True)


def says(console, count, line, answer):
    console.expect(re.escape(f"In [{count}]: "))
    console.sendline(line)
    if answer:
        console.expect(answer)


def test_an_editor_that_nudges_the_kernel_before_it_is_ready_gets_every_answer(kernel):
    """VS Code asks for kernel_info on both channels until it hears an idle."""
    nudges = {kernel.send("kernel_info_request", {}, channel): channel for channel in ("shell", "control") * 3}
    for nudge, channel in nudges.items():
        assert kernel.reply_to(nudge, channel)["content"]["status"] == "ok"
    states = {nudge: [] for nudge in nudges}
    while any(heard[-1:] != ["idle"] for heard in states.values()):
        message = kernel.client.get_iopub_msg(timeout=20)
        states.get(message["parent_header"].get("msg_id"), []).append(message["content"].get("execution_state"))
    assert set(map(tuple, states.values())) == {("busy", "idle")}


def test_an_editor_may_say_more_than_the_protocol_knows(shared):
    message = shared.client.session.msg("execute_request", {"code": "6 * 7", "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": True, "stop_on_error": True, "vscode": {"uri": "untitled:1"}})
    message["metadata"] = {"cellId": "vscode-notebook-cell:/a.ipynb#1", "deletedCells": [], "recordTiming": True}
    shared.client.shell_channel.send(message)
    assert shared.finish(message["header"]["msg_id"]).result == "42"
