"""What the record of a week tells the ledger: promises, calls, answers and who came."""

from __future__ import annotations

from datetime import datetime

import pytest

from shiftplan.errors import InputError
from shiftplan.problem.changes import Absence, Cancellation, Update
from shiftplan.record.entries import Call, ShiftAnswer
from shiftplan.record.live import LiveWeek
from shiftplan.record.turned_out import TurnedOut, turned_out
from shiftplan.seasons import Ledger, Show, Turnout, show_rates
from shiftplan.seasons.ledger import Entry
from shiftplan.testing.pictures import parse, plan

TURNS = "ana  M . .\nbob  . M .\ncho  . . M"
WEDNESDAY = datetime(2026, 12, 2, 18)


def told(picture: str = TURNS, deadline: datetime | None = None) -> LiveWeek:
    """A week of three mornings of which a roster was told."""
    live = LiveWeek(plan("M", "ana bob cho", 3))
    tell(live, picture, deadline)
    return live


def tell(live: LiveWeek, picture: str, deadline: datetime | None = None) -> None:
    live.publish(live.draft(parse(picture)).number, deadline=deadline, even_if_poor=True)


def came(live: LiveWeek, *rows: str) -> None:
    """Record attendance such as `ana M0 absent`."""
    parts = [row.split() for row in rows]
    live.record(turnouts=[Turnout(volunteer_id=w, shift_id=s, state=t) for w, s, t in parts])


def answer(live: LiveWeek, who: str, shift: str, said: str) -> None:
    live.record(answers=[ShiftAnswer(volunteer_id=who, shift_id=shift, answer=said)])


def call(live: LiveWeek, who: str, shift: str, said: str) -> None:
    live.record(calls=[Call(volunteer_id=who, shift_id=shift, answer=said)])


def states(found: TurnedOut) -> dict[str, str]:
    return {f"{t.volunteer_id} {t.shift_id}": t.state for t in found.turnouts}


def entry(found: TurnedOut, who: str) -> Entry:
    entries = found.added_to(Ledger()).weeks[0].entries
    return next(e for e in entries if e.volunteer_id == who)


def shows(found: TurnedOut) -> list[tuple[str, bool, str | None]]:
    rows = found.added_to(Ledger()).weeks[0].shows
    return [(show.volunteer_id, show.came, show.answer) for show in rows]


def test_a_week_of_which_nothing_was_told_did_not_turn_out() -> None:
    with pytest.raises(InputError):
        turned_out(LiveWeek(plan("M", "ana", 3)))


def test_attendance_answers_and_notice_reach_the_ledger() -> None:
    """Cho, who said nothing by the deadline, did not come."""
    live = told(deadline=WEDNESDAY)
    answer(live, "ana", "M0", "confirmed")
    came(live, "cho M2 absent")

    found = turned_out(live)

    assert shows(found) == [
        ("ana", True, "confirmed"),
        ("bob", True, "unanswered"),
        ("cho", False, "unanswered"),
    ]
    assert found.told == dict.fromkeys([*found.roster.assignments], live.entries[1].at)


def test_without_attendance_nothing_is_learned() -> None:
    """A call and an absence are known; that all others came is only assumed."""
    live = told()
    live.record(Absence(volunteer_id="ana"))
    call(live, "bob", "M0", "cannot")

    found = turned_out(live)

    assert states(found) == {"ana M0": "excused", "bob M0": "asked"}
    assert shows(found) == []
    assert (entry(found, "ana").excused, entry(found, "bob").asked) == (1, 1)


def test_illness_and_declining_are_no_evidence_against_anybody() -> None:
    """Whether recorded as an absence, an answer or attendance; and offers stay as they were."""
    live = told("ana  M . .\nbob  . M .\ncho  . M M")
    live.record(Absence(volunteer_id="ana"))
    answer(live, "bob", "M1", "declined")
    came(live, "cho M1 excused")

    found = turned_out(live)

    assert states(found) == {"ana M0": "excused", "bob M1": "excused", "cho M1": "excused"}
    assert shows(found) == [("cho", True, None)]
    assert (entry(found, "ana").shifts_offered, entry(found, "ana").shifts_worked) == (2, 0)


def test_who_was_replaced_in_time_is_left_out() -> None:
    """Bob takes over from ana, who is told so; bob's notice begins then, cho's began before."""
    live = told()
    live.record(Absence(volunteer_id="ana"))
    tell(live, "bob  M M .\ncho  . . M")
    came(live, "cho M2 came")

    found = turned_out(live)

    assert shows(found) == [("bob", True, None), ("bob", True, None), ("cho", True, None)]
    first, second = (e.at for e in live.entries if e.body.kind == "told")
    assert found.told == {("M0", "bob"): second, ("M1", "bob"): first, ("M2", "cho"): first}


def test_who_failed_to_come_stays_so_when_somebody_else_takes_over() -> None:
    """The roster told last has bob in ana's place; she was promised and did not come."""
    live = told()
    came(live, "ana M0 absent")
    tell(live, "bob  M M .\ncho  . . M")

    found = turned_out(live)

    assert shows(found)[0] == ("ana", False, None)
    assert entry(found, "ana").absent == 1


def test_whoever_came_uninvited_is_a_reserve_who_came() -> None:
    """Bob helped out; that cho, whom nobody told of these mornings, did not come is no news."""
    live = told()
    came(live, "bob M0 came", "cho M0 absent", "cho M1 excused")

    found = turned_out(live)

    assert states(found) == {"bob M0": "called"}
    assert (entry(found, "bob").called, entry(found, "bob").shifts_worked) == (1, 2)
    assert shows(found) == [("ana", True, None), ("bob", True, None), ("cho", True, None)]


def test_calls_count_by_what_became_of_them() -> None:
    """Bob comes, and is told so; cho says no; dan says yes but stays away; fay is not needed."""
    live = LiveWeek(plan("M", "ana bob cho dan eve fay", 3))
    tell(live, "ana  M . .\neve  . M M")
    call(live, "fay", "M0", "comes")
    tell(live, "ana  M . .\neve  . M M")
    call(live, "cho", "M0", "cannot")
    call(live, "eve", "M0", "not_reached")
    call(live, "bob", "M0", "comes")
    tell(live, "bob  M . .\neve  . M M")
    call(live, "dan", "M1", "comes")
    call(live, "cho", "M1", "comes")
    came(live, "dan M1 absent", "bob M0 came")

    found = turned_out(live)

    assert states(found) == {
        "bob M0": "called",
        "cho M0": "asked",
        "cho M1": "called",
        "dan M1": "asked",
        "eve M0": "asked",
        "fay M0": "asked",
    }
    assert [a for a in found.roster.assignments if a.volunteer_id in ("bob", "dan")] == []
    assert (entry(found, "bob").called, entry(found, "bob").shifts_worked) == (1, 1)
    assert (entry(found, "dan").asked, entry(found, "dan").shifts_worked) == (1, 0)
    assert (entry(found, "cho").asked, entry(found, "cho").called) == (1, 1)
    assert ("bob", True, None) not in shows(found)  # reserves are no evidence


def test_who_was_replaced_because_of_illness_did_not_offer_that_shift() -> None:
    """Ana was told M0, fell ill, and bob got it in her place: she offered two shifts, not three."""
    live = told()
    live.record(Absence(volunteer_id="ana", end=datetime(2026, 12, 8)))
    tell(live, "bob  M M .\ncho  . . M")

    found = turned_out(live)

    assert states(found) == {"ana M0": "excused"}
    ana = entry(found, "ana")
    assert (ana.shifts_offered, ana.shifts_worked, ana.excused, ana.absent) == (2, 0, 1, 0)


def test_what_is_no_longer_in_the_week_is_left_out() -> None:
    """A shift moved by an hour is told anew: its notice begins then, and its answer is gone."""
    live = told(deadline=WEDNESDAY)
    answer(live, "bob", "M1", "confirmed")
    live.record(Cancellation(shift_id="M0"))
    shift = live.now.problem.shift_by_id["M1"]
    later = shift.model_copy(update={"start": shift.start.replace(hour=8)})
    live.record(Update(row=later))
    tell(live, "bob  . M .\ncho  . . M")
    came(live, "bob M1 came")

    found = turned_out(live)

    assert ("M0", "ana") not in found.roster
    assert found.answers == {("M2", "cho"): "unanswered"}


def test_chances_now_follow_answers_and_deadlines() -> None:
    """Before the deadline silence means nothing; who declined does not come."""
    seen = [
        Show(volunteer_id=f"v{i}", start=datetime(2026, 11, 2 + i % 5, 7), answer=said, came=ok)
        for i in range(40)
        for said, ok in (("confirmed", True), ("unanswered", i % 2 == 0))
    ]
    rates, live = show_rates(seen), told(deadline=WEDNESDAY)
    answer(live, "ana", "M0", "confirmed")
    answer(live, "bob", "M1", "declined")

    before, after = (
        turned_out(live, now).chances(rates) for now in (datetime(2026, 12, 2, 17, 59), WEDNESDAY)
    )

    assert before["M1", "bob"] == after["M1", "bob"] == 0
    assert after["M2", "cho"] < before["M2", "cho"] < before["M0", "ana"]
    assert before["M0", "ana"] == after["M0", "ana"]
