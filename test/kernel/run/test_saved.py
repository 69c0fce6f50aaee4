"""A notebook that `downhill run` saved, as Jupyter's own library reads it."""

import subprocess
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

COMMAND = Path(__file__).parents[3] / "dist" / "kernel" / "main.js"


def test_a_saved_notebook_is_valid_and_keeps_what_was_updated(tmp_path):
    cells = [
        new_markdown_cell("# Title"),
        new_code_cell('display("before", { id: "place" });\nconsole.error("warned")'),
        new_code_cell('display.update("place", "after")'),
        new_code_cell('throw new RangeError("too far")'),
    ]
    metadata = {"kernelspec": {"name": "downhill", "language": "typescript", "display_name": "x"}}
    notebook = new_notebook(cells=cells, metadata=metadata)
    path = tmp_path / "lesson.ipynb"
    nbformat.write(notebook, path)
    end = subprocess.run(["node", COMMAND, "run", path, "--inplace"], capture_output=True, text=True)
    assert end.returncode == 1
    saved = nbformat.read(path, as_version=4)
    nbformat.validate(saved)
    shown, _, failed = [cell.outputs for cell in saved.cells[1:]]
    assert "after" in shown[0].data["text/plain"]
    assert shown[1] == {"output_type": "stream", "name": "stderr", "text": "warned\n"}
    assert (failed[0].ename, failed[0].evalue) == ("RangeError", "too far")
