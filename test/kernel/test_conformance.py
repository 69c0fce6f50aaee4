"""The tests that Jupyter has for every kernel, and programs that run notebooks."""

import tempfile
from pathlib import Path

import jupyter_kernel_test
import nbformat
import pytest
from nbclient import NotebookClient

from kernel_under_test import write_spec

SPECS = tempfile.TemporaryDirectory()
write_spec(Path(SPECS.name))


@pytest.fixture(scope="module", autouse=True)
def found(tmp_path_factory):
    """Jupyter finds the kernel by its name, and the kernel remembers the cells of these tests alone."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("JUPYTER_PATH", SPECS.name)
        environment.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


class TestConformance(jupyter_kernel_test.KernelTests):
    kernel_name = "downhill"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oops')"
    completion_samples = [{"text": "JSON.pars", "matches": {"parse"}}]
    complete_code_samples = ["1", "const f = (x: number) => x", "// note"]
    incomplete_code_samples = ["for (;;) {", "const f = (", "`open"]
    invalid_code_samples = ["let = 3 3", "'open"]
    code_generate_error = "throw new RangeError('wrong')"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "[1, 'a']", "result": "[ 1, 'a' ]"},
    ]
    code_display_data = [
        {"code": "display.html('<b>x</b>')", "mime": "text/html"},
        {"code": "display.png(new Uint8Array(3))", "mime": "image/png"},
    ]
    code_clear_output = "display.clear()"
    code_history_pattern = "6*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.sqrt"


def executed(cells, **options):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    client = NotebookClient(notebook, kernel_name="downhill", timeout=60, **options)
    return client.execute().cells


def test_nbclient_gets_every_result_and_every_line():
    cells = [f"{i} * 2" for i in range(40)]
    cells += ["for (let i = 0; i < 2000; i++) console.log(i)"]
    done = executed(cells)
    assert [cell.outputs[0].data["text/plain"] for cell in done[:40]] == [str(i * 2) for i in range(40)]
    text = "".join(output.text for output in done[40].outputs)
    assert text == "".join(f"{i}\n" for i in range(2000))


def test_nbclient_goes_on_after_errors_and_exits():
    done = executed(["throw new Error('a')", "process.exit(3)", "5"], allow_errors=True)
    assert [cell.outputs[0].get("ename", "") for cell in done] == ["Error", "ProcessExit", ""]
    assert done[-1].outputs[0].data["text/plain"] == "5"


def test_nbclient_interrupts_a_cell_that_takes_too_long_and_goes_on():
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in ("while (true) {}", "5")]
    )
    reply = {"status": "error", "ename": "Timeout", "evalue": "", "traceback": []}
    client = NotebookClient(
        notebook,
        kernel_name="downhill",
        timeout=2,
        interrupt_on_timeout=True,
        error_on_timeout=reply,
        allow_errors=True,
    )
    loop, after = client.execute().cells
    assert loop.outputs[0].ename == "KeyboardInterrupt"
    assert after.outputs[0].data["text/plain"] == "5"
