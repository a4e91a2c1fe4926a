"""Scores: tiny ones by hand, and the reference scorer's on real weeks."""

from __future__ import annotations

import csv
import importlib.util
import random
import shutil
from functools import cache
from pathlib import Path

import pytest
from towns import town

from shiftplan.files import read_week
from shiftplan.scoring.check import check
from shiftplan.testing.pictures import draw, parse, plan
from shiftplan.week.roster import Roster

SHARED = Path(__file__).parents[3] / "shared"
WEEKS = ("an_giang", "an_giang_plain")


def test_levels_are_added_with_rates():
    """The total is the sum over levels of rate times cost, and every level is listed."""
    rules = (
        {"rule": "full_day", "level": 1, "weight": 5},
        {"rule": "max_shift_count", "level": 3, "weight": 2, "value": 1},
        {"rule": "min_shift_count", "level": 2, "weight": 9, "value": 1},
    )
    roster = parse("ana  MA A")

    score = check(plan("MA", days=2, rules=rules), roster)
    other = check(plan("MA", days=2, rules=rules, rates=({"level": 1, "rate": 7},)), roster)

    # One full day: 5. Two shifts too many: 4. Rates 100, 10, 1.
    assert dict(score.levels) == {1: 5, 2: 0, 3: 4}
    assert score.total == 504
    assert other.total == 7 * 5 + 4
    assert score.is_feasible
    assert dict(score.parts) == {"full_day": 5, "max_shift_count": 4}


def test_hard_rules_cost_nothing():
    """What breaks a hard rule is counted by amount and stays out of the cost."""
    rules = ({"rule": "max_shift_count", "value": 1}, {"rule": "travel", "level": 2})

    score = check(plan("Mm", days=2, rules=rules), parse("ana  M m"))

    assert dict(score.hard) == {"max_shift_count": 1}
    assert not score.is_feasible
    assert score.total == 11


def test_violations_name_who_and_where():
    """A violation tells the rule, the person, the place, the amount and a sentence."""
    problem = plan("MA", "ana bob", 2, rules=({"rule": "full_day", "weight": 4, "level": 2},))

    (found,) = check(problem, parse("ana  M A\nbob  . MA")).priced

    assert (found.who, found.at, found.amount, found.cost) == ("bob", "2026-12-08", 1, 4)
    assert found.unit == "days"
    assert "bob" in str(found.message)


def test_an_empty_roster_of_an_empty_problem():
    """Nothing costs nothing."""
    score = check(plan({}, ""), Roster())

    assert (score.total, dict(score.levels), score.is_feasible) == (0, {}, True)


def test_pictures_say_what_they_show():
    """`draw` is the inverse of `parse`."""
    picture = "ana  MA . N\nbob  .  . M"
    problem = plan("MAN", "ana bob", 3)

    assert parse(draw(problem, parse(picture))) == parse(picture)


# ---- the reference scorer


@cache
def _reference():
    path = SHARED / "tools" / "score_week.py"
    spec = importlib.util.spec_from_file_location("score_week", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def _week(name: str):
    folder = SHARED / "data" / "weeks" / name
    return folder, read_week(folder)


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8-sig") as lines:
        return list(csv.DictReader(lines))


def _any(problem, rng):
    """Anybody anywhere."""
    people, shifts = problem.volunteers, problem.shifts
    pairs = {(rng.choice(shifts).shift_id, rng.choice(people).volunteer_id) for _ in range(2500)}
    return sorted(pairs)


def _crowded(problem, rng):
    """Few people with many shifts each, many people in few shifts."""
    people, shifts = rng.sample(problem.volunteers, 60), rng.sample(problem.shifts, 150)
    return [(s.shift_id, v.volunteer_id) for v in people for s in shifts if rng.random() < 0.12]


def _filled(problem, rng):
    """Every shift takes people near home who can come, up to one beyond its target."""
    windows: dict[str, list] = {}
    for window in problem.availability:
        windows.setdefault(window.volunteer_id, []).append(window)
    homes: dict[str, list[str]] = {}
    for volunteer in problem.volunteers:
        homes.setdefault(volunteer.home_center_id, []).append(volunteer.volunteer_id)
    targets = {r.shift_id: r.target for r in problem.requirements if r.skill_id is None}
    pairs = []
    for shift in problem.shifts:
        can = [
            who
            for who in homes.get(shift.center_id, ())
            if any(w.start <= shift.start and shift.end <= w.end for w in windows.get(who, ()))
        ]
        wanted = targets.get(shift.shift_id, 0) + rng.choice((-1, 0, 0, 1))
        chosen = rng.sample(can, min(len(can), max(0, wanted)))
        pairs += [(shift.shift_id, who) for who in chosen]
    return pairs


def _damaged(problem, rng):
    """Some people moved, unknown ids, repeated rows."""
    pairs = _filled(problem, rng)
    people = [v.volunteer_id for v in problem.volunteers]
    moved = [(s, rng.choice(people)) if rng.random() < 0.2 else (s, v) for s, v in pairs]
    twice = rng.choices(moved, k=15)
    unknown = [("nowhere", people[0]), (pairs[0][0], "nobody"), ("nowhere", "nobody")]
    return [*moved, *twice, *unknown, unknown[0]]


MAKERS = {
    "empty": lambda *_: [],
    "any": _any,
    "crowded": _crowded,
    "filled": _filled,
    "damaged": _damaged,
}


@cache
def _scored(week: str, maker: str):
    """A roster made for a week, and its score."""
    problem = _week(week)[1]
    pairs = MAKERS[maker](problem, random.Random(f"{week} {maker}"))
    return pairs, check(problem, Roster.of(pairs))


def _assert_same(folder, pairs, score):
    """Checker and reference agree on the hard part, the parts, the levels and the total."""
    reference = _reference()
    reference._cache.clear()  # it is keyed by object ids, which are used again
    expected = reference.score(folder, [{"shift_id": s, "volunteer_id": v} for s, v in pairs])

    assert dict(score.hard) == expected["hard"]
    assert dict(score.parts) == {rule: cost for rule, cost in expected["parts"].items() if cost}
    assert {str(level): cost for level, cost in score.levels.items()} == expected["levels"]
    assert score.total == expected["total"]


@pytest.mark.shared
@pytest.mark.parametrize("maker", MAKERS)
@pytest.mark.parametrize("week", WEEKS)
def test_equals_the_reference_scorer(week, maker):
    """On a whole province's week every figure is the reference scorer's."""
    pairs, score = _scored(week, maker)

    _assert_same(_week(week)[0], pairs, score)

    assert score.total > 0


@pytest.mark.shared
def test_damaged_rosters_break_many_rules():
    """The rosters compared do break every hard rule of the week, so that no comparison is idle."""
    found = {rule for week in WEEKS for maker in MAKERS for rule in _scored(week, maker)[1].hard}
    expected = {r.rule for r in _week("an_giang")[1].rules if r.hard} | {"input", "available"}

    assert found == expected


@pytest.mark.shared
def test_equals_the_reference_scorer_on_a_changed_week(tmp_path):
    """Pins, other rates, no history and other weights change both scores alike."""
    source, problem = _week("an_giang")
    rng = random.Random(5)
    pairs = _damaged(problem, rng)
    folder = tmp_path / "week"
    shutil.copytree(source, folder)
    (folder / "history.csv").unlink()
    pins = ["volunteer_id,shift_id,state"]
    for shift_id, who in rng.sample(_filled(problem, rng), 40):
        pins.append(f"{who},{shift_id},{rng.choice(('must', 'must_not'))}")
    (folder / "pins.csv").write_text("\n".join(pins) + "\n", encoding="utf-8")
    rules = _rows(folder / "rules.csv")
    for row in rules:
        if row["rule"] in ("wish", "fairness", "coverage"):
            row["weight"] = {"wish": "13", "fairness": "77", "coverage": "33"}[row["rule"]]
    rules.append({"rule": "rate", "level": "1", "weight": "3"})
    with (folder / "rules.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rules[0]))
        writer.writeheader()
        writer.writerows(rules)

    score = check(read_week(folder), Roster.of(pairs))

    _assert_same(folder, pairs, score)
    assert score.hard["pins"] > 0
    assert score.total == 3 * score.levels[1] + score.levels[2]


def test_a_copy_forgets_what_was_computed_from_fields_that_changed():
    """Levels, rates and digest of a problem with other rules are those of these rules."""
    problem = town(1, 4)
    assert (problem.levels, problem.rate_of[1]) == ((1, 2), 10)
    digest = problem.digest

    copied = problem.model_copy(update={"rules": problem.rules[:1]})

    assert (copied.levels, copied.rate_of) == ((1,), {1: 1})
    assert copied.digest != digest
