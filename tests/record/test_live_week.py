"""The life of a tiny week: drafted, told, changed, answered; every step recorded."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from mornings import PRICES, QUICK, TURNS, fault_of, told, week

from shiftplan.errors import InputError
from shiftplan.present.headline import headline
from shiftplan.problem.changes import Absence, Cancellation, Need, Update
from shiftplan.record.entries import Call, ShiftAnswer
from shiftplan.record.live import LiveWeek
from shiftplan.record.memory import MemoryStore
from shiftplan.scoring.check import check
from shiftplan.testing.pictures import draw, parse, shift, window
from shiftplan.week.owner import Owner
from shiftplan.week.records import Skill, Volunteer
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Roster


def test_a_plan_is_a_draft_until_it_is_told():
    """Version 1 is drafted, then told; the next plan of the same week changes nothing."""
    live = LiveWeek(week())

    first = live.plan(**QUICK)
    assert first.version is not None
    assert (first.version.number, live.now.told, live.now.state.draft) == (1, None, first.version)
    published = live.publish()
    again = live.plan(**QUICK)

    assert published.notices == ()
    assert live.now.told == first.result.roster == again.result.roster
    assert [e.body.kind for e in live.entries] == ["drafted", "told", "drafted"]
    assert again.repair is not None
    assert again.repair.notices == ()


def test_closings_apart_are_as_closings_together():
    """Where both shifts that a requirement counts are off, it asks for nobody."""
    start = window("ana", first=0).start + timedelta(hours=7)
    times = {"center_id": "home", "start": start, "end": start + timedelta(hours=4)}
    needs = [Requirement(**times, target=2)]
    both = (shift("M", 0), shift("M", 0, shift_id="also"))
    live = LiveWeek(week(shifts=both, requirements=needs))

    live.record(Cancellation(shift_id="M0"))
    assert len(live.now.problem.requirements) == 1
    live.record(Cancellation(shift_id="also"))

    assert live.now.problem.requirements == ()


def test_the_absent_are_gone_for_every_question_asked_later():
    """A second repair needs no old rows: ana stays out when bob falls ill too."""
    live = told()

    live.record(Absence(volunteer_id="ana"), why="ill")
    live.repair(**QUICK)
    live.publish()
    live.record(Absence(volunteer_id="bob"))
    found = live.repair(**QUICK)

    assert found.result.roster is not None
    assert draw(live.files, found.result.roster).split("\n")[2].split() == ["cho", "M", "M", "M"]
    assert {n.volunteer_id for n in found.repair.notices} == {"bob", "cho"}


def test_what_is_made_of_a_week_is_kept_through_its_life():
    """After absences, repairs and answers the week still shares what its files decide."""
    live = told()
    answer = ShiftAnswer(shift_id="M1", volunteer_id="bob", answer="confirmed")
    kept = [live.now.problem.shared]

    live.record(Absence(volunteer_id="ana"))
    kept.append(live.now.problem.shared)
    live.repair(**QUICK)
    live.record(answers=[answer])
    kept.append(live.now.problem.shared)

    assert all(shared is live.files.shared for shared in kept)


@pytest.mark.parametrize("keep", ["firmly", "lightly", "all"])
def test_a_told_roster_is_kept_where_a_fairer_one_exists(keep: Any):
    """Ana was told all three mornings; nobody else is given them behind her back."""
    live = told("ana  M M M\nbob  . . .\ncho  . . .")

    kept = live.plan(keep=keep, **QUICK).result.require_roster()
    anew = live.plan(keep="nothing", **QUICK).result.require_roster()

    assert kept == live.now.told
    assert len(anew.shifts_of) == 3


@pytest.mark.parametrize("keep", ["firmly", "lightly", "all", "nothing"])
def test_a_plan_needs_no_time_limit(keep: Any):
    """It then has that of `solve`."""
    live = told("ana  M M M\nbob  . . .\ncho  . . .")

    assert live.plan(keep=keep, workers=1).result.roster is not None


def test_nothing_is_proven_of_the_week_by_a_plan_that_may_not_change_it():
    """What ana keeps costs 36; a roster of 12 exists, so 36 is no bound of the week."""
    live = told("ana  M M M\nbob  . . .\ncho  . . .")

    found = live.plan(keep="all", **QUICK)
    anew = live.plan(keep="nothing", **QUICK).version

    assert found.result.history == ()
    kept = found.version
    assert kept is not None
    assert anew is not None
    assert (kept.draft.cost, kept.draft.bound) == (36, None)
    assert (anew.draft.cost, anew.draft.bound) == (12, 12)


@pytest.mark.parametrize("keep", ["firmly", "all"])
def test_a_kept_roster_is_no_first_one_that_time_would_better(keep: Any):
    """The search ran to its end; it did not ask what a plan that keeps nothing could cost."""
    live = told("ana  M M M\nbob  . . .\ncho  . . .")

    result = live.plan(keep=keep, **QUICK).result
    said = headline(result, "en")

    assert said[0].startswith("The best roster that stays close to the one before was found.")
    assert said[1].startswith("How much less a plan from scratch could cost was not computed")
    assert said[2].startswith("The search ran to its end")
    assert headline(result, "vi")[:2] != said[:2]
    assert "no roster is cheaper" in headline(live.plan(keep="nothing", **QUICK).result, "en")[1]


def test_a_plan_that_ignores_prices_of_changes_is_not_the_best_of_the_week():
    """Moving two of ana's mornings evens the loads, and costs more changes than that is worth."""
    rules = (*PRICES, {"rule": "stability", "level": 2, "weight": 3})
    live = told("ana  M M M\nbob  . . .\ncho  . . .", rules=rules)

    result = live.plan(keep="nothing", **QUICK).result

    assert (result.status, result.total.bound) == ("FEASIBLE", None)
    assert headline(result, "en")[0].startswith("A roster was found.")


def test_a_repair_of_a_draft_costs_what_the_week_says():
    """Nobody was told the draft, so nothing is charged for what the repair changes in it."""
    live = LiveWeek(week(rules=(*PRICES, {"rule": "stability", "level": 2, "weight": 3})))
    live.draft(parse("ana  M M .\nbob  . . .\ncho  . . ."))

    repaired = live.repair(**QUICK)

    score = check(live.now.problem, repaired.result.require_roster())
    assert repaired.version is not None
    assert repaired.version.draft.cost == repaired.result.total.cost == score.total
    assert repaired.result.problem_digest == live.now.problem.digest


def test_nobody_loses_what_they_were_told_where_all_is_kept():
    """M1 needs two, ana is away: bob and cho keep theirs, and somebody joins."""
    live = told()

    live.record(Absence(volunteer_id="ana"), Need(shift_id="M1", target=2))
    found = live.plan(keep="all", **QUICK).result.require_roster()

    assert ("M1", "bob") in found
    assert ("M2", "cho") in found
    assert len(found) == 4


def test_a_confirmed_assignment_is_a_pin_until_its_person_is_absent():
    live = told()

    live.record(answers=[ShiftAnswer(volunteer_id="ana", shift_id="M0", answer="confirmed")])
    pins = {(p.volunteer_id, p.shift_id, p.state) for p in live.now.problem.pins}
    live.record(Absence(volunteer_id="ana"))
    later = {(p.volunteer_id, p.state) for p in live.now.problem.pins}

    assert pins == {("ana", "M0", "must")}
    assert later == {("ana", "must_not")}


def test_a_reserve_who_was_called_in_stays_on_days_that_are_frozen():
    """Cho came on Monday in ana's place; on Tuesday's repair nobody joins Monday, nor leaves it."""
    live = told()
    live.record(Absence(volunteer_id="ana"))
    live.record(calls=[Call(volunteer_id="cho", shift_id="M0", answer="comes")])
    live.record(Absence(volunteer_id="bob"))

    repaired = live.repair(frozen_until=live.files.horizon.dates[1], **QUICK)

    assert repaired.version is not None
    assert live.roster == parse("ana  . . .\nbob  . . .\ncho  M M M")


def test_a_confirmed_shift_that_moves_is_asked_about_again():
    """Cho confirmed Wednesday at 7; at 8 that promise says nothing."""
    live = told()
    shift = live.files.shift_by_id["M2"]
    live.record(answers=[ShiftAnswer(volunteer_id="cho", shift_id="M2", answer="confirmed")])

    moved = shift.model_copy(update={"start": shift.start.replace(hour=8)})
    live.record(Update(row=moved))
    assert live.now.problem.pins == ()
    live.publish(live.draft(parse(TURNS)).number)

    assert live.now.state.answers == {}
    assert live.now.state.shifts_told["M2"].start.hour == 8


def test_who_declines_is_out_of_that_shift_only():
    live = told()

    live.record(answers=[ShiftAnswer(volunteer_id="ana", shift_id="M0", answer="declined")])

    assert ("M0", "ana") not in live.now.roster
    notices = live.repair(**QUICK).repair.notices
    assert [(n.volunteer_id, n.reason) for n in notices if not n.added] == [("ana", "declined")]
    assert [(p.shift_id, p.state) for p in live.now.problem.pins] == [("M0", "must_not")]
    live.record(answers=[ShiftAnswer(volunteer_id="ana", shift_id="M0", answer="confirmed")])
    assert [(p.shift_id, p.state) for p in live.now.problem.pins] == [("M0", "must")]


def test_a_draft_made_before_something_else_was_told_is_refused():
    """Two people plan at once: the one who publishes second is told so, and nothing is lost."""
    store = MemoryStore()
    one, other = LiveWeek(week(), store, who="one"), LiveWeek(week(), store, who="other")
    one.plan(**QUICK)
    other.plan(**QUICK)

    one.publish(1)
    with pytest.raises(InputError) as refused:
        other.publish(2)

    assert fault_of(refused) == ("outdated", "version 2 was made before version 1 was published")
    assert "shiftplan undo WEEK 2" in str(refused.value.faults[0].remedy)
    assert list(other.now.state.versions) == [1, 2]
    again = other.undo(2)
    assert other.publish().version.number == again.number == 3


def test_a_draft_that_somebody_else_made_since_is_told_by_nobody_else():
    """Who publishes "the newest draft" means the one that they have seen, version 1."""
    store = MemoryStore()
    one, other = LiveWeek(week(), store), LiveWeek(week(), store)
    one.draft(parse(TURNS))
    other.draft(parse("ana  . M .\nbob  M . .\ncho  . . M"))

    assert one.publish().version.number == 1
    with pytest.raises(InputError) as refused:
        one.publish(1)
    assert fault_of(refused) == ("outdated", "version 1 is already published")
    with pytest.raises(InputError, match="version 2 was made before version 1 was published"):
        other.publish()


def test_what_is_recorded_while_a_version_is_judged_counts(monkeypatch: pytest.MonkeyPatch):
    """Ana falls ill between the look at the roster and the entry that tells it: nobody is told."""
    store = MemoryStore()
    one, other = LiveWeek(week(), store), LiveWeek(week(), store)
    one.draft(parse(TURNS))
    add = one.append

    def late(*arguments: Any) -> Any:
        monkeypatch.undo()
        other.record(Absence(volunteer_id="ana"))
        return add(*arguments)

    monkeypatch.setattr(one, "append", late)
    with pytest.raises(InputError, match="breaks a hard rule in the week as it is now"):
        one.publish()

    assert [entry.body.kind for entry in one.entries] == ["drafted", "changed"]


def test_what_others_recorded_during_a_search_is_said():
    store = MemoryStore()
    one, other = LiveWeek(week(), store), LiveWeek(week(), store)
    one.refresh()
    other.record(Absence(volunteer_id="ana"))

    found = one.plan(**QUICK)

    assert [e.body.kind for e in found.meanwhile] == ["changed"]


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        ("ana  . . .\nbob  . . .\ncho  . . .", "empty"),
        ("ana  M . .\nbob  . . M\ncho  . . M", "breaks a hard rule in the week as it is now"),
        (
            "ana  M . .\nbob  . . .\ncho  . . .",
            "fills only 1 seat, while the published one still fills 2",
        ),
    ],
)
def test_a_poor_roster_is_told_to_nobody_unless_somebody_says_so(picture: str, said: str):
    """Empty; with bob, who is absent on Wednesday; one seat, where two of those told are left."""
    live = told()
    wednesday = live.files.shift_by_id["M2"]
    live.record(Absence(volunteer_id="bob", start=wednesday.start))
    live.record(Cancellation(shift_id="M1"))
    version = live.draft(parse(picture)).number

    with pytest.raises(InputError) as refused:
        live.publish(version)
    assert refused.value.faults[0].code == "not_to_be_told"
    assert said in str(refused.value)
    assert live.now.state.told.number == 1

    assert live.publish(version, even_if_poor=True).version.number == version


def test_a_first_roster_with_far_fewer_seats_than_a_quick_one_is_not_told():
    live = LiveWeek(week())
    live.draft(parse("ana  M . .\nbob  . . .\ncho  . . ."))

    with pytest.raises(InputError, match="a quick plan fills 3"):
        live.publish()


def test_a_publication_says_what_changed_for_whom():
    live = told()

    live.record(Absence(volunteer_id="ana"))
    live.repair(**QUICK)
    publication = live.publish()

    assert publication.week.told == parse(TURNS)
    gone, came = sorted(publication.notices, key=lambda n: n.added)
    assert (gone.volunteer_id, gone.reason) == ("ana", "absent")
    assert (came.shift_id, came.reason) == ("M0", "replaces")


def test_a_withdrawn_roster_is_no_promise():
    live = told()

    gone = live.withdraw(why="flood")

    assert gone.week.told == parse(TURNS)
    assert {(n.volunteer_id, n.added) for n in gone.notices} == {
        ("ana", False),
        ("bob", False),
        ("cho", False),
    }
    assert (live.now.told, live.now.problem.published) == (None, ())
    assert live.now.state.versions[1].withdrawn
    again = live.publish(1)
    assert (again.week.told, again.notices) == (None, ())


def test_a_repair_of_a_roster_that_was_withdrawn_is_told_to_nobody():
    live = told()
    live.record(Absence(volunteer_id="ana"))
    live.repair(**QUICK)

    live.withdraw()

    with pytest.raises(InputError, match="version 2 continues a roster that was withdrawn"):
        live.publish(2)


def test_listeners_hear_of_each_entry_until_they_leave():
    live, heard = LiveWeek(week()), list[str]()
    leave = live.subscribe(lambda event: heard.append(event.event))

    live.draft(parse(TURNS))
    live.publish()
    leave()
    live.record(Absence(volunteer_id="ana"))

    assert heard == ["drafted", "told"]


def test_a_promise_that_cannot_be_kept_leaves_a_roster():
    """Ana, a novice, confirmed Monday beside bob, her only mentor, who falls ill."""
    people = {"ana": {}, "bob": {"portal": 3}, "cho": {}}
    volunteers = tuple(
        Volunteer(volunteer_id=who, home_center_id="home", skills=skills)
        for who, skills in people.items()
    )
    rules = (*PRICES, {"rule": "mentor", "value": 1})
    skills = (Skill(skill_id="portal", max_level=3),)
    needs = (Requirement(shift_id="M0", target=2),)
    fields = {"volunteers": volunteers, "skills": skills, "requirements": needs, "rules": rules}
    live = told("ana  M . .\nbob  M . .\ncho  . . .", **fields)
    said = [ShiftAnswer(volunteer_id=w, shift_id="M0", answer="confirmed") for w in ("ana", "bob")]
    live.record(answers=said)
    assert len(live.now.problem.pins) == 2

    live.record(Absence(volunteer_id="bob"))
    found = live.repair(**QUICK)

    assert {(p.volunteer_id, p.state) for p in live.now.problem.pins} == {("bob", "must_not")}
    assert found.result.require_roster() == Roster()


def test_a_detached_week_knows_all_that_was_told() -> None:
    """Also the rosters that its process has not read, so that whose messages were sent counts."""
    store = MemoryStore()
    first = LiveWeek(week(), store)
    first.publish(first.draft(parse(TURNS)).number)
    first.publish(
        first.draft(parse("ana  M . .\nbob  . M .\ncho  . . .")).number, even_if_poor=True
    )

    alone = LiveWeek(week(), store).detached()
    alone.record(sent=[Owner("volunteer", "cho")])

    assert alone.roster_of(1) == parse(TURNS)


def test_who_lost_a_shift_did_not_agree_to_have_it_again():
    """Ana confirmed M0, was told that bob has it, and gets it back: she is asked once more."""
    live, pair = told(), ("M0", "ana")
    answer = ShiftAnswer(volunteer_id="ana", shift_id="M0", answer="confirmed")
    live.record(answers=[answer])
    assert live.now.agreed == {pair}

    live.publish(live.draft(parse("bob  M M .\ncho  . . M")).number, even_if_poor=True)
    assert live.now.agreed == frozenset()
    published = live.publish(live.draft(parse(TURNS)).number)

    assert published.week.agreed == frozenset()
    live.record(answers=[answer])
    assert live.now.agreed == {pair}
