"""What every lesson has, so that a learner finds their way in any of them."""

import re

import build
import nbformat
import pytest

LESSONS = [text for text in build.texts()]


@pytest.fixture
def lesson(text):
    return nbformat.read(build.notebook_of(text), as_version=4)


def sources(lesson, kind):
    return [cell.source for cell in lesson.cells if cell.cell_type == kind]


def headings(lesson):
    prose = "\n".join(sources(lesson, "markdown"))
    return re.findall(r"^(#+) (.+)$", prose, re.MULTILINE)


def test_headings_are_one_title_and_then_in_order(lesson):
    levels = [len(marks) for marks, _ in headings(lesson)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:]))


def test_opening_says_minutes_objectives_and_contents(lesson):
    opening = lesson.cells[0].source
    assert re.search(r"About \d+ minutes", opening)
    assert "After this lesson you can" in opening
    links = re.findall(r"\]\(#(.+?)\)$", opening, re.MULTILINE)
    sections = [title.replace(" ", "-") for marks, title in headings(lesson) if marks == "##"]
    assert links == sections


def test_opening_says_who_wrote_it_when_and_where_its_source_is(lesson, text):
    last = lesson.cells[0].source.rstrip().split("\n")[-1]
    source = re.escape(f"notebooks/text/{text.name}")
    assert re.fullmatch(rf"\*By the downhill authors, [A-Z][a-z]+ 20\d\d, MIT licence\. Source: `{source}`\*", last)


def test_contents_agree_with_the_minutes_in_the_list_of_lessons(lesson, text):
    minutes = re.search(r"About (\d+) minutes", lesson.cells[0].source)[1]
    listed = (build.HERE / "README.md").read_text("utf-8")
    assert re.search(rf"\]\({text.stem}\.ipynb\) \| {minutes} \|", listed)


def test_every_number_is_claimed(lesson):
    code = "\n".join(sources(lesson, "code"))
    assert len(re.findall(r"^(?:claim|oftenSaid)\(", code, re.MULTILINE)) >= 5


def test_each_prediction_comes_before_its_answer(lesson):
    code = "\n".join(sources(lesson, "code"))
    asked = [m for m in re.finditer(r"const (\w+) = predict\(", code)]
    assert asked
    for question in asked:
        answer = code.find(f"{question[1]}.reveal(")
        assert answer > question.end(), question[1]


def test_each_check_is_called_by_the_name_of_the_function_it_checks(lesson):
    code = "\n".join(sources(lesson, "code"))
    calls = re.findall(r"^check\.(\w+)\((\w+)\)", code, re.MULTILINE)
    assert calls and all(check == function for check, function in calls)


def test_a_control_is_baked_into_a_figure(lesson):
    assert "plot.slider(" in "\n".join(sources(lesson, "code"))


def test_five_questions_wait_with_hidden_answers(lesson):
    closing = "\n".join(sources(lesson, "markdown"))
    assert re.findall(r"<details><summary>(\d)\. ", closing) == ["1", "2", "3", "4", "5"]
    assert closing.count("</details>") == closing.count("<details>")


def test_links_to_other_lessons_lead_somewhere(lesson):
    planned = (build.HERE / "README.md").read_text("utf-8")
    for target in re.findall(r"\]\((\d\d-[a-z0-9-]+\.ipynb)\)", "\n".join(sources(lesson, "markdown"))):
        assert (build.HERE / target).exists() or target in planned, target


def test_each_cell_fits_a_screen(lesson):
    for cell in lesson.cells:
        lines = cell.source.split("\n")
        assert len(lines) <= 36, cell.id
        if cell.cell_type == "code":
            assert max(map(len, lines)) <= 100, cell.id


def test_every_word_of_the_glossary_is_introduced_where_it_says():
    rows = re.findall(r"^\| (.+) \| .+ \| \[\d\d\]\((.+)\.ipynb\) \|$", (build.HERE / "README.md").read_text("utf-8"), re.M)
    assert len(rows) > 20 and [word.lower() for word, _ in rows] == sorted(word.lower() for word, _ in rows)
    for word, stem in rows:
        prose = " ".join((build.HERE / "text" / f"{stem}.md").read_text("utf-8").split())
        assert re.search(rf"\*\*{word}s?\*\*", prose), word


def test_formulas_use_no_macros(lesson):
    for source in sources(lesson, "markdown"):
        assert "\\newcommand" not in source and "\\def" not in source
