"""Questions to the person at the notebook, and comms with parts of the front end."""

import time

import pytest


def answered(kernel, code, *answers):
    """Runs a cell and answers its questions; gives what it did and what it asked."""
    cell = kernel.start(code, allow_stdin=True)
    asked = []
    for answer in answers:
        question = kernel.client.get_stdin_msg(timeout=10)
        assert question["msg_type"] == "input_request"
        assert question["parent_header"]["msg_id"] == cell
        asked.append(question["content"])
        kernel.client.input(answer)
    return kernel.finish(cell), asked


def test_a_cell_asks_and_waits_also_in_synchronous_code(shared):
    code = "console.log('before'); const ask = () => prompt('Name?')\n;[ask(), prompt('Key', { password: true }), prompt('Age', '9')]"
    ran, asked = answered(shared, code, "Ada", "secret", "")
    assert ran.result == "[ 'Ada', 'secret', '9' ]" and ran.stdout == "before\n"
    assert asked == [
        {"prompt": "Name?", "password": False},
        {"prompt": "Key", "password": True},
        {"prompt": "Age [9]", "password": False},
    ]


@pytest.mark.parametrize("answer, value", [("y", "true"), ("Yes", "true"), ("", "false"), ("no", "false")])
def test_confirm_takes_only_a_yes_for_a_yes(shared, answer, value):
    assert answered(shared, "confirm('Sure?')", answer)[0].result == value


def test_where_nobody_can_be_asked_the_cell_says_so(shared):
    ran = shared.run("prompt('Name?')")
    assert ran.status == "error" and "Nobody can be asked" in ran.reply["evalue"]


def test_a_question_can_be_interrupted_and_its_late_answer_is_not_taken_for_another(shared):
    cell = shared.start("prompt('never answered')", allow_stdin=True)
    shared.client.get_stdin_msg(timeout=10)
    shared.interrupt()
    assert shared.finish(cell).reply["ename"] == "KeyboardInterrupt"
    shared.client.input("too late")
    time.sleep(0.1)
    assert answered(shared, "prompt('again')", "right")[0].result == "'right'"


def test_a_cell_opens_a_comm_and_both_sides_speak(kernel):
    ran = kernel.run(
        "const heard: unknown[] = []\nconst comm = comms.open('widget', { start: 1 }, { id: 'c1', buffers: [new Uint8Array([7])] })\ncomm.onMessage = ({ data, buffers }) => { heard.push(data, buffers.map((b) => [...b])); comm.send({ back: 1 }); console.log('heard') }\ncomm.onClose = () => { heard.push('closed') }"
    )
    (opened,) = [message for message in ran.messages if message["msg_type"] == "comm_open"]
    assert opened["content"] == {"comm_id": "c1", "target_name": "widget", "data": {"start": 1}}
    assert [bytes(buffer) for buffer in opened["buffers"]] == [b"\x07"]
    for all_targets in ({}, {"target_name": None}):
        assert kernel.ask("comm_info_request", all_targets)["comms"] == {"c1": {"target_name": "widget"}}
    assert kernel.ask("comm_info_request", {"target_name": "other"})["comms"] == {}
    message = kernel.client.session.msg("comm_msg", {"comm_id": "c1", "data": {"x": 2}})
    kernel.client.session.send(kernel.client.shell_channel.socket, message, buffers=[b"\x01\x02"])
    caused = kernel.heard(message["header"]["msg_id"])
    assert [m["msg_type"] for m in caused] == ["status", "comm_msg", "stream", "status"]
    assert caused[1]["content"]["data"] == {"back": 1}
    kernel.heard(kernel.send("comm_close", {"comm_id": "c1", "data": {}}))
    assert kernel.run("heard").result == "[ { x: 2 }, [ [ 1, 2 ] ], 'closed' ]"
    assert kernel.ask("comm_info_request")["comms"] == {}


def test_the_front_end_opens_a_comm_to_a_target_that_a_cell_accepts(kernel):
    kernel.run("comms.on('mine', (comm, { data }) => comm.send({ got: data }))")
    opening = {"comm_id": "c2", "target_name": "mine", "data": {"a": 1}}
    heard = kernel.heard(kernel.send("comm_open", opening))
    assert heard[1]["content"] == {"comm_id": "c2", "data": {"got": {"a": 1}}}


def test_a_comm_to_an_unknown_target_is_closed(shared):
    opening = {"comm_id": "c3", "target_name": "nobody", "data": {}}
    heard = shared.heard(shared.send("comm_open", opening))
    assert [message["msg_type"] for message in heard] == ["status", "comm_close", "status"]
    assert shared.ask("comm_info_request")["comms"] == {}


def test_an_error_in_a_comm_is_told_and_the_process_lives(kernel):
    kernel.run("comms.on('bad', () => { throw new Error('in comm') })\nlet kept = 1")
    heard = kernel.heard(kernel.send("comm_open", {"comm_id": "c4", "target_name": "bad", "data": {}}))
    assert [m["content"].get("evalue") for m in heard if m["msg_type"] == "error"] == ["in comm"]
    assert kernel.run("kept").result == "1"


def test_comms_are_dealt_with_while_a_cell_waits(kernel):
    kernel.run("comms.on('go', () => { console.log('went') })")
    cell = kernel.start("await new Promise((resolve) => comms.on('stop', () => resolve(1)))")
    time.sleep(0.1)
    heard = kernel.heard(kernel.send("comm_open", {"comm_id": "c5", "target_name": "go", "data": {}}))
    assert "stream" in [message["msg_type"] for message in heard]
    kernel.send("comm_open", {"comm_id": "c6", "target_name": "stop", "data": {}})
    assert kernel.finish(cell).result == "1"


def test_when_the_process_ends_its_comms_are_closed(kernel):
    kernel.run("comms.open('widget', {}, { id: 'c7' })")
    ran = kernel.run("process.exit(1)")
    assert "comm_close" in ran.kinds
    assert kernel.ask("comm_info_request")["comms"] == {}
