"""Measure what `import pooling` costs beyond starting Python.

    python benchmarks/import_time.py

Prints the median of each over 15 runs, in milliseconds. The import is meant to cost less than
300 ms, since graders and command lines do it often; it is a few milliseconds as long as
nothing heavy is imported at the package's top level.
"""

import statistics
import subprocess
import sys
import time

RUNS = 15


def median_start(code: str) -> float:
    """Return the median time of a fresh Python that runs some code, in seconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


if __name__ == "__main__":
    bare = median_start("pass")
    for module in ("pooling", "pooling.exact", "pooling.models"):
        excess = median_start(f"import {module}") - bare
        print(f"import {module:<16}{1000 * excess:8.0f} ms")
