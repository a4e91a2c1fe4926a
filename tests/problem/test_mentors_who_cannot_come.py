"""A hard rule about mentors of whom none can come: whom notes tell of."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.problem.notes import find_notes
from shiftplan.testing.agreement import all_choices, all_pairs, checked

MONDAY = dt.datetime(2026, 12, 7)
EARLY, LATE, LONG = (7, 11), (13, 17), (7, 17)
Hours = tuple[int, int]


def span(hours: Hours) -> dict[str, dt.datetime]:
    start, end = (MONDAY + dt.timedelta(hours=hour) for hour in hours)
    return {"start": start, "end": end}


def week(
    people: list[tuple[int, Hours | None]], shifts: tuple[Hours, ...] = (EARLY, LATE), **rule: Any
) -> Problem:
    """People with a level and a window each, at one center, under a rule about mentors."""
    row = {"rule": "mentor", "novices_per_mentor": 1, "skill": "portal"} | rule
    return Problem.model_validate(
        {
            "horizon": {"start": MONDAY.date(), "days": 7},
            "centers": [{"center_id": "A"}],
            "skills": [{"skill_id": "portal", "name": "Portal", "max_level": 4}],
            "volunteers": [
                {"volunteer_id": f"V{i}"}
                | {"skills": [{"skill_id": "portal", "level": level}] if level else []}
                for i, (level, _) in enumerate(people)
            ],
            "availability": [
                {"volunteer_id": f"V{i}", **span(hours)}
                for i, (_, hours) in enumerate(people)
                if hours
            ],
            "shifts": [
                {"shift_id": f"S{i}", "center_id": "A", **span(hours)}
                for i, hours in enumerate(shifts)
            ],
            "requirements": [{"shift_id": f"S{i}", "target": 1} for i in range(len(shifts))],
            "rules": [row],
        }
    )


def left_out(problem: Problem) -> int:
    """People whom the notes about mentors tell of."""
    said = [note.message for note in find_notes(problem) if isinstance(note.message, Message)]
    return sum(one.params["n"] for one in said if one.code == "problem.no_mentor_comes")


def test_the_note_tells_the_row_how_many_and_what_to_do() -> None:
    """It stands before planning starts, where an empty roster would be the first sign."""
    people = [(0, EARLY), (1, LONG), (2, LATE), (0, None), (3, None)]
    (note,) = find_notes(week(people, novice_level=1))

    assert (note.table, note.index, note.column, note.value) == ("rules", 0, "level", "hard")
    assert note.sentence == (
        "no mentor (portal 3 or above) can come to any shift, so this row leaves no shift to 2 "
        "novices"
    )
    assert str(note.remedy).startswith("Check the skill levels and times of mentors")


@pytest.mark.parametrize(
    ("changes", "people"),
    [
        ({"level": 1, "weight": 5}, [(0, EARLY)]),
        ({"novices_per_mentor": 0}, [(0, EARLY)]),
        ({"days": "mon"}, [(0, EARLY)]),
        ({}, [(0, EARLY), (3, EARLY)]),
        ({}, [(0, EARLY), (3, LATE)]),
        ({}, [(0, None)]),
        ({"novice_level": 3, "mentor_level": 2}, [(2, EARLY)]),
    ],
    ids=[
        *("a wish", "no novices at all", "some days", "a mentor", "a mentor at another time"),
        *("no time", "their own mentors"),
    ],
)
def test_others_are_not_told_of(changes: dict[str, Any], people: list[Any]) -> None:
    """Neither are those of rules that forbid novices by intent, nor people without times."""
    assert left_out(week(people, **changes)) == 0


def test_time_outside_the_windows_may_bring_a_mentor() -> None:
    """Where a row allows minutes outside, who can come is not known from windows alone."""
    problem = week([(0, EARLY), (3, (8, 10))])
    rules = [*problem.rules, {"rule": "available", "level": 2, "weight": 1, "max_minutes": 600}]

    assert left_out(problem) == 1
    assert left_out(Problem.model_validate(dict(problem) | {"rules": rules})) == 0


@given(
    people=st.lists(
        st.tuples(st.integers(0, 4), st.sampled_from([None, EARLY, LATE, LONG])),
        min_size=1,
        max_size=3,
    ),
    shifts=st.lists(st.sampled_from([EARLY, LATE, LONG, (9, 13)]), min_size=1, max_size=3),
    rule=st.fixed_dictionaries(
        {
            "per": st.sampled_from(["shift", "moment"]),
            "novice_level": st.integers(0, 3),
            "mentor_level": st.integers(1, 4),
        }
    ),
)
def test_who_is_told_of_works_in_no_roster(
    people: list[tuple[int, Hours | None]], shifts: list[Hours], rule: dict[str, Any]
) -> None:
    """All rosters are tried; and where nobody could be a mentor, no novice is forgotten."""
    problem = week(people, tuple(shifts), **rule)
    highest = min(rule["novice_level"], rule["mentor_level"] - 1)

    pairs = all_pairs(problem)
    choices = all_choices(len(pairs))
    rosters = choices[checked(problem, pairs, choices).feasible]
    able = {who for (who, _), works in zip(pairs, rosters.any(axis=0), strict=True) if works}
    fits = [any(h and h[0] <= a and b <= h[1] for a, b in shifts) for _, h in people]
    out = [i for i, (level, _) in enumerate(people) if level <= highest and fits[i]]
    never = [i for i in out if i not in able]

    told = left_out(problem)
    assert told in (0, len(out))
    assert told <= len(never)
    if max(level for level, _ in people) < rule["mentor_level"]:
        assert told == len(out)
