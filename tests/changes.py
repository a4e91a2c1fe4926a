"""Rosters after changes, and what became worse, told by whole scores alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from shiftplan.rules import Violation
from shiftplan.scoring.check import Score
from shiftplan.week.roster import Change, Roster


def changed(roster: Roster, changes: Iterable[Change]) -> Roster:
    """The roster after changes."""
    left = list(roster.assignments)
    for assignment, is_added in changes:
        if is_added:
            left.append(assignment)
        elif assignment in left:
            left.remove(assignment)
    return Roster.of(left)


def worse(before: Score, after: Score) -> list[Violation]:
    """Breaches of hard rules whose amount for a person or a place has grown, from whole scores."""

    def sums(score: Score) -> Counter[Any]:
        found: Counter[Any] = Counter()
        for v in score.broken:
            found[v.rule, v.who, v.who or v.at] += v.amount
        return found

    earlier, later = sums(before), sums(after)
    keys = {key for key in later if later[key] > earlier[key]}
    return [v for v in after.broken if (v.rule, v.who, v.who or v.at) in keys]
