"""What four well-known kernels were asked, probe by probe, and the test in which ours says yes."""

import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent

PROBES = {
    "kernel_info: status, protocol version, language version, features": ["requests::kernel_info_says_who_the_kernel_is"],
    "message header: session is the kernel's own, version": ["requests::messages_name_the_kernels_own_session"],
    "iopub_welcome": ["requests::a_new_listener_is_welcomed"],
    "execute_input broadcast with count": ["cells::messages_come_in_order_and_idle_comes_last"],
    "order: busy, outputs, idle last": ["cells::messages_come_in_order_and_idle_comes_last"],
    "execute_result message for the last expression": ["cells::the_value_of_a_cell_is_that_of_its_final_expression"],
    "falsy results shown": ["cells::the_value_of_a_cell_is_that_of_its_final_expression"],
    "object, array, Map, class instance": ["probes::every_kind_of_value_is_rendered"],
    "long array result is shortened": ["cells::a_long_array_is_cut_with_a_count", "cells::a_long_value_is_cut_with_a_count"],
    "an object says its own mime bundle": ["cells::a_value_may_say_how_it_is_shown"],
    "HTML display_data": ["cells::displays_are_shown_updated_and_cleared"],
    "update_display_data": ["cells::displays_are_shown_updated_and_cleared"],
    "clear_output": ["cells::displays_are_shown_updated_and_cleared"],
    "console.log to stdout, console.error and warn to stderr": ["probes::each_method_of_the_console_has_its_stream"],
    "process.stdout.write, raw stdout": ["cells::console_and_raw_output_are_heard"],
    "console.table, dir, group, count, time": ["probes::the_rest_of_the_console_prints"],
    "child process with inherited stdio": ["cells::the_output_of_child_processes_belongs_to_the_cell"],
    "output streams while the cell runs, async loop": ["probes::output_streams_while_an_asynchronous_loop_runs"],
    "output streams while the cell runs, sync busy loop": ["cells::output_streams_while_the_cell_runs"],
    "late output under its own cell": ["cells::late_output_appears_under_its_own_cell"],
    "2000 lines in a sync loop arrive whole and in order": ["conformance::nbclient_gets_every_result_and_every_line"],
    "10 MB in one console.log": ["cells::ten_megabytes_in_one_line_arrive"],
    "error message with ename, evalue, traceback": ["errors::a_thrown_error_shows_the_cell_and_its_line"],
    "traceback points at the right cell line and shows the cell": ["errors::a_thrown_error_shows_the_cell_and_its_line", "errors::a_traceback_goes_through_functions_of_other_cells"],
    "throwing a non-Error": ["errors::any_value_can_be_thrown"],
    "Error.cause shown": ["probes::the_cause_of_an_error_is_shown"],
    "syntax error with a place": ["errors::a_syntax_error_tells_its_place"],
    "type error reported before running, right line": ["types::strict_refuses_an_ill_typed_cell_before_it_runs"],
    "stack overflow survives": ["errors::a_stack_overflow_is_an_error_like_any_other"],
    "uncaught exception in a timer": ["errors::an_error_in_a_timer_fails_the_cell_that_waits", "errors::an_error_after_the_cell_has_ended_is_told_under_it"],
    "unhandled rejection": ["errors::a_rejection_that_nobody_awaits_fails_its_cell"],
    "process.exit() in a cell": ["errors::a_cell_may_end_its_process_but_not_the_kernel"],
    "redeclare const, let, class, function, with another type": ["probes::a_name_can_be_declared_again_as_anything"],
    "closure sees later changes of a cell variable": ["cells::variables_stay_and_closures_see_later_changes"],
    "top-level await, for await, await in expression": ["probes::syntax_that_real_files_use_runs"],
    "a long await blocks no completion, inspect or kernel_info": ["requests::other_requests_are_answered_while_a_cell_waits_or_computes", "probes::types_are_told_while_a_cell_waits"],
    "enum, namespace, interface, generics, abstract, satisfies, decorators": ["probes::syntax_that_real_files_use_runs"],
    "using, accessor, const type parameters": ["probes::syntax_that_real_files_use_runs"],
    "destructuring kept across cells": ["probes::syntax_that_real_files_use_runs"],
    "JSX": ["cells::jsx_calls_what_the_notebook_calls_react"],
    "node builtin: import *, named, default, node: prefix": ["modules::builtin_modules_come_by_name_by_default_and_as_a_whole"],
    "npm package, CommonJS": ["modules::packages_come_from_the_notebooks_folder_then_from_ours"],
    "npm package, ESM only, static import": ["modules::packages_come_from_the_notebooks_folder_then_from_ours"],
    "npm package, ESM only, dynamic import": ["probes::a_package_that_is_esm_only_is_imported_later"],
    "import.meta.url, __dirname, require": ["modules::a_cell_knows_its_folder"],
    "local .ts edited and imported again": ["modules::local_typescript_is_loaded_and_loaded_anew_when_it_was_edited"],
    "prompt and input": ["talking::a_cell_asks_and_waits_also_in_synchronous_code"],
    "user_expressions": ["cells::user_expressions_are_evaluated_after_the_cell"],
    "silent, store_history=False": ["cells::a_silent_cell_says_nothing_and_is_not_counted"],
    "queued cells aborted after an error": ["cells::queued_cells_are_aborted_after_an_error"],
    "stop_on_error=false: later cells run": ["cells::queued_cells_go_on_when_stop_on_error_is_off"],
    "a cell right after a failed one": ["probes::a_cell_runs_right_after_a_failed_one"],
    "is_complete: complete, incomplete, invalid, indent": ["requests::is_complete_tells_whether_more_is_to_come"],
    "completion on members of what has not run": ["types::completion_knows_other_cells_and_code_that_has_not_run"],
    "completion after an emoji": ["types::completion_counts_an_emoji_as_one"],
    "completion of import paths and package names": ["types::completion_of_import_paths"],
    "completion types metadata": ["types::completion_gives_members_with_their_kinds"],
    "inspect: signature, docs, markdown, detail_level 1": ["types::inspection_gives_type_and_documentation", "probes::inspection_answers_at_both_levels"],
    "inspect inside call parentheses": ["types::inspection_gives_type_and_documentation"],
    "history tail, range, search": ["requests::history_gives_tail_range_and_search"],
    "comm_info, comm_open of an unknown target": ["talking::a_comm_to_an_unknown_target_is_closed"],
    "comms from user code, both ways": ["talking::a_cell_opens_a_comm_and_both_sides_speak"],
    "control: kernel_info, usage, debug, subshells, interrupt": ["probes::the_control_channel_leaves_no_request_without_an_answer"],
    "bad signature": ["requests::messages_that_are_not_rightly_signed_are_dropped_with_a_log_line"],
    "two clients": ["requests::two_clients_get_their_own_replies_and_hear_both"],
    "shutdown_reply echoes restart, process ends": ["requests::shutdown_echoes_restart_and_ends_the_process"],
    "shutdown while a cell runs an infinite loop": ["requests::shutdown_echoes_restart_and_ends_the_process"],
    "kernel ends when its parent dies": ["requests::the_kernel_ends_when_its_server_is_gone", "requests::nothing_is_left_when_the_host_is_killed_in_the_middle_of_a_loop"],
    "interrupt while(true), state kept": ["errors::an_interrupt_stops_it_and_keeps_the_state"],
    "interrupt a pending await": ["errors::an_interrupt_stops_it_and_keeps_the_state"],
    "interrupt a loop after an await, in a timer": ["errors::an_interrupt_stops_it_and_keeps_the_state"],
    "heartbeat and control answer during a sync loop": ["probes::the_heart_beats_and_control_answers_during_a_loop"],
}


@pytest.mark.parametrize("probe", PROBES)
def test_each_probe_has_its_test(probe):
    for place in PROBES[probe]:
        file, name = place.split("::")
        text = (HERE / f"test_{file}.py").read_text()
        assert re.search(rf"^def test_{name}\(", text, re.M), place


def test_each_method_of_the_console_has_its_stream(shared):
    ran = shared.run("console.log('log'); console.info('info'); console.debug('debug'); console.error('error'); console.warn('warn'); console.trace('trace')")
    assert ran.stdout == "log\ninfo\ndebug\n"
    assert ran.stderr.startswith("error\nwarn\nTrace: trace\n    at In[")


def test_output_streams_while_an_asynchronous_loop_runs(shared):
    cell = shared.start("let over = false; console.log('early'); while (!over) await new Promise((r) => setTimeout(r, 5))")
    while shared.client.get_iopub_msg(timeout=20)["msg_type"] != "stream":
        pass
    # It still runs, so the line came while it did.
    shared.ask("interrupt_request", channel="control")
    assert shared.finish(cell).reply["ename"] == "KeyboardInterrupt"


DECLARED = [
    ("const it = 1", "it", "1"),
    ("let it = 'two'", "it.toUpperCase()", "'TWO'"),
    ("class it { static three = 3 }", "it.three", "3"),
    ("function it() { return 4 }", "it()", "4"),
    ("enum it { Five = 5 }", "it.Five", "5"),
    ("import { sep as it } from 'node:path'", "it.length", "1"),
    ("var it = { six: 6 }", "it.six", "6"),
    ("const [it, other] = [7, 8]", "it + other", "15"),
]


def test_a_name_can_be_declared_again_as_anything(shared):
    for declaration, use, value in DECLARED + DECLARED[::-1]:
        assert shared.run(declaration).status == "ok", declaration
        assert shared.run(use).result == value, declaration


def test_types_are_told_while_a_cell_waits(shared):
    cell = shared.start("await new Promise(() => {})")
    completion = shared.ask("complete_request", {"code": "Math.sq", "cursor_pos": 7})
    assert "sqrt" in completion["matches"]
    assert shared.ask("inspect_request", {"code": "Math.sqrt", "cursor_pos": 9, "detail_level": 0})["found"]
    shared.ask("interrupt_request", channel="control")
    assert shared.finish(cell).reply["ename"] == "KeyboardInterrupt"


def test_the_rest_of_the_console_prints(shared):
    code = "console.table([{ a: 1 }]); console.dir({ deep: 2 }); console.group('outer'); console.log('inner'); console.groupEnd(); console.count(); console.time('t'); console.timeEnd('t')"
    printed = shared.run(code).stdout
    assert "(index)" in printed and "{ deep: 2 }" in printed and "\n  inner\n" in printed
    assert "default: 1" in printed and re.search(r"t: [\d.]+ ?m?s", printed)


def test_the_cause_of_an_error_is_shown(shared):
    ran = shared.run("throw new Error('outer', { cause: new RangeError('inner') })")
    assert "outer" in ran.traceback and "RangeError" in ran.traceback and "inner" in ran.traceback


VALUES = {
    "({ a: 1, b: { c: [2] } })": "{ a: 1, b: { c: [ 2 ] } }",
    "[1, 'a', null]": "[ 1, 'a', null ]",
    "new Map([['k', 1]])": "Map(1) { 'k' => 1 }",
    "new Set([1])": "Set(1) { 1 }",
    "class Point { x = 1 }\nnew Point()": "Point { x: 1 }",
    "new Float64Array([0.5])": "Float64Array(1) [ 0.5 ]",
    "new Date(0)": "1970-01-01T00:00:00.000Z",
    "/a/g": "/a/g",
}


@pytest.mark.parametrize("code, result", VALUES.items())
def test_every_kind_of_value_is_rendered(shared, code, result):
    assert shared.run(code).result == result


def test_a_package_that_is_esm_only_is_imported_later(kernel):
    package = kernel.folder / "node_modules" / "only-esm"
    package.mkdir(parents=True)
    (package / "package.json").write_text('{"name":"only-esm","type":"module","exports":{"import":"./index.js"}}')
    (package / "index.js").write_text("export const kind = await Promise.resolve('esm')")
    assert kernel.run("const later = await import('only-esm'); later.kind").result == "'esm'"


def test_inspection_answers_at_both_levels(shared):
    for level in (0, 1):
        reply = shared.ask("inspect_request", {"code": "Math.sqrt", "cursor_pos": 9, "detail_level": level})
        assert reply["found"] and "square root" in reply["data"]["text/markdown"]
        assert "sqrt" in reply["data"]["text/plain"]


def test_the_heart_beats_and_control_answers_during_a_loop(kernel):
    loop = kernel.start("console.log('begun'); for (;;) {}")
    while kernel.client.get_iopub_msg(timeout=20)["msg_type"] != "stream":
        pass
    assert kernel.beats()
    assert kernel.ask("kernel_info_request", channel="control")["status"] == "ok"
    kernel.interrupt()
    assert kernel.finish(loop).reply["ename"] == "KeyboardInterrupt"


SYNTAX = [
    ("enum Color { Red = 2 }\nColor.Red", "2"),
    ("namespace Space { export const inside = 3 }\nSpace.inside", "3"),
    ("abstract class Base<T> { constructor(readonly held: T) {} }\nclass Own extends Base<number> {}\nnew Own(4).held", "4"),
    ("const kept = { a: 1 } satisfies object; kept.a", "1"),
    ("interface Sized { size: number }\nconst sized: Sized = { size: 9 }\nsized.size + (await Promise.resolve(1))", "10"),
    ("function first<const T extends readonly unknown[]>(list: T) { return list[0] }\nfirst([5])", "5"),
    ("class Marked { accessor value = 6 }\nnew Marked().value", "6"),
    ("const seen: unknown[] = []\nfunction mark(_value: unknown, context: { name: string }) { seen.push(context.name) }\nclass Decorated { @mark run() {} }\nseen", "[ 'run' ]"),
    ("const ended: string[] = []\n{ using lamp = { [Symbol.dispose]() { ended.push('off') } } }\nended", "[ 'off' ]"),
    ("let sum = 0\nfor await (const part of [1, Promise.resolve(2)]) sum += part\nsum", "3"),
    ("(await import('node:path')).posix.join('a', 'b')", "'a/b'"),
    ("const { left, rest: [head, ...tail] } = { left: 1, rest: [2, 3, 4] }", None),
    ("[left, head, tail]", "[ 1, 2, [ 3, 4 ] ]"),
]


@pytest.mark.parametrize("code, result", SYNTAX)
def test_syntax_that_real_files_use_runs(shared, code, result):
    ran = shared.run(code)
    assert ran.status == "ok" and ran.result == result, ran.reply


def test_a_cell_runs_right_after_a_failed_one(shared):
    assert shared.run("throw 1").status == "error"
    assert shared.run("1 + 1").result == "2"


def test_the_control_channel_leaves_no_request_without_an_answer(shared):
    for kind in ("kernel_info", "usage", "interrupt"):
        assert shared.ask(f"{kind}_request", channel="control")["status"] == "ok"
    assert shared.ask("list_subshell_request", channel="control")["status"] == "ok"
    reply = shared.ask("debug_request", channel="control")
    assert reply["success"] is False and "Hint" in reply["message"]
