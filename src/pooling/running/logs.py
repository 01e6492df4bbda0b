"""Why a command failed, as far as its log tells."""

import re
from collections.abc import Sequence
from pathlib import Path

#: Lines of a log that nobody needs to see: kernels always listen on this machine only.
NOISE = re.compile(r"Kernel is running over TCP")

#: What the log of a failed step can say, and what to do about it. The first match counts.
CAUSES = (
    (
        r"No space left on device|Errno 28|Disk quota exceeded|not enough space on the disk"
        r"|database or disk is full",
        "the disk is full. Free about 1 GB under {root}",
    ),
    (
        r"Address already in use|Errno 98|Errno 48|WinError 10048",
        "a port that it needs is in use by another program. Close other notebook servers",
    ),
    (
        r"Temporary failure in name resolution|getaddrinfo failed|NameResolutionError"
        r"|Network is unreachable|Max retries exceeded",
        "something asked for the network, which the course does not need once it is set up. "
        "Please report it, with the log",
    ),
    (
        r"ModuleNotFoundError|No module named|PackageNotFoundError",
        "the environment lacks a package. Run `make clean`, then the same command",
    ),
    (
        r"MemoryError|Cannot allocate memory|DeadKernelError|Kernel died",
        "the machine ran out of memory, or the notebook's kernel died. Close other programs; "
        "the course needs 4 GB",
    ),
    (
        r"Permission denied|Access is denied",
        "no permission to write. Check who owns the files under {root}",
    ),
)


def diagnose(text: str, root: Path) -> str:
    """Tell the likely cause of a failure from the end of a log.

    Parameters
    ----------
    text : str
        What the failed command printed last.
    root : Path
        The course's folder, for the message.

    Returns
    -------
    str
        What is wrong and what to do about it; empty if the log has no known cause in it.
    """
    for pattern, message in CAUSES:
        if re.search(pattern, text):
            return message.format(root=root)
    return ""


def telling_lines(lines: Sequence[str], most: int = 12) -> list[str]:
    """Pick the lines of a log that tell why a command failed.

    Parameters
    ----------
    lines : sequence of str
        The end of the log.
    most : int
        How many to return.

    Returns
    -------
    list of str
        The last lines that name an error or a warning, or if there are none the last lines.
    """
    named = [
        line
        for line in lines
        if re.search(r"error|warning|exception", line, re.IGNORECASE)
        # A traceback's own lines of code name errors without saying anything.
        and not re.match(r"raise |except |File |[~^ ]+$", line)
    ]
    return (named or list(lines))[-most:]
