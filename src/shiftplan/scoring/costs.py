"""Costs before and after.

Costs by rule or level -> pairs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from shiftplan.week.json_form import Written

Key = TypeVar("Key")


class _Pair(NamedTuple):
    before: int
    """Before."""
    after: int
    """After."""


class CostChange(_Pair, Written):
    """A cost, or an amount by which something is broken, before and after."""

    __slots__ = ()
    json_keys = "before after change"

    @property
    def change(self) -> int:
        """After less before."""
        return self.after - self.before


def beside(before: Mapping[Key, int], after: Mapping[Key, int]) -> dict[Key, CostChange]:
    """Values of both, under the keys of either; 0 where one has none."""
    keys = dict.fromkeys((*before, *after))
    return {key: CostChange(before.get(key, 0), after.get(key, 0)) for key in keys}
