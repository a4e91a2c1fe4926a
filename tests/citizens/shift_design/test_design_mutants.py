"""Wrong statements of the model of a design and of its checker, which tiny weeks tell apart.

A mutant is one change in the text of a function: a forgotten border, a wrong direction, a price too
few. It is noticed where the design is not the best one, or the checker contradicts the model.
"""

from __future__ import annotations

from functools import cache

import pytest
from every_design import TooManyError, best
from tiny_weeks_of_design import drawn

from shiftplan.citizens import design
from shiftplan.citizens.shift_design import candidates as choosing
from shiftplan.citizens.shift_design import curve, judged, limits, people, task
from shiftplan.citizens.shift_design.center import _CenterRows
from shiftplan.citizens.shift_design.prices import DesignPrices, TimePrices
from shiftplan.citizens.shift_design.slots import CenterSlots
from shiftplan.errors import InputError, ModelError
from shiftplan.testing import mutated

WRONG = [
    (_CenterRows, "_most", "part.max()", "part.min()"),
    (limits, "dates_of", "date % program.period == day", "date == day"),
    (_CenterRows, "_post_seats", "cost * len(spans)", "cost"),
    (_CenterRows, "_post_seats", "len(of.meets)", "0"),
    (_CenterRows, "_post_times", "whose = candidate.kind if", "whose = candidate.kind.type if"),
    (_CenterRows, "_post_times", "policy.most_times)", "policy.most_times + 1)"),
    (_CenterRows, "_post_over", "(0, free[slot]), *steps", "*steps"),
    (_CenterRows, "_post_over", "self._target.sum(axis=0)", "self._target[0]"),
    (_CenterRows, "_turns", "conditions in self", "conditions not in self"),
    (_CenterRows, "_turns", "if linked[part.stop]", "if True"),
    (_CenterRows, "_turns", "start + a", "start"),
    (_CenterRows, "_post_cover", "value -= int(target[slot - 1])", "pass"),
    (_CenterRows, "_post_turns", "if change > 0", "if change < 0"),
    (_CenterRows, "_post_turns", "min(v, size)", "min(v, 1)"),
    (_CenterRows, "_count_turn", "self._program.upper[column]", "1"),
    (limits, "post_offered", "starts <= begin", "starts < begin"),
    (limits, "post_offered", "offered.most[place]", "offered.most[place] + 1"),
    (limits, "post_changes", "date or program.cyclic", "date"),
    (limits, "post_breaks_together", "most - 1)}, 1)", "most - 1)}, 2)"),
    (limits, "post_breaks_together", "-share", "-1.0"),
    (CenterSlots, "needs", "need.minimum", "0"),
    (choosing, "_is_open", "a <= start", "True"),
    (choosing, "_choices", "a[1] <= b[0]", "a[0] <= b[0]"),
    (task, "candidates", "b.concerns(row.type, length)", "b.concerns('', length)"),
    (task, "candidates", "(time, day) not in taken", "True"),
    (task, "candidates", "row.days.has(date)", "True"),
    (task, "begun_anew", "need.span, total", "(0, 0), total"),
    (curve, "_sums", "sign * row.minimum", "row.minimum"),
    (people, "_of_center", "own[:, inside].any(axis=1)", "own[:, inside].all(axis=1)"),
    (TimePrices, "of", "self.more", "0"),
    (DesignPrices, "missing", "<= need.minimum", "< need.minimum"),
    (DesignPrices, "beyond", "min(number, _STEPS - 1)", "0"),
    (task, "judge", "(kind, time) in shared", "False"),
    (judged, "_cover", "came - resting", "came"),
    (judged, "_changes", "day or cyclic", "day"),
]


WEEKS = (*range(160), 843)
"""Seeds of weeks; the last has rows that allow the same, beside breaks."""


@cache
def told(seed):
    """A week that holds shifts, its options, and the cost of its best design; None for others."""
    try:
        problem, options = drawn(seed)
        least = best(problem, **options)
    except (InputError, TooManyError):
        return None
    found = design(problem, workers=1, **options)
    assert sum(found.score.exact.values()) == least
    return (problem, options, least) if found.shifts else None


def is_noticed(seed):
    if told(seed) is None:
        return False
    problem, options, least = told(seed)
    try:
        found = design(problem, workers=1, time_limit=5, **options)
    except (ModelError, LookupError, ValueError):
        return True
    return sum(found.score.exact.values()) != least or found.status != "OPTIMAL"


@pytest.mark.parametrize(("owner", "name", "old", "new"), WRONG)
def test_a_wrong_statement_is_noticed(owner, name, old, new):
    weeks = [seed for seed in WEEKS if told(seed)]

    with mutated(owner, name, old, new):
        assert any(is_noticed(seed) for seed in weeks)
