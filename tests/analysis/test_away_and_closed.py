"""People who are absent and shifts that take no place, for every question a week is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from shiftplan import Problem, Roster, advise, explain_why_not, repair, solve, suggest
from shiftplan.analysis import chains, emptiest, partners, reserves, swap
from shiftplan.analysis.advice import Step
from shiftplan.analysis.advice.away import away_of, closed_shifts
from shiftplan.analysis.advice.crew import with_people
from shiftplan.analysis.explain import explain_seat
from shiftplan.analysis.repair import what_if
from shiftplan.errors import InputError
from shiftplan.present import messages, write_roster_workbook
from shiftplan.present.report.facts import Facts, data_of
from shiftplan.problem.changes import Absence, AnyChange, Arrival, Cancellation, Closing, Offer
from shiftplan.record.calls import next_calls
from shiftplan.record.live import LiveWeek
from shiftplan.scoring.equity import equity
from shiftplan.testing import pictures
from shiftplan.testing.pictures import MONDAY, parse, plan, window
from shiftplan.week.records import StandBy, Volunteer
from shiftplan.week.requirements import Requirement

RULES: tuple[dict[str, Any], ...] = (
    {"rule": "coverage", "level": 1, "weight": 100},
    {"rule": "fairness", "level": 2, "weight": 60},
    {"rule": "min_shifts", "level": 2, "weight": 5},
    {"rule": "one_place"},
    {"rule": "max_shifts"},
)
ROSTER = "ana  M A .\nbob  A M .\ncho  m . M\ndan  . . .\neve  . m m"
AWAY = {("ana", f"{sign}{day}") for sign in "MAm" for day in range(3)}
AWAY |= {("bob", f"{sign}1") for sign in "MAm"}
CLOSED = {"m0", "m1", "m2", "A2"}
CHANGES: tuple[AnyChange, ...] = (
    Absence(volunteer_id="ana"),
    Absence(volunteer_id="bob", start=window("bob", first=1).start, end=window("bob", last=2).end),
    Closing(center_id="far"),
    Cancellation(shift_id="A2"),
)
Pair = tuple[str, str]
"""Ids of a person and a shift."""


def files() -> Problem:
    """Three days at home and far; who stands by, or comes later, has no windows of their own."""
    needs = [Requirement(shift_id=f"{s}{d}", minimum=1, target=1) for s in "MAm" for d in range(3)]
    people = "ana bob cho dan eve"
    known = [window(who, first=0, last=3) for who in ("bob", "cho", "eve")]
    known += [window("ana", first=0, last=2)]
    stand_by = [StandBy(volunteer_id=who) for who in ("dan", "eve")]
    fields: dict[str, Any] = {"availability": known, "stand_by": stand_by, "rules": RULES}
    each = {who: {"min_shifts": 3} for who in people.split()}
    return plan("MAm", people, 3, requirements=needs, each=each, **fields)


def at_once() -> LiveWeek:
    live = LiveWeek(files())
    live.publish(live.draft(parse(ROSTER)).number, even_if_poor=True)
    live.record(*CHANGES)
    return live


def offered_later() -> LiveWeek:
    """Ana, who is away, offers her third day; dan comes any time, and fay is new."""
    live = at_once()
    fay = Volunteer(volunteer_id="fay", home_center_id="home", min_shifts=3)
    live.record(
        Offer(window=window("ana", first=2, last=3)),
        Offer(window=window("dan", first=0, last=3)),
        Arrival(volunteer=fay, windows=(window("fay", first=0, last=3),)),
    )
    return live


@pytest.fixture(params=[at_once, offered_later])
def live(request: pytest.FixtureRequest) -> LiveWeek:
    made: LiveWeek = request.param()
    return made


def of_roster(roster: Roster | None) -> set[Pair]:
    return {(a.volunteer_id, a.shift_id) for a in (roster or Roster()).assignments}


def of_reserves(live: LiveWeek, roster: Roster) -> Iterator[Pair]:
    for found in reserves(live.now.problem, roster, per_shift=9):
        yield found.volunteer_id, found.shift_id


def of_suggest(live: LiveWeek, roster: Roster) -> Iterator[Pair]:
    for shift in live.now.problem.shifts:
        for leaving in (None, *roster.people_in.get(shift.shift_id, ())):
            found = suggest(live.now.problem, roster, shift.shift_id, leaving=leaving)
            for candidate in found.candidates:
                if candidate.standing in ("possible", "after_leaving"):
                    yield candidate.volunteer_id, shift.shift_id


def of_trades(live: LiveWeek, roster: Roster) -> Iterator[Pair]:
    problem = live.now.problem
    for shift_id, who in roster.assignments:
        for ask in (partners, chains):
            for trade in ask(problem, roster, shift_id, who).trades:
                yield from ((step.taker, step.shift_id) for step in trade.handovers)


def of_swaps(live: LiveWeek, roster: Roster) -> Iterator[Pair]:
    pairs = roster.assignments
    for one in pairs:
        for other in pairs:
            if one.shift_id != other.shift_id and one.volunteer_id != other.volunteer_id:
                trade = swap(live.now.problem, roster, one, other)
                if trade.is_possible:
                    yield from ((step.taker, step.shift_id) for step in trade.handovers)


def of_seats(live: LiveWeek, roster: Roster) -> Iterator[Pair]:
    for shift in live.now.problem.shifts:
        try:
            found = explain_seat(live.now.problem, roster, shift.shift_id)
        except InputError:
            continue
        for person in found.people:
            if person.kind != "forbidden":
                yield person.volunteer_id, shift.shift_id


def of_emptiest(live: LiveWeek, roster: Roster) -> Iterator[Pair]:
    for found in emptiest(live.now.problem, roster, most=99):
        for person in found.people:
            if person.kind != "forbidden":
                yield person.volunteer_id, found.requirement.shift_id
        yield "", found.requirement.shift_id


def of_questions(live: LiveWeek, roster: Roster) -> Iterator[Pair]:
    for who, shift_id in sorted(AWAY)[::4]:
        found = explain_why_not(live.now.problem, roster, shift_id, who, time_limit=None)
        if found.verdict != "impossible":
            yield who, shift_id


def of_advice(live: LiveWeek, roster: Roster) -> Iterator[Pair]:
    found = advise(live.now.problem, roster, most=99, time_limit=None)
    assert found.filling is not None
    for better in (*(gain.roster for gain in found.gains), found.filling.roster):
        yield from of_roster(better)
    for gain in found.gains:
        yield from ((gain.step.volunteer_id or "", shift) for shift in gain.shifts)
        assert gain.step.volunteer_id != "ana"  # she is away all week
        days = {w.start.date() for w in gain.step.windows if gain.step.volunteer_id == "bob"}
        assert not {day for day in days if (day - MONDAY).days == 1}


def of_calls(live: LiveWeek, roster: Roster) -> Iterator[Pair]:
    for call in next_calls(live.now):
        yield call.volunteer_id or "", call.shift_id
        yield from ((who, call.shift_id) for who in call.then)


def of_plans(live: LiveWeek, roster: Roster) -> Iterator[Pair]:
    problem = live.now.problem
    yield from of_roster(solve(problem, time_limit=None).roster)
    yield from of_roster(repair(problem, roster, time_limit=None).result.roster)
    tried = what_if(problem, roster, Absence(volunteer_id="eve"), time_limit=None)
    yield from of_roster(tried.roster)


DOORS: tuple[Callable[[LiveWeek, Roster], Iterable[Pair]], ...] = (
    *(of_reserves, of_suggest, of_trades, of_swaps, of_seats, of_emptiest),
    *(of_questions, of_advice, of_calls, of_plans),
)


@pytest.mark.parametrize("door", DOORS)
def test_nobody_absent_is_offered_and_nothing_closed_is_filled(
    door: Callable[[LiveWeek, Roster], Iterable[Pair]], live: LiveWeek
) -> None:
    """Whatever is asked, and whenever people offered more."""
    roster = live.now.roster
    assert roster is not None

    found = set(door(live, roster))

    assert not found & AWAY
    assert not {shift for _, shift in found} & CLOSED
    assert found or door is of_questions


def test_a_closed_shift_is_not_shown_as_empty(live: LiveWeek, tmp_path: Path) -> None:
    """Neither in measures, nor in the report, the workbook to print, and messages to centers."""
    problem, roster = live.now.problem, live.now.roster
    assert roster is not None

    seats = equity(problem, roster).overall.both
    data = data_of(Facts(problem, roster, "en", public=False))
    write_roster_workbook(problem, roster, tmp_path / "roster.xlsx", lang="en")
    (view, *_) = (s for s in load_workbook(tmp_path / "roster.xlsx") if s.title == "By center")
    rows = {(row[0], row[1]): row[2:5] for row in view.iter_rows(values_only=True)}

    assert (seats.target, seats.filled) == (5, 2)
    assert [shift["w"] for shift in data["shifts"]] == [1] * 5
    assert not [owner for owner in messages(problem, roster, lang="en") if owner.id == "far"]
    assert rows["home", "13:00–17:00"] == ("bob", "▲ 1 missing", "·")
    assert not [name for name, _ in rows if name == "far"]


def test_closed_shifts_are_told_from_those_that_nobody_can_work(live: LiveWeek) -> None:
    """By pins: an absence of everybody who offered a time closes nothing that asks for people."""
    assert set(closed_shifts(live.now.problem)) == CLOSED
    away = files().with_changes(*(Absence(volunteer_id=who) for who in ("ana", "bob", "cho")))
    assert closed_shifts(away) == ()


def test_requirements_about_times_count_closed_shifts_too() -> None:
    """Closed is the one at whose time somebody is free; a time that nobody has left is not."""
    start = window("ana", first=0).start + timedelta(hours=7)
    times = {"center_id": "home", "start": start, "end": start + timedelta(hours=4)}
    pair = plan({0: "M", 1: "M"}, "ana bob", requirements=[Requirement(**times, target=1)])
    twice = pair.fitting(shifts=(*pair.shifts, pictures.shift("M", 0, shift_id="also")))

    away = [Absence(volunteer_id=who) for who in ("ana", "bob")]

    # Who is absent may still have offered a time at which there is one shift only.
    assert closed_shifts(pair.with_changes(*away)) == ("M0", "M1")
    assert closed_shifts(twice.with_changes(*away)) == ("M1",)
    assert closed_shifts(twice.with_changes(Cancellation(shift_id="also"))) == ("also",)
    assert closed_shifts(twice.with_changes(Cancellation(shift_id="also"), away[0])) == ("also",)
    day = Requirement(center_id="home", first_day=MONDAY, last_day=MONDAY, target=1)
    apart = plan("MA", "ana", 1, requirements=[day])
    assert closed_shifts(apart.with_changes(Cancellation(shift_id="M0"))) == ("M0",)


def test_new_people_and_windows_are_kept_out_of_closed_shifts() -> None:
    """A step that opens a time opens it for shifts that take place."""
    problem = at_once().now.problem
    fay = Volunteer(volunteer_id="fay", home_center_id="home")
    step = Step("volunteer", fay, windows=(window("fay"),))

    pins = [p for p in step.apply(problem).pins if p.volunteer_id == "fay"]

    assert {p.shift_id for p in pins} == CLOSED
    assert {
        p.shift_id for p in with_people(problem, [fay]).pins if p.volunteer_id == "fay"
    } == CLOSED


def test_who_is_partly_away_may_be_asked_for_other_days() -> None:
    """Bob is away on the second day, ana on all that she offered."""
    away = away_of(at_once().now.problem)

    assert away.people == {"ana"}
    assert {who: len(days) for who, days in away.days.items() if days} == {"ana": 2, "bob": 1}
