"""The text of a lesson and the notebook beside it are the same lesson."""

import os
import re
import shutil

import build
import jupytext
import nbformat
from jupytext import cli


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


def test_jupytext_keeps_text_and_notebook_alike_whichever_is_edited(text, tmp_path):
    notebook, source = tmp_path / f"{text.stem}.ipynb", tmp_path / "text" / text.name
    shutil.copy(build.notebook_of(text), notebook)
    cli.jupytext(["--quiet", "--set-formats", "ipynb,text//md:myst", str(notebook)])

    edited = nbformat.read(notebook, as_version=4)
    edited.cells[2].source += "\n\nAdded in JupyterLab."
    nbformat.write(edited, notebook)
    make_newer(notebook, than=source)
    cli.jupytext(["--quiet", "--sync", str(notebook)])
    assert "Added in JupyterLab." in source.read_text("utf-8")

    source.write_text(source.read_text("utf-8").replace("Added in JupyterLab.", "Added in the text."), "utf-8")
    make_newer(source, than=notebook)
    cli.jupytext(["--quiet", "--sync", str(source)])
    cells = [cell.source for cell in nbformat.read(notebook, as_version=4).cells]
    assert cells[2] == build.built(text).cells[2].source + "\n\nAdded in the text."
    assert cells[3:] == [cell.source for cell in build.built(text).cells[3:]]
    assert build.text_of(nbformat.read(notebook, as_version=4)).count("jupytext_version") == 0


def make_newer(file, than):
    """Jupytext believes the file that was written last, by a clock that may be coarse."""
    later = than.stat().st_mtime + 10
    os.utime(file, (later, later))


def test_changing_one_section_renames_no_cell_of_another():
    cell = nbformat.v4.new_markdown_cell
    before = [cell("# A"), cell("## B"), cell("x"), cell("## C")]
    after = [cell("# A"), cell("## B"), cell("new"), cell("x"), cell("## C")]
    assert build.cell_ids(before)[-1] == build.cell_ids(after)[-1] == "c-1"
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", name) for name in build.cell_ids(after))
