"""Runs a notebook several times through nbclient: `python nbclient_runs.py KERNEL`, where KERNEL is JSON with argv, cells, results, lines, runs.

Prints a line of JSON for each run: how many results were right, and how many lines came whole and in order.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient


def main(kernel):
    with tempfile.TemporaryDirectory() as folder:
        spec = Path(folder) / "kernels" / "measured"
        spec.mkdir(parents=True)
        content = {key: kernel[key] for key in ("argv", "language", "interrupt_mode", "env")}
        (spec / "kernel.json").write_text(json.dumps({**content, "display_name": "measured"}))
        os.environ["JUPYTER_PATH"] = folder
        for _ in range(kernel["runs"]):
            print(json.dumps(run(kernel, folder)), flush=True)


def run(kernel, folder):
    cells = [nbformat.v4.new_code_cell(cell) for cell in kernel["cells"]]
    client = NotebookClient(
        nbformat.v4.new_notebook(cells=cells), kernel_name="measured", timeout=20, resources={"metadata": {"path": folder}}
    )
    try:
        client.execute()
    except Exception as error:  # What came until then counts.
        print(f"{type(error).__name__}", file=sys.stderr)
    *short, flood = [cell.outputs for cell in client.nb.cells]
    right = sum(text_of(outputs) == wanted for outputs, wanted in zip(short, kernel["results"]))
    lines = "".join(output.get("text", "") for output in flood).splitlines()
    whole = next((i for i, (line, wanted) in enumerate(zip(lines, kernel["lines"])) if line != wanted), min(len(lines), len(kernel["lines"])))
    return {"results": right, "lines": whole}


def text_of(outputs):
    return "".join(output.get("data", {}).get("text/plain", "") for output in outputs)


main(json.loads(sys.argv[1]))
