"""Which row decides, against a brute force that compares all rows with all others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from timetables import BORDER, ISLE, MONDAY, TOWN, WEEK, hours

from shiftplan import InputError
from shiftplan.seasons.opening import Days, Hours, StandardNeed, make_requirements, make_shifts
from shiftplan.week.fields import WEEKDAYS
from shiftplan.week.records import Center
from shiftplan.week.where import closeness

CENTERS = (TOWN, ISLE, BORDER)
PLACES = st.sampled_from(["", "T", "I", "xã", "phường", "minority", "remote", "island", "border"])
ON = st.one_of(
    st.just(Days()),
    st.sets(st.sampled_from(WEEKDAYS[:3]), min_size=1).map(lambda d: Days(weekdays=tuple(d))),
    st.sets(st.integers(0, 2), min_size=1).map(
        lambda d: Days(dates=tuple(MONDAY + dt.timedelta(n) for n in d))
    ),
)
HOURS = st.lists(
    st.builds(
        lambda where, on, start, session: hours(f"{start}-{start + 2}", where, session=session)
        .model_copy(update={"days": on}),
        PLACES, ON, st.integers(7, 9), st.sampled_from(["am", "pm", None]),
    ),
    max_size=5,
)  # fmt: skip
NEEDS = st.lists(
    st.builds(
        StandardNeed, where=PLACES, days=ON, target=st.integers(0, 2),
        skill_id=st.sampled_from([None, "khmer"]), shifts=st.sampled_from([(), ("a",), ("a", "b")]),
    ),
    max_size=5,
)  # fmt: skip


def rank(row: Any, center: Center, day: dt.date) -> tuple[int, int, int] | None:
    """How closely a row is meant, by its definition; None where it is not."""
    close = closeness(row.where, center)
    if not close or not row.days.has(day):
        return None
    return bool(row.days.dates), close, bool(row.days.weekdays)


def brute_day(rows: Sequence[Hours], center: Center, day: dt.date) -> set[str] | None:
    """Sessions of a center on a date; None where equally close rows disagree."""
    ranks = [rank(row, center, day) for row in rows]
    best = max((r for r in ranks if r is not None), default=None)
    mine = [row for row, r in zip(rows, ranks, strict=True) if r is not None and r == best]
    said = {where: {(r.label, r.start) for r in mine if r.where == where} for where in
            {r.where for r in mine}}  # fmt: skip
    blocks = list(said.values())
    if any(block != blocks[0] for block in blocks):
        return None
    labels = [label for label, _ in blocks[0]] if blocks else []
    return set(labels) if len(labels) == len(set(labels)) else None


@given(HOURS)
def test_shifts_are_those_of_the_closest_rows(rows: list[Hours]) -> None:
    """Or a fault where some center's day has rows that disagree."""
    expected: set[str] = set()
    disagree = False
    for center in CENTERS:
        for day in WEEK.dates:
            labels = brute_day(rows, center, day)
            disagree |= labels is None
            expected |= {f"{center.center_id}-{day:%m%d}-{label}" for label in labels or ()}
    try:
        found = {shift.shift_id for shift in make_shifts(rows, CENTERS, WEEK).shifts}
    except InputError:
        assert disagree
    else:
        assert not disagree
        assert found == expected


@given(NEEDS)
def test_requirements_are_those_of_the_closest_rows(rows: list[StandardNeed]) -> None:
    """For each shift and skill by itself."""
    opening = [hours("7-8", type="a"), hours("9-10", type="b"), hours("11-12", type="c")]
    shifts = make_shifts(opening, CENTERS, WEEK).shifts
    at = {center.center_id: center for center in CENTERS}
    expected: set[tuple[str, str | None, int]] = set()
    disagree = False
    for shift in shifts:
        for skill in (None, "khmer"):
            ranked = [
                ((*found, bool(row.shifts)), row.target)
                for row in rows
                if row.skill_id == skill
                and (not row.shifts or shift.type in row.shifts)
                and (found := rank(row, at[shift.center_id], shift.day)) is not None
            ]
            best = max((r for r, _ in ranked), default=None)
            targets = {target for r, target in ranked if r == best}
            disagree |= len(targets) > 1
            expected |= {(shift.shift_id, skill, target) for target in targets if target}
    try:
        found = make_requirements(rows, CENTERS, shifts).requirements
    except InputError:
        assert disagree
    else:
        assert not disagree
        assert {(r.shift_id, r.skill_id, r.target) for r in found} == expected
