"""progress(items): how far a loop is, in one line that changes in its place."""

import re

import pytest


def test_progress_is_one_line_that_changes_in_its_place(shared):
    ran = shared.run("for (const x of progress([1, 2, 3], { label: 'train' })) await new Promise((done) => setTimeout(done, 120))")
    (first,) = ran.contents("display_data")
    updates = ran.contents("update_display_data")
    assert len(updates) >= 2
    assert {one["transient"]["display_id"] for one in (first, *updates)} == {first["transient"]["display_id"]}
    assert first["data"]["text/plain"].startswith("train: 0 % · 0 of 3")
    assert updates[-1]["data"]["text/plain"].startswith("train: 100 % · 3 of 3")
    assert '<progress value="3" max="3"' in updates[-1]["data"]["text/html"]


def test_progress_says_where_it_stopped(shared):
    ran = shared.run("for await (const x of progress(async function* () { yield 1; yield 2 }())) break")
    assert ran.contents("update_display_data")[-1]["data"]["text/plain"].startswith("0 done")
    ran = shared.run("for (const i of progress(new Set([1, 2]))) { if (i === 2) break }")
    assert ran.contents("update_display_data")[-1]["data"]["text/plain"].startswith("50 % · 1 of 2")


def lines_of(ran):
    """The text that stands in each place in the end, in the order of the places."""
    places = {}
    for message in ran.messages:
        if message["msg_type"] in ("display_data", "update_display_data"):
            content = message["content"]
            places[content["transient"]["display_id"]] = content["data"]["text/plain"]
    return [re.sub(r" · [\d.]+ s.*", "", line) for line in places.values()]


def test_a_loop_within_a_loop_takes_its_line_again(shared):
    code = """for (const epoch of progress([1, 2, 3], { label: 'epochs' })) {
  for (const batch of progress([1, 2], { label: 'train' })) {}
  for (const batch of progress([1], { label: 'validate' })) {}
}
for (const batch of progress([1, 2], { label: 'train' })) {}"""
    ran = shared.run(code)
    train, validate = "train: 100 % · 2 of 2", "validate: 100 % · 1 of 1"
    assert lines_of(ran) == ["epochs: 100 % · 3 of 3", train, validate, train]


def test_loops_beside_each_other_have_a_line_each(shared):
    code = "await Promise.all([1, 2].map(async () => { for (const x of progress([1])) await new Promise((done) => setTimeout(done, 20)) }))"
    assert lines_of(shared.run(code)) == ["100 % · 1 of 1"] * 2


@pytest.mark.parametrize("slow", ["await new Promise((done) => setTimeout(done, 150))", "for (const begin = Date.now(); Date.now() < begin + 150;);"])
def test_an_interrupt_ends_the_line_where_it_is_and_the_next_cell_begins_anew(shared, slow):
    cell = shared.start(f"for (const x of progress(Array(100))) {{ {slow} }}")
    first = shared.hear(cell, "update_display_data")["content"]
    assert " left" in first["data"]["text/plain"]
    shared.interrupt()
    ran = shared.finish(cell)
    assert ran.reply["ename"] == "KeyboardInterrupt"
    last = ran.contents("update_display_data")[-1]
    assert last["transient"] == first["transient"] and " left" not in last["data"]["text/plain"]
    ran = shared.run("for (const x of progress([1, 2])) {}")
    assert ran.kinds.count("display_data") == 1 and lines_of(ran) == ["100 % · 2 of 2"]


def test_more_items_than_promised_are_counted_without_a_share(shared):
    ran = shared.run("for (const x of progress([1, 2, 3], { total: 2 })) {}")
    assert lines_of(ran) == ["3 done"]
    assert '<progress value="3" max="3"' in ran.contents("update_display_data")[-1]["data"]["text/html"]


@pytest.mark.parametrize(
    "code, words",
    [
        ("progress(5 as any)", "but this is 5"),
        ("progress(null as any)", "but this is null"),
        ("progress({ length: 3 } as any)", "but this is { length: 3 }"),
        ("progress([1], { total: NaN })", "but this is NaN"),
    ],
)
def test_what_cannot_be_gone_through_is_refused_before_a_line_is_shown(shared, code, words):
    ran = shared.run(code)
    assert words in ran.reply["evalue"] and "Hint: " in ran.reply["evalue"]
    assert lines_of(ran) == []
