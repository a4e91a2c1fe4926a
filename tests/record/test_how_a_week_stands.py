"""The status of a tiny week: deadlines that hold on, and seats emptied by changes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from commands import run

from shiftplan import open_week, write_roster, write_week
from shiftplan.errors import InputError
from shiftplan.problem import Problem
from shiftplan.problem.changes import Offer, Update
from shiftplan.record.entries import Sent
from shiftplan.record.live import LiveWeek
from shiftplan.record.status import WeekStatus, status_of
from shiftplan.testing.pictures import MONDAY, parse, plan
from shiftplan.week.owner import Owner
from shiftplan.week.records import Availability
from shiftplan.week.requirements import Requirement

ANA, BOB, HOME = Owner("volunteer", "ana"), Owner("volunteer", "bob"), Owner("center", "home")
DEADLINE, HOUR = dt.datetime(2025, 12, 31, 18), dt.timedelta(hours=1)
TURNS = "ana  M .\nbob  . M"


def week() -> Problem:
    """One person each morning of two days; both can come in all mornings only."""
    needs = tuple(Requirement(shift_id=s, target=1) for s in ("M0", "M1"))
    rules = ({"rule": "coverage", "level": 1, "weight": 10}, {"rule": "one_place"})
    problem = plan("M", "ana bob", 2, requirements=needs, rules=rules)
    offers = tuple(
        Availability(volunteer_id=who, start=shift.start, end=shift.end)
        for who in ("ana", "bob")
        for shift in problem.shifts
    )
    return problem.model_copy(update={"availability": offers})


def told(picture: str = TURNS) -> LiveWeek:
    live = LiveWeek(week(), who="test")
    live.publish(live.draft(parse(picture)).number, deadline=DEADLINE)
    return live


def status(live: LiveWeek) -> WeekStatus:
    return status_of(live.now, live.entries, roster=live.roster_or_none)


def test_a_deadline_holds_on_until_the_roster_is_withdrawn() -> None:
    """A later version without one still waits for the answers to the first."""
    live = told()

    live.publish(live.draft(parse("ana  M M\nbob  . .")).number, even_if_poor=True)
    assert live.now.state.deadline == DEADLINE
    assert [row.volunteer_id for row in status(live).unanswered] == ["ana"]
    live.withdraw()

    assert live.now.state.deadline is None
    assert status(live).unanswered == ()


def test_a_shift_moved_to_a_time_nobody_offered_is_empty() -> None:
    """Ana, who has M0, offered its old time only, so its seat is empty after the move."""
    live = told()
    shift = live.files.shift_by_id["M0"]
    later = {"start": shift.start + dt.timedelta(hours=2), "end": shift.end + dt.timedelta(hours=2)}

    assert status(live).empty == ()
    live.record(Update(row=shift.model_copy(update=later)))

    assert [seats.requirement.shift_id for seats in status(live).empty] == ["M0"]


def test_a_time_ahead_that_no_shift_covers_is_empty_until_it_is_over() -> None:
    """Somebody is wanted from 18 to 19, after the only shift of that day."""
    start = dt.datetime.combine(MONDAY, dt.time(18))
    need = Requirement(center_id="home", start=start, end=start + HOUR, target=1)
    live = LiveWeek(week().model_copy(update={"requirements": (need,)}), who="test")
    live.publish(live.draft(parse(TURNS)).number, even_if_poor=True)

    found = [
        status_of(live.now, live.entries, at=at).empty
        for at in (None, start - HOUR, start, start + HOUR)
    ]

    assert [[seats.missing for seats in empty] for empty in found] == [[1], [1], [1], []]


def test_messages_of_the_newest_version_are_unsent_until_they_are_ticked() -> None:
    """Ana takes bob's shift: he, who loses it, has to read that too; a tick revoked is none."""
    live = told()
    assert status(live).unsent == ()
    (first,) = live.record(sent=[ANA])
    assert status(live).unsent == (BOB, HOME)
    live.record(sent=[BOB, HOME])
    assert status(live).unsent == ()

    live.publish(live.draft(parse("ana  M M\nbob  . .")).number)

    assert status(live).unsent == (ANA, BOB, HOME)
    assert status_of(live.now, live.entries).unsent == ()  # nobody looks what was told before
    live.record(sent=[BOB, HOME])
    assert status(live).unsent == (ANA,)
    live.revoke(first.number)
    live.withdraw()
    assert status(live).unsent == (ANA, HOME)


def test_messages_of_a_withdrawal_are_sent_like_others() -> None:
    """Whoever was not told of the withdrawal reads in the next version what is left."""
    live = told()
    live.record(sent=[ANA, BOB, HOME])

    live.withdraw()
    assert status(live).unsent == (ANA, BOB, HOME)
    (entry,) = live.record(sent=[ANA, HOME])

    assert entry.body == Sent(version=1, to=(ANA, HOME))
    assert status(live).unsent == (BOB,)
    live.publish(live.draft(parse("ana  M .")).number, even_if_poor=True)
    assert status(live).unsent == (ANA, BOB, HOME)


def test_a_moved_shift_that_was_told_is_unsent() -> None:
    """The pairs are the same, but bob's message of the first version names another hour."""
    live = told()
    live.record(sent=[ANA, BOB, HOME])
    shift = live.files.shift_by_id["M1"]
    offer = Availability(volunteer_id="bob", start=shift.start, end=shift.end + HOUR)
    later = {"start": shift.start + HOUR, "end": shift.end + HOUR}

    live.record(Offer(window=offer), Update(row=shift.model_copy(update=later)))
    assert status(live).unsent == ()
    live.publish(live.draft(parse(TURNS)).number, even_if_poor=True)

    assert status(live).unsent == (BOB, HOME)


def test_what_was_never_sent_is_unsent_however_often_others_are_told() -> None:
    """Bob's first shift goes to ana and comes back: nobody knows what he has read."""
    live = told()
    live.record(sent=[ANA, BOB, HOME])
    for picture in ("ana  M M\nbob  . .", TURNS, TURNS):
        live.publish(live.draft(parse(picture)).number, even_if_poor=True)
        live.record(sent=[ANA])

    assert status(live).unsent == (BOB, HOME)
    live.withdraw()
    live.publish(live.draft(parse("ana  M M\nbob  . .")).number)
    assert status(live).unsent == (ANA, BOB, HOME)  # bob has not read that nothing is left


def test_an_unknown_entry_is_not_revoked() -> None:
    """The error says where the numbers of entries are."""
    with pytest.raises(InputError, match="there is no entry 99") as error:
        told().revoke(99)
    assert "shiftplan history" in str(error.value.faults[0].remedy)


def test_nobody_is_asked_to_answer_after_the_week(tmp_path: Path) -> None:
    """The week has ended by then, so the command refuses it and tells nobody."""
    write_week(week(), tmp_path / "week")
    write_roster(week(), parse(TURNS), tmp_path / "roster.csv")
    place, roster, late = tmp_path / "week", tmp_path / "roster.csv", "2099-01-10 08:00"

    done = run("publish", place, roster, "--out", tmp_path / "told", "--deadline", late)

    assert done.exit_code == 2
    assert "name an earlier time" in done.output
    assert not (place / "record.db").exists()


def test_a_week_with_a_recorded_roster_is_explained_by_its_seats(tmp_path: Path) -> None:
    """A roster that keeps all hard rules proves that they do not contradict each other."""
    write_week(week(), tmp_path / "week")
    live = open_week(tmp_path / "week")

    before = run("explain", tmp_path / "week").output
    live.draft(parse("ana  M .\nbob  . ."))
    after = run("explain", tmp_path / "week").output

    assert "do not contradict each other" in before
    assert "M1" in after
