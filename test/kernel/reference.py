"""What each message of the Jupyter protocol 5.4 must carry, as ipykernel's test_message_spec has it for Python."""

NUMBER = (int, float)

HEADER = {
    "msg_id": str,
    "session": str,
    "username": str,
    "date": object,
    "msg_type": str,
    "version": str,
}

STATUS = {"status": ("ok", "error", "aborted")}
ERROR = {"ename": str, "evalue": str, "traceback": [str]}

CONTENTS = {
    "status": {"execution_state": ("busy", "idle", "starting")},
    "iopub_welcome": {"subscription": str},
    "execute_input": {"code": str, "execution_count": int},
    "stream": {"name": ("stdout", "stderr"), "text": str},
    "display_data": {"data": {str: object}, "metadata": dict, "transient": dict},
    "update_display_data": {"data": {str: object}, "metadata": dict, "transient": {"display_id": str}},
    "execute_result": {
        "execution_count": int,
        "data": {str: object},
        "metadata": dict,
    },
    "clear_output": {"wait": bool},
    "error": ERROR,
    "kernel_info_reply": {
        **STATUS,
        "protocol_version": str,
        "implementation": str,
        "implementation_version": str,
        "language_info": {"name": str, "version": str, "mimetype": str, "file_extension": str},
        "banner": str,
    },
    "execute_reply": STATUS,
    "is_complete_reply": {"status": ("complete", "incomplete", "invalid", "unknown")},
    "interrupt_reply": STATUS,
    "shutdown_reply": {**STATUS, "restart": bool},
    "comm_info_reply": {**STATUS, "comms": dict},
    "connect_reply": {
        "shell_port": int,
        "iopub_port": int,
        "stdin_port": int,
        "hb_port": int,
        "control_port": int,
    },
    "usage_reply": {
        **STATUS,
        "hostname": str,
        "pid": int,
        "kernel_cpu": NUMBER,
        "kernel_memory": int,
        "cpu_count": int,
        "host_cpu_percent": NUMBER,
        "host_virtual_memory": {"total": int, "available": int, "percent": NUMBER},
    },
    "debug_reply": {
        **STATUS,
        "type": ("response",),
        "seq": int,
        "request_seq": int,
        "command": str,
        "success": bool,
    },
    "debug_event": {"type": ("event",), "seq": int, "event": str, "body": dict},
    "create_subshell_reply": {**STATUS, "subshell_id": str},
    "delete_subshell_reply": STATUS,
    "list_subshell_reply": {**STATUS, "subshell_id": [str]},
    "history_reply": {**STATUS, "history": list},
    "input_request": {"prompt": str, "password": bool},
    "complete_reply": {**STATUS, "matches": [str], "cursor_start": int, "cursor_end": int, "metadata": dict},
    "inspect_reply": {**STATUS, "found": bool, "data": dict, "metadata": dict},
    "comm_open": {"comm_id": str, "target_name": str, "data": dict},
    "comm_msg": {"comm_id": str, "data": dict},
    "comm_close": {"comm_id": str, "data": dict},
}

BY_STATUS = {
    ("execute_reply", "ok"): {"execution_count": int, "user_expressions": dict, "payload": list},
    ("execute_reply", "error"): {"execution_count": int, **ERROR},
}


def check(value, shape, path):
    """Raises AssertionError naming the first field that is missing or of another kind."""
    if isinstance(shape, tuple) and not isinstance(shape[0], type):
        assert value in shape, f"{path} is {value!r}, none of {shape}"
    elif isinstance(shape, list):
        assert isinstance(value, list), f"{path} is {value!r}, not a list"
        for index, part in enumerate(value):
            check(part, shape[0], f"{path}[{index}]")
    elif isinstance(shape, dict) and str in shape:
        assert isinstance(value, dict), f"{path} is {value!r}, not an object"
        for name, part in value.items():
            assert isinstance(name, str), f"{path} has the key {name!r}"
            check(part, shape[str], f"{path}.{name}")
    elif isinstance(shape, dict):
        assert isinstance(value, dict), f"{path} is {value!r}, not an object"
        for name, part in shape.items():
            assert name in value, f"{path} has no {name}, only {sorted(value)}"
            check(value[name], part, f"{path}.{name}")
    else:
        assert isinstance(value, shape), f"{path} is {value!r}, not {shape}"
        assert not (shape is int and isinstance(value, bool)), f"{path} is {value!r}, not a number"


def check_message(message):
    """Raises AssertionError unless the message is one that the protocol knows, with all that it must carry."""
    kind = message["msg_type"]
    assert kind in CONTENTS, f"the protocol has no message {kind}"
    check(message["header"], HEADER, f"{kind} header")
    content = message["content"]
    if kind.endswith("_reply") and content.get("status") == "error":
        check(content, ERROR, kind)
        if kind != "execute_reply":
            return
    if content.get("status") != "aborted":
        check(content, CONTENTS[kind], kind)
        check(content, BY_STATUS.get((kind, content.get("status")), {}), kind)
    if kind in ("display_data", "update_display_data", "execute_result"):
        text = content["data"].get("text/plain")
        assert isinstance(text, str) and text, f"{kind} has no text/plain: {content['data']}"
        assert "\x1b" not in text, f"{kind} has terminal colours: {text!r}"
