"""What an instructor runs around nbgrader: releasing the exercises, rehearsing a class.

`nbgrader` starts nbgrader's own commands, `release` generates the students' notebooks with them,
`submissions` makes handed-in notebooks from short patches, and `rehearsal` grades a class of them.
"""
