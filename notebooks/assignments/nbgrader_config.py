"""An nbgrader course for the TypeScript kernel. Run nbgrader in this folder, for example

    nbgrader generate_assignment ps2
    nbgrader autograde ps2
    nbgrader generate_feedback ps2
"""

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "downhill"

# What a student finds where the solution stood, in the language of our kernel.
c.ClearSolutions.code_stub = {
    "typescript": '// YOUR CODE HERE\nthrow new Error("not implemented");'
}

# A cell that never ends is interrupted and loses its points; the cells after it still run.
c.Execute.timeout = 30
c.Execute.interrupt_on_timeout = True
c.Execute.error_on_timeout = {
    "ename": "Timeout",
    "evalue": "This cell did not end in time.",
    "traceback": ["This cell did not end in time. Look for a loop without an end."],
}

# A test cell that a student deleted comes back, so that nobody waits for manual grading for ever.
c.OverwriteCells.add_missing_cells = True
