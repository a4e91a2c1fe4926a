"""What a ledger keeps of who came, and what calls in vain count."""

from __future__ import annotations

import datetime as dt
from typing import Any

import jsonschema
import pytest

from shiftplan import InputError
from shiftplan.cli.weeks import schema
from shiftplan.seasons import Ledger, Memory, Turnout
from shiftplan.testing.pictures import MONDAY, parse, plan, window

WEEK, ROSTER = plan("M", "ana bob"), parse("ana M M M . . . .\nbob M . . . . . .")
SEVEN = dt.datetime.combine(MONDAY, dt.time(7))


def turnout(who: str, shift: str, state: Any) -> Turnout:
    return Turnout(volunteer_id=who, shift_id=shift, state=state)


def shows_of(*rows: Turnout, **more: Any) -> list[tuple[str, int, bool]]:
    """Person, day and whether the person came."""
    found = Ledger().record(WEEK, ROSTER, rows, **more).weeks[0].shows
    return [(show.volunteer_id, (show.start - SEVEN).days, show.came) for show in found]


def test_who_came_is_kept_where_attendance_was() -> None:
    """Excused shifts are no news, and neither are reserves: they were not planned."""
    assert shows_of(
        turnout("ana", "M1", "excused"),
        turnout("ana", "M2", "absent"),
        turnout("bob", "M3", "called"),
        turnout("bob", "M4", "asked"),
    ) == [("ana", 0, True), ("ana", 2, False), ("bob", 0, True)]
    assert len(shows_of()) == 4
    # "Everybody came as planned" is what is assumed without attendance, not what was seen.
    assert Ledger().record(WEEK, ROSTER).weeks[0].shows == ()
    assert Ledger().record(WEEK, ROSTER).show_rates(WEEK).observed == 0


def test_answers_and_notice_are_kept_with_them() -> None:
    """Pairs that are not in the roster are ignored; told too late is no notice at all."""
    answers = {("M0", "ana"): "confirmed", ("M0", "bob"): "unanswered", ("M9", "bob"): "confirmed"}
    told = {
        ("M0", "ana"): SEVEN - dt.timedelta(hours=30, minutes=59),
        ("M1", "ana"): SEVEN.replace(tzinfo=dt.UTC),  # 14:00 in Vietnam: 17 hours before
        ("M0", "bob"): SEVEN + dt.timedelta(hours=1),
        ("M2", "bob"): SEVEN,
    }

    week = Ledger().record(WEEK, ROSTER, (), answers=answers, told=told).weeks[0]

    found = [(s.volunteer_id, s.answer, s.notice_hours) for s in week.shows]
    assert found == [
        ("ana", "confirmed", 30),
        ("ana", None, 17),
        ("ana", None, None),
        ("bob", "unanswered", 0),
    ]


@pytest.mark.parametrize(
    ("option", "value"),
    [("answers", {("M0", "ana"): "yes"}), ("told", {("M0", "ana"): "yesterday"}), ("told", 5)],
)
def test_wrong_answers_and_moments_are_refused(option: str, value: object) -> None:
    """Named as the option that they are."""
    with pytest.raises(InputError) as error:
        Ledger().record(WEEK, ROSTER, (), **{option: value})

    assert all(fault.column.startswith(option) or fault.column for fault in error.value.faults)


def test_files_keep_who_came() -> None:
    """A line for each person and week, as the schema says; older ledgers are read as before."""
    answers = {("M0", "ana"): "confirmed"}
    told = {("M0", "ana"): SEVEN - dt.timedelta(1)}
    absent = [turnout("ana", "M2", "absent"), turnout("bob", "M1", "asked")]
    ledger = Ledger().record(WEEK, ROSTER, absent, answers=answers, told=told)
    text = ledger.to_json()

    assert Ledger.model_validate_json(text) == ledger
    jsonschema.Draft202012Validator(schema("ledger")).validate(ledger.model_dump(mode="json"))
    shows = text.partition('"shows"')[2].splitlines()
    assert len(shows) == 1 + 2  # ana and bob
    assert shows[1].count('"came":false') == 1
    old = '{"schema_version": 1, "weeks": [{"start": "2026-12-07", "entries": []}]}'
    assert Ledger.model_validate_json(old).weeks[0].shows == ()


def test_rates_are_those_of_weeks_before_the_one_planned() -> None:
    """And of those that memory lets count."""
    ledger = Ledger().record(WEEK, ROSTER, [turnout("ana", "M2", "absent")])
    following = plan("M", "ana bob", start=MONDAY + dt.timedelta(7))

    assert ledger.show_rates(WEEK).observed == 0
    assert ledger.show_rates(following).observed == 4
    assert ledger.show_rates().observed == 4
    assert ledger.show_rates(following, Memory(since=following.horizon.start)).observed == 0
    assert Ledger().show_rates().people == ()


def test_calls_in_vain_are_work_in_part() -> None:
    """Two calls are half a shift of four hours: 2.5 of 7 shifts, and 10 of 28 hours."""
    rows = [turnout("ana", day, "asked") for day in ("M3", "M4")]
    rows += [turnout("ana", "M2", "absent"), turnout("bob", "M1", "called")]
    ledger = Ledger().record(WEEK, ROSTER, rows)
    following = plan("M", "ana bob", start=MONDAY + dt.timedelta(7))

    totals = {t.volunteer_id: t for t in ledger.totals()}
    assert (totals["ana"].asked, totals["ana"].credit, totals["ana"].shifts_worked) == (2, 0.5, 2)
    assert totals["ana"].load == 2.5 / 7
    assert (totals["bob"].asked, totals["bob"].called, totals["bob"].shifts_worked) == (0, 1, 2)
    ana, bob = ledger.history(following)
    assert (ana.shifts_worked, ana.shifts_offered) == (2.5, 7)
    assert (ana.hours_worked, ana.hours_offered) == (10, 28)
    assert (bob.shifts_worked, bob.hours_worked) == (2, 8)  # being called in is work already
    none = ledger.history(following, Memory(call_credit=0))
    assert (none[0].shifts_worked, none[0].hours_worked) == (2, 8)


def test_a_call_of_somebody_who_offered_nothing_is_kept() -> None:
    """Such a person has an entry, and what was credited counts as offered."""
    week = plan("M", "ana bob", availability=(window("ana"),))
    ledger = Ledger().record(week, parse("ana M . . . . . ."), [turnout("bob", "M1", "asked")])

    bob = ledger.totals()[1]

    assert (bob.volunteer_id, bob.asked, bob.shifts_offered, bob.load) == ("bob", 1, 0, 1)


def test_who_is_planned_is_not_asked_in_vain() -> None:
    """The state is for reserves, as `called` is."""
    with pytest.raises(InputError) as error:
        Ledger().record(WEEK, ROSTER, [turnout("ana", "M0", "asked")])

    assert [fault.code for fault in error.value.faults] == ["contradicting_attendance"]
