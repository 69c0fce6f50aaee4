"""The notebook for those who stay with tslab: its figures show there, and in our kernel as well."""

import base64
import os
import shutil
import subprocess
import sys

import build
import nbformat
import pytest
from nbclient import NotebookClient

ROOT = build.HERE.parent

NODE = os.environ.get("DOWNHILL_NODE") or shutil.which("node")
PROGRAM = ROOT / "node_modules" / "tslab" / "bin" / "tslab"


def test_committed_notebook_is_what_its_text_builds():
    (text,) = build.for_tslab()
    assert build.notebook_of(text).read_text("utf-8") == build.as_file(build.built(text))


@pytest.fixture
def folder(tmp_path):
    """A folder in which somebody has installed the package."""
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "downhill").symlink_to(ROOT, target_is_directory=True)
    return tmp_path


def test_figures_show_in_the_stock_tslab(folder, monkeypatch):
    # tslab starts itself by its name.
    command = folder / "bin" / "tslab"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{NODE}" "{PROGRAM}" "$@"\n')
    command.chmod(0o755)
    options = [f"--python={sys.executable}", f"--prefix={folder}", f"--binary={command}"]
    subprocess.run([command, "install", *options], check=True, capture_output=True)
    monkeypatch.setenv("JUPYTER_PATH", str(folder / "share" / "jupyter"))
    shows_figures(folder, "tslab")


def test_the_same_cells_show_figures_in_our_kernel(folder):
    shows_figures(folder, "downhill")


def shows_figures(folder, kernel):
    notebook = nbformat.read(build.TSLAB / "figures.ipynb", as_version=4)
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=120, kernel_name=kernel, resources=resources).execute()
    outputs = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
    errors = [output for all in outputs for output in all if output.get("name") == "stderr" or output.output_type == "error"]
    assert errors == []
    pictures = [[output.data["image/png"] for output in all if "image/png" in output.get("data", {})] for all in outputs]
    assert [len(all) for all in pictures] == [0, 1, 1, 1, 1, 0]
    for (picture,) in pictures[1:5]:
        png = base64.b64decode(picture)
        assert png.startswith(b"\x89PNG") and len(png) > 10_000
    words = [output.data["text/markdown"] for all in outputs for output in all if "text/markdown" in output.get("data", {})]
    assert len(words) == 3 and all(len(text) > 40 for text in words)
    assert "wrong" in str(outputs[-1])
