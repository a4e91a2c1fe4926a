"""Loads, the worst off and wishes, by hand and by their properties."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import costly
from strategies import problems, rosters

from shiftplan import (
    Availability,
    Center,
    History,
    Horizon,
    Preference,
    Problem,
    Roster,
    Shift,
    Volunteer,
)
from shiftplan.case.case import Case
from shiftplan.rules.wishes import Preferences, Wish
from shiftplan.scoring import fairness
from shiftplan.scoring.fairness import WORST, FairnessMeasures, PersonLoad, Wishes, WishesMet

DAY = dt.datetime(2026, 12, 7)


def hours(day: int, first: int, last: int) -> dict[str, dt.datetime]:
    start = DAY + dt.timedelta(day)
    return {"start": start.replace(hour=first), "end": start.replace(hour=last)}


def days(first: int, last: int) -> dict[str, dt.datetime]:
    return {"start": DAY + dt.timedelta(first), "end": DAY + dt.timedelta(last)}


def wishes_of(problem: Problem, roster: Roster) -> dict[str, Wishes]:
    """Wishes of those who have any."""
    people = fairness(problem, roster).people
    return {p.volunteer_id: p.wishes for p in people if p.wishes.count}


@pytest.fixture
def week() -> Problem:
    """Two centers with the same morning on five days; ana lives 111 km from the far one."""
    shifts = [
        Shift(shift_id=f"{c}{d}", center_id=c, type="morning", **hours(d, 7, 11))
        for c in ("near", "far")
        for d in range(5)
    ]
    return Problem(
        horizon=Horizon(start=DAY.date(), days=5),
        centers=[
            Center(center_id="near", lat=10, lon=105),
            Center(center_id="far", lat=11, lon=105),
        ],
        volunteers=[
            Volunteer(volunteer_id="ana", name="Ana", home_center_id="near", group=("a", "b")),
            Volunteer(volunteer_id="bob", group=("b",)),
            Volunteer(volunteer_id="cem", group=("c",)),
            Volunteer(volunteer_id="dan", max_shifts=1),
        ],
        availability=[
            Availability(volunteer_id="ana", **days(0, 3)),
            Availability(volunteer_id="ana", state="undesired", **days(3, 5)),
            Availability(volunteer_id="bob", **days(0, 2)),
            Availability(volunteer_id="dan", **days(0, 5)),
        ],
        shifts=shifts,
        history=[
            History(volunteer_id="ana", shifts_offered=3, shifts_worked=1, undesired_worked=1),
            History(volunteer_id="cem", shifts_offered=3, shifts_worked=3),
        ],
        preferences=[
            Preference(volunteer_id="ana", shift_id="far0", state="for"),
            Preference(volunteer_id="ana", date=DAY.date(), state="against", shifts=("morning",)),
            Preference(volunteer_id="bob", shift_id="near1", state="against", weight=9),
        ],
    )


ROSTER = Roster.of([("near0", "ana"), ("far1", "ana"), ("near3", "ana"), ("near1", "bob")])


def test_people_are_counted_by_hand(week: Problem) -> None:
    """Loads have earlier weeks in them, and ways are added up one way each."""
    ana, bob, cem, dan = fairness(week, ROSTER).people

    assert (ana.shifts, ana.offered, ana.load) == (3, 5, (1 + 3) / (3 + 5))
    assert ana.share == 3 / 5
    # One in the undesired window now, one before; far is one degree of latitude away.
    assert ana.undesired == 2
    assert ana.km == pytest.approx(111.195, abs=0.001)
    assert (bob.shifts, bob.offered, bob.load, bob.km) == (1, 2, 1 / 2, None)
    assert (cem.offered, cem.share, cem.load) == (0, 0.0, 1.0)
    assert (dan.offered, dan.load, dan.km) == (1, 0.0, 0.0)
    assert ana.reason.said("en") == (
        "Works 3 of 5 shifts offered, 1 of 3 before, of these 2 at undesired times, "
        "111 km from home in all, 3 of 4 wishes refused."
    )
    assert ana.reason.said("vi") == (
        "Được xếp 3/5 ca đã đăng ký, trước đó 1/3, trong đó 2 ca vào giờ không mong muốn, "
        "tổng quãng đường từ nhà 111 km, 3/4 nguyện vọng không được đáp ứng."
    )


def test_only_those_who_offered_are_compared(week: Problem) -> None:
    """Loads 1/2, 1/2 and 0; cem, who offered nothing now, is not among them."""
    found = fairness(week, ROSTER)

    assert found.loads is not None
    # Of three pairs two differ by 1/2, both ways 2 in all; 2 / (2 x 9 x 1/3) = 1/3.
    assert found.loads.gini == pytest.approx(1 / 3)
    # 1^2 / (3 x (1/4 + 1/4))
    assert found.loads.jain == pytest.approx(2 / 3)
    assert (found.loads.count, found.loads.p10, found.loads.p90) == (3, 0.0, 0.5)
    assert (found.not_offering, [p.volunteer_id for p in found.without_shift]) == (1, ["dan"])
    assert [p.volunteer_id for p in found.worst] == ["ana", "bob"]
    assert {name: spread.count for name, spread in found.groups.items()} == {"a": 1, "b": 2}


def test_bands_hold_those_who_offered_about_as_much() -> None:
    """1, 2-3, 4-5, 6 and more; the mean of their Ginis is weighted by people."""
    shares = {1: [0, 1], 2: [1], 3: [1], 4: [2], 5: [2], 6: [3], 40: [0]}
    found = FairnessMeasures(
        tuple(
            PersonLoad(f"{offered}-{n}", "", n, offered)
            for offered, ns in shares.items()
            for n in ns
        )
    )

    assert {band: spread.count for band, spread in found.bands.items()} == {
        (1, 1): 2, (2, 3): 2, (4, 5): 2, (6, None): 2,
    }  # fmt: skip
    # Two people of loads a and b: |a - b| / (2 (a + b)).
    ginis = [1 / 2, (1 / 2 - 1 / 3) / 2 / (5 / 6), (2 / 4 - 2 / 5) / 2 / (9 / 10), 1 / 2]
    assert [spread.gini for spread in found.bands.values()] == pytest.approx(ginis)
    assert found.gini_within_bands == pytest.approx(sum(ginis) / 4)


def test_equals_on_the_list_are_ordered_by_what_else_is_heavy() -> None:
    """Equal loads: more shifts, more undesired, more refused, then the id; ten at most."""
    people = [
        PersonLoad("a", "", 1, 2),
        PersonLoad("b", "", 1, 2, wishes=Wishes(2, 1)),
        PersonLoad("c", "", 1, 2, undesired=1),
        PersonLoad("d", "", 2, 4),
        PersonLoad("e", "", 1, 1),
        PersonLoad("f", "", 0, 1),
        *(PersonLoad(f"g{i}", "", 1, 2) for i in range(9)),
    ]

    worst = [p.volunteer_id for p in FairnessMeasures(tuple(people)).worst]

    assert worst == ["e", "d", "c", "b", "a", "g0", "g1", "g2", "g3", "g4"]
    assert len(worst) == WORST


def test_wishes_count_shift_times_once(week: Problem) -> None:
    """Ana has two preferences, and two undesired mornings though there are four shifts in them."""
    found = wishes_of(week, ROSTER)

    # far0 is not worked, the first day is worked, and one of two undesired mornings is.
    assert found == {"ana": Wishes(4, 3), "bob": Wishes(1, 1)}
    # Everybody counts the same: (1/4 + 0) / 2.
    assert fairness(week, ROSTER).wishes == WishesMet(2, 0.125, 5, 4)
    # Nobody wished for an empty roster: that it refuses little is no share of wishes met.
    assert fairness(week, Roster()).wishes == WishesMet(2, None, 5, 1)
    both = Roster.of([("near3", "ana"), ("far3", "ana")])
    assert wishes_of(week, both)["ana"] == Wishes(4, 2)


def test_windows_hold_only_whole_shifts(week: Problem) -> None:
    """A wish against a morning needs a window that contains all of it."""
    short = Availability(volunteer_id="bob", state="undesired", **hours(3, 7, 10))
    exact = Availability(volunteer_id="bob", state="undesired", **hours(4, 7, 11))
    problem = week.model_copy(update={"availability": (short, exact), "preferences": ()})

    assert wishes_of(problem, Roster()) == {"bob": Wishes(1, 0)}


def test_nobody_who_offers_has_no_measures(week: Problem) -> None:
    """What there is none of is null, and every key is there."""
    empty = fairness(week.model_copy(update={"availability": (), "preferences": ()}), Roster())
    full = fairness(week, ROSTER).as_dict()
    content = empty.as_dict()

    assert content.keys() == full.keys()
    assert {k for k, v in content.items() if v is None} == {
        "mean", "lowest", "p10", "p50", "p90", "highest", "gini", "jain", "gini_within_bands",
    }  # fmt: skip
    assert (content["count"], content["worst"], content["bands"]) == (0, [], [])
    assert content["wishes"] == {"people": 0, "met": None, "count": 0, "refused": 0}


def test_the_result_tells_loads(week: Problem) -> None:
    """The keys that others rely on."""
    content = fairness(week, ROSTER).as_dict()

    assert (content["gini"], content["jain"]) == (0.333333, 0.666667)
    assert (content["p10"], content["p90"]) == (0.0, 0.5)
    assert [p["volunteer_id"] for p in content["worst"]] == ["ana", "bob"]
    assert content["worst"][0]["load"] == 0.5
    assert content["worst"][0]["reason"].keys() == {"en", "vi"}
    bands = [(b["offered_from"], b["offered_to"], b["count"]) for b in content["bands"]]
    assert bands == [(1, 1, 1), (2, 3, 1), (4, 5, 1)]
    assert content["shares"]["highest"] == 0.6
    assert content["without_shift"] == {"count": 1, "volunteer_ids": ["dan"]}
    assert content["wishes"] == {"people": 2, "met": 0.125, "count": 5, "refused": 4}
    # Nobody shares a band with anybody.
    assert content["gini_within_bands"] == 0.0
    assert [(g["group"], g["count"]) for g in content["groups"]] == [("a", 1), ("b", 2)]
    assert content["not_offering"] == 1


def test_the_result_tells_millionths() -> None:
    """Loads 1/3 and 2/3 differ by 1/3: Gini 1/6; two of three wishes are met."""
    people = (PersonLoad("a", "", 1, 3, wishes=Wishes(3, 1)), PersonLoad("b", "", 2, 3))

    content = FairnessMeasures(people).as_dict()

    assert content["gini_within_bands"] == 0.166667
    assert content["wishes"] == {"people": 1, "met": 0.666667, "count": 3, "refused": 1}


@costly(0.25)
@given(st.data())
def test_the_order_of_tables_changes_nothing(data: st.DataObject) -> None:
    """People, centers, windows and all other rows may stand in any order."""
    problem = data.draw(problems())
    roster = data.draw(rosters(problem))
    chance = random.Random(data.draw(st.integers(0, 99)))
    tables = ("centers", "volunteers", "shifts", "availability", "history", "preferences")
    mixed = {n: chance.sample(getattr(problem, n), len(getattr(problem, n))) for n in tables}
    other = problem.model_copy(update={n: tuple(rows) for n, rows in mixed.items()})

    assert fairness(other, roster).as_dict() == fairness(problem, roster).as_dict()


@costly(0.35)
@given(st.data())
def test_figures_agree_with_the_checker(data: st.DataObject) -> None:
    """Refused preferences and shifts at undesired times are those that rules find."""
    problem = data.draw(problems())
    roster = data.draw(rosters(problem))
    windows = tuple(w for w in problem.availability if w.state != "undesired")
    free = problem.model_copy(
        update={
            "availability": windows,
            "preferences": tuple(p.model_copy(update={"weight": 1}) for p in problem.preferences),
        }
    )

    found = list(Preferences(level=2).check(Case(free, roster)))
    assert sum(w.refused for w in wishes_of(free, roster).values()) == len(found)
    history = {h.volunteer_id: h.undesired_worked for h in problem.history}
    people = tuple(v.model_copy(update={"wish_percent": 100}) for v in problem.volunteers)
    alike = Case(problem.model_copy(update={"volunteers": people}), roster)
    worked = [v for v in Wish(level=2, weight=1).check(alike) if v.cost == 1]
    for person in fairness(problem, roster).people:
        now = sum(v.who == person.volunteer_id for v in worked)
        assert person.undesired == now + history.get(person.volunteer_id, 0)
        assert 0 <= person.wishes.refused <= person.wishes.count
