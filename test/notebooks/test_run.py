"""The lessons run in the real kernel, top to bottom, as a learner would run them."""

import os
import subprocess
import sys
from pathlib import Path

import build

HERE = Path(__file__).parent


def outputs(notebook):
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def test_runs_without_an_error_or_a_warning(text, ran):
    notebook, _ = ran(text.stem)
    for output in outputs(notebook):
        assert output.output_type != "error"
        assert output.get("name") != "stderr", output.text


def test_no_cell_takes_longer_than_two_seconds(text, ran):
    notebook, _ = ran(text.stem)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert build.seconds_of(cell) < 2 * crowding(), cell.id


def crowding():
    """How many programs share a core; the limits hold on a machine that is ours alone."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 1
    return max(1, load / (os.cpu_count() or 1))


def test_all_lessons_run_in_under_ninety_seconds_together(ran):
    assert sum(ran(text.stem)[1] for text in build.texts()) < 90 * crowding()


def test_exercises_wait_unsolved(text, ran):
    notebook, _ = ran(text.stem)
    for cell in notebook.cells:
        if cell.source.startswith("check."):
            assert "not started" in cell.outputs[0].data["text/plain"], cell.id


def test_lesson_02_prints_the_lines_of_the_numpy_listing(ran):
    listing = [sys.executable, str(HERE / "descent_listing.py")]
    expected = subprocess.run(listing, capture_output=True, text=True, check=True).stdout
    assert expected.startswith("Epoch 0: loss = 30.0000\n")
    assert expected.endswith("w = 1.9897, b = 0.0304\n")
    notebook, _ = ran("02-squared-and-absolute-error")
    printed = [output.text for output in outputs(notebook) if output.output_type == "stream"]
    assert "".join(printed) == expected
