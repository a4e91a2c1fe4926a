"""What the checker says of shifts that no search has found, some of which are not allowed."""

from __future__ import annotations

import pytest
from hours import FREE, HOUR, asked, best, kind, need

from shiftplan.citizens.shift_design.candidates import ShiftTime
from shiftplan.citizens.shift_design.judged import BreakTaken, DesignedShift
from shiftplan.citizens.shift_design.people import PeopleClass
from shiftplan.errors import ModelError

ANYBODY = PeopleClass()
EIGHT = kind("08:00", "10:00", 8 * HOUR, step=2 * HOUR, shared=True)
NEEDS = [*asked("2 2 2 2 2 2 2 2 0 0"), {**need("1 08:00", "1 18:00", 1), "center_id": "d"}]


def judged(*shifts, **prices):
    """The score of shifts (center, first hour, people on break at each hour of the shift)."""
    found = best(NEEDS, EIGHT, prices=FREE | prices, centers="cd")
    held = []
    for center, hour, count, *away in shifts:
        breaks = [BreakTaken(ANYBODY, ((h * HOUR, h * HOUR + HOUR),), n) for h, n in away]
        time = ShiftTime(hour * HOUR, 8 * HOUR)
        groups = (tuple(breaks),) if breaks else ()
        (row,) = {one.kind for one in found.task.centers[center].candidates}
        held.append(DesignedShift(center, 0, time, row, {ANYBODY: count}, groups))
    return found.task.judged(held)


def test_nobody_is_there_without_shifts():
    score = judged()

    assert score.parts == {"missing": 2600, "beyond": 0, "seats": 0, "times": 0, "changes": 0}


def test_all_centers_are_covered():
    score = judged(("c", 8, 2), ("d", 10, 1))

    assert {one.center_id: one.there for one in score.cover if one.need.span[0] == 600} == {
        "c": 2,
        "d": 1,
    }
    assert score.parts == {"missing": 200, "beyond": 0, "seats": 0, "times": 400, "changes": 0}


def test_each_shared_time_costs_once():
    score = judged(("c", 8, 1), ("c", 10, 1), ("d", 8, 1), ("d", 10, 1))

    assert score.parts["times"] == 400


def test_who_is_on_break_is_not_there():
    score = judged(("c", 8, 2, (3, 1), (4, 1)), ("d", 8, 1), most_on_break=0.5)

    assert score.parts["missing"] == 2 * 100 + 200


def test_more_people_on_break_than_a_share_are_refused():
    with pytest.raises(ModelError):
        judged(("c", 8, 2, (3, 2)), most_on_break=0.5)


def test_one_person_on_break_is_no_more_than_any_share():
    assert judged(("c", 8, 1, (3, 1)), most_on_break=0.5).parts["missing"] == 800 + 100 + 1000


def test_more_times_than_a_center_may_have_are_refused():
    judged(("c", 8, 1), ("d", 10, 1), most_times=1)

    with pytest.raises(ModelError):
        judged(("c", 8, 1), ("c", 10, 1), most_times=1)


def test_nobody_with_a_skill_is_wanted_beyond_those_who_are_needed():
    """Two heads are, of whom one holds a."""
    found = best(
        [*asked("2 2"), *asked("1 1", skill_id="a")],
        kind("08:00", "08:00", 2 * HOUR),
        prices=FREE | {"time_price": 1},
        options={"offers": False},
    )

    assert [(len(one.conditions), one.wanted) for one in found.score.cover] == [
        (0, 2),
        (0, 2),
        (1, 1),
        (1, 1),
    ]
