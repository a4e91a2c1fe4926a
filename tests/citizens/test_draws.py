"""What is drawn: numbers, moments, minutes, patience, languages, and who comes."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields

import numpy as np
import pytest
from places import arrivals, place, service

from shiftplan import Roster
from shiftplan.citizens.draws import Citizens, Crowd, attendance
from shiftplan.citizens.lanes import lanes_by_center
from shiftplan.citizens.simulate import Conduct

NOBODY = Roster()


def drawn(problem, roster=NOBODY, *, runs=2_000, seed=0, **conduct) -> Crowd:
    """Citizens of the first lane."""
    lane = next(lane for _, lanes in lanes_by_center(problem, roster) for lane in lanes)
    crowds = Citizens(problem, seed, runs, Conduct(**conduct)).crowds(lane)
    parts = [(first, crowd) for first, _, crowd in crowds]
    joined = {
        f.name: np.concatenate(
            [getattr(c, f.name) + (n if f.name == "run" else 0) for n, c in parts]
        )
        for f in fields(Crowd)
    }
    return Crowd(**joined)


def one_row(mean=40, **fields):
    return place([service("s", 10)], [arrivals("s", mean, 8, 10, **fields)], {}, {})[0]


def test_numbers_and_moments():
    """Numbers are Poisson, moments uniform in the interval, and in order."""
    crowd = drawn(one_row())
    counts = np.bincount(crowd.run, minlength=2_000)

    assert counts.mean() == pytest.approx(40, abs=0.5)
    assert counts.var() == pytest.approx(40, rel=0.1)
    assert (crowd.time >= 480).all()
    assert (crowd.time < 600).all()
    assert crowd.time.mean() == pytest.approx(540, abs=1)
    assert crowd.time.std() == pytest.approx(120 / np.sqrt(12), rel=0.01)
    assert (np.diff(crowd.time)[np.diff(crowd.run) == 0] >= 0).all()
    assert (np.diff(crowd.run) >= 0).all()


@pytest.mark.parametrize(
    "spread", [{"arrivals_cv": 0.3}, {"arrivals_low": 24.6207, "arrivals_high": 55.3793}]
)
def test_a_busy_day_is_busy_in_all(spread):
    """Two rows of 40 with a spread of 0.3: their sum varies by 80 + (0.3 * 80)^2 = 656.

    Were they busy apart, it would be 80 + 2 * (0.3 * 40)^2 = 368. Next day is another day.
    """
    rows = [arrivals("s", 40, 8, 10, **spread), arrivals("t", 40, 14, 15, **spread)]
    rows += [arrivals("s", 40, 32, 34, **spread)]
    night = {"c-night": (20, 30)}
    problem, _ = place([service("s"), service("t")], rows, {}, night)

    crowd = drawn(problem, runs=4_000)

    today, later = (
        np.bincount(crowd.run[part], minlength=4_000)
        for part in (crowd.time < 1440, crowd.time > 1440)
    )
    assert today.mean() == pytest.approx(80, rel=0.02)
    assert today.var() == pytest.approx(656, rel=0.08)
    assert abs(np.corrcoef(today, later)[0, 1]) < 0.05


@pytest.mark.parametrize("cv", [0, 0.5, 1, 2])
def test_minutes_and_patience(cv):
    """Minutes have their mean and variation, 0 for always alike; patience is exponential."""
    problem, _ = place([service("s", 10, cv=cv)], [arrivals("s", 40, 8, 10)], {}, {})

    crowd = drawn(problem, patience_minutes=30)

    patience = crowd.leave - crowd.time
    assert crowd.minutes.mean() == pytest.approx(10, rel=0.03)
    assert crowd.minutes.std() == pytest.approx(10 * cv, rel=0.03)
    assert patience.mean() == pytest.approx(30, rel=0.02)
    assert patience.std() == pytest.approx(30, rel=0.02)
    assert (drawn(problem, patience_minutes=None).leave > 1e300).all()


def test_languages():
    """Citizens need a language as often as the table says."""
    languages = [
        {"center_id": "c", "skill_id": name, "share": share}
        for name, share in (("cham", 0.1), ("khmer", 0.3))
    ]
    problem, _ = place(
        [service("s")], [arrivals("s", 40, 8, 10)], {}, {}, languages=("cham", "khmer")
    )
    problem = type(problem).model_validate(problem.model_dump() | {"languages": languages})

    needs = np.bincount(drawn(problem).language) / len(drawn(problem).run)

    assert needs == pytest.approx([0.6, 0.1, 0.3], abs=0.01)


def test_citizens_depend_on_seed_and_run_alone():
    """More runs begin with the same citizens, whoever is at work; another seed has others."""
    people = {"c-am": (8, 12)}
    problem, roster = place([service("s")], [arrivals("s", 40, 8, 10)], {"v": {}}, people)
    few, many, other = (
        drawn(problem, runs=31),
        drawn(problem, roster, runs=50),
        drawn(problem, seed=1),
    )

    same = many.run < 31
    for info in fields(Crowd):
        assert (getattr(few, info.name) == getattr(many, info.name)[same]).all()
    assert few.time[0] != other.time[0]


def test_many_citizens_come_in_parts():
    """A lane with very many citizens is drawn in parts, of which each has whole runs."""
    problem = one_row(20_000)
    lane = next(lanes[0] for _, lanes in lanes_by_center(problem, NOBODY))

    parts = list(Citizens(problem, 0, 50, Conduct()).crowds(lane))

    assert [(first, count) for first, count, _ in parts] == [(0, 20), (20, 20), (40, 10)]
    assert all(set(crowd.run.tolist()) == set(range(count)) for _, count, crowd in parts)


def test_who_comes():
    """Seven in ten come, to all shifts of a date or none, and another date is another draw."""
    shifts = {"c-am": (8, 12), "c-pm": (13, 17), "c-night": (20, 32), "c-next": (33, 36)}
    volunteers = [{"volunteer_id": f"v{i}", "show_rate": 0.7} for i in range(10)]
    names = {v["volunteer_id"]: {} for v in volunteers}
    problem, roster = place([], [], names, shifts, volunteers=volunteers)
    [(_, [lane])] = lanes_by_center(problem, roster)

    present = attendance(lane.team, 0, 500, Conduct())

    first = dt.date(2026, 12, 7)
    own = [j for j, m in enumerate(lane.team.members) if m.volunteer.volunteer_id == "v0"]
    days = [
        [j for j in own if (lane.team.members[j].day == first) is today] for today in (True, False)
    ]
    assert [len(d) for d in days] == [3, 1]
    assert present.mean() == pytest.approx(0.7, abs=0.02)
    assert (present[:, days[0]].min(axis=1) == present[:, days[0]].max(axis=1)).all()
    assert (present[:, days[0][0]] != present[:, days[1][0]]).any()
    assert attendance(lane.team, 0, 500, Conduct(everybody_comes=True)).all()


def test_chances_replace_show_rates():
    """Where one is given; touching shifts are one turn, which has the chance of the first."""
    shifts = {"c-am": (8, 12), "c-noon": (12, 14), "c-next": (32, 36)}
    volunteers = [{"volunteer_id": who, "show_rate": 0.7} for who in ("ana", "bob")]
    names = {v["volunteer_id"]: {} for v in volunteers}
    problem, roster = place([], [], names, shifts, volunteers=volunteers)
    chances = {("c-am", "ana"): 1, ("c-noon", "ana"): 0, ("c-next", "ana"): 0.2}

    found = [
        (member.volunteer.volunteer_id, member.begin // 60, member.chance)
        for _, lanes in lanes_by_center(problem, roster, chances)
        for lane in lanes
        for member in lane.team.members
    ]

    assert sorted(found) == [("ana", 8, 1), ("ana", 32, 0.2), ("bob", 8, 0.7), ("bob", 32, 0.7)]
