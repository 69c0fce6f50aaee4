"""Cells emptied, renamed, split, doubled, endless or run out of order: a sentence that helps, nothing lost."""

import shutil
import time

import pytest

from kernel_under_test import ROOT

IMPORT = 'import * as check from "./exercises/11-gradient-descent.ts";'
ANSWER = "function largestRate(curvatures: number[]) {\n  return 2 / Math.max(...curvatures);\n}"
CHECK = "check.largestRate(largestRate);"


@pytest.fixture
def lesson(kernel):
    shutil.copytree(ROOT / "notebooks" / "exercises", kernel.folder / "exercises")
    return kernel


def solved(lesson):
    return "largestRate: solved" in lesson.run(CHECK).result


def test_a_cell_run_before_those_above_it(lesson):
    ran = lesson.run(CHECK)
    assert ran.reply["evalue"] == "check is not defined"
    assert "no cell that has run so far names check. Run the cell that does" in ran.traceback
    lesson.run(IMPORT)
    lesson.run(ANSWER)
    assert solved(lesson)


def test_who_looks_for_a_page_is_told_that_there_is_none(shared):
    traceback = shared.run("document.title = 'mine'").traceback
    assert "there is no page" in traceback and "names document" not in traceback


@pytest.mark.parametrize("answer", ["", ANSWER.replace("largestRate", "maxRate")])
def test_an_answer_that_is_emptied_or_renamed(lesson, answer):
    lesson.run(IMPORT)
    lesson.run(answer)
    assert "names largestRate. Run the cell that does" in lesson.run(CHECK).traceback
    lesson.run(ANSWER)
    assert solved(lesson)


def test_an_answer_that_is_split(lesson):
    lesson.run(IMPORT)
    first, second = ANSWER.split("\n", 1)
    assert "If it was split in two" in lesson.run(first).traceback
    assert "second half of a cell that was split" in lesson.run(second).traceback
    lesson.run(f"{first}\n{second}")
    assert solved(lesson)


def test_a_syntax_error_in_the_middle_says_nothing_of_halves(lesson):
    assert "Hint" not in lesson.run("function largestRate(a {\n  return 1;\n}").traceback


@pytest.mark.parametrize("code", ["const rate", "/a/gg"])
def test_a_mistake_that_more_text_would_not_mend_says_nothing_of_halves(lesson, code):
    assert "Hint" not in lesson.run(code).traceback


def test_an_answer_that_is_doubled(lesson):
    lesson.run(IMPORT)
    lesson.run(ANSWER.replace("2 /", "1 /"))
    lesson.run(ANSWER)
    assert solved(lesson)


def test_an_answer_that_never_ends(lesson):
    lesson.run(IMPORT)
    running = lesson.start("check.largestRate(() => { while (true) {} });")
    time.sleep(0.5)
    lesson.interrupt()
    ran = lesson.finish(running)
    assert "interrupted. Variables keep the values they had" in ran.reply["evalue"]
    lesson.run(ANSWER)
    assert solved(lesson)
