"""Problem set 2 in the real nbgrader: what every student hands in gets the points it deserves."""

import os
import shutil
import sys
from pathlib import Path

import build
import nbformat
import pytest
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from submissions import EMPTY, SUBMISSIONS
from traitlets.config import PyFileConfigLoader

PROBLEM_SET = "ps2"


class Course:
    """A copy of the course in which everything happens that a term brings."""

    def __init__(self, folder: Path, monkeypatch):
        shutil.copytree(build.ASSIGNMENTS, folder, ignore=shutil.ignore_patterns("text"))
        self.folder = folder
        # nbgrader calls alembic, which lies beside this Python.
        monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
        config = PyFileConfigLoader("nbgrader_config.py", path=str(folder)).load_config()
        config.CourseDirectory.root = str(folder)
        config.Execute.timeout = 10
        self.api = NbGraderAPI(CourseDirectory(config=config), config=config)

    def notebook(self, step: str, student: str = "."):
        path = self.folder / step / student / PROBLEM_SET / f"{PROBLEM_SET}.ipynb"
        return nbformat.read(path, as_version=4)

    def release(self):
        result = self.api.generate_assignment(PROBLEM_SET, create=True)
        assert result["success"], result["log"]

    def submit(self, student: str, start: str, changes):
        notebook = self.notebook("release")
        if start != EMPTY:
            fill_in(notebook, self.notebook("source"))
        for change in changes:
            change(notebook)
        place = self.folder / "submitted" / student / PROBLEM_SET
        place.mkdir(parents=True)
        nbformat.write(notebook, place / f"{PROBLEM_SET}.ipynb")

    def points(self, student: str):
        result = self.api.autograde(PROBLEM_SET, student, create=True)
        assert result["success"], result["log"]
        submission = self.api.gradebook.find_submission(PROBLEM_SET, student)
        grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
        by_test = {grade.name: grade for grade in grades if grade.name.endswith("-test")}
        assert not any(grade.needs_manual_grade for grade in by_test.values())
        return {name.removesuffix("-test"): grade.auto_score for name, grade in by_test.items()}


def fill_in(notebook, source):
    answers = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in source.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = answers[cell.metadata.nbgrader.grade_id]


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    with pytest.MonkeyPatch.context() as monkeypatch:
        course = Course(tmp_path_factory.mktemp("course") / "downhill", monkeypatch)
        course.release()
        yield course


def test_committed_assignment_is_what_its_text_builds():
    for text in build.assignments():
        assert build.notebook_of(text).read_text("utf-8") == build.as_file(build.built(text))


def test_release_holds_no_solution_and_no_hidden_test(course):
    release = "\n".join(cell.source for cell in course.notebook("release").cells)
    for secret in ("BEGIN SOLUTION", "HIDDEN", "MARK SCHEME", "const h = 1e-5", "Ben is wrong"):
        assert secret not in release
    assert release.count("// YOUR CODE HERE") == 4


@pytest.mark.parametrize("student", SUBMISSIONS)
def test_points(course, student):
    start, changes, expected = SUBMISSIONS[student]
    course.submit(student, start, changes)
    assert course.points(student) == expected


def test_feedback_gives_the_reasons(course):
    result = course.api.generate_feedback(PROBLEM_SET, "one-of-four")
    assert result["success"], result["log"]
    page = course.folder / "feedback" / "one-of-four" / PROBLEM_SET / f"{PROBLEM_SET}.html"
    html = page.read_text("utf-8")
    assert "1 of 4 points" in html
    assert "gives [-8, 6], not [-4, 3]" in html
