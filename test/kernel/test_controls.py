"""Controls as a front end meets them: by comms, over the wire."""

PLOTLY = "application/vnd.plotly.v1+json"
VIEW = "application/vnd.jupyter.widget-view+json"

INTERACT = """
import { plot } from "downhill";
interact({ power: [1, 9], shift: [0, 1] }, ({ power, shift }) => {
  if (power === 9) throw new RangeError("too steep");
  return plot.fn((x) => x ** power + shift, { title: `power ${power}` });
});
"""


def connect(kernel):
    """What JupyterLab's widget manager does first: it asks for all widgets, and hangs up."""
    ask(kernel)
    kernel.heard(kernel.send("comm_close", {"comm_id": "control", "data": {}}))


def ask(kernel):
    content = {"comm_id": "control", "target_name": "jupyter.widget.control", "data": {}}
    kernel.heard(kernel.send("comm_open", content))


def states(ran):
    """The widgets that a cell opened: id and state by model name."""
    opened = [content for content in ran.contents("comm_open")]
    return {
        c["data"]["state"]["_model_name"]: (c["comm_id"], c["data"]["state"]) for c in opened
    }


def move(kernel, identifier, value, subshell=None):
    """Moves a slider, and gives all messages until that is dealt with, whatever they belong to."""
    data = {"method": "update", "state": {"value": value}, "buffer_paths": []}
    sent = kernel.send("comm_msg", {"comm_id": identifier, "data": data}, subshell=subshell)
    messages = []
    while True:
        message = kernel.client.get_iopub_msg(timeout=20)
        messages.append(message)
        ours = message["parent_header"].get("msg_id") == sent
        if ours and message["content"].get("execution_state") == "idle":
            return messages


def figures(messages):
    return [m["content"] for m in messages if m["msg_type"] == "update_display_data"]


def test_without_widgets_the_slider_is_inside_the_figure(kernel):
    ran = kernel.run(INTERACT)
    assert ran.status == "ok", ran.reply
    (shown,) = ran.contents("display_data")
    (slider,) = shown["data"][PLOTLY]["layout"]["sliders"]
    assert [step["label"] for step in slider["steps"]] == [str(n) for n in range(1, 9)]
    assert ran.contents("comm_open") == []


def test_with_widgets_a_move_draws_anew_in_place(kernel):
    connect(kernel)
    ran = kernel.run(INTERACT)
    view, figure = ran.contents("display_data")
    widgets = states(ran)
    assert view["data"][VIEW]["model_id"] == widgets["VBoxModel"][0]
    identifier, state = widgets["IntSliderModel"]
    assert (state["min"], state["max"], state["value"]) == (1, 9, 5)
    drawn = figures(move(kernel, identifier, 3))
    assert drawn[-1]["transient"] == figure["transient"]
    assert drawn[-1]["data"][PLOTLY]["layout"]["title"]["text"] == "power 3"


def test_an_error_stands_in_the_figures_place_and_the_next_move_draws_again(kernel):
    connect(kernel)
    identifier, _ = states(kernel.run(INTERACT))["IntSliderModel"]
    assert "too steep" in figures(move(kernel, identifier, 9))[-1]["data"]["text/plain"]
    assert PLOTLY in figures(move(kernel, identifier, 2))[-1]["data"]


def test_open_widgets_are_listed_and_told_again_to_a_page_that_was_reloaded(kernel):
    connect(kernel)
    widgets = states(kernel.run("controls.intSlider({ min: 0, max: 9, value: 4 })"))
    listed = kernel.ask("comm_info_request", {"target_name": "jupyter.widget"})["comms"]
    assert set(listed) == {identifier for identifier, _ in widgets.values()}
    ask(kernel)
    data = {"method": "request_states"}
    answer = kernel.heard(kernel.send("comm_msg", {"comm_id": "control", "data": data}))
    (states_again,) = [m["content"]["data"] for m in answer if m["msg_type"] == "comm_msg"]
    assert states_again["method"] == "update_states"
    identifier, _ = widgets["IntSliderModel"]
    assert states_again["states"][identifier]["state"]["value"] == 4


def test_a_process_that_replaced_a_dead_one_still_knows_who_shows_widgets(kernel):
    connect(kernel)
    kernel.run("process.exit(3)")
    ran = kernel.run(INTERACT)
    assert VIEW in ran.contents("display_data")[0]["data"]


def test_a_cell_that_trains_can_be_stopped_by_its_own_button(kernel):
    connect(kernel)
    started = kernel.start(
        "let stop = false;\n"
        'display(controls.button("Stop", () => { stop = true }));\n'
        "let steps = 0;\n"
        "while (!stop) { steps++; await new Promise(setImmediate); }\n"
        '"stopped"'
    )
    while True:
        message = kernel.client.get_iopub_msg(timeout=20)
        state = message["content"].get("data", {}).get("state", {})
        if state.get("_model_name") == "ButtonModel":
            break
    click = {"method": "custom", "content": {"event": "click"}}
    kernel.send("comm_msg", {"comm_id": message["content"]["comm_id"], "data": click})
    assert kernel.reply_to(started)["content"]["status"] == "ok"
