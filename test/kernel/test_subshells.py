"""Shells beside the main one: what is sent there runs beside a cell that awaits (JEP 91)."""

import pytest

from test_controls import INTERACT, PLOTLY, connect, figures, move, states

# Ends when somebody calls `go`, and says so before and after.
WAITING = "let go!: () => void; console.log('begins'); await new Promise<void>((r) => { go = r }); console.log('ends')"
ENDLESS = "await new Promise(() => {})"


def control(kernel, kind, **content):
    return kernel.ask(f"{kind}_subshell_request", content, channel="control")


@pytest.fixture
def subshell(kernel):
    return control(kernel, "create")["subshell_id"]


def until(kernel, cells, holds):
    """Listens to cells until one of their messages is the one; gives that message and how many came before."""
    while True:
        message = kernel.client.get_iopub_msg(timeout=20)
        if message["parent_header"].get("msg_id") in cells and holds(message):
            return message


def begun(kernel, cell):
    until(kernel, {cell}, lambda m: m["content"].get("text", "").startswith("begins"))


def outcome(kernel, *cells):
    """How cells that run beside each other end: the content of each reply, and what each of them printed."""
    replies = {}
    while len(replies) < len(cells):
        reply = kernel.client.get_shell_msg(timeout=20)
        if reply["parent_header"]["msg_id"] in cells:
            replies[reply["parent_header"]["msg_id"]] = reply["content"]
    printed = dict.fromkeys(cells, "")
    running = set(cells)
    while running:
        message = kernel.client.get_iopub_msg(timeout=20)
        parent = message["parent_header"].get("msg_id")
        if parent in printed:
            printed[parent] += message["content"].get("text", "")
            if message["content"].get("execution_state") == "idle":
                running.discard(parent)
    return [(replies[cell], printed[cell]) for cell in cells]


def test_subshells_are_announced_made_listed_and_deleted(kernel):
    assert "kernel subshells" in kernel.ask("kernel_info_request")["supported_features"]
    assert control(kernel, "list") == {"status": "ok", "subshell_id": []}
    made = [control(kernel, "create")["subshell_id"] for _ in range(2)]
    assert control(kernel, "list")["subshell_id"] == made
    assert control(kernel, "delete", subshell_id=made[0]) == {"status": "ok"}
    assert control(kernel, "list")["subshell_id"] == made[1:]
    reply = control(kernel, "delete", subshell_id=made[0])
    assert reply["status"] == "error" and f"there are: {made[1]}" in reply["evalue"]


def test_graded_work_has_no_subshells(graded):
    assert graded.ask("kernel_info_request")["supported_features"] == []
    for kind in ("create", "delete", "list"):
        reply = control(graded, kind, subshell_id="x")
        assert reply["status"] == "error" and "while work is graded" in reply["evalue"]


def test_a_cell_in_a_subshell_runs_beside_one_that_awaits_each_with_its_own_outputs(kernel, subshell):
    main = kernel.start(WAITING)
    begun(kernel, main)
    beside = kernel.run("console.log('beside'); await new Promise((r) => setTimeout(r, 20)); 6 * 7", subshell=subshell)
    assert (beside.result, beside.stdout) == ("42", "beside\n")
    assert {m["parent_header"]["subshell_id"] for m in beside.messages} == {subshell}
    assert beside.kinds[0] == beside.kinds[-1] == "status" and beside.reply["execution_count"] == 2
    # What it prints after the other cell has come and gone is still its own.
    (ran, printed), _ = outcome(kernel, main, kernel.start("go()", subshell=subshell))
    assert (ran["status"], printed, ran["execution_count"]) == ("ok", "ends\n", 1)
    request = {"hist_access_type": "tail", "n": 9, "output": False, "raw": True}
    history = kernel.ask("history_request", request)["history"]
    assert sorted(line for _, line, _ in history) == [1, 2, 3]


def test_outputs_of_cells_that_take_turns_stay_apart(kernel, subshell):
    lines = "for (let i = 0; i < 50; i++) { console.log(%s); display(%s); await new Promise(setImmediate) }"
    cells = [
        kernel.start("console.log('begins');" + lines % ("'main'", "'main'")),
        kernel.start("console.log('begins');" + lines % ("'side'", "'side'"), subshell=subshell),
    ]
    (main, printed), (side, beside) = outcome(kernel, *cells)
    assert main["status"] == side["status"] == "ok"
    assert printed == "begins\n" + "main\n" * 50 and beside == "begins\n" + "side\n" * 50


def test_cells_of_one_subshell_wait_for_each_other(kernel, subshell):
    main = kernel.start(WAITING)
    begun(kernel, main)
    cells = [
        kernel.start("await new Promise((r) => setTimeout(r, 50)); var first = 1; first", subshell=subshell),
        kernel.start("first + 1; go(); first + 1", subshell=subshell),
    ]
    assert [reply["status"] for reply, _ in outcome(kernel, main, *cells)] == ["ok"] * 3


def test_while_a_cell_computes_subshells_wait_for_it(kernel, subshell):
    busy = "let steps = 0; console.log('begins'); for (const t = Date.now(); Date.now() - t < 300;) steps++; steps = -1;"
    main = kernel.start(busy)
    begun(kernel, main)
    _, (reply, printed) = outcome(kernel, main, kernel.start("console.log(steps)", subshell=subshell))
    assert (reply["status"], printed) == ("ok", "-1\n")


def test_an_error_aborts_the_cells_of_its_own_shell_only(kernel, subshell):
    main = [kernel.start(WAITING), kernel.start("'in the main shell'")]
    begun(kernel, main[0])
    side = [
        kernel.start("await new Promise((r) => setTimeout(r, 50)); throw new Error('here')", subshell=subshell),
        kernel.start("'never'", subshell=subshell),
    ]
    assert [reply["status"] for reply, _ in outcome(kernel, *side)] == ["error", "aborted"]
    last = kernel.start("go()", subshell=subshell)
    assert [reply["status"] for reply, _ in outcome(kernel, *main, last)] == ["ok"] * 3


def test_an_error_in_a_timer_ends_the_cell_that_set_it(kernel, subshell):
    main = kernel.start("console.log('begins'); setTimeout(() => { throw new Error('mine') }, 100);" + ENDLESS)
    begun(kernel, main)
    beside = kernel.start("await new Promise((r) => setTimeout(r, 300)); 'unharmed'", subshell=subshell)
    (ended, _), (other, _) = outcome(kernel, main, beside)
    assert (ended["evalue"], other["status"]) == ("mine", "ok")


@pytest.mark.parametrize("kind", ["execute", "kernel_info", "complete", "comm_info"])
def test_a_request_to_a_subshell_that_is_not_there_is_answered(kernel, kind):
    content = {"code": "globalThis.ran = 1", "cursor_pos": 0}
    sent = kernel.send(f"{kind}_request", content, subshell="nowhere")
    reply = kernel.reply_to(sent)["content"]
    assert reply["status"] == "error" and 'no subshell "nowhere"' in reply["evalue"]
    states = [m["content"].get("execution_state") for m in kernel.heard(sent)]
    assert states == ["busy", "idle"]
    assert kernel.run("globalThis.ran").result is None


def test_the_last_word_of_a_comm_counts_also_when_its_subshell_is_gone_before(kernel, subshell):
    kernel.run("comms.open('widget', {}, { id: 'c1' })")
    control(kernel, "delete", subshell_id=subshell)
    kernel.heard(kernel.send("comm_close", {"comm_id": "c1", "data": {}}, subshell=subshell))
    assert kernel.ask("comm_info_request")["comms"] == {}


def test_deleting_a_subshell_aborts_what_waits_there_and_lets_go_on_what_runs(kernel, subshell):
    cells = [kernel.start(WAITING, subshell=subshell), kernel.start("1", subshell=subshell)]
    begun(kernel, cells[0])
    assert control(kernel, "delete", subshell_id=subshell)["status"] == "ok"
    assert kernel.reply_to(cells[1])["content"] == {"status": "aborted"}
    (ran, printed), _ = outcome(kernel, cells[0], kernel.start("go()"))
    assert (ran["status"], printed) == ("ok", "ends\n")


BESIDE = {"waits": ENDLESS, "computes": "for (;;) {}", "ticks": "for (;;) await null"}


@pytest.mark.parametrize("code", BESIDE.values(), ids=BESIDE.keys())
def test_an_interrupt_stops_the_cells_of_all_shells_and_keeps_their_state(kernel, subshell, code):
    kernel.run("let kept = 41")
    main = kernel.start("console.log('begins'); kept += 1;" + ENDLESS)
    begun(kernel, main)
    beside = kernel.start("console.log('begins'); kept += 1;" + code, subshell=subshell)
    begun(kernel, beside)
    kernel.interrupt()
    ended = outcome(kernel, main, beside)
    assert [reply["ename"] for reply, _ in ended] == ["KeyboardInterrupt"] * 2
    assert kernel.run("kept", subshell=subshell).result == "43"
    assert kernel.run("kept").result == "43"


def test_the_end_of_the_process_ends_the_cells_of_all_shells_and_leaves_the_shells(kernel, subshell):
    main = kernel.start("console.log('begins');" + ENDLESS)
    begun(kernel, main)
    beside = kernel.start("process.exit(3)", subshell=subshell)
    ended = outcome(kernel, main, beside)
    assert [reply["ename"] for reply, _ in ended] == ["ProcessExit"] * 2
    assert control(kernel, "list")["subshell_id"] == [subshell]
    assert kernel.run("1 + 1", subshell=subshell).result == "2"


def test_the_kernel_ends_while_a_cell_of_a_subshell_loops(kernel, subshell):
    begun(kernel, kernel.start("console.log('begins'); for (;;) {}", subshell=subshell))
    assert kernel.ask("shutdown_request", {"restart": False}, channel="control")["status"] == "ok"
    kernel.manager.provisioner.process.wait(timeout=20)


def test_a_question_of_a_subshell_is_put_to_who_asked_there(kernel, subshell):
    main = kernel.start(WAITING)
    begun(kernel, main)
    beside = kernel.start("const name = prompt('who?'); go(); name", subshell=subshell, allow_stdin=True)
    asked = kernel.client.get_stdin_msg(timeout=20)
    assert asked["content"]["prompt"] == "who?" and asked["parent_header"]["msg_id"] == beside
    kernel.client.input("Ada")
    assert [reply["status"] for reply, _ in outcome(kernel, main, beside)] == ["ok", "ok"]


def test_what_a_running_cell_declares_is_known_to_the_types_in_other_shells(kernel, subshell):
    warm = kernel.run("const early: number = 'no number'; display.html('')", allow_stdin=True)
    assert warm.status == "ok"
    main = kernel.start("let weights = [1.5]; console.log('begins');" + ENDLESS)
    begun(kernel, main)
    code = "weights."
    found = kernel.ask("complete_request", {"code": code, "cursor_pos": len(code)}, subshell=subshell)
    assert "map" in found["matches"]
    beside = kernel.run("weights.length", subshell=subshell)
    assert beside.result == "1" and beside.contents("display_data") == []
    kernel.interrupt()


def test_the_startup_file_runs_once_for_the_first_cells_of_two_shells(kernels, tmp_path):
    (tmp_path / "start.ts").write_text(
        "globalThis.starts = (globalThis.starts ?? 0) + 1; await new Promise((r) => setTimeout(r, 200))"
    )
    kernel = kernels({"DOWNHILL_PRELOAD": str(tmp_path / "start.ts")})
    subshell = control(kernel, "create")["subshell_id"]
    cells = [kernel.start("1"), kernel.start("1", subshell=subshell)]
    assert [reply["status"] for reply, _ in outcome(kernel, *cells)] == ["ok", "ok"]
    assert kernel.run("globalThis.starts").result == "1"


def test_a_slider_moves_its_figure_while_a_long_cell_awaits(kernel, subshell):
    connect(kernel)
    identifier, _ = states(kernel.run(INTERACT))["IntSliderModel"]
    main = kernel.start(WAITING)
    begun(kernel, main)
    drawn = figures(move(kernel, identifier, 3, subshell))[-1]
    assert drawn["data"][PLOTLY]["layout"]["title"]["text"] == "power 3"
    ended = outcome(kernel, main, kernel.start("go()", subshell=subshell))
    assert [reply["status"] for reply, _ in ended] == ["ok", "ok"]


def test_an_interrupt_stops_a_control_whose_callback_never_ends(kernel):
    kernel.run("let kept = 1; comms.on('hang', () => { console.log('begins'); kept = 2; for (;;) {} })")
    opening = {"comm_id": "c9", "target_name": "hang", "data": {}}
    step = kernel.send("comm_open", opening)
    begun(kernel, step)
    kernel.interrupt()
    kernel.heard(step)
    assert kernel.run("kept").result == "2"
