"""The instances of Curtois and Qu score here as they do in an independent scorer."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fuzz.corpus import CURTOIS

from benchmarks.curtois import read_curtois, roster_from_curtois, roster_to_curtois
from shiftplan.model import Program
from shiftplan.problem import Problem
from shiftplan.scoring.check import Score, check
from shiftplan.solving.building import build

SHARED = Path(__file__).resolve().parents[3] / "shared" / "bench" / "curtois"
SCORER = "curtois/score_curtois.py"
INSTANCES = (1, 2, 4, 5, 7, 8, 10, 12, 13, 15, 16, 18, 20, 23)
LARGE = (20, 23)
"""Instances of which only a few rosters are compared."""
EASY = (1, 2, 4, 5, 7)
"""Instances for which rows built day by day keep all rules."""

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


@pytest.fixture
def tiny(tmp_path: Path) -> Problem:
    path = tmp_path / "Tiny.txt"
    path.write_text(CURTOIS, encoding="utf-8")
    return read_curtois(path)


def score_rows(problem: Problem, **rows: str) -> Score:
    """Score one sign a day for each person: `.` for off, else the shift type."""
    data = {who: ["" if c == "." else c for c in row] for who, row in rows.items()}
    return check(problem, roster_from_curtois(problem, data))


# ---- on a text of our own


def test_a_clean_roster_costs_what_requests_and_cover_say(tiny: Problem) -> None:
    """Runs at the edges of the horizon are never too short, so both people are clean."""
    score = score_rows(tiny, A=".DD..........D", B="..D...........")

    # Day 1: D 1 of 2 -> 100. Day 2: D 2 of 1 -> 1. B works the shift to avoid -> 2.
    assert score.hard == {}
    assert score.parts == {"shortage": 100, "surplus": 1, "preferences": 2}
    assert score.total == 103


@pytest.mark.parametrize(
    ("who", "row", "broken"),
    [
        ("A", "DDD...........", {"available": 1}),
        ("A", "..DDDDDD......", {"max_consecutive_days": 1}),
        ("A", "...DD.DD......", {"min_consecutive_days_off": 1}),
        ("A", "...DD....D....", {"min_consecutive_days": 1}),
        ("A", "...DD.....DDDD", {}),
        ("A", "....DD....DD..", {"max_weekends": 0}),
        ("A", "....DD......DD", {"max_weekends": 1}),
        ("A", "..DND.........", {"forbidden_succession": 1}),
        ("A", "..DNN.........", {"forbidden_succession": 1}),
        ("A", "..DN..DN..DN..", {"max_shift_count": 1}),
        ("A", ".....DDDDD....", {"max_weekends": 0}),
        ("A", ".D............", {"min_minutes": 480, "min_consecutive_days": 1}),
        ("A", ".DDDDD..DDDDD.", {"max_minutes": 480, "max_weekends": 1}),
        ("B", "..N...........", {"qualified": 1}),
        ("B", "...D..........", {"available": 1}),
        ("B", ".............D", {"available": 1}),
    ],
)
def test_each_rule_breaks_by_hand(
    tiny: Problem, who: str, row: str, broken: dict[str, int]
) -> None:
    """Each hard rule finds its own breach and no other."""
    rows = {"A": ".DD..........." if who != "A" else row, "B": row if who == "B" else "." * 14}

    score = score_rows(tiny, **rows)

    assert score.hard == {rule: n for rule, n in broken.items() if n}


def test_two_shifts_on_a_day_are_kept_and_found(tiny: Problem) -> None:
    """A cell with two shifts breaks the rule of one shift a day."""
    data: dict[str, Any] = {"A": ["", ["D", "N"], "D", *[""] * 11], "B": [""] * 14}

    roster = roster_from_curtois(tiny, data)

    assert check(tiny, roster).hard == {"max_shift_count": 1, "forbidden_succession": 1}
    assert roster_to_curtois(tiny, roster) == data


def test_a_row_of_another_length_is_refused(tiny: Problem) -> None:
    """A row must have a cell for each day."""
    with pytest.raises(ValueError, match="A has 2 days, not 14"):
        roster_from_curtois(tiny, {"A": ["D", "D"]})


def test_unknown_names_reach_the_checker(tiny: Problem) -> None:
    """A shift type or a person that does not exist is found by `check`, not dropped."""
    roster = roster_from_curtois(tiny, {"A": ["X", *[""] * 13], "Z": ["D", *[""] * 13]})

    assert check(tiny, roster).hard["input"] == 2


def test_other_cover_weights_are_refused(tmp_path: Path) -> None:
    """Weights that the rules would not apply are an error, not a wrong cost."""
    path = tmp_path / "Other.txt"
    path.write_text(CURTOIS.replace("1,D,2,100,1", "1,D,2,90,1"), encoding="utf-8")

    with pytest.raises(ValueError, match="cover of day 1, D"):
        read_curtois(path)


# ---- against the scorer


Rows = dict[str, list[str]]


def noise(rng: random.Random, instance: Any, density: float) -> Rows:
    """Each cell is worked with a probability, in any shift type."""
    types = list(instance.shifts)
    return {
        who: [rng.choice(types) if rng.random() < density else "" for _ in range(instance.horizon)]
        for who in instance.staff
    }


def built(rng: random.Random, instance: Any) -> Rows:
    """Rows built day by day so that they keep the rules; the last try stands if none does."""
    return {who: built_row(rng, instance, who) for who in instance.staff}


def built_row(rng: random.Random, instance: Any, who: str) -> list[str]:
    staff = instance.staff[who]
    row: list[str] = []
    for _ in range(20):
        row = _types(rng, instance, who, _days(rng, instance, who))
        minutes = sum(instance.shifts[s][0] for s in row if s)
        turns = all(b not in instance.shifts[a][1] for a, b in pairwise(row) if a and b)
        if turns and staff["min_min"] <= minutes <= staff["max_min"]:
            return row
    return row


def _days(rng: random.Random, instance: Any, who: str) -> list[bool]:
    """Days to work: a walk through the states from which the horizon can be completed."""
    staff, days = instance.staff[who], instance.horizon
    off = instance.days_off.get(who, set())
    weeks = days // 7
    chosen = set(rng.sample(range(weeks), min(weeks, staff["max_wkd"])))
    may = [d not in off and (d % 7 < 5 or d // 7 in chosen) for d in range(days)]
    least = {True: staff["min_cons"], False: staff["min_off"]}

    def step(day: int, state: tuple[bool, int, bool] | None, work: bool) -> Any:
        """Kind, length and completeness of the run after a day; None if it is not allowed."""
        if work and not may[day]:
            return None
        if state is None:
            return (work, 1, True)
        kind, length, complete = state
        if kind != work:
            return (work, 1, least[work] <= 1) if complete else None
        if work and length == staff["max_cons"]:
            return None
        longer = length + 1 if work else min(length + 1, least[False])
        return (work, longer, complete or longer >= least[work])

    reached: list[set[Any]] = [{None}]
    for day in range(days):
        afters = {step(day, state, work) for state in reached[-1] for work in (True, False)}
        reached.append(afters - {None})
    open_ = list(reached)
    for day in reversed(range(days)):
        open_[day] = {
            state
            for state in reached[day]
            if step(day, state, True) in open_[day + 1] or step(day, state, False) in open_[day + 1]
        }

    able = [instance.shifts[t][0] for t, n in staff["max_shifts"].items() if n > 6]
    mean = sum(able) / len(able)
    wanted = (staff["min_min"] + staff["max_min"]) / 2 / mean
    row: list[bool] = []
    state = None
    for day in range(days):
        # A little more than the share, since some days off are forced.
        share = 1.4 * (wanted - sum(row)) / max(1, sum(may[day:]))
        options = {w: step(day, state, w) for w in (True, False)}
        kinds = [w for w, s in options.items() if s in open_[day + 1]]
        if not kinds:
            return row + [False] * (days - day)
        work = rng.random() < share if len(kinds) == 2 else kinds[0]
        row.append(work)
        state = options[work]
    return row


def _types(rng: random.Random, instance: Any, who: str, worked: list[bool]) -> list[str]:
    """Shift types of the worked days, by rotation and number; any type where none is left."""
    left = dict(instance.staff[who]["max_shifts"])
    row: list[str] = []
    for work, more in zip(worked, [*worked[1:], False], strict=True):
        if not work:
            row.append("")
            continue
        barred = instance.shifts[row[-1]][1] if row and row[-1] else set()
        able = [t for t, n in left.items() if n > 0]
        free = [t for t in able if t not in barred]
        open_ = [t for t in free if not more or set(able) - instance.shifts[t][1]]
        choice = rng.choice(open_ or free or able or list(left))
        left[choice] -= 1
        row.append(choice)
    return row


def spoilt(rng: random.Random, instance: Any, rows: Rows, changes: int) -> Rows:
    """A copy with some cells changed."""
    copy = {who: list(row) for who, row in rows.items()}
    for _ in range(changes):
        row = copy[rng.choice(list(copy))]
        row[rng.randrange(len(row))] = rng.choice(["", *instance.shifts])
    return copy


def rosters(rng: random.Random, instance: Any, number: int) -> list[Rows]:
    """Rosters of all kinds, from the empty one to some that keep the rules."""
    out = [noise(rng, instance, density) for density in (0.0, 0.2, 0.5, 0.7, 1.0)]
    if number in LARGE:
        return [out[3], spoilt(rng, instance, built(rng, instance), 20)]
    for _ in range(6 if number < 10 else 3):
        good = built(rng, instance)
        out += [good, spoilt(rng, instance, good, 1), spoilt(rng, instance, good, 8)]
    return out


def findings(score: Score) -> dict[str, int]:
    """What breaks hard rules, counted as the scorer counts it: places, not amounts."""
    count: Counter[str] = Counter()
    types = set()
    for found in score.broken:
        kind = found.rule.rule
        if kind == "qualified":
            types.add((found.who, found.at.split("-", 1)[1]))
        else:
            count[kind] += 1
    count["max_shift_count"] += len(types)
    return {kind: n for kind, n in count.items() if n}


HARD = {
    "H2_rotation": "forbidden_succession",
    "H3_max_shifts_of_type": "max_shift_count",
    "H4_max_total_minutes": "max_minutes",
    "H5_min_total_minutes": "min_minutes",
    "H6_max_consecutive_shifts": "max_consecutive_days",
    "H7_min_consecutive_shifts": "min_consecutive_days",
    "H8_min_consecutive_days_off": "min_consecutive_days_off",
    "H9_max_weekends": "max_weekends",
    "H10_days_off": "available",
}


@pytest.mark.shared
@pytest.mark.parametrize(
    "number", [pytest.param(n, marks=pytest.mark.slow) if n == 23 else n for n in INSTANCES]
)
def test_rosters_score_as_in_the_independent_scorer(
    load_scorer: Callable[[str], Any], number: int
) -> None:
    """Verdict, places of each hard rule, cost of each soft rule and total are the same."""
    judge = load_scorer(SCORER)
    path = SHARED / "instances" / f"Instance{number}.txt"
    instance, problem = judge.parse_instance(path), read_curtois(path)
    rng = random.Random(number)
    verdicts: Counter[bool] = Counter()

    for rows in rosters(rng, instance, number):
        hard, soft, total = judge.score(instance, rows)
        roster = roster_from_curtois(problem, rows)
        score = check(problem, roster)

        assert findings(score) == {HARD[rule]: len(v) for rule, v in hard.items() if v}
        assert score.is_feasible == (not any(hard.values()))
        requests = soft["S1_shift_on_requests"] + soft["S2_shift_off_requests"]
        assert score.parts.get("preferences", 0) == requests
        assert score.parts.get("shortage", 0) == soft["S3_cover_under"]
        assert score.parts.get("surplus", 0) == soft["S4_cover_over"]
        assert score.total == total
        assert roster_to_curtois(problem, roster) == rows
        verdicts[score.is_feasible] += 1

    assert verdicts[False] > 0
    assert verdicts[True] > 0 or number not in EASY


@pytest.mark.shared
def test_a_second_shift_on_a_day_is_infeasible_in_both(load_scorer: Callable[[str], Any]) -> None:
    """One added shift on a worked day spoils a roster that kept all rules."""
    judge = load_scorer(SCORER)
    path = SHARED / "instances" / "Instance4.txt"
    instance, problem = judge.parse_instance(path), read_curtois(path)
    rng = random.Random(4)
    rows: dict[str, Any] = built(rng, instance)
    who, day = next((w, d) for w, row in rows.items() for d, cell in enumerate(row) if cell)
    rows[who][day] = list(instance.shifts)[:2]

    hard, _, _ = judge.score(instance, rows)
    score = check(problem, roster_from_curtois(problem, rows))

    assert len(hard["H1_one_shift_per_day"]) == 1
    per_day = [v for v in score.broken if v.at == str(problem.horizon.dates[day])]
    assert [v.amount for v in per_day if v.rule.rule == "max_shift_count"] == [1]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("number", "optimum"), [(1, 607), pytest.param(2, 828, marks=pytest.mark.slow)]
)
def test_the_model_reaches_the_proven_optimum(
    load_scorer: Callable[[str], Any],
    solve_plainly: Callable[[Program], tuple[float, np.ndarray]],
    number: int,
    optimum: int,
) -> None:
    """The optimum of the posted model is the published one, and the checker's total."""
    judge = load_scorer(SCORER)
    path = SHARED / "instances" / f"Instance{number}.txt"
    problem = read_curtois(path)
    model = build(problem)

    objective, columns = solve_plainly(model.program())
    roster = model.pairs.roster(columns)
    score = check(problem, roster)
    hard, _, total = judge.score(judge.parse_instance(path), roster_to_curtois(problem, roster))

    assert objective == pytest.approx(optimum)
    assert score.is_feasible
    assert not any(hard.values())
    assert score.total == total == optimum
