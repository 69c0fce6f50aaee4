"""The text of a lesson and the notebook beside it are the same lesson."""

import re

import build
import jupytext
import nbformat


def test_committed_notebook_is_what_its_text_builds(text):
    assert build.notebook_of(text).read_text("utf-8") == build.as_file(build.built(text))


def test_every_notebook_has_a_text():
    stems = {text.stem for text in build.texts()}
    assert stems == {file.stem for file in build.HERE.glob("[0-9][0-9]-*.ipynb")}


def test_notebook_is_valid_and_carries_no_outputs(text):
    notebook = nbformat.read(build.notebook_of(text), as_version=4)
    nbformat.validate(notebook)
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None


def test_building_again_after_a_round_trip_gives_the_same_cells(text):
    notebook = build.built(text)
    again = jupytext.reads(build.text_of(notebook), fmt="md:myst")
    assert [cell.source for cell in again.cells] == [cell.source for cell in notebook.cells]


def test_text_is_written_as_jupytext_writes_it(text):
    assert text.read_text("utf-8") == build.text_of(build.built(text))


def test_changing_one_section_renames_no_cell_of_another():
    cell = nbformat.v4.new_markdown_cell
    before = [cell("# A"), cell("## B"), cell("x"), cell("## C")]
    after = [cell("# A"), cell("## B"), cell("new"), cell("x"), cell("## C")]
    assert build.cell_ids(before)[-1] == build.cell_ids(after)[-1] == "c-1"
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", name) for name in build.cell_ids(after))
