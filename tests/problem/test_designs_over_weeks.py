"""Types of shifts and breaks in the next week, in joined, shared and anonymous weeks."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from files.weeks import TINY, read, refused, write_texts
from problem.design_tables import BREAKS, HALF_DAY, HEAD, TYPES

from shiftplan.files import read_week, write_week
from shiftplan.seasons import anonymize, join_weeks, new_week
from shiftplan.week.shift_types import ShiftType
from shiftplan.week.where import closest


def test_designs_go_on_in_the_next_week(tmp_path: Path) -> None:
    """Dates move with the week, and everything else stays."""
    problem = read(tmp_path, shift_types=TYPES, breaks=BREAKS)

    following = new_week(problem, dt.date(2026, 12, 14)).problem

    assert [str(row.days) for row in following.shift_types] == [
        "mon|tue|wed|thu|fri",
        "2026-12-15",
    ]
    assert following.breaks == problem.breaks


def test_joined_weeks_allow_what_each_week_allows(tmp_path: Path) -> None:
    """Each center on each date, though only the first week has a row for one center alone."""
    problem = read(tmp_path, shift_types=TYPES, breaks=BREAKS)
    later = new_week(problem, dt.date(2026, 12, 14)).problem
    sundays = ShiftType.model_validate(
        dict(problem.shift_types[0]) | {"days": {"weekdays": ["sun"]}, "type": "sunday"}
    )
    tables = {
        "shift_types": (later.shift_types[0], sundays),
        "shifts": (),
        "requirements": (),
    }
    later = later.model_copy(update=tables)

    joined = join_weeks([problem, later])

    for week in (problem, later):
        for center in week.centers:
            for day in week.horizon.dates:
                allowed, before = (
                    [row.type for row in closest(one.shift_types, center) if row.days.has(day)]
                    for one in (joined, week)
                )
                assert allowed == before
    assert joined.breaks == problem.breaks


def test_types_that_all_weeks_have_stay_as_they_are(tmp_path: Path) -> None:
    """Rows about weekdays hold in each of them."""
    problem = read(tmp_path, shift_types=HEAD + f"early,{HALF_DAY}")
    later = new_week(problem, dt.date(2026, 12, 14)).problem
    later = later.model_copy(update={"shifts": (), "requirements": ()})

    assert join_weeks([problem, later]).shift_types == problem.shift_types


def test_weeks_of_other_breaks_are_not_joined(tmp_path: Path) -> None:
    """A break has no dates, so those of one week would be taken in the other."""
    problem = read(tmp_path, shift_types=TYPES, breaks=BREAKS)
    later = new_week(problem, dt.date(2026, 12, 14)).problem.model_copy(
        update={"breaks": problem.breaks[:1], "shifts": (), "requirements": ()}
    )

    (found,) = refused(join_weeks, [problem, later])

    assert "must have the same breaks" in str(found.message)


def test_an_anonymous_week_keeps_designs_without_remarks(tmp_path: Path) -> None:
    """Which may name somebody."""
    problem = read(tmp_path, shift_types=TYPES, breaks=BREAKS)

    shown = anonymize(problem, seed=1).problem

    blank = tuple(row.model_copy(update={"note": ""}) for row in problem.shift_types)
    assert (shown.shift_types, shown.breaks) == (blank, problem.breaks)


def test_a_plan_depends_on_neither_table(tmp_path: Path) -> None:
    """So a roster of the week is still one of it."""
    problem = read(tmp_path)
    named = read(tmp_path, shift_types=TYPES, breaks=BREAKS)

    assert named != problem
    assert named.digest == problem.digest


def test_weeks_share_both_tables(tmp_path: Path) -> None:
    """They lie in the folder above those that are named by a date."""
    (tmp_path / "province").mkdir()
    week = tmp_path / "province" / "2026-12-07"
    week.mkdir()
    write_texts(tmp_path / "province", {"shift_types": TYPES, "breaks": BREAKS})

    problem = read_week(write_texts(week, TINY))

    assert len(problem.shift_types) == len(problem.breaks) == 2
    write_week(problem.model_copy(update={"breaks": ()}), week)
    assert read_week(week).breaks == ()
