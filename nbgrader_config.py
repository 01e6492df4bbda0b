"""nbgrader's settings; read by every nbgrader command that is run from this folder."""

c = get_config()  # noqa: F821  (nbgrader provides it)

c.CourseDirectory.course_id = "borrowing-strength"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"

# Sampling on a slow or busy machine takes minutes at worst, and nbgrader's 30 seconds would fail
# right work. A cell that is silent for longer is an endless loop.
c.Execute.timeout = 600
c.Execute.startup_timeout = 120
# Widgets and progress bars can hold up a kernel's messages; that must not fail a notebook either.
c.Execute.iopub_timeout = 60
c.Execute.raise_on_iopub_timeout = False

# What is left of a solution. The checks tell an unwritten answer by this exception.
c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError()"}
c.ClearSolutions.text_stub = "YOUR ANSWER HERE"

# A test cell that a student deleted comes back, and earns what it finds.
c.OverwriteCells.add_missing_cells = True
