"""How the course is built, checked, published and shown: nothing here is part of what it teaches.

`folder` finds the course and hashes its files; `steps` is the table of what is made from what;
`runner` makes it; `logs` tells why a command failed. `course` is what the command line calls, and
beside it stand `doctor`, `publish` and `read`. `warm` starts kernels that have imported already.
"""
