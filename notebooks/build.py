"""The two lives of a lesson: text/NN-title.md is the source, NN-title.ipynb beside it is built.

    python notebooks/build.py            text → notebooks, without outputs
    python notebooks/build.py --text     notebooks → text, after editing in JupyterLab

Text is MyST Markdown as jupytext writes it. What a notebook keeps beyond its cells (cell ids, the
kernel's name) is made here from the text alone, so that the same text always gives the same file.
"""

import argparse
import re
import sys
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

import jupytext
import nbformat

HERE = Path(__file__).parent
KERNELSPEC = {
    "display_name": "TypeScript (downhill)",
    "language": "typescript",
    "name": "downhill",
}
LANGUAGE = {
    "file_extension": ".ts",
    "mimetype": "text/x-typescript",
    "name": "typescript",
    "pygments_lexer": "typescript",
}


ASSIGNMENTS = HERE / "assignments"

# For another kernel that shows the library's figures, too.
TSLAB = HERE / "tslab"
TSLABS_KERNELSPEC = {"display_name": "TypeScript", "language": "typescript", "name": "tslab"}


def texts() -> list[Path]:
    return sorted((HERE / "text").glob("[0-9][0-9]-*.md"))


def assignments() -> list[Path]:
    return sorted((ASSIGNMENTS / "text").glob("*.md"))


def for_tslab() -> list[Path]:
    return sorted((TSLAB / "text").glob("*.md"))


def notebook_of(text: Path) -> Path:
    if text.parent.parent == TSLAB:
        return TSLAB / f"{text.stem}.ipynb"
    if text.parent.parent == ASSIGNMENTS:
        return ASSIGNMENTS / "source" / text.stem / f"{text.stem}.ipynb"
    return HERE / f"{text.stem}.ipynb"


def built(text: Path) -> nbformat.NotebookNode:
    """The notebook that a text stands for, without outputs."""
    notebook = jupytext.reads(text.read_text("utf-8"), fmt="md:myst")
    kernelspec = TSLABS_KERNELSPEC if text.parent.parent == TSLAB else KERNELSPEC
    notebook.metadata = {"kernelspec": kernelspec, "language_info": LANGUAGE}
    notebook.nbformat_minor = 5
    for cell, name in zip(notebook.cells, cell_ids(notebook.cells), strict=True):
        cell.id = name
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader = nbgrader_metadata(cell.metadata.nbgrader)
    return notebook


def nbgrader_metadata(words: str) -> nbformat.NotebookNode:
    """What nbgrader has to know of a cell, from words such as `test slope-test 4`."""
    kind, grade_id, *points = words.split()
    grade, solution, locked = {
        "solution": (False, True, False),
        "test": (True, False, True),
        "manual": (True, True, False),
        "locked": (False, False, True),
    }[kind]
    facts = {"grade": grade, "solution": solution, "locked": locked, "task": False}
    worth = {"points": int(points[0])} if grade else {}
    return nbformat.from_dict({"schema_version": 3, "grade_id": grade_id, **facts, **worth})


def cell_ids(cells) -> list[str]:
    """An id says which section a cell stands in and its place there: editing a section renames no other."""
    section, counts, ids = "top", Counter(), []
    for cell in cells:
        heading = re.match(r"#+ +(.+)", cell.source) if cell.cell_type == "markdown" else None
        if heading:
            section = re.sub(r"[^a-z0-9]+", "-", heading[1].lower()).strip("-")[:50]
        counts[section] += 1
        ids.append(f"{section}-{counts[section]}")
    return ids


def as_file(notebook: nbformat.NotebookNode) -> str:
    return nbformat.writes(notebook, version=4) + "\n"


def build() -> list[Path]:
    """Writes every notebook whose text has changed; returns the lessons."""
    for text in [*texts(), *assignments(), *for_tslab()]:
        file, content = notebook_of(text), as_file(built(text))
        if not file.exists() or file.read_text("utf-8") != content:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, "utf-8")
            print(f"built {file.name}")
    return [notebook_of(text) for text in texts()]


def text_of(notebook: nbformat.NotebookNode) -> str:
    """The text that a notebook stands for, without the versions of the tools that wrote it."""
    plain = nbformat.from_dict({**notebook, "metadata": notebook.metadata})
    plain.metadata = nbformat.from_dict({"kernelspec": KERNELSPEC, "language_info": LANGUAGE})
    text = jupytext.writes(plain, fmt="md:myst")
    return re.sub(r"^ *(?:format_version|jupytext_version): .*\n", "", text, flags=re.MULTILINE)


def back_to_text() -> None:
    """Takes what was edited in JupyterLab back into the text."""
    for file in sorted(HERE.glob("[0-9][0-9]-*.ipynb")):
        notebook = nbformat.read(file, as_version=4)
        (HERE / "text" / f"{file.stem}.md").write_text(text_of(notebook), "utf-8")


def run(file: Path) -> tuple[nbformat.NotebookNode, float]:
    """The notebook with the outputs that the real kernel gives, and the seconds it took."""
    from nbclient import NotebookClient

    notebook = nbformat.read(file, as_version=4)
    started = time.monotonic()
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(HERE)}}).execute()
    return notebook, time.monotonic() - started


def seconds_of(cell: nbformat.NotebookNode) -> float:
    """How long the kernel was busy with a cell that run ran."""
    times = cell.metadata.execution
    start, end = (datetime.fromisoformat(times[f"iopub.status.{state}"]) for state in ("busy", "idle"))
    return (end - start).total_seconds()


def main() -> int:
    parser = argparse.ArgumentParser(description="Builds the lessons.")
    parser.add_argument("--text", action="store_true", help="from the notebooks back to the text")
    options = parser.parse_args()
    if options.text:
        back_to_text()
    build()
    return 0


if __name__ == "__main__":
    sys.exit(main())
