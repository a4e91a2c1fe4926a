"""Weeks to which few people can come, or nobody: what is told, with the nearest reason."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.errors import Fault
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.problem.notes import FIRST, find_notes, in_order
from shiftplan.problem.supply import few_can_come, notes

MONDAY = dt.datetime(2026, 12, 7)
Hours = tuple[float, float]


def span(hours: Hours) -> dict[str, dt.datetime]:
    """First and last moment of hours since Monday's midnight."""
    start, end = (MONDAY + dt.timedelta(hours=hour) for hour in hours)
    return {"start": start, "end": end}


def week(shifts: list[Hours], people: list[list[Hours]], **tables: object) -> Problem:
    """Shifts at one center, each for one, and the windows of each person."""
    names = [f"S{i}" for i in range(len(shifts))]
    needs = [{"shift_id": name, "target": 1} for name in names]
    parts = {
        "horizon": {"start": MONDAY.date(), "days": 7},
        "centers": [{"center_id": "A"}],
        "volunteers": [{"volunteer_id": f"V{i}"} for i in range(len(people))],
        "availability": [
            {"volunteer_id": f"V{i}", **span(hours)}
            for i, windows in enumerate(people)
            for hours in windows
        ],
        "shifts": [
            {"shift_id": name, "center_id": "A", **span(hours)}
            for name, hours in zip(names, shifts, strict=True)
        ],
        "requirements": needs,
    }
    return Problem.model_validate(parts | tables)


def told(problem: Problem) -> tuple[str, str, str, str] | None:
    """Code, column, value and sentence of the only note; None without one."""
    found = list(notes(problem))
    assert len(found) <= 1
    return next(((n.code, n.column, n.value, n.sentence) for n in found), None)


NOBODY = {
    "half an hour late": (
        [(7.5, 11)],
        ("start", "07:30"),
        "1 offered less than a whole shift, such as 07:30–11:00 for the shift 07:00–11:00: 30 "
        "minutes missing",
    ),
    "an hour short": (
        [(7, 10)],
        ("end", "10:00"),
        "1 offered less than a whole shift, such as 07:00–10:00 for the shift 07:00–11:00: 60 "
        "minutes missing",
    ),
    "the nearer of two shifts": (
        [(10, 16.75)],
        ("end", "16:45"),
        "1 offered less than a whole shift, such as 10:00–16:45 for the shift 13:00–17:00: 15 "
        "minutes missing",
    ),
    "the nearer of two windows": (
        [(8, 10), (13.25, 17)],
        ("start", "13:15"),
        "1 offered less than a whole shift, such as 13:15–17:00 for the shift 13:00–17:00: 15 "
        "minutes missing",
    ),
    "other hours": (
        [(1, 5)],
        ("start", "01:00"),
        "1 offered time outside the hours of the shifts on their days",
    ),
    "another day": (
        [(31, 35)],
        ("start", "2026-12-08"),
        "1 offered time only on days without shifts",
    ),
    "no time": ([], ("", ""), "1 offered no time"),
}


@pytest.mark.parametrize("case", NOBODY.values(), ids=[*NOBODY])
def test_why_nobody_can_come(case: tuple[list[Hours], tuple[str, str], str]) -> None:
    """The nearest reason, at the time that is to blame."""
    windows, (column, value), reason = case

    found = told(week([(7, 11), (13, 17)], [windows]))

    sentence = f"the only volunteer cannot come to any shift ({reason})"
    assert found == ("nobody_can_come", column, value, sentence)


def test_reasons_are_counted_and_the_commonest_times_shown() -> None:
    """Thirty minutes are missing on several days; the remedy is that of the commonest reason."""
    short, day = (7.5, 11.0), 24
    people = [[short], [(short[0] + day, short[1] + day)], [(7, 10)], [(1, 5)], [(55, 59)], []]
    problem = week([(7, 11), (31, 35)], people)
    (note,) = notes(problem)

    assert note.index == 0
    assert note.sentence == (
        "none of the 6 volunteers can come to any shift (3 offered less than a whole shift, such "
        "as 07:30–11:00 for the shift 07:00–11:00: 30 minutes missing; 1 offered time outside "
        "the hours of the shifts on their days; 1 offered time only on days without shifts; "
        "1 offered no time)"
    )
    assert str(note.remedy) == "Ask people for the hours of the shifts, or correct the shifts."
    assert isinstance(note.message, Message)
    assert note.message.said("vi").startswith(
        "không ai trong 6 tình nguyện viên đến được ca nào (3 người đăng ký không trọn ca, ví dụ "
        "07:30–11:00 trong khi ca là 07:00–11:00: thiếu 30 phút; 1 người đăng ký giờ"
    )


def test_a_few_who_cannot_come_are_a_note() -> None:
    """One of three; who offered nothing at all is no news while most can come."""
    found = told(week([(7, 11)], [[(7, 11)], [(7, 10)], [(6, 12)]]))

    assert found is not None
    assert found[0] == "cannot_come"
    assert found[3].startswith("1 of 3 volunteers cannot come to any shift (1 offered less")
    assert found[3].endswith("): V1")
    assert told(week([(7, 11)], [[(7, 11)], []])) is None
    assert few_can_come(week([(7, 11)], [[(7, 11)], [(7, 10)], [(6, 12)]])) is None


def test_most_who_cannot_come_are_told_beside_the_roster() -> None:
    """Two of three offered nothing."""
    problem = week([(7, 11)], [[(7, 11)], [], []])
    message = few_can_come(problem)

    assert message is not None
    assert str(message) == "2 of 3 volunteers cannot come to any shift (2 offered no time)"
    assert told(problem) == ("cannot_come", "", "", str(message))


@pytest.mark.parametrize("lacking", ["volunteers", "shifts", "requirements"])
def test_weeks_that_are_not_filled_in_are_not_told_of(lacking: str) -> None:
    """Without people, shifts or needs something else is missing first."""
    whole = week([(7, 11)], [[]])
    problem = whole.model_copy(update={"requirements": (), lacking: ()})

    assert told(problem) is None


def test_it_is_told_before_all_else() -> None:
    """Also before what was read as something else, which comes before other notes."""
    problem = week([(7, 11)], [[(7.5, 11)], [(190, 200)]])
    other = Fault("read_as", "availability")

    found = [note.code for note in in_order([other, *find_notes(problem)])]

    assert found[0] == FIRST[0] == "nobody_can_come"
    assert found[1:] == ["read_as", "outside_horizon"]


HOURS = st.tuples(st.integers(0, 47), st.integers(1, 12)).map(lambda two: (two[0], sum(two)))


@given(
    st.lists(HOURS, min_size=1, max_size=5, unique=True), st.lists(HOURS, min_size=1, max_size=5)
)
def test_who_can_come_is_who_has_a_window_around_a_shift(
    shifts: list[Hours], windows: list[Hours]
) -> None:
    """As seen by trying all pairs; each person has one window."""
    problem = week(shifts, [[window] for window in windows])
    inside = [any(w[0] <= s[0] and s[1] <= w[1] for s in shifts) for w in windows]
    least = {
        max(0, w[0] - s[0]) + max(0, s[1] - w[1])
        for w, s in product(windows, shifts)
        if s[0] < w[1] and s[1] > w[0] and not inside[windows.index(w)]
    }

    (note,) = list(notes(problem)) or [None]

    assert (note is None) == all(inside)
    if note is not None:
        assert isinstance(note.message, Message)
        assert note.message.params["n"] == inside.count(False)
        assert note.code == ("nobody_can_come" if not any(inside) else "cannot_come")
        if "such as" in str(note.message):
            shown = note.message.params["reasons"][0].params["minutes"]
            assert shown in {60 * hours for hours in least}


def test_windows_that_are_lost_are_told_though_their_people_can_come() -> None:
    """Half of the sessions of a grid are typed half an hour late: nobody would miss a person."""
    people = [[(7.5, 11), (13, 17)], [(7.5, 11), (13, 17), (31, 35)], [(13, 17), (1, 5)]]
    (note,) = notes(week([(7, 11), (13, 17)], people))

    assert (note.code, note.index, note.column, note.value) == ("cannot_come", 0, "start", "07:30")
    assert note.sentence == (
        "3 windows of people who can come to other shifts contain no whole shift (2 shorter than a "
        "shift, such as 07:30–11:00 for the shift 07:00–11:00: 30 minutes missing; 1 at other "
        "hours than the shifts of the day)"
    )
    assert isinstance(note.message, Message)
    assert note.message.said("vi").startswith("có 3 khung giờ không đủ cho ca nào, của những")


@pytest.mark.parametrize("other", [(9.5, 12.5), (31, 35)])
def test_windows_that_nobody_meant_for_a_shift_are_not_told_of(other: Hours) -> None:
    """Less than half of a shift, or a day on which the center is closed."""
    assert told(week([(7, 11), (13, 17)], [[(13, 17), other]])) is None
