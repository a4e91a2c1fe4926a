"""A repaired roster by hand: who moves, what stays, and what is refused."""

from __future__ import annotations

import csv
import datetime as dt
import json
import threading

import pytest
from turns import NEVER_QUICK, NEVER_WHOLE, PRICES, TURNS, at, repaired, wants, week

from shiftplan.analysis.repair import repair, what_if
from shiftplan.citizens.more import needs_after
from shiftplan.citizens.staffing import staff
from shiftplan.errors import InputError, NoRosterError
from shiftplan.present.answers.reasons import changes_csv
from shiftplan.present.display import make_console
from shiftplan.present.display.changes import show_repair
from shiftplan.present.faults import fault_text
from shiftplan.problem.changes import (
    Absence,
    Arrival,
    Cancellation,
    Need,
    Update,
)
from shiftplan.scoring.check import check
from shiftplan.solving.result import Status, StoppedBy
from shiftplan.solving.solve import solve
from shiftplan.testing.pictures import MONDAY, draw, parse, plan, window
from shiftplan.week.records import Volunteer
from shiftplan.week.requirements import Requirement
from shiftplan.week.wishes import Pin


def test_an_empty_seat_is_filled_and_nobody_else_moves():
    """Ana is absent: one of the others comes on Monday too, and keeps what they have."""
    found = repaired(week(), parse(TURNS), Absence(volunteer_id="ana"))

    assert found.result.status is Status.OPTIMAL
    assert (found.kept, found.lost) == (2, 1)
    taken, came = sorted(found.notices, key=lambda n: n.added)
    assert (taken.volunteer_id, taken.shift_id, taken.reason) == ("ana", "M0", "absent")
    assert (came.shift_id, came.reason, came.others) == ("M0", "replaces", ("ana",))
    assert found.costs["fairness"].change > 0


def test_phones_are_told_as_people_dial_them():
    """A spreadsheet took the zero; a contact stays as it is."""
    known = {"phone": "912345678", "contact": "912345678"}
    problem = week(each=dict.fromkeys(("bob", "cho"), known) | {"ana": {"phone": "0987654321"}})

    found = repaired(problem, parse(TURNS), Absence(volunteer_id="ana"))

    rows = {row["volunteer_id"]: row for row in csv.DictReader(changes_csv(found).splitlines())}
    ana = rows.pop("ana")
    assert (ana["phone"], ana["contact"]) == ("0987654321", "")
    ((phone, contact),) = {(row["phone"], row["contact"]) for row in rows.values()}
    assert (phone, contact) == ("0912345678", "912345678")


def test_what_was_against_a_rule_before_is_told_so(capsys: pytest.CaptureFixture[str]):
    """Ana's Monday was written in by hand, though she did not offer it; only Cho is absent."""
    windows = (window("ana", first=1), window("bob"), window("cho"))

    found = repaired(week(availability=windows), parse(TURNS), Absence(volunteer_id="cho"))

    gone = {n.volunteer_id: (n.reason, n.others) for n in found.notices if not n.added}
    assert gone["ana"] == ("broke", ("available",))
    assert gone["cho"] == ("absent", ())
    assert "broke a rule before the changes: not available then" in changes_csv(found)
    show_repair(make_console(), found, "en", read=0)
    told = " ".join(capsys.readouterr().out.split())
    assert "broke hard rules before the changes: available." in told


def test_who_is_well_and_loses_a_shift_reads_the_rule():
    """Ana, a novice, may not stay on Monday when Bob, the only mentor, falls ill."""
    problem = plan(
        "M",
        "ana bob",
        2,
        skills=[{"skill_id": "portal", "max_level": 4}],
        each={"ana": {"skills": {"portal": 0}}, "bob": {"skills": {"portal": 3}}},
        requirements=wants(("M0", 2)),
        rules=(*PRICES, {"rule": "mentor", "novices_per_mentor": 2}),
    )

    found = repaired(problem, parse("ana  M .\nbob  M ."), Absence(volunteer_id="bob"))

    gone = {n.volunteer_id: (n.reason, n.others) for n in found.notices if not n.added}
    assert gone == {"ana": ("breaks", ("mentor",)), "bob": ("absent", ())}
    told = "after the other changes, it breaks a rule: too few mentors for the novices"
    assert told in changes_csv(found)


def test_service_outranks_changes():
    """Only Bob can come on Monday and may work once, so he moves and Cho takes his Tuesday."""
    windows = (window("ana"), window("bob"), window("cho", first=1))
    problem = week(availability=windows, each={"bob": {"max_shifts": 1}})

    found = repaired(problem, parse(TURNS), Absence(volunteer_id="ana", end=at(1)))

    assert found.score.levels[1] == 0
    assert draw(problem, found.require_roster()).splitlines()[1] == "bob  M . ."
    reasons = {(n.volunteer_id, n.reason) for n in found.notices}
    assert {("ana", "absent"), ("bob", "moved"), ("bob", "replaces")} <= reasons


def test_what_is_taken_away_goes_with_what_comes_instead(capsys: pytest.CaptureFixture[str]):
    """Bob has two shifts, of which Monday's is closed, and gets two: each goes with one at most."""
    problem = plan(
        "MA",
        "ana bob",
        3,
        requirements=wants(("M0", 1), ("M1", 1), ("A0", 1), ("A2", 1)),
        rules=PRICES,
        availability=(window("ana", last=1), window("bob")),
    )
    roster = parse("ana  A . .\nbob  M M .")
    changes = (Cancellation(shift_id="M0"), Absence(volunteer_id="ana"))

    found = repaired(problem, roster, *changes)

    told = {
        (n.volunteer_id, n.shift_id): (n.added, n.reason, n.paired_shift_id) for n in found.notices
    }
    assert told == {
        ("ana", "A0"): (False, "absent", None),
        ("bob", "M0"): (False, "closed", "A0"),
        ("bob", "A0"): (True, "replaces", "M0"),
        ("bob", "A2"): (True, "fits", None),
    }
    rows = list(csv.DictReader(changes_csv(found).splitlines()))
    assert list(rows[0])[-1] == "paired_shift_id"
    assert {(r["volunteer_id"], r["shift_id"]): r["paired_shift_id"] for r in rows} == {
        key: pair or "" for key, (_, _, pair) in told.items()
    }
    assert found.as_dict()["repair"]["notices"][1]["paired_shift_id"] == "A0"
    show_repair(make_console(), found, "en", read=0)
    shown = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert sum(" instead of " in line for line in shown) == 1
    assert sum(line.startswith(("new:", "no longer:")) for line in shown) == 2


def test_people_are_not_moved_for_their_own_shares():
    """Ana works all days: a fairer roster is cheaper, but was not published."""
    problem = week()
    roster = parse("ana  M M M\nbob  . . .\ncho  . . .")

    assert solve(problem, workers=1, time_limit=None).roster != roster
    found = repaired(problem, roster)

    assert found.roster == roster
    assert found.notices == ()


def test_closed_shifts_are_empty_and_new_needs_met():
    """Monday is cancelled, Wednesday needs two."""
    changes = (Cancellation(shift_id="M0"), Need(shift_id="M2", target=2))

    found = repaired(week(), parse(TURNS), *changes)

    assert [(n.shift_id, n.reason) for n in found.notices if not n.added] == [("M0", "closed")]
    assert [(n.shift_id, n.reason) for n in found.notices if n.added] == [("M2", "needed")]


def test_somebody_new_is_given_what_is_empty():
    """Wednesday's seat was empty, as the others may work once only."""
    each = {name: {"max_shifts": 1} for name in ("ana", "bob")}
    problem = week(each=each, availability=(window("ana"), window("bob")))
    dan = Arrival(volunteer=Volunteer(volunteer_id="dan"), windows=(window("dan"),))

    found = repaired(problem, parse("ana  M . .\nbob  . M ."), dan)

    (notice,) = found.notices
    assert (notice.volunteer_id, notice.shift_id, notice.reason) == ("dan", "M2", "offers")


def test_frozen_days_stay():
    """Until Wednesday nothing may change but what is lost: Monday stays empty."""
    roster = parse("ana  M . .\nbob  . M .\ncho  . . .")
    frozen = MONDAY + dt.timedelta(2)

    found = repaired(week(), roster, Absence(volunteer_id="ana"), frozen_until=frozen)

    assert found.roster.people_in.keys() == {"M1", "M2"}
    assert found.roster.people_in["M1"] == ("bob",)


def test_near_the_changes_the_same_is_minimised_as_in_the_whole_week():
    """Cho's wish for Wednesday is worth 105, a new assignment costs 100: it is taken near, too."""
    wish = {"volunteer_id": "cho", "shift_id": "M2", "state": "for", "weight": 105}
    rules = (*(r for r in PRICES if r["rule"] != "fairness"), {"rule": "preferences", "level": 2})
    problem = week(rules=rules, preferences=(wish,), requirements=wants(("M0", 1)))
    roster = parse("ana  M . .\nbob  . M .\ncho  . . .")
    whole = repaired(problem, roster, Absence(volunteer_id="ana"))

    near = repaired(problem, roster, Absence(volunteer_id="ana"), params=NEVER_QUICK)

    assert whole.result.status is Status.OPTIMAL
    assert near.result.status is Status.FEASIBLE
    assert near.result.stopped_by is StoppedBy.NEAR
    assert near.aim.cost == whole.aim.cost


def test_frozen_days_keep_hard_rules_though_nothing_is_left_of_what_was_published():
    """Ana alone was published, and Monday needs somebody: frozen, it cannot be repaired."""
    needs = (Requirement(shift_id="M0", minimum=1, target=1),)
    problem = week(requirements=needs, rules=(*PRICES, {"rule": "minimum_coverage"}))
    frozen = MONDAY + dt.timedelta(1)

    found = repaired(problem, parse("ana  M . ."), Absence(volunteer_id="ana"), frozen_until=frozen)

    assert found.result.status is Status.INFEASIBLE
    assert {m.rule for m in found.result.conflict} == {"minimum_coverage", "pins"}


def test_contradictions_are_told():
    """Bob must work the Monday on which nothing may change."""
    pins = (Pin(volunteer_id="bob", shift_id="M0", state="must"),)
    frozen = MONDAY + dt.timedelta(1)

    found = repaired(week(pins=pins), parse(TURNS), frozen_until=frozen)

    assert found.result.status is Status.INFEASIBLE
    assert {m.rule for m in found.result.conflict} <= {"pins", "stability"}
    assert found.notices == ()
    with pytest.raises(NoRosterError):
        found.require_roster()


def test_what_if_compares_costs():
    """Ten points more for the seat that nobody can fill, times the center's 1.5."""
    needs = wants(("M0", 1))
    problem = plan("M", "ana", 1, requirements=needs, rules=PRICES[:1])

    found = what_if(
        problem, parse("ana  M"), Absence(volunteer_id="ana"), workers=1, time_limit=120
    )

    assert (found.before.parts, found.after.parts) == ({}, {"coverage": 15})
    assert found.as_dict()["costs"] == {"coverage": {"before": 0, "after": 15, "change": 15}}
    assert (found.status, found.stopped_by) == (Status.OPTIMAL, None)
    assert json.loads(json.dumps(found.as_dict())) == found.as_dict()


def test_what_if_tells_whether_a_better_roster_is_possible():
    """An event set before the start: the figures are of the first roster there was."""
    cancel = threading.Event()
    cancel.set()

    found = what_if(week(), parse(TURNS), Absence(volunteer_id="ana"), workers=1, cancel=cancel)

    assert (found.status, found.stopped_by) == (Status.FEASIBLE, StoppedBy.INTERRUPT)
    content = json.loads(json.dumps(found.as_dict()))
    assert (content["status"], content["stopped_by"]) == ("FEASIBLE", "INTERRUPT")


def test_options_and_changes_are_checked():
    """Wrong options and changes that do not fit raise before any search."""
    with pytest.raises(InputError, match="time_limit"):
        repair(week(), parse(TURNS), time_limit=0)
    with pytest.raises(InputError, match="no such volunteer"):
        repair(week(), parse(TURNS), Absence(volunteer_id="dan"))


def test_json_tells_the_result_and_the_repair():
    """What `plan` writes, and whom to tell."""
    content = json.loads(repaired(week(), parse(TURNS), Absence(volunteer_id="ana")).to_json())

    assert content["status"] == "OPTIMAL"
    assert content["total"]["cost"] == sum(
        10 ** (2 - int(k)) * v["cost"] for k, v in content["levels"].items()
    )
    assert {k: content["repair"][k] for k in ("kept", "lost", "added", "removed")} == {
        "kept": 2,
        "lost": 1,
        "added": 1,
        "removed": 1,
    }
    assert content["repair"]["notices"][0]["added"] in (True, False)
    assert content["history"] == []


@pytest.mark.parametrize("order", ["total", "strict"])
@pytest.mark.parametrize("own", [False, True])
def test_progress_counts_in_the_units_of_the_result(order, own):
    """Costs by the week's own rules and rates, with a price of changes of its own or without."""
    rules = (*PRICES, {"rule": "stability", "level": 2}) if own else PRICES
    problem = week(rules=rules, order=order)
    seen = []

    found = repaired(problem, parse(TURNS), Absence(volunteer_id="ana"), on_progress=seen.append)

    told = [moment for moment in seen if moment.total is not None]
    assert told[-1].total == found.result.total.cost
    assert told[-1].levels == found.score.levels
    for moment in told:
        rates = found.problem.rate_of
        assert moment.total == sum(rates[level] * cost for level, cost in moment.levels.items())
        assert own or moment.bound is None


@pytest.mark.parametrize("is_near", [False, True])
def test_stopped_by_hand_it_still_ends_with_a_roster(is_near):
    """An event set before the start: the seat is filled by a quick move, and nothing is proven."""
    params = NEVER_WHOLE if is_near else None
    cancel = threading.Event()
    cancel.set()

    found = repaired(
        week(), parse(TURNS), Absence(volunteer_id="ana"), cancel=cancel, params=params
    )

    assert found.result.stopped_by is StoppedBy.INTERRUPT
    assert found.result.status is Status.FEASIBLE
    assert check(found.problem, found.require_roster()).is_feasible
    assert (found.kept, found.lost) == (2, 1)
    assert found.score.levels[1] == 0


ALONE = {"setting": "presence", "value": 1}
HOUR = dt.timedelta(hours=1)
_TUESDAY = MONDAY + dt.timedelta(1)
_OWN_ROWS = (
    [{"level": "hard", "told_weight": 100, "last_day": MONDAY}],
    [{"level": 2, "told_weight": 100, "last_day": MONDAY}],
    [{"level": 2}, {"level": 2, "last_day": MONDAY}],
    [{"level": 2}, {"level": 1, "last_day": _TUESDAY}, {"level": "hard", "last_day": MONDAY}],
    [{"level": 2, "first_day": MONDAY, "last_day": MONDAY}, {"level": 2, "last_day": MONDAY}],
    [{"level": "hard", "first_day": MONDAY, "last_day": MONDAY}],
    [{"level": "hard", "told_weight": 100}],
    [{"level": "hard", "told_weight": 100, "last_day": MONDAY}],
)


@pytest.mark.parametrize("frozen", [None, _TUESDAY])
@pytest.mark.parametrize("rows", _OWN_ROWS)
def test_dates_may_be_frozen_that_a_row_of_the_week_names(rows, frozen):
    """A week's own rows `stability`, hard or soft, never collide with those a repair adds."""
    rules = [{"rule": "stability", "weight": 1, "told_weight": 1, **row} for row in rows]
    problem = week(rules=(*PRICES, *rules))
    roster = parse("ana  M . .\nbob  . M .\ncho  . . .")

    found = repaired(problem, roster, Absence(volunteer_id="ana"), frozen_until=frozen)

    assert found.result.status is Status.OPTIMAL
    assert found.roster.people_in["M1"] == ("bob",)
    is_hard = any(row["level"] == "hard" for row in rows)
    assert ("M0" in found.roster.people_in) == (frozen is None and not is_hard)


def test_a_pin_on_a_frozen_date_of_which_nothing_is_left_is_named():
    """Ana alone was published; Bob, pinned to the frozen Monday, is named, not a pin of ours."""
    problem = week(pins=(Pin(volunteer_id="bob", shift_id="M0", state="must"),))

    said = "bob would be added to M0, but nothing may change before 2026-12-08"
    with pytest.raises(InputError, match=said) as refused:
        repaired(problem, parse("ana  M . ."), Absence(volunteer_id="ana"), frozen_until=_TUESDAY)

    assert "phải thêm bob vào ca M0" in fault_text(refused.value.faults[0], "vi")


def test_a_pin_decides_and_a_limit_lets_go():
    """Cho is pinned to Monday beside Ana; Bob may work no more, so that Cho or Ana has Tuesday."""
    bob = week().volunteers[1].model_copy(update={"max_shifts": 0})
    pin = Pin(volunteer_id="cho", shift_id="M0", state="must")

    found = repaired(week(), parse(TURNS), Update(row=bob), Update(row=pin))

    reasons = {(n.volunteer_id, n.shift_id, n.reason) for n in found.notices}
    assert ("cho", "M0", "decided") in reasons
    assert "bob" not in found.roster.shifts_of
    assert found.roster.people_in["M1"]


def test_near_the_changes_rows_that_differ_are_seen():
    """A week too large to be solved whole: a new shift, a moved one and a higher limit are used."""
    each = {name: {"max_shifts": 1} for name in ("ana", "bob", "cho")}
    problem = week(each=each)
    more = Update(row=problem.volunteers[0].model_copy(update={"max_shifts": 2}))
    new = Update(row=problem.shifts[1].model_copy(update={"shift_id": "new"}))
    late = problem.shifts[2]
    moved = Update(row=late.model_copy(update={"start": late.start, "end": late.end - HOUR}))

    need = Need(shift_id="new", target=1)
    found = repaired(problem, parse(TURNS), more, new, moved, need, params=NEVER_WHOLE)

    assert found.result.stopped_by is StoppedBy.NEAR
    assert found.roster.people_in["new"] == ("ana",)


def test_whoever_cannot_come_to_a_moved_shift_is_lost_and_replaced():
    """Ana comes in the morning only; her shift is now in the afternoon."""
    morning = window("ana", first=0, last=1).model_copy(update={"end": at(0) + 12 * HOUR})
    problem = week(availability=(morning, window("bob"), window("cho")))
    first = problem.shifts[0]
    moved = first.model_copy(update={"start": first.start + 6 * HOUR, "end": first.end + 6 * HOUR})

    found = repaired(problem, parse(TURNS), Update(row=moved))

    assert found.lost == 1
    gone = next(n for n in found.notices if not n.added)
    assert (gone.volunteer_id, gone.shift_id, gone.reason) == ("ana", "M0", "impossible")


def test_another_forecast_changes_the_needs_that_came_from_one():
    """Far more citizens on Monday; needs that people wrote themselves would stay."""
    first = week().shifts[0]
    demand = [
        {"center_id": first.center_id, "service_id": "x", "arrivals": 2}
        | {"start": s.start, "end": s.end}
        for s in week().shifts
    ]
    services = [{"service_id": "x", "minutes_per_citizen": 10}]
    fields = {"services": services, "demand": demand, "policy": [ALONE]}
    staffed = staff(week(**fields, requirements=())).problem
    by_hand = week(**fields, requirements=wants(("M0", 3)))
    more = Update(row=staffed.demand[0].model_copy(update={"arrivals": 90}))

    wanted = {n.shift_id: n.target for n in needs_after(staffed, [more])}

    before = {r.shift_id: r.target for r in staffed.requirements}
    assert wanted.keys() == {"M0"}
    assert wanted["M0"] > before["M0"]
    assert list(needs_after(by_hand, [more])) == []
    assert list(needs_after(staffed, [more, Need(shift_id="M0", target=1)])) == []
    repaired_week = repaired(staffed, parse(TURNS), more).problem
    assert {r.shift_id: r.target for r in repaired_week.requirements} == before | wanted
