"""Faults between the parts of a problem.

stub
"""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shiftplan.errors import Fault


def find_faults(problem: Any) -> Iterator[Fault]:
    return iter(())
