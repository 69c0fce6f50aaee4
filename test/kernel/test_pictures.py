"""Figures come with a still picture, for readers who cannot draw them."""

import base64

PLOTLY = "application/vnd.plotly.v1+json"

FIGURE = """
const figure = { [Symbol.for("Jupyter.display")]: () => ({
  "application/vnd.plotly.v1+json": { data: [{ y: [1, 4, 9] }], layout: {} },
  "text/plain": "Three points.",
}) };
"""


def test_a_figure_is_shown_at_once_and_its_picture_follows_before_idle(shared):
    ran = shared.run(FIGURE + "figure")
    assert ran.status == "ok", ran.reply
    (result,) = ran.contents("execute_result")
    assert "image/png" not in result["data"]
    (update,) = ran.contents("update_display_data")
    assert update["transient"]["display_id"] == result["transient"]["display_id"]
    assert base64.b64decode(update["data"]["image/png"])[:4] == b"\x89PNG"
    assert update["data"][PLOTLY] == result["data"][PLOTLY]
    assert update["metadata"]["image/png"]["alt"] == "Three points."
    assert ran.kinds.index("update_display_data") < len(ran.kinds) - 1


def test_of_a_figure_that_changes_only_the_last_state_becomes_a_picture(shared):
    ran = shared.run(
        FIGURE + 'display(figure, { id: "live" });\n'
        'for (let i = 0; i < 20; i++) display.update("live", figure);'
    )
    updates = ran.contents("update_display_data")
    assert len(updates) == 21
    assert ["image/png" in update["data"] for update in updates] == [False] * 20 + [True]


def test_a_figure_that_plotly_refuses_stays_without_a_picture_and_the_cell_succeeds(shared):
    ran = shared.run(FIGURE.replace("[{ y: [1, 4, 9] }]", '"no list"') + "figure")
    assert ran.status == "ok"
    assert ran.contents("update_display_data") == []
