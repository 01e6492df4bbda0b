"""Tables that took hours to measure: the scripts in ``benchmarks/`` write them, chapters show them.

``honest_runs`` says how honest runs fare before the judge of traces, ``power`` how wrong models
fare before the judge of models, and ``sbc`` where the truth lies among the draws of `pm.sample`.
"""

from pathlib import Path


def path(name: str) -> Path:
    """Return where a table is.

    Parameters
    ----------
    name : str
        Of the script that wrote it.

    Returns
    -------
    Path
        Of a CSV file; its first line names the columns.
    """
    return Path(__file__).with_name(f"{name}.csv")
