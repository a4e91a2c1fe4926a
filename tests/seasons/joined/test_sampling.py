"""Weeks to come, drawn from weeks that were."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import costly
from towns import town

from shiftplan import InputError, Problem
from shiftplan.seasons import new_week
from shiftplan.seasons.joined import Resampled, join_weeks, plan_ahead
from shiftplan.testing.pictures import MONDAY, plan, shift
from shiftplan.week.records import Volunteer

FIRST = town(2, 5, seed=1)
SECOND = new_week(town(2, 5, seed=2), FIRST.horizon.end).problem
WEEK = dt.timedelta(7)


def windows(problem: Problem, who: str, back: dt.timedelta) -> set[tuple[dt.datetime, str]]:
    """A person's windows, so much earlier."""
    own = (w for w in problem.availability if w.volunteer_id == who)
    return {(w.start - back, w.state) for w in own}


def needs(problem: Problem, center: str, back: dt.timedelta) -> set[tuple[dt.datetime, int]]:
    """Times and seats of a center, so much earlier."""
    shifts = {s.shift_id: s for s in problem.shifts if s.center_id == center}
    return {
        (shifts[n.shift_id].start - back, n.target)
        for n in problem.requirements
        if n.shift_id in shifts
    }


@costly(0.35)
@given(st.integers(0, 1_000))
def test_people_and_centers_are_drawn_whole(seed: int) -> None:
    """What a person offers, and what a center needs, is that of one known week, moved."""
    third, fourth = Resampled([FIRST, SECOND], SECOND).draw(2, random.Random(seed))

    for drawn, weeks in ((third, 2), (fourth, 3)):
        assert drawn.horizon.start == FIRST.horizon.start + weeks * WEEK
        for who in (v.volunteer_id for v in FIRST.volunteers):
            known = [windows(FIRST, who, 0 * WEEK), windows(SECOND, who, WEEK)]
            assert windows(drawn, who, weeks * WEEK) in known
        for center in ("C0", "C1"):
            known_needs = [needs(FIRST, center, 0 * WEEK), needs(SECOND, center, WEEK)]
            assert needs(drawn, center, weeks * WEEK) in known_needs


def test_drawn_weeks_follow_the_last_one() -> None:
    """They can be joined with it: dates go on, and no id of a shift comes again."""
    drawn = Resampled([FIRST, SECOND], SECOND).draw(2, random.Random(1))

    assert join_weeks([SECOND, *drawn]).horizon.days == 21


def test_ids_that_centers_exchanged_between_weeks_are_no_obstacle() -> None:
    """Ids by running number, in another order each week."""

    def week(start: dt.date, first: str, second: str) -> Problem:
        signs = {"S1": first, "S2": second}
        shifts = [shift(sign, 0, start, shift_id=name) for name, sign in signs.items()]
        return plan("M", "ana", start=start, shifts=shifts)

    last = week(MONDAY + WEEK, "m", "M")
    pool = Resampled([week(MONDAY, "M", "m"), last], last)

    for seed in range(8):
        drawn = pool.draw(1, random.Random(seed))
        assert len(join_weeks([last, *drawn]).shifts) == 4


def test_the_same_chance_draws_the_same_weeks() -> None:
    """Nothing but the chance given decides; another one draws other weeks."""
    pool = Resampled([FIRST, SECOND], SECOND)
    one, same, other = (pool.draw(2, random.Random(seed)) for seed in (3, 3, 4))

    assert one == same
    assert one != other


def test_newcomers_offer_what_they_offer_now() -> None:
    """Whom no known week knows is drawn from the last week."""
    window = SECOND.availability[0]
    new = Volunteer(volunteer_id="new", home_center_id="C0")
    last = SECOND.model_copy(
        update={
            "volunteers": (*SECOND.volunteers, new),
            "availability": (window.model_copy(update={"volunteer_id": "new"}),),
        }
    )

    (drawn,) = Resampled([FIRST], last).draw(1, random.Random(1))

    assert windows(drawn, "new", WEEK) == {(window.start, window.state)}


def test_called_with_a_number_it_draws_the_same_weeks_for_the_same_number() -> None:
    """One week unless more are asked for, from that number as chance."""
    one, two = Resampled([FIRST, SECOND], SECOND), Resampled([FIRST, SECOND], SECOND, weeks=2)

    assert one(3) == one(3) == one.draw(1, random.Random(3)) != one(4)
    assert two(3) == two.draw(2, random.Random(3))


def test_it_draws_for_plan_ahead() -> None:
    """As the docstring of `plan_ahead` says: the weeks known, and the week itself as the last."""
    found = plan_ahead(
        SECOND, Resampled([FIRST], SECOND), candidates=2, samples=1, time_limit=None, workers=1
    )

    assert found.best.roster


def test_fewer_weeks_than_one_are_refused() -> None:
    """No week to come is nothing to look at."""
    with pytest.raises(InputError, match="weeks must be a whole number, 1 or more"):
        Resampled([FIRST], SECOND, weeks=0)
