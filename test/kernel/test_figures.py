"""Figures are shown at once, and get a still picture before their cell ends."""

import base64

FIGURE = "({ [Symbol.for('Jupyter.display')]: () => ({ 'application/vnd.plotly.v1+json': { data: [{ x: [1, 2], y: [3, 4] }], layout: {} }, 'text/plain': 'a line' }) })"
PLOTLY = "application/vnd.plotly.v1+json"


def test_a_figure_is_followed_by_its_picture_before_idle(shared):
    ran = shared.run(FIGURE, timeout=60)
    (first,) = ran.contents("execute_result")
    (second,) = ran.contents("update_display_data")
    assert "image/png" not in first["data"] and first["data"]["text/plain"] == "a line"
    assert second["transient"] == {"display_id": first["transient"]["display_id"]}
    assert second["data"][PLOTLY] == first["data"][PLOTLY]
    assert base64.b64decode(second["data"]["image/png"]).startswith(b"\x89PNG")
    assert second["metadata"]["image/png"]["alt"] == "a line"


def test_of_many_updates_only_the_last_gets_a_picture(shared):
    code = f"for (let i = 0; i < 50; i++) i ? display.update('f', {FIGURE}) : display({FIGURE}, {{ id: 'f' }})"
    ran = shared.run(code, timeout=60)
    updates = ran.contents("update_display_data")
    assert len(updates) == 50
    assert ["image/png" in update["data"] for update in updates] == [False] * 49 + [True]


def test_a_picture_is_made_beside_the_next_cell_where_that_waits_already(shared):
    first, second = shared.start(FIGURE), shared.start("1 + 1")
    seen = [
        (message["msg_type"], message["content"].get("execution_state"))
        for message in shared.heard_of({first, second}, until=second)
    ]
    ends = [place for place, (_, state) in enumerate(seen) if state == "idle"]
    picture = seen.index(("update_display_data", None))
    assert ends[0] < picture < ends[1]


def test_a_figure_that_plotly_refuses_stays_without_a_picture_and_the_cell_succeeds(shared):
    ran = shared.run(FIGURE.replace("[{ x: [1, 2], y: [3, 4] }]", '"no list"'))
    assert ran.status == "ok" and len(ran.contents("execute_result")) == 1
    assert ran.contents("update_display_data") == []


def test_a_figure_without_a_picture_is_still_shown_and_the_log_says_why(kernels):
    kernel = kernels({"DOWNHILL_PICTURE_TIME": "1"})
    ran = kernel.run(FIGURE, timeout=60)
    assert ran.status == "ok" and len(ran.contents("execute_result")) == 1
    assert ran.contents("update_display_data") == []
    assert "no picture" in kernel.logged() and "1 ms" in kernel.logged()


def test_pictures_can_be_turned_off(kernels):
    ran = kernels({"DOWNHILL_PICTURES": "off"}).run(FIGURE)
    assert ran.kinds == ["status", "execute_input", "execute_result", "status"]


def test_the_librarys_figures_are_shown(shared):
    ran = shared.run("import { plot } from 'downhill'; plot.fn((x: number) => x * x)", timeout=60)
    (shown,) = ran.contents("execute_result")
    assert shown["data"][PLOTLY]["data"] and shown["data"]["text/plain"]
    assert "image/png" in ran.contents("update_display_data")[0]["data"]
