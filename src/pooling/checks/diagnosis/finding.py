"""What a diagnosis finds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Finding:
    """A mistake that was found: the code of its diagnosis, and what its message is filled with."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)
