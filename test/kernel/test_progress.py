"""What a learner has solved is remembered beside the lessons, across kernels."""

import json
import shutil

from kernel_under_test import ROOT

IMPORT = 'import { double } from "./exercises/00-start-here.ts";'


def lessons_in(kernel):
    shutil.copytree(ROOT / "notebooks" / "exercises", kernel.folder / "exercises")
    return kernel.folder / "progress.jsonl"


def test_a_solved_exercise_is_remembered_and_shown(kernel):
    file = lessons_in(kernel)
    kernel.run(f"{IMPORT} double((x: number) => x);")
    assert not file.exists()
    kernel.run("double((x: number) => x + x);")
    record = json.loads(file.read_text())
    assert (record["kind"], record["id"], record["solved"]) == ("exercise", "00.double", True)
    shown = kernel.run("solved();").contents("execute_result")[0]["data"]["text/markdown"]
    assert "**1 of " in shown and "| 00 | double |  |" in shown


def test_a_broken_file_costs_nothing_but_a_sentence(kernel):
    file = lessons_in(kernel)
    file.write_text('{"kind":"exercise","id":"00.double","solved":true}\nscribble\n')
    text = kernel.run("solved();").result
    assert "1 of " in text and "Line 2 of progress.jsonl is no record" in text
    assert file.read_text().endswith("scribble\n")


def test_without_lessons_it_says_where_they_come_from(kernel):
    traceback = kernel.run("solved();").traceback
    assert "downhill lessons DIR" in traceback


def test_a_grader_leaves_no_trace(kernels):
    kernel = kernels({"NBGRADER_EXECUTION": "autograde"})
    file = lessons_in(kernel)
    kernel.run(f"{IMPORT} double((x: number) => 2 * x);")
    assert not file.exists()
