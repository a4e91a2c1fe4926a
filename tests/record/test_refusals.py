"""Whoever says no to a shift is not free at its hours, until the person says otherwise."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

import pytest

from shiftplan import check, suggest
from shiftplan.problem.changes import Absence, Arrival, Offer, Update
from shiftplan.record.entries import Call, ShiftAnswer
from shiftplan.record.live import LiveWeek
from shiftplan.testing.pictures import ROOMY, parse, plan, window
from shiftplan.week.horizon import Horizon
from shiftplan.week.records import Shift, StandBy, Volunteer
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Roster
from shiftplan.week.wishes import Pin

QUICK: dict[str, Any] = {"time_limit": None, "workers": 1}
TOLD = "ana  M\nbob  A"
Word = Literal["declined", "cannot"]


def week(told: str = TOLD, **fields: Any) -> LiveWeek:
    """Mornings in two places, a shift that overlaps them and the afternoon; dan only stands by."""
    people = "ana bob cho dan"
    usual: dict[str, Any] = {
        "centers": ROOMY,
        "requirements": [Requirement(shift_id=s, target=1) for s in ("M0", "m0", "O0", "A0")],
        "availability": [window(who) for who in people.split()[:3]],
        "stand_by": [StandBy(volunteer_id="dan")],
        "rules": (
            {"rule": "coverage", "level": 1, "weight": 10},
            {"rule": "fairness", "level": 2, "weight": 1},
            {"rule": "one_place"},
        ),
    }
    live = LiveWeek(plan({0: "MmOA"}, people, 1, **{**usual, **fields}))
    live.publish(live.draft(parse(told)).number, even_if_poor=True)
    return live


def refuse(live: LiveWeek, word: Word = "declined", who: str = "ana", shift: str = "M0") -> None:
    if word == "declined":
        live.record(answers=[ShiftAnswer(volunteer_id=who, shift_id=shift, answer="declined")])
    else:
        live.record(calls=[Call(volunteer_id=who, shift_id=shift, answer="cannot")])


def free(live: LiveWeek, who: str = "ana") -> str:
    """Shifts that somebody may be given, by rules, by suggestions and by calls alike."""
    problem, found = live.now.problem, []
    for shift_id in ("M0", "m0", "O0", "A0"):
        seat = Roster.of([(shift_id, who)])
        only = {pin.shift_id for pin in problem.pins if pin.state == "must"} - {shift_id}
        broken = [v for v in check(problem, seat).broken if str(v.where) not in only]
        offered = {
            c.volunteer_id: c.standing for c in suggest(problem, Roster(), shift_id).candidates
        }
        assert (not broken) == (offered.get(who) == "possible")
        found += [] if broken else [shift_id]
    calls = [c for c in live.next_calls() if who in (c.volunteer_id, *c.then)]
    assert {c.shift_id for c in calls} <= {*found} or who == "dan"
    return " ".join(found)


def moved(live: LiveWeek, shift_id: str, hours: int) -> Update:
    shift, by = live.files.shift_by_id[shift_id], dt.timedelta(hours=hours)
    return Update(row=shift.model_copy(update={"start": shift.start + by, "end": shift.end + by}))


@pytest.mark.parametrize("word", ["declined", "cannot"])
def test_who_says_no_is_not_free_at_these_hours(word: Word):
    """O0 begins before M0 ends and m0 is elsewhere at the same time; A0 is after it."""
    live = week()
    assert free(live) == "M0 m0 O0 A0"

    refuse(live, word)

    assert free(live) == "A0"
    assert free(live, "bob") == "M0 m0 O0 A0"
    pins = [(pin.shift_id, pin.state) for pin in live.now.problem.pins]
    assert pins == [("M0", "must_not")]  # windows keep ana out of the others


def test_who_says_no_is_not_free_outside_windows_either():
    """Four hours outside windows may be worked, but none of these."""
    four_hours = {"rule": "available", "level": 2, "weight": 1, "max_minutes": 240}
    live = week(rules=({"rule": "coverage"}, four_hours))

    refuse(live)

    assert free(live) == "A0"
    assert free(live, "bob") == "M0 m0 O0 A0"


def test_a_repair_neither_moves_others_nor_gives_the_hours_elsewhere():
    """Only ana is told anything: her place stays empty, as nobody else is free for it."""
    live = week("ana  m\ncho  M\nbob  A", stand_by=[])
    live.record(Absence(volunteer_id="bob", end=live.files.shift_by_id["A0"].start))

    refuse(live, shift="m0")
    repair = live.repair(**QUICK).repair

    assert repair is not None
    found = [(n.volunteer_id, n.shift_id, n.added, n.reason) for n in repair.notices]
    assert found == [("ana", "m0", False, "declined")]


@pytest.mark.parametrize("later", ["revoked", "offered", "half offered", "confirmed", "comes"])
def test_a_later_word_ends_it(later: str):
    """An offer frees the hours that it has, a yes to another shift the hours of that one."""
    live = week()
    refuse(live)
    shifts = live.files.shift_by_id

    def offer(start: dt.datetime, end: dt.datetime) -> Offer:
        return Offer(window=window("ana").model_copy(update={"start": start, "end": end}))

    match later:
        case "revoked":
            live.revoke(live.entries[-1].number)
        case "offered":
            live.record(offer(shifts["M0"].start, shifts["M0"].end))
        case "half offered":
            live.record(offer(shifts["O0"].start, shifts["O0"].end))
        case "confirmed":
            live.record(
                answers=[ShiftAnswer(volunteer_id="ana", shift_id="M0", answer="confirmed")]
            )
        case "comes":
            live.record(calls=[Call(volunteer_id="ana", shift_id="O0", answer="comes")])

    expected = {"half offered": "O0 A0", "comes": "O0 A0"}.get(later, "M0 m0 O0 A0")
    assert free(live) == expected


@pytest.mark.parametrize("word", ["declined", "cannot"])
def test_a_no_outlasts_a_withdrawal(word: Word):
    """The same version is not told again with the person; a new plan gives the shift to others."""
    live = week(TOLD, requirements=[Requirement(shift_id="M0", target=1)])
    refuse(live, word)
    live.record(answers=[ShiftAnswer(volunteer_id="bob", shift_id="A0", answer="confirmed")])

    live.withdraw()

    assert free(live) == "A0"
    assert ("must", "bob") not in {(pin.state, pin.volunteer_id) for pin in live.now.problem.pins}
    assert ("M0", "ana") not in live.plan(**QUICK).result.require_roster()
    live.publish()
    assert ("M0", "ana") not in live.now.told


def test_a_shift_at_other_hours_is_another_question():
    """Ana said no to 7 to 11: not to the shift at 13, and she is still away at 7."""
    live = week()
    refuse(live)
    live.record(moved(live, "M0", 6))
    assert free(live) == "M0 A0"

    live.publish(live.draft(parse("bob  M")).number, even_if_poor=True)

    assert live.now.state.answers == {}
    assert free(live) == "M0 A0"


def test_who_says_yes_to_the_new_hours_keeps_them_whatever_else_is_declined():
    """Ana works M0 at 13 to 17, though she said no to it at 7, and says no to A0 now."""
    live = week("ana  M\nbob  A")
    refuse(live)
    live.record(moved(live, "M0", 6))
    live.publish(live.draft(parse("ana  M\nbob  A")).number, even_if_poor=True)
    live.record(answers=[ShiftAnswer(volunteer_id="ana", shift_id="M0", answer="confirmed")])
    assert live.now.promised == {("M0", "ana")}

    refuse(live, shift="A0")

    assert live.now.promised == {("M0", "ana")}
    assert free(live) == "M0"


def test_a_shift_moved_into_these_hours_is_taken_away_as_declined():
    live = week("ana  MA")
    refuse(live)

    live.record(moved(live, "A0", -4))

    found = live.repair(**QUICK).repair
    assert found is not None
    assert {(n.shift_id, n.reason) for n in found.notices if n.volunteer_id == "ana"} == {
        ("M0", "declined"),
        ("A0", "declined"),
    }
    assert found.before_shifts["A0"].start.hour == 13  # what people were told, not 9


def test_who_works_then_keeps_that_shift():
    """Bob cannot come to O0, since he works A0: that is no refusal of A0. A pin holds too."""
    live = week(pins=[Pin(volunteer_id="cho", shift_id="m0", state="must")])

    refuse(live, "cannot", "bob", "O0")
    refuse(live, "cannot", "cho", "O0")

    assert free(live, "bob") == "A0"
    assert ("A0", "bob") in live.now.roster
    assert live.repair(**QUICK).result.status == "OPTIMAL"


def test_who_stands_by_is_not_called_for_another_place_at_these_hours():
    live = week("bob  A", availability=[window("bob")])
    who = {call.shift_id: call.volunteer_id for call in live.next_calls()}
    assert "dan" in who.values()

    refuse(live, "cannot", "dan", "M0")

    named = {c.shift_id for c in live.next_calls() if "dan" in (c.volunteer_id, *c.then)}
    assert named == set()


def test_what_is_left_of_a_night_is_no_mistake():
    """17 to 7 of the next day looks like two times in the wrong order; offers may overlap it."""
    live = week(availability=[window("ana"), window("ana")])

    refuse(live, shift="M0")
    refuse(live, shift="A0")
    live.record(Absence(volunteer_id="bob"))
    live.now.problem.need_fit()

    assert live.now.problem.with_changes(Offer(window=window("ana"))).availability


def test_who_comes_after_a_move_stays_over_repairs_and_publications():
    """The shift moved, everybody in it was dropped, then dan was called: he comes as it is now."""
    live = week()
    live.record(moved(live, "M0", 1))
    live.publish(live.draft(parse("bob  A")).number, even_if_poor=True)
    live.record(calls=[Call(volunteer_id="dan", shift_id="M0", answer="comes")])

    for reasons in (["offers"], []):
        made = live.repair(**QUICK).repair
        assert made is not None
        assert [n.reason for n in made.notices if n.volunteer_id == "dan"] == reasons
        live.publish()
        assert ("M0", "dan") in live.now.called_in
        assert check(live.now.problem, live.now.told).is_feasible
    repair = live.repair(**QUICK).repair
    assert repair is not None
    assert repair.notices == ()

    live.record(moved(live, "M0", 2))
    assert ("M0", "dan") not in live.now.called_in


def test_what_the_record_added_breaks_no_rule():
    """New people, reserves who came and moved shifts are part of the week that was told."""
    live = week()
    live.record(
        Arrival(volunteer=Volunteer(volunteer_id="eve"), windows=(window("eve"),)),
        moved(live, "A0", 1),
    )
    live.record(calls=[Call(volunteer_id="dan", shift_id="m0", answer="comes")])
    live.publish(live.draft(parse("ana  M\nbob  A\neve  O\ndan  m")).number)

    refuse(live)
    repair = live.repair(**QUICK).repair

    assert repair is not None
    assert repair.before.is_feasible
    assert repair.before.levels[1] == 0  # all four seats were filled
    assert live.refresh() is live.now


def test_who_stands_by_all_week_may_refuse_before_a_day_without_midnight() -> None:
    """In Havana clocks go forward at midnight, here at the end of the week."""
    zone = Horizon(start=dt.date(2026, 3, 2), days=6, zone="America/Havana")
    morning = dt.datetime(2026, 3, 2, 7)
    shift = Shift(
        shift_id="M0", center_id="home", start=morning, end=morning + dt.timedelta(hours=4)
    )
    alone = plan("", "dan", 1).model_copy(update={"horizon": zone, "shifts": (shift,)})
    live = LiveWeek(alone.model_copy(update={"stand_by": (StandBy(volunteer_id="dan"),)}))

    live.record(calls=[Call(volunteer_id="dan", shift_id="M0", answer="cannot")])

    left = [(row.start, row.end) for row in live.now.problem.stand_by]
    assert left == [
        (dt.datetime(2026, 3, 2), morning),
        (morning + dt.timedelta(hours=4), dt.datetime(2026, 3, 8, 1)),
    ]
