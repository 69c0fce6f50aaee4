"""What graders count on: the contract of a kernel whose cells give points."""


def test_while_nbgrader_runs_a_warning_costs_no_points(kernels):
    kernel = kernels({"NBGRADER_EXECUTION": "autograde"})
    ran = kernel.run("console.warn('careful'); console.error('a\\nb'); console.log('c'); 3")
    assert ran.stderr == "" and ran.result == "3"
    assert ran.stdout == "stderr: careful\nstderr: a\nstderr: b\nc\n"


def test_while_nbgrader_runs_types_say_nothing(kernels):
    kernel = kernels({"NBGRADER_EXECUTION": "autograde"})
    assert "display_data" not in kernel.run("const s: string = 1; s").kinds


def test_notebooks_written_for_tslab_run_unchanged(shared):
    code = """import * as tslab from "tslab";
import { display as show } from "tslab";
tslab.display.html("<b>x</b>"); show.markdown("**y**"); show.png(new Uint8Array([1])); show.raw("text/latex", "$z$");
const place = tslab.newDisplay(); place.text("one"); place.html("<i>two</i>");
typeof tslab.versions.node"""
    ran = shared.run(code)
    assert ran.status == "ok" and ran.result == "'string'", ran.reply
    html, markdown, png, latex, text = [content["data"] for content in ran.contents("display_data")]
    assert html["text/html"] == "<b>x</b>" and markdown["text/markdown"] == "**y**"
    assert png["image/png"] == "AQ==" and latex["text/latex"] == "$z$" and text["text/plain"] == "one"
    (update,) = ran.contents("update_display_data")
    assert update["data"]["text/html"] == "<i>two</i>"
    first = ran.contents("display_data")[-1]
    assert update["transient"] == first["transient"]
