"""Functions that another process calls, some of whose arguments are known later."""

from __future__ import annotations

import os


def given(first: object, *, second: object) -> tuple[int, object, object]:
    """Id of the process that this runs in, and the arguments."""
    return os.getpid(), first, second


def failing(first: str, *, second: int) -> float:
    """Raise an error."""
    return len(first) / (second - 2)
