"""What is said of requirements of several shifts: why seats are empty, and contradictions."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from shiftplan import Roster, explain_seat, solve
from shiftplan.analysis.advice import advise
from shiftplan.errors.message import AtTimes
from shiftplan.present.answers.reasons import seat_lines
from shiftplan.present.words import said_in
from shiftplan.problem import Problem
from shiftplan.problem.changes import Cancellation, Closing
from shiftplan.solving.conflict import find_conflict
from shiftplan.testing.pictures import MONDAY, plan, window

TEN, ELEVEN = (dt.datetime.combine(MONDAY, dt.time(hour)) for hour in (10, 11))
AT_TEN = {"center_id": "home", "start": TEN, "end": ELEVEN, "minimum": 2, "target": 2}
MORNINGS = {"center_id": "home", "shifts": "morning", "last_day": MONDAY + dt.timedelta(1)}


def week(*needs: dict[str, Any], **fields: Any) -> Problem:
    """M from 7 to 11 and O from 10 to 14, on two days, for ana and bob."""
    usual = {"people": "ana bob", "days": 2, "rules": ("coverage", "minimum_coverage")}
    given = usual | fields
    rules = [{"rule": rule} for rule in given.pop("rules")]
    return plan("MO", requirements=needs, rules=rules, **given)


def test_each_person_is_told_at_their_nearest_shift() -> None:
    """Bob can come from 9 on: to O at once, to M never."""
    problem = week(AT_TEN, availability=(window("ana"), _from(9)))

    found = explain_seat(problem, Roster.of([("M0", "ana")]), "M0")

    assert [(p.volunteer_id, p.shift_id, p.kind) for p in found.people] == [
        ("bob", "O0", "free"),
        ("ana", "M0", "in_it"),
    ]
    assert (found.filled, found.empty) == (1, 1)


def _from(hour: int) -> Any:
    start = dt.datetime.combine(MONDAY, dt.time(hour))
    return window("bob").model_copy(update={"start": start})


@pytest.mark.parametrize(
    ("lang", "head"),
    [
        (
            "en",
            "home, Mon 07 Dec 10:00–11:00: 0 of 2 people (minimum 2); seats empty: 2.",
        ),
        (
            "vi",
            "home, thứ Hai 07/12 10:00–11:00: có 0/2 người (tối thiểu 2); còn trống 2 vị trí.",
        ),
    ],
)
def test_the_time_is_said(lang: str, head: str) -> None:
    """In place of the shift, in both languages."""
    assert seat_lines(explain_seat(week(AT_TEN), Roster(), "O0"), lang)[0] == head


@pytest.mark.parametrize(
    ("need", "lang", "said"),
    [
        (AT_TEN, "en", "At least 2 people must work at home, Mon 07 Dec 10:00–11:00."),
        (AT_TEN, "vi", "Cần ít nhất 2 người trực tại home, thứ Hai 07/12 10:00–11:00."),
        (
            MORNINGS | {"minimum": 3, "target": 3},
            "en",
            "At least 3 people must work at home, until Tue 08 Dec, shifts: morning.",
        ),
        (
            MORNINGS | {"minimum": 3, "target": 3, "first_day": MONDAY},
            "vi",
            "Cần ít nhất 3 người trực tại home, thứ Hai 07/12 đến thứ Ba 08/12, loại ca: morning.",
        ),
    ],
)
def test_a_contradiction_names_the_time(need: dict[str, Any], lang: str, said: str) -> None:
    """One person cannot be two at a time, nor three on two mornings."""
    conflict = find_conflict(week(need, people="ana", availability=(window("ana"),)))

    assert conflict is not None
    (member,) = (m for m in conflict.members if m.rule == "minimum_coverage")
    assert said_in(member.message, lang) == said
    assert isinstance(member.where, AtTimes)


@pytest.mark.parametrize(
    ("rule", "lang", "said"),
    [
        ("shortage", "en", "2 people must work at home, Mon 07 Dec 10:00–11:00."),
        ("shortage", "vi", "Cần 2 người trực tại home, thứ Hai 07/12 10:00–11:00."),
        ("surplus", "en", "No more than 2 people may work at home, Mon 07 Dec 10:00–11:00."),
        ("surplus", "vi", "Không quá 2 người trực tại home, thứ Hai 07/12 10:00–11:00."),
    ],
)
def test_too_few_and_too_many_at_a_time_are_said(rule: str, lang: str, said: str) -> None:
    """Ana alone cannot be two; of three who are settled, one is too many."""
    people = "ana" if rule == "shortage" else "ana bob cho"
    pins = [
        {"volunteer_id": who, "shift_id": "M0", "state": "must"}
        for who in people.split()
        if rule == "surplus"
    ]
    problem = plan(
        "MO",
        people,
        2,
        requirements=[AT_TEN | {"minimum": 0}],
        pins=pins,
        rules=[{"rule": rule, "level": "hard"}, {"rule": "one_place"}],
    )

    conflict = find_conflict(problem)

    assert conflict is not None
    assert said in [said_in(m.message, lang) for m in conflict.members if m.rule == rule]


def test_a_cancelled_shift_leaves_the_time() -> None:
    """The others that cover it are to fill it; with the last of them the requirement goes."""
    problem = week(AT_TEN, MORNINGS | {"target": 1})

    one = problem.with_changes(Cancellation(shift_id="M0"))
    both = problem.with_changes(Cancellation(shift_id="M0"), Cancellation(shift_id="O0"))
    none = problem.with_changes(Closing(center_id="home"))

    assert [len(p.requirements) for p in (one, both, none)] == [2, 1, 0]
    assert solve(one, time_limit=None, workers=1).require_roster().people_in["O0"] == ("ana", "bob")


def test_advice_counts_people_for_a_time() -> None:
    """Two are wanted at ten and only one can come: one more person fills all of it."""
    problem = week({**AT_TEN, "minimum": 0}, availability=(window("ana"),))
    roster = solve(problem, time_limit=None, workers=1).require_roster()

    found = advise(problem, roster)

    assert found.filling is not None
    assert (len(found.filling.people), found.filling.left) == (1, 0)
