"""Why a design holds a shift: the best design without its time, against all designs there are."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from itertools import product

import pytest

from shiftplan import Availability, Center, Horizon, Problem, Volunteer
from shiftplan.citizens import ShiftDesign, design, why
from shiftplan.citizens.shift_design.candidates import ShiftTime
from shiftplan.citizens.shift_design.judged import DesignedShift
from shiftplan.citizens.shift_design.people import PeopleClass
from shiftplan.errors import InputError
from shiftplan.week.demand import DesignPolicy
from shiftplan.week.requirements import Requirement
from shiftplan.week.shift_types import ShiftType

DAY = dt.datetime(2026, 12, 7)


def needed(*targets: int, center: str = "c0") -> list[Requirement]:
    """Rows about the hours from eight o'clock on."""
    eight = DAY + dt.timedelta(hours=8)
    return [
        Requirement(
            center_id=center,
            start=eight + dt.timedelta(hours=n),
            end=eight + dt.timedelta(hours=n + 1),
            minimum=target // 2,
            target=target,
        )
        for n, target in enumerate(targets)
    ]


def designed(
    requirements: list[Requirement], *, shared: bool = False, least: int = 60
) -> ShiftDesign:
    """Shifts of one or two hours in the hours that somebody needs."""
    kind = ShiftType(
        earliest=dt.time(8),
        latest=dt.time(10),
        min_minutes=least,
        max_minutes=120,
        step=60,
        shared=shared,
    )
    centers = sorted({need.center_id or "" for need in requirements})
    week = Problem(
        horizon=Horizon(start=DAY.date(), days=1),
        centers=[Center(center_id=name) for name in centers],
        volunteers=[],
        shifts=[],
        requirements=requirements,
        shift_types=[kind],
    )
    return design(week, DesignPolicy(time_price=60), offers=False, workers=1)


def all_designs(found: ShiftDesign, center: str, gone: ShiftTime) -> Iterator[list[DesignedShift]]:
    """Yield every design that holds no shift of a center at a time."""
    places = []
    for name, one in found.task.centers.items():
        (heads,) = one.demand.curves
        for candidate in one.candidates:
            begin, end = candidate.span(0)
            over = (n.target for n in heads.needs if n.span[0] < end and begin < n.span[1])
            most = max(over, default=0)
            if (name, candidate.time) != (center, gone):
                places.append((candidate, most))
    for counts in product(*(range(most + 1) for _, most in places)):
        yield [
            DesignedShift(one.center_id, 0, one.time, one.kind, {PeopleClass(): n})
            for (one, _), n in zip(places, counts, strict=True)
            if n
        ]


@pytest.mark.parametrize("seed", range(6))
def test_no_design_without_the_time_costs_less(seed: int):
    """Of every time that is used, as all designs without it show."""
    chance = random.Random(seed)
    found = designed(needed(*(chance.randint(0, 3) for _ in range(2)), 1))

    for time in {shift.time for shift in found.shifts}:
        told = why(found, "c0", time, workers=1)
        costs = [found.task.judged(one).cost for one in all_designs(found, "c0", time)]

        assert told.is_proven
        assert told.without == told.bound == min(costs)


def test_centers_that_share_times_are_designed_together():
    """What is not held at one center may still be held at the other."""
    found = designed([*needed(1, 1), *needed(1, 2, center="c1")], shared=True)
    time = next(shift.time for shift in found.shifts if shift.center_id == "c1")

    told = why(found, "c1", time, workers=1)

    costs = [found.task.judged(one).cost for one in all_designs(found, "c1", time)]
    assert (told.cost, told.without) == (found.cost, min(costs))


def test_a_shift_that_alone_covers_an_hour_is_missed_there():
    """One hour is needed, and one time covers it: the two people would be missing in it."""
    found = designed(needed(2))
    time = ShiftTime(8 * 60, 60)

    told = why(found, "c0", time, workers=1)

    (gone,) = told.missing
    assert (gone.span, gone.missing, gone.without) == ((8 * 60, 9 * 60), 0, 2)
    assert told.shifts == ()
    assert told.more == told.without - 60
    assert {part for part, change in told.parts.items() if change} == {"missing", "times"}
    assert sum(told.parts.values()) == told.more


def test_hours_alike_are_told_as_one():
    """Two hours in which the same person would be missing are one time."""
    found = designed(needed(1, 1), least=120)

    told = why(found, "c0", ShiftTime(480, 120), workers=1)

    assert [(gone.span, gone.without) for gone in told.missing] == [((480, 600), 1)]


@pytest.mark.parametrize("jointly", [False, True])
@pytest.mark.parametrize("free", [[(8, 10), (8, 10)], [(8, 9), (9, 10)], [(8, 9), (8, 10)], []])
def test_people_offer_as_much_as_before(free: list[tuple[int, int]], jointly: bool):
    """It is the design of a week whose types lack the time, also where few can come."""
    kinds = [
        ShiftType(earliest=dt.time(a), latest=dt.time(a), min_minutes=60 * n, max_minutes=60 * n)
        for a, n in ((8, 1), (8, 2), (9, 1))
    ]
    start = [DAY + dt.timedelta(hours=hour) for hour in range(11)]
    week = Problem(
        horizon=Horizon(start=DAY.date(), days=1),
        centers=[Center(center_id="c0")],
        volunteers=[Volunteer(volunteer_id=f"v{n}") for n in range(2)],
        availability=[
            Availability(volunteer_id=f"v{n}", start=start[a], end=start[b])
            for n, (a, b) in enumerate(free)
        ],
        shifts=[],
        requirements=needed(2, 1),
        shift_types=kinds,
    )
    policy = DesignPolicy(time_price=10)
    found = design(week, policy, jointly=jointly, workers=1)

    for time in {shift.time for shift in found.shifts}:
        others = tuple(k for k in kinds if (60 * k.earliest.hour, k.min_minutes) != time)
        less = week.model_copy(update={"shift_types": others})
        best = design(less, policy, jointly=jointly, workers=1)

        assert why(found, "c0", time, workers=1).without == best.cost


def test_a_time_that_is_not_held_is_refused():
    """There is nothing to explain."""
    found = designed(needed(1))

    with pytest.raises(InputError) as caught:
        why(found, "c0", ShiftTime(0, 60))

    assert caught.value.faults[0].code == "unknown_id"
