"""What the page is given to show: the week, figures, findings, the map; and to whom."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from reporting import HOSTILE, hostile_week
from served import client, commune

from shiftplan import Roster, check
from shiftplan.analysis.seats import lacking
from shiftplan.case.case import laid_out
from shiftplan.problem import Problem
from shiftplan.record import LiveWeek
from shiftplan.rules.attendance import attendance_of
from shiftplan.web import Visitor, app
from shiftplan.week.records import Volunteer

PLANNER = Visitor(role="province", who="lan")
LEAD = Visitor(role="center", who="Hoa", ids=frozenset({"c1"}))
PERSON = Visitor(role="volunteer", who="An", ids=frozenset({"person-00"}))
ROUTES = ("week", "draft", "figures", "findings", "map")


def private(problem: Problem) -> Problem:
    """The same people, all of whom can be reached and may stay away."""
    people = [
        v.model_copy(update={"phone": f"0912{n:06d}", "contact": f"zalo-{n}", "show_rate": 0.8})
        for n, v in enumerate(problem.volunteers)
    ]
    centers = [c.model_copy(update={"phone": "0296", "contact": "desk"}) for c in problem.centers]
    return problem.model_copy(update={"volunteers": tuple(people), "centers": tuple(centers)})


@pytest.fixture(scope="module")
def live() -> LiveWeek:
    """A week of five centers with hostile names, whose roster leaves seats empty."""
    problem, roster = hostile_week()
    week = LiveWeek(private(problem), None, who="lan")
    week.draft(Roster(assignments=roster.assignments[:4]))
    return week


def seen_by(live: LiveWeek, visitor: Visitor | None, path: str, **params: Any) -> Any:
    """What a visitor is given."""
    answer = client(app(live, sign_in=lambda _: visitor)).get(f"/api/{path}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_week_has_what_people_offer(tmp_path: Path) -> None:
    """A sign for each time of the week, the number offered, and the load before the week."""
    week = commune(tmp_path)
    found = seen_by(week, PLANNER, "week")
    problem = week.now.problem
    case = laid_out(problem, week.roster)

    assert found["times"] == sorted(map(list, {(s["start"], s["end"]) for s in found["shifts"]}))
    for shown in found["people"]:
        person: Volunteer = problem.volunteer_by_id[shown["volunteer_id"]]
        free = {(s.start.isoformat(), s.end.isoformat()) for s, _ in problem.offers.times(person)}
        signs = zip(found["times"], shown["offers"], strict=True)
        assert {tuple(time) for time, sign in signs if sign != "-"} == free
        assert shown["offered"] == case.offers.count(person)


def test_figures_are_those_of_the_library(live: LiveWeek) -> None:
    """Empty seats, minimums at risk, expected seats and costs are what `check` and others say."""
    found = seen_by(live, PLANNER, "figures")
    problem, roster = live.now.problem, live.roster
    case, score = laid_out(problem, roster), check(problem, roster)
    come = attendance_of(case)
    assert come is not None
    empty = lacking(case)

    assert [seat["shift_id"] for seat in found["empty"]] == [need.shift_id for need in empty]
    assert found["empty_count"] == len(empty)
    assert found["expected"] == pytest.approx(come.expected)
    filled = sum(n.minimum > 0 and case.coverage(n) >= n.minimum for n in problem.requirements)
    assert filled - found["at_risk_count"] == come.likely
    costs = {row["of"]: row["cost"] for row in found["by_rule"]}
    assert sum(costs.values()) == score.total
    assert {rule for rule, cost in costs.items() if cost} == {
        r for r, c in score.parts.items() if c
    }


def test_findings_are_everything_that_costs(live: LiveWeek) -> None:
    """All findings together are the total; those of a center, shift or rule are a part of them."""
    everything = seen_by(live, PLANNER, "findings", most=1000)
    score = check(live.now.problem, live.roster)

    assert everything["cost"] == score.total
    assert everything["count"] == len(score.broken) + len(score.priced)
    for name, key in (("rule", "rule"), ("center", "center_id"), ("shift", "shift_id")):
        for value in {row[key] for row in everything["findings"]} - {None}:
            part = seen_by(live, PLANNER, "findings", most=1000, **{name: value})
            assert part["findings"] == [r for r in everything["findings"] if r[key] == value]


def test_broken_hard_rules_come_first(tmp_path: Path) -> None:
    """Breaches are told in words, in the language asked for, and cost nothing."""
    week = commune(tmp_path)
    everywhere = {(s.shift_id, "V01") for s in week.now.problem.shifts}
    week.draft(Roster.of({*everywhere, *week.roster.assignments}))
    broken = check(week.now.problem, week.now.roster or Roster()).broken

    found = seen_by(week, PLANNER, "findings", hard=True, lang="vi")

    assert found["count"] == len(broken) > 0
    assert all(row["is_hard"] and row["cost"] == 0 for row in found["findings"])
    assert not any("V01" in row["sentence"] for row in found["findings"])


def test_a_lead_sees_what_is_theirs(live: LiveWeek) -> None:
    """Shifts, seats, people and costs of their centers; of other centers only where they are."""
    week, draft, figures, found = (
        seen_by(live, LEAD, path) for path in ("week", "draft", "figures", "findings")
    )
    there = {s.shift_id for s in live.now.problem.shifts if s.center_id == "c1"}
    own = LEAD.people(live.now.problem, live.roster)

    assert {s["shift_id"] for s in week["shifts"]} == there
    assert {n["shift_id"] for n in week["requirements"]} <= there
    assert {p["volunteer_id"] for p in week["people"]} == own
    assert {shift for shift, _ in draft["assignments"]} <= there
    assert {s["shift_id"] for s in figures["empty"] + figures["at_risk"]} <= there
    assert figures["expected"] is None
    assert {row["of"] for row in figures["by_center"]} <= {"c1"}
    assert {row["center_id"] for row in found["findings"]} <= {"c1"}
    assert seen_by(live, LEAD, "findings", center="c2")["findings"] == []


def test_a_lead_learns_when_people_work_elsewhere() -> None:
    """Of people they see, the times of other shifts, but not where; the province has all shifts."""
    problem, roster = hostile_week()
    week = LiveWeek(problem, None, who="lan")
    week.draft(roster)
    lead = Visitor(role="center", who="hoa", ids=frozenset({"c0"}))
    times = seen_by(week, lead, "week")["times"]
    shifts = [(a.volunteer_id, problem.shift_by_id[a.shift_id]) for a in roster.assignments]
    others = {
        who: [[s.start.isoformat(), s.end.isoformat()]] for who, s in shifts if s.center_id != "c0"
    }

    found = seen_by(week, lead, "figures")["elsewhere"]

    assert {who: [times[at] for at in own] for who, own in found.items()} == others != {}
    assert seen_by(week, PLANNER, "figures")["elsewhere"] == {}


@pytest.mark.parametrize("path", ROUTES)
def test_only_planners_look(live: LiveWeek, path: str) -> None:
    """Volunteers are refused, and strangers."""
    for visitor, status in ((PERSON, 403), (None, 401)):
        answer = client(app(live, sign_in=lambda _, v=visitor: v)).get(f"/api/{path}")
        assert answer.status_code == status


@pytest.mark.parametrize("visitor", [PLANNER, LEAD], ids=["province", "lead"])
@pytest.mark.parametrize("path", ROUTES)
def test_nobody_sees_how_to_reach_people(live: LiveWeek, path: str, visitor: Visitor) -> None:
    """No phone and no contact is in any answer; names are there as they are."""
    text = json.dumps(seen_by(live, visitor, path), ensure_ascii=False)

    assert "0912" not in text
    assert "zalo" not in text
    assert "phone" not in text


def test_names_are_data(live: LiveWeek) -> None:
    """Hostile names arrive as they are, on one line."""
    names = {p["name"] for p in seen_by(live, PLANNER, "week")["people"]}

    assert {name for name in HOSTILE if name.isprintable()} <= names
    assert not any("\n" in name or "\u202e" in name for name in names)
