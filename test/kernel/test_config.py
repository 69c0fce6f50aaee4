"""The file by which a folder sets something for its notebooks: downhill.config.ts."""

import pytest

from conftest import Graded
from kernel_under_test import Kernel


def configured(kind, config, **files):
    """A kind of kernel in a folder that has a config and other files."""

    class Configured(kind):
        def prepare(self):
            super().prepare()
            (self.folder / "downhill.config.ts").write_text(config)
            for name, text in files.items():
                (self.folder / f"{name}.ts").write_text(text)

    return Configured


@pytest.fixture
def start(tmp_path):
    running = []

    def begin(kind, config, env=None, **files):
        folder = tmp_path / str(len(running))
        folder.mkdir()
        running.append(configured(kind, config, **files)(folder, env))
        return running[-1]

    yield begin
    for kernel in running:
        kernel.stop()


CONFIG = """
import { defineConfig } from "downhill/config";
export default defineConfig({ types: "strict", outputCap: 100, preload: "./begin.ts", memory: 300 });
"""
BEGIN = "globalThis.begun = true; const greeting = 'hello';"


def heap_limit(kernel):
    return float(kernel.run("require('node:v8').getHeapStatistics().heap_size_limit / 2 ** 20").result)


def test_a_config_sets_types_cap_memory_and_the_startup_file(start):
    kernel = start(Kernel, CONFIG, begin=BEGIN)
    assert kernel.run("greeting").result == "'hello'"
    assert kernel.run("const n: number = 'no'").reply["ename"] == "TypeCheck"
    assert "the rest is left out" in kernel.run("console.log('x'.repeat(200))").stdout
    assert 280 < heap_limit(kernel) < 600


def test_the_environment_has_the_last_word(start):
    kernel = start(Kernel, CONFIG, {"DOWNHILL_TYPES": "off", "DOWNHILL_MEMORY": "900"}, begin=BEGIN)
    assert kernel.run("const n: number = 'no'").status == "ok"
    assert heap_limit(kernel) > 800


def test_what_cannot_be_used_is_told_under_the_first_cell_and_the_session_goes_on(start):
    kernel = start(Kernel, 'export default {\n  typs: "off",\n  memory: "much",\n}')
    first = kernel.run("1 + 1")
    assert (first.status, first.result, first.stderr) == ("ok", "2", "")
    (note,) = first.contents("display_data")
    text = note["data"]["text/plain"]
    assert "line 2: " in text and "none is typs.\nHint: did you mean types?" in text
    assert 'line 3: memory must be a whole number from 32 on, but it is "much".\nHint:' in text
    assert 'aria-label="Settings"' in note["data"]["text/html"]
    assert kernel.run("1 + 1").contents("display_data") == []


def test_a_mistake_in_the_environment_is_told_there_too_and_no_kernel_dies_of_it(kernels):
    first = kernels({"DOWNHILL_MEMORY": "2 GB", "DOWNHILL_TYPES": "Strict"}).run("1 + 1")
    (note,) = first.contents("display_data")
    text = note["data"]["text/plain"]
    assert first.result == "2"
    assert "DOWNHILL_MEMORY must be a whole number" in text and 'but it is "Strict".\nHint' in text


def test_a_silent_cell_does_not_use_up_what_is_to_be_told(start):
    kernel = start(Kernel, "export default 5;")
    kernel.run("1", silent=True, store_history=False)
    (note,) = kernel.run("1").contents("display_data")
    assert "must export an object" in note["data"]["text/plain"]


@pytest.mark.parametrize("env", [{"NBGRADER_EXECUTION": "autograde"}, {"DOWNHILL_GRADING": "on"}])
def test_graded_work_is_not_ruled_by_a_file_among_the_answers(start, env):
    config = CONFIG.replace("memory: 300", "memory: 4000, stderr: 'stderr', grading: 'off'")
    kernel = start(Graded, config, {**env, "DOWNHILL_MEMORY": "200"}, begin=BEGIN)
    first = kernel.run("typeof greeting + typeof globalThis.begun")
    assert (first.result, first.contents("display_data")) == ("'undefinedundefined'", [])
    assert kernel.run("console.log('x'.repeat(200))").stdout == "x" * 200 + "\n"
    assert 180 < heap_limit(kernel) < 400
    assert kernel.run("require('node:child_process').execSync('true')").status == "error"


def test_an_editor_and_a_cell_know_the_types_of_a_config(start):
    kernel = start(Kernel, CONFIG, begin=BEGIN)
    ran = kernel.run('import { defineConfig } from "downhill/config"; defineConfig({ memory: 5 }).memory')
    assert ran.result == "5"
    wrong = kernel.run('defineConfig({ types: "strong" })')
    assert wrong.reply["ename"] == "TypeCheck" and '"strong"' in wrong.reply["evalue"]
    code = "defineConfig({ pict"
    found = kernel.ask("complete_request", {"code": code, "cursor_pos": len(code)})
    assert "pictureTime" in found["matches"]
