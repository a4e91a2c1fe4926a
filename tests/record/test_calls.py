"""Calls of reserves: who is called next, and what a call that ended makes of the week."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import costly
from strategies import problems, rosters

from shiftplan import check
from shiftplan.analysis import call_in, reserves, suggest
from shiftplan.analysis.reserves import Reserve
from shiftplan.errors import InputError
from shiftplan.problem import Problem
from shiftplan.problem.changes import Absence, Cancellation, Closing, Need, Update
from shiftplan.record.calls import NextCall, next_calls
from shiftplan.record.entries import Call, ShiftAnswer
from shiftplan.record.live import LiveWeek
from shiftplan.seasons import Turnout
from shiftplan.testing.pictures import MONDAY, parse, plan, window
from shiftplan.week.records import StandBy
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Roster

RULES = (
    {"rule": "coverage", "level": 1, "weight": 10},
    {"rule": "max_shifts"},
    {"rule": "one_place"},
)
QUICK: dict[str, Any] = {"time_limit": None, "workers": 1}
Answer = Literal["comes", "cannot", "not_reached"]


def week(people: str = "ana bob cho dan", days: int = 2, **fields: Any) -> Problem:
    """One person each morning; all can come, and dan only stands by."""
    needs = tuple(Requirement(shift_id=f"M{day}", minimum=1, target=1) for day in range(days))
    windows = tuple(window(who) for who in people.split() if who != "dan")
    usual = {"requirements": needs, "rules": RULES, "availability": windows}
    stand_by = [StandBy(volunteer_id="dan")] if "dan" in people else []
    return plan("M", people, days, **{**usual, "stand_by": stand_by, **fields})


def told(picture: str = "ana  M .\nbob  . M", **fields: Any) -> LiveWeek:
    """A week of which a roster was told."""
    live = LiveWeek(week(**fields))
    live.publish(live.draft(parse(picture)).number, even_if_poor=True)
    return live


def call(live: LiveWeek, who: str, answer: Answer, shift: str = "M0") -> None:
    live.record(calls=[Call(volunteer_id=who, shift_id=shift, answer=answer)])


def seen(calls: tuple[NextCall, ...]) -> list[str]:
    """Shift, how many are missing, whom to call, and who follows."""
    return [f"{c.shift_id} {c.missing} {c.volunteer_id}: {' '.join(c.then)}" for c in calls]


def test_nobody_is_called_where_nothing_lacks():
    live = told()

    assert live.next_calls() == ()
    assert LiveWeek(week()).next_calls() == ()


def test_who_stands_by_is_called_first_for_somebody_absent():
    """Then cho, who works nothing, and bob, who works on the other day."""
    live = told()

    live.record(Absence(volunteer_id="ana"))
    (found,) = live.next_calls()

    assert seen((found,)) == ["M0 1 dan: cho bob"]
    assert found.urgent == 1
    assert str(found.reason).startswith("one more person, offered to stand by")
    assert found.as_dict()["reason"]


def test_a_repair_counts_the_reserve_who_comes_as_new():
    """Ana's shift is lost, bob's is kept, and dan's is neither, though he has it already."""
    live = told()
    live.record(Absence(volunteer_id="ana"))
    call(live, "dan", "comes")

    found = live.repair(**QUICK).repair

    assert found is not None
    figures = found.figures
    assert (found.kept, found.lost, figures.removed, figures.added) == (1, 1, 1, 1)


def test_a_call_is_not_made_again():
    """Who cannot come is not asked again; who was not reached comes last, by attempts."""
    live = told()
    live.record(Absence(volunteer_id="ana"))

    call(live, "dan", "not_reached")
    assert seen(live.next_calls()) == ["M0 1 cho: bob dan"]
    call(live, "cho", "cannot")
    assert seen(live.next_calls()) == ["M0 1 bob: dan"]
    call(live, "bob", "not_reached")
    call(live, "bob", "not_reached")
    (found,) = live.next_calls()
    assert seen((found,)) == ["M0 1 dan: bob"]
    assert "not reached 1 time for this shift" in str(found.reason)
    call(live, "dan", "cannot")
    call(live, "bob", "cannot")
    (found,) = live.next_calls()
    assert (found.volunteer_id, str(found.reason)) == (None, "nobody is left to call")


def test_who_comes_works_the_shift_from_then_on():
    """Also where no window has its hours; the roster fits, and a repair keeps the person."""
    live = told()
    live.record(Absence(volunteer_id="ana"))

    call(live, "dan", "comes")
    found = live.now

    assert found.called_in == parse("dan  M .")
    assert found.roster == parse("bob  . M\ndan  M .")
    assert check(found.problem, found.roster).is_feasible
    assert live.next_calls() == ()
    repaired = live.repair(**QUICK)
    assert repaired.result.roster == found.roster
    assert live.publish().roster == found.roster


@pytest.mark.parametrize(
    ("later", "still"),
    [
        ("nothing", True),
        ("confirmed", True),
        ("declined", False),
        ("cannot", False),
        ("absent", False),
        ("cancelled", False),
        ("moved", False),
        ("revoked", False),
        ("withdrawn", False),
        ("told without", False),
    ],
)
def test_a_promise_holds_until_something_else_is_said(later: str, still: bool):
    """Dan came for ana; what happens afterwards decides whether he is still in the shift."""
    live = told()
    live.record(Absence(volunteer_id="ana"))
    call(live, "dan", "comes")
    shift = live.files.shift_by_id["M0"]
    moved = shift.model_copy(update={"end": shift.end + dt.timedelta(hours=1)})

    match later:
        case "confirmed" | "declined" as answer:
            live.record(answers=[ShiftAnswer(volunteer_id="dan", shift_id="M0", answer=answer)])
        case "cannot":
            call(live, "dan", "cannot")
        case "absent":
            live.record(Absence(volunteer_id="dan"))
        case "cancelled":
            live.record(Cancellation(shift_id="M0"))
        case "moved":
            live.record(Update(row=moved))
        case "revoked":
            live.revoke(live.entries[-1].number)
        case "withdrawn":
            live.withdraw()
        case "told without":
            live.publish(live.draft(parse("bob  . M")).number, even_if_poor=True)

    assert ("M0", "dan") in live.now.called_in or not still
    pins = {(p.shift_id, p.volunteer_id): p.state for p in live.now.problem.pins}
    assert (pins.get(("M0", "dan")) == "must") == still


def test_a_promise_after_a_move_holds():
    """The shift is an hour longer before dan is called: he comes to it as it is now."""
    live = told()
    shift = live.files.shift_by_id["M0"]
    end = shift.end + dt.timedelta(hours=1)
    live.record(Update(row=shift.model_copy(update={"end": end})), Absence(volunteer_id="ana"))

    call(live, "dan", "comes")

    assert live.now.called_in == parse("dan  M .")
    assert check(live.now.problem, live.now.roster or Roster()).is_feasible


def test_a_call_is_the_last_word_before_a_later_answer():
    """Cho declined M0 and was called after all; later she declines again."""
    live = told("ana  . .\nbob  . M\ncho  M .")
    refusal = [ShiftAnswer(volunteer_id="cho", shift_id="M0", answer="declined")]
    live.record(answers=refusal)
    assert seen(live.next_calls()) == ["M0 1 dan: ana bob"]

    call(live, "cho", "comes")
    assert live.now.called_in == parse("cho  M .")
    live.record(answers=refusal)

    assert seen(live.next_calls()) == ["M0 1 dan: ana bob"]


def test_nobody_absent_declined_or_working_then_is_proposed():
    """One person is left of four, whatever the lists say that somebody printed before."""
    live = told("ana  M .\nbob  . M\ncho  . .", people="ana bob cho dan eve")
    printed = reserves(live.now.problem, live.now.roster or Roster(), per_shift=9)
    stale = (Reserve("M0", 0, "gone", ""), Reserve("M0", 1, "ana", ""), *printed)

    live.record(Absence(volunteer_id="ana"), Absence(volunteer_id="dan"))
    live.record(answers=[ShiftAnswer(volunteer_id="cho", shift_id="M0", answer="declined")])

    assert seen(live.next_calls()) == ["M0 1 eve: bob"]
    assert seen(next_calls(live.now, lists=stale)) == ["M0 1 eve: bob"]


def test_an_absent_person_stands_by_no_longer():
    """Dan offered no window, so only the offer to stand by could bring him in."""
    problem = week()
    away = problem.with_changes(Absence(volunteer_id="dan"))

    assert {r.volunteer_id for r in reserves(problem, Roster())} >= {"dan"}
    assert "dan" not in {r.volunteer_id for r in reserves(away, Roster(), per_shift=9)}
    dan = next(c for c in suggest(away, Roster(), "M0").candidates if c.volunteer_id == "dan")
    assert dan.standing == "barred"


@pytest.mark.parametrize("change", [Cancellation(shift_id="M0"), Closing(center_id="home")])
def test_a_closed_shift_lacks_nobody(change: Any):
    live = told()

    live.record(Absence(volunteer_id="ana"), Absence(volunteer_id="bob"))
    live.record(change)

    assert [c.shift_id for c in live.next_calls()] in (["M1"], [])


def test_somebody_lost_counts_where_nobody_is_required():
    """M0 asks for nobody; ana was told it, and is absent: one call, until somebody comes."""
    live = told(requirements=())
    assert live.next_calls() == ()

    live.record(Absence(volunteer_id="ana"))
    assert seen(live.next_calls()) == ["M0 1 dan: cho bob"]
    call(live, "cho", "comes")

    assert live.next_calls() == ()


def test_who_is_no_longer_needed_is_not_missed():
    """Two were told, one is wanted now and one has come out of the draft: nobody is called."""
    needs = (Requirement(shift_id="M0", target=2), Requirement(shift_id="M1", target=1))
    live = told("ana  M .\nbob  M M", requirements=needs)
    live.record(Need(shift_id="M0", target=1))
    live.draft(parse("ana  M .\nbob  . M"))

    assert live.next_calls() == ()
    live.record(Absence(volunteer_id="ana"))
    assert seen(live.next_calls()) == ["M0 1 dan: cho bob"]


def test_calls_are_spread():
    """Two shifts of one day in turn: dan had a call already, and everybody stands by."""
    on_call = [StandBy(volunteer_id=who) for who in ("cho", "dan")]
    live = told(stand_by=on_call)
    live.record(Absence(volunteer_id="ana"), Absence(volunteer_id="bob"))
    assert seen(live.next_calls())[0].split()[2] in ("cho:", "dan:")

    call(live, "cho", "cannot", "M1")

    assert seen(live.next_calls()) == ["M0 1 dan: cho", "M1 1 dan: "]


def test_nobody_is_called_for_two_shifts_at_one_time():
    """M and O overlap: each is proposed to one of the two people left."""
    needs = tuple(Requirement(shift_id=s, target=1) for s in ("M0", "O0"))
    windows = tuple(window(who) for who in ("ana", "bob", "cho", "dan"))
    problem = plan("MO", "ana bob cho dan", 1, requirements=needs, rules=RULES[:1],
                   availability=windows)  # fmt: skip
    live = LiveWeek(problem)
    live.publish(live.draft(parse("ana  M\nbob  O")).number, even_if_poor=True)
    live.record(Absence(volunteer_id="ana"), Absence(volunteer_id="bob"))

    found = live.next_calls()

    assert sorted(c.volunteer_id or "" for c in found) == ["cho", "dan"]


def test_only_who_fills_an_empty_seat_is_called():
    """The seat of the skill is empty, and only bob has it."""
    skills = ({"skill_id": "portal", "max_level": 1},)
    needs = (
        Requirement(shift_id="M0", target=1),
        Requirement(shift_id="M0", skill_id="portal", target=1),
    )
    live = told(
        "ana  M .", skills=skills, requirements=needs, each={"bob": {"skills": {"portal": 1}}}
    )

    assert seen(live.next_calls()) == ["M0 1 bob: "]


def test_exclusive_seats_lack_a_person_each():
    """Of seats that one person can fill together, one person is missing; of exclusive ones, two."""

    def missing(exclusive: bool) -> set[int]:
        skills = ({"skill_id": "portal", "max_level": 1},)
        needs = tuple(
            Requirement(shift_id="M0", skill_id=skill, target=1, exclusive=exclusive)
            for skill in (None, "portal")
        )
        each = {name: {"skills": {"portal": 1}} for name in ("bob", "cho")}
        live = told("ana  . M", skills=skills, requirements=needs, each=each)
        return {call.missing for call in live.next_calls()}

    assert missing(exclusive=False) == {1}
    assert missing(exclusive=True) == {2}


@pytest.mark.parametrize("state", ["absent", "excused"])
def test_somebody_who_did_not_come_is_replaced_by_a_call(state: Literal["absent", "excused"]):
    """Ana is planned for Monday: attendance says so first, and nobody has to say it twice."""
    live = told()

    live.record(turnouts=[Turnout(shift_id="M0", volunteer_id="ana", state=state)])
    (found,) = live.next_calls()
    call(live, "dan", "comes")
    replaced = live.now.roster
    live.record(Absence(volunteer_id="bob"))
    (later,) = live.next_calls()

    assert (found.shift_id, found.missing, found.urgent, found.volunteer_id) == ("M0", 1, 1, "dan")
    assert replaced == parse("ana  M .\nbob  . M\ncho  . .\ndan  M .")
    assert later.shift_id == "M1"
    assert "ana" not in (*found.then, later.volunteer_id, *later.then)


def test_shifts_that_have_ended_are_left_out():
    """At 11:00 sharp the morning is over."""
    live = told()
    live.record(Absence(volunteer_id="ana"))
    end = live.files.shift_by_id["M0"].end

    assert live.next_calls(at=end) == ()
    assert len(live.next_calls(at=end - dt.timedelta(minutes=1))) == 1


def test_below_the_minimum_comes_first():
    """M1 is later, and lacks its minimum."""
    needs = (
        Requirement(shift_id="M0", minimum=0, target=1),
        Requirement(shift_id="M1", minimum=1, target=1),
    )
    live = told(requirements=needs)
    live.record(Absence(volunteer_id="ana"), Absence(volunteer_id="bob"))

    assert [(c.shift_id, c.urgent) for c in live.next_calls()] == [("M1", 1), ("M0", 0)]


def test_a_long_list_is_searched_to_its_end():
    """Of 12 people 11 cannot come: the last one is found though lists are short."""
    people = "ana " + " ".join(f"p{i:02}" for i in range(12))
    live = told("ana  M .", people=people, days=2)
    live.record(Absence(volunteer_id="ana"))
    for i in range(11):
        call(live, f"p{i:02}", "cannot")

    assert seen(live.next_calls())[0].split()[2] == "p11:"


def test_who_is_called_in_needs_to_be_known():
    with pytest.raises(InputError):
        call_in(week(), "M0", "nobody")


@costly(0.35)
@given(st.data())
def test_whoever_is_proposed_can_come(data: st.DataObject):
    """After the call the person is in the roster, which breaks nothing of theirs; none is lost."""
    problem = data.draw(problems())
    roster = data.draw(rosters(problem))
    live = LiveWeek(problem)
    live.publish(live.draft(roster).number, even_if_poor=True)
    before = {(v.rule, v.who) for v in check(live.now.problem, live.now.roster or Roster()).broken}

    found = [c for c in live.next_calls() if c.volunteer_id is not None]
    for one in found[:1]:
        live.record(calls=[Call(volunteer_id=one.volunteer_id, shift_id=one.shift_id,
                                answer="comes")])  # fmt: skip
        after = live.now
        assert (one.shift_id, one.volunteer_id) in (after.roster or Roster())
        broken = {(v.rule, v.who) for v in check(after.problem, after.roster or Roster()).broken}
        assert not {b for b in broken - before if b[1] == one.volunteer_id}


def hour(day: int, of_day: int) -> dt.datetime:
    """An hour of a day number."""
    return dt.datetime.combine(MONDAY + dt.timedelta(day), dt.time(of_day))


def test_a_requirement_over_days_is_called_for_until_the_last_shift_ends():
    """Three are wanted in two mornings: for the second one once the first is over, then no more."""
    days = {"first_day": MONDAY, "last_day": MONDAY + dt.timedelta(1)}
    need = Requirement(center_id="home", minimum=3, target=3, **days)
    live = told("ana  M .", requirements=(need,))

    found = [live.next_calls(at=at) for at in (hour(0, 1), hour(0, 23), hour(1, 23))]

    assert [[(c.shift_id, c.missing) for c in calls] for calls in found] == [
        [("M0", 2)],
        [("M1", 2)],
        [],
    ]


def test_a_time_that_is_over_is_not_called_for():
    """Two are wanted from 8 to 9, in a shift that lasts until 11."""
    times = {"start": hour(0, 8), "end": hour(0, 9)}
    need = Requirement(center_id="home", minimum=2, target=2, **times)
    live = told("ana  M .", requirements=(need,))

    assert [c.missing for c in live.next_calls(at=hour(0, 8))] == [1]
    assert live.next_calls(at=hour(0, 10)) == ()


def test_exclusive_seats_below_their_minimum_are_urgent_together():
    """Each of two is for somebody else; of seats that one person can fill both, one is."""
    skills = ({"skill_id": "khmer"}, {"skill_id": "portal"})
    held = {"skills": {"khmer": 1, "portal": 1}}
    each = dict.fromkeys(("ana", "bob", "cho"), held)

    def urgent(*, exclusive: bool) -> list[int]:
        needs = tuple(
            Requirement(shift_id="M0", minimum=1, target=1, exclusive=exclusive, **skill)
            for skill in skills
        )
        live = told("ana  . M", people="ana bob cho", skills=skills, requirements=needs, each=each)
        return [c.urgent for c in live.next_calls()]

    assert urgent(exclusive=True) == [2]
    assert urgent(exclusive=False) == [1]
