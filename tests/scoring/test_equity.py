"""Seats by center and area, and the work behind them, by hand and by their properties."""

from __future__ import annotations

import datetime as dt
import io
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import costly
from rich.console import Console
from strategies import problems, rosters

from shiftplan import (
    Center,
    Demand,
    Horizon,
    Problem,
    Requirement,
    Roster,
    Shift,
    Skill,
    Volunteer,
    solve,
)
from shiftplan.present.display.results import show_summary
from shiftplan.present.summary import area_name, summarize
from shiftplan.present.words import Lang
from shiftplan.rules.coverage import Coverage
from shiftplan.scoring import equity
from shiftplan.scoring.equity import Seats
from shiftplan.week import Service
from shiftplan.week.where import area_classes, closest

DAY = dt.datetime(2026, 12, 7)


def hours(first: int, last: int) -> dict[str, dt.datetime]:
    return {"start": DAY.replace(hour=first), "end": DAY.replace(hour=last)}


def citizens(center: str, first: int, last: int, arrivals: float) -> Demand:
    """Citizens of 20 minutes each."""
    return Demand(center_id=center, service_id="help", arrivals=arrivals, **hours(first, last))


def shift(name: str, center: str, first: int, last: int) -> Shift:
    return Shift(shift_id=name, center_id=center, **hours(first, last))


@pytest.fixture
def week() -> Problem:
    """A busy morning and a quiet afternoon at c1, a morning at c2; ana alone knows Khmer."""
    return Problem(
        horizon=Horizon(start=DAY.date(), days=1),
        centers=[
            Center(center_id="c1", name="Xã Một", minority_area=True, remote_area=True),
            Center(center_id="c2", remote_area=True),
            Center(center_id="c3"),
        ],
        skills=[Skill(skill_id="khmer", kind="language")],
        services=[Service(service_id="help", minutes_per_citizen=20)],
        volunteers=[
            Volunteer(volunteer_id="ana", skills={"khmer": 1}),
            Volunteer(volunteer_id="bob"),
        ],
        shifts=[shift("am", "c1", 7, 11), shift("pm", "c1", 13, 17), shift("c2-am", "c2", 7, 11)],
        demand=[citizens("c1", 7, 11, 27), citizens("c1", 13, 17, 9)],
        requirements=[
            Requirement(shift_id="am", minimum=1, target=2),
            Requirement(shift_id="am", skill_id="khmer", minimum=1, target=1),
            Requirement(shift_id="pm", target=2),
            Requirement(shift_id="pm", skill_id="khmer", target=1),
            Requirement(shift_id="c2-am", target=4),
        ],
        rules=[Coverage(level=1)],
    )


ROSTER = Roster.of([("am", "ana"), ("pm", "ana"), ("pm", "bob"), ("c2-am", "bob")])


def with_fields(problem: Problem, **fields: object) -> Problem:
    return Problem(**{n: getattr(problem, n) for n in Problem.model_fields} | fields)


def test_shifts_are_weighted_by_the_work_of_their_citizens(week: Problem) -> None:
    """Nine hours in the morning, of whose two seats one is filled, and three in the afternoon."""
    found = equity(week, ROSTER)

    c1 = next(c for c in found.centers if c.center_id == "c1")
    # 27 x 20 min = 9 h at 1/2, 9 x 20 min = 3 h at 2/2.
    assert (c1.people.hours, c1.people.hours_filled) == (12, 7.5)
    assert c1.people.share == 0.75
    assert c1.people.weighted_share == 0.625
    assert c1.skilled.weighted_share == c1.skilled.share == 1.0
    # No citizens are forecast at c2: its seats weigh the same.
    c2 = next(c for c in found.centers if c.center_id == "c2")
    assert c2.people.weighted_share == c2.people.share == 0.25


def test_centers_come_worst_first_and_areas_may_overlap(week: Problem) -> None:
    """c1 counts in both its classes; c3 has no seats, and is last."""
    found = equity(week, ROSTER)

    assert [c.center_id for c in found.centers] == ["c2", "c1", "c3"]
    assert [(a.area, a.centers) for a in found.areas] == [
        ("minority", 1),
        ("remote", 2),
        ("other", 1),
    ]
    assert found.areas[1].people == Seats(8, 4, 1, 1, 12.0, 7.5)
    assert found.overall.people == found.areas[1].people


def test_the_result_tells_fills(week: Problem) -> None:
    """The keys that others rely on; no seats have no fill."""
    content = equity(week, ROSTER).as_dict()

    areas = {row["area"]: row for row in content["areas"]}
    assert areas["minority"]["fill_people"] == 0.75
    assert areas["minority"]["weighted_fill_people"] == 0.625
    assert areas["minority"]["fill_skilled"] == 1.0
    assert areas["remote"]["people"] == {
        "target": 8, "filled": 4, "minimum": 1, "minimum_filled": 1, "hours": 12.0,
    }  # fmt: skip
    assert areas["other"]["fill_people"] is None
    rows = {row["center_id"]: row for row in content["centers"]}
    assert (rows["c2"]["name"], rows["c2"]["fill_people"]) == ("c2", 0.25)
    assert rows["c2"]["fill_skilled"] is None
    assert content["overall"]["fill_people"] == 0.5
    assert (content["spread_people"]["count"], content["spread_people"]["lowest"]) == (2, 0.25)
    assert content["spread_skilled"]["lowest"] == 1.0


def shown(problem: Problem, lang: Lang) -> str:
    """The summary as it is shown."""
    console = Console(file=io.StringIO(), width=120, highlight=False)
    show_summary(console, summarize(problem, ROSTER), lang)
    return console.file.getvalue()


def test_the_summary_weighs_where_work_is_forecast(week: Problem) -> None:
    """The last column of the table of areas; nobody asks for it where nothing is forecast."""
    rows = [line.split("  ") for line in shown(week, "en").splitlines()]

    minority = next(row for row in rows if "minority" in row)
    assert [cell.strip() for cell in minority if cell.strip()] == [
        "minority", "1", "1 of 1", "3 of 4", "75.0%", "62.5%",
    ]  # fmt: skip
    assert "By demand" in shown(week, "en")
    assert "Theo nhu cầu" in shown(week, "vi")
    assert "62,5%" in shown(week, "vi")
    plain = with_fields(week, demand=[])
    assert "By demand" not in shown(plain, "en")
    assert "62.5%" not in shown(plain, "en")


def test_only_built_in_areas_are_translated(week: Problem) -> None:
    """Groups that are called like a word of the program stay as they were written."""
    centers = [week.centers[0].model_copy(update={"groups": ("all", "needed")}), *week.centers[1:]]

    rows = equity(with_fields(week, centers=centers), ROSTER)

    own = ["dân tộc thiểu số", "biên giới, hải đảo", "khu vực khác", "all", "needed"]
    assert [area_name(row, "vi") for row in rows.areas] == own
    assert area_name(rows.overall, "vi") == "tất cả"


def test_a_result_holds_its_measures(week: Problem) -> None:
    """Every roster that is found is measured, and without one nothing is."""
    result = solve(week, time_limit=None, workers=1)

    assert result.equity == equity(week, result.require_roster())
    assert result.fairness is not None
    assert '"spread_people"' in result.to_json()


@pytest.mark.parametrize(
    ("flags", "classes"),
    [
        ({}, ("other",)),
        ({"remote_area": True}, ("remote",)),
        ({"minority_area": True}, ("minority",)),
        ({"minority_area": True, "remote_area": True}, ("minority", "remote")),
        ({"groups": "island|border"}, ("other", "border", "island")),
        ({"remote_area": True, "groups": "border"}, ("remote", "border")),
    ],
)
def test_a_center_is_of_all_its_classes(flags: dict[str, Any], classes: tuple[str, ...]) -> None:
    """Other is what is neither."""
    assert area_classes(Center(center_id="c", **flags)) == classes


def test_work_is_shared_by_overlapping_shifts(week: Problem) -> None:
    """30 citizens of 20 minutes from 7 to 12, two hours of work each hour."""
    alone = with_fields(
        week, shifts=[shift("a", "c1", 7, 11)], demand=[citizens("c1", 7, 12, 30)], requirements=[]
    )
    two = with_fields(alone, shifts=[*alone.shifts, shift("b", "c1", 9, 12)])
    three = with_fields(two, shifts=[*two.shifts, shift("c", "c1", 9, 11), shift("d", "c2", 7, 9)])

    assert alone.forecast_hours == {"a": 8}
    # 7 to 9: 4 for a; 9 to 11: 2 for each; 11 to 12: 2 for b.
    assert two.forecast_hours == {"a": 6, "b": 4}
    found = three.forecast_hours
    assert found == pytest.approx({"a": 4 + 4 / 3, "b": 4 / 3 + 2, "c": 4 / 3, "d": 0})


def test_work_between_and_around_shifts_belongs_to_none(week: Problem) -> None:
    """24 citizens of 20 minutes over the whole day: a third of an hour of work each hour."""
    problem = with_fields(week, demand=[citizens("c1", 0, 23, 23), citizens("c3", 7, 9, 5)])

    assert problem.forecast_hours == pytest.approx({"am": 4 / 3, "pm": 4 / 3, "c2-am": 0})


@costly(0.35)
@given(st.data())
def test_work_is_neither_lost_nor_made(data: st.DataObject) -> None:
    """Minute by minute, the hours of all shifts are the work at times when there is a shift.

    Rows count requests for a service, or visits with all services of their ways.
    """
    problem = data.draw(problems())
    minutes = problem.horizon.minutes
    expected = dict.fromkeys(problem.span, 0.0)
    for row in problem.demand:
        start, end = minutes(row.start), minutes(row.end)
        there = [s.shift_id for s in problem.shifts if s.center_id == row.center_id]
        for minute in range(start, end):
            present = [s for s in there if problem.span[s][0] <= minute < problem.span[s][1]]
            for s in present:
                work = row.arrivals * _help(problem, row) / 60 / (end - start)
                expected[s] += work / len(present)

    assert problem.forecast_hours == pytest.approx(expected)


def _help(problem: Problem, row: Demand) -> float:
    """Mean minutes of help for one citizen of a row."""
    center = problem.center_by_id[row.center_id]
    length = {s.service_id: s.minutes_per_citizen for s in problem.services}
    ways = closest(problem.journeys, center)
    lengths = [(way.share, sum(map(length.__getitem__, way.services))) for way in ways]
    if row.service_id is not None:
        lengths = [(1, length[row.service_id])]
    kinds = {kind.kind for kind in problem.citizen_kinds}
    own = [closest([k for k in problem.citizen_kinds if k.kind == kind], center) for kind in kinds]
    longer = sum(rows[-1].share * (rows[-1].factor - 1) for rows in own if rows)
    shares = sum(share for share, _ in lengths)
    return (1 + longer) * sum(share * minutes for share, minutes in lengths) / shares


@costly(0.25)
@given(st.data())
def test_the_order_of_tables_changes_nothing(data: st.DataObject) -> None:
    """Centers, people, shifts and all other rows may stand in any order."""
    problem = data.draw(problems())
    roster = data.draw(rosters(problem))
    chance = random.Random(data.draw(st.integers(0, 99)))
    tables = ("centers", "volunteers", "shifts", "requirements", "demand", "services")
    mixed = {n: chance.sample(getattr(problem, n), len(getattr(problem, n))) for n in tables}

    assert equity(with_fields(problem, **mixed), roster) == equity(problem, roster)


_OF_CENTERS = ("centers", "shifts", "demand", "languages", "requirements")
"""Tables whose rows are of a center."""


@costly(0.25)
@given(st.data())
def test_names_of_centers_change_nothing(data: st.DataObject) -> None:
    """Anonymity: when two centers change their ids, their rows change places and nothing else.

    Ways of visits, kinds of citizens and officials of a center move with it.
    """
    problem = data.draw(problems())
    roster = data.draw(rosters(problem))
    ids = [c.center_id for c in problem.centers]
    new = dict(zip(ids, [*ids[1:], ids[0]], strict=True))

    def renamed(rows: object) -> list[object]:
        return [
            r.model_copy(update={"center_id": new.get(r.center_id)})  # none where a shift is named
            for r in rows
        ]

    def moved(rows: object) -> list[object]:
        return [r.model_copy(update={"where": new.get(r.where, r.where)}) for r in rows]

    fields = {n: renamed(getattr(problem, n)) for n in _OF_CENTERS}
    fields |= {n: moved(getattr(problem, n)) for n in ("journeys", "citizen_kinds", "officials")}
    other = problem.model_copy(update={n: tuple(rows) for n, rows in fields.items()})
    before, after = equity(problem, roster), equity(other, roster)

    assert (after.overall, after.areas) == (before.overall, before.areas)
    rows = {c.center_id: (c.people, c.skilled) for c in after.centers}
    assert {new[c.center_id]: (c.people, c.skilled) for c in before.centers} == rows


@costly(0.35)
@given(st.data())
def test_one_more_person_never_lowers_a_fill(data: st.DataObject) -> None:
    """Monotonicity: shares of seats, weighted or not, can only rise with an assignment.

    Where a shift is held only with enough people, one more may open it, and its seats with it.
    """
    problem = data.draw(problems())
    held = {"optional": False, "alternative": ""}
    shifts = tuple(shift.model_copy(update=held) for shift in problem.shifts)
    problem = problem.model_copy(update={"shifts": shifts})
    roster = data.draw(rosters(problem))
    more = data.draw(rosters(problem))
    before = equity(problem, roster)
    after = equity(problem, Roster.of({*roster.assignments, *more.assignments}))
    now = {c.center_id: c for c in after.centers}

    for old in before.centers:
        for a, b in (
            (old.people, now[old.center_id].people),
            (old.skilled, now[old.center_id].skilled),
        ):
            assert a.share <= b.share
            assert a.weighted_share <= b.weighted_share + 1e-12
