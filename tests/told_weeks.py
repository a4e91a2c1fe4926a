"""Three people for two shifts of two, a roster that they are told, and commands that end well."""

from __future__ import annotations

from typing import Any

from commands import make_problem, run

from shiftplan import Roster

MORNING, AFTERNOON = "c0-1207-07", "c0-1207-13"
THREE = make_problem(3, 1, 1)
PAIRS = [(MORNING, "v0"), (MORNING, "v1"), (AFTERNOON, "v1"), (AFTERNOON, "v2")]
FULL = Roster.of(PAIRS)
"""Every seat is filled; v0 and v2 have one shift each, v1 has both."""


def done(*arguments: object, code: int = 0, **environment: str) -> Any:
    """What a command shows that ends with this exit code."""
    result = run(*arguments, **environment)
    assert result.exit_code == code, result.output
    return result
