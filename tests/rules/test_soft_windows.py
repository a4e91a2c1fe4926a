"""Minutes outside the windows of a person, at a price and up to a limit."""

from __future__ import annotations

from families import moment

from shiftplan.present.words import Words
from shiftplan.problem import Problem
from shiftplan.rules import Available
from shiftplan.scoring.check import check
from shiftplan.solving.building import build
from shiftplan.solving.conflict import find_conflict
from shiftplan.testing.agreement import compare
from shiftplan.testing.pictures import parse, plan


def week(*rules: Available) -> Problem:
    """Two mornings from 7:00 to 11:00; until 10:30 and until 10:00 Ana offers time."""
    windows = [
        {"volunteer_id": "ana", "start": moment(day, 6), "end": moment(day, 10, minute)}
        for day, minute in ((0, 30), (1, 0))
    ]
    return plan("M", "ana", 2, availability=windows, rules=rules)


def test_without_a_row_nobody_works_outside() -> None:
    """No minute, in check and model."""
    assert dict(check(week(), parse("ana  M .")).hard) == {"available": 1}
    assert len(build(week()).pairs) == 0


def test_a_soft_row_prices_minutes_up_to_its_limit() -> None:
    """30 minutes at 2 each; an hour is beyond the limit of 45, and stays impossible."""
    problem = week(Available(level=2, weight=2, max_minutes=45))

    monday, tuesday = (check(problem, parse(f"ana  {days}")) for days in ("M .", ". M"))

    assert (monday.is_feasible, monday.total) == (True, 60)
    assert dict(tuesday.hard) == {"available": 1}
    assert len(build(problem).pairs) == 1
    assert compare(problem) == 4


def test_a_hard_row_allows_minutes_for_nothing() -> None:
    """An hour outside is allowed."""
    score = check(week(Available(max_minutes=60)), parse("ana  M M"))

    assert (score.is_feasible, score.total) == (True, 0)


def test_rows_are_steps() -> None:
    """Up to half an hour each minute costs 1 and 4, then only 4."""
    rows = (
        Available(level=2, weight=1, max_minutes=30),
        Available(level=2, weight=4, max_minutes=60),
    )
    problem = week(*rows)

    assert check(problem, parse("ana  M .")).total == 30 * (1 + 4)
    assert check(problem, parse("ana  . M")).total == 30 * (1 + 4) + 30 * 4
    assert compare(problem) == 4


def test_a_contradiction_says_how_many_minutes_are_allowed() -> None:
    """A pin on the shift that lies an hour outside contradicts a limit of 45 minutes."""
    pin = {"volunteer_id": "ana", "shift_id": "M1", "state": "must"}
    problem = week(Available(level=2, max_minutes=45))

    found = find_conflict(Problem(**{**dict(problem), "pins": [pin]}))

    assert found is not None
    said = [Words("en")(m.message) for m in found.members if m.rule == "available"]
    assert len(said) == 1
    assert "Nobody works more than 45 min outside the time they offered" in said[0]
