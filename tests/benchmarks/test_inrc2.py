"""The instances of the nurse rostering competition score here as in an independent scorer."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from nurses import HISTORY, SCENARIO, rows, week

from benchmarks.inrc2 import read_inrc2, roster_from_inrc2, roster_to_inrc2
from shiftplan.model import Program
from shiftplan.problem import Problem
from shiftplan.scoring.check import Score, check
from shiftplan.solving.building import build
from shiftplan.week.roster import Roster
from shiftplan.week.wishes import Pin

SHARED = Path(__file__).resolve().parents[3] / "shared" / "bench" / "inrc2"
SCORER = "inrc2/score_inrc2.py"
INSTANCES = (
    "n005w4_1_6-2-9-1",
    "n005w4_2_0-1-2-3",
    "n012w8_1_2-7-0-9-3-6-0-6",
    "n012w8_2_1-1-4-5-8-8-3-0",
    "n021w4_1_6-2-9-1",
    "n021w4_0_4-5-8-3",
    "n030w4_1_6-2-9-1",
    "n030w4_2_0-7-7-5",
    "n030w8_1_6-7-5-3-5-6-2-9",
    "n030w8_0_4-1-8-2-2-0-9-3",
    "n050w4_0_0-4-8-7",
    "n050w4_2_1-3-6-9",
    "n080w4_2_4-3-3-3",
    "n080w4_0_1-5-7-9",
    "n120w4_1_5-6-9-8",
    "n120w4_2_0-2-3-7",
)

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")

Solver = Callable[[Program], tuple[float, np.ndarray]]
Cells = dict[str, list[str]]


# ---- on files of our own


@pytest.fixture
def tiny(tmp_path: Path) -> Problem:
    calm = week({("Early", "Nurse"): (0, 1)}, [("ana", "Night", "Monday"), ("bo", "Any", "Tue")])
    for stem, data in {
        "Sc-n002w1": SCENARIO,
        "H0-n002w1-0": HISTORY,
        "WD-n002w1-0": calm,
        "WD-n002w1-1": week({("Night", "Head"): (1, 1)}, []),
    }.items():
        (tmp_path / f"{stem}.json").write_text(json.dumps(data), encoding="utf-8")
    return read_inrc2(tmp_path, "n002w1_0_0")


def test_costs_of_a_roster_by_hand(tiny: Problem) -> None:
    """Each soft rule costs what can be counted by hand, history included."""
    score = check(tiny, roster_from_inrc2(tiny, rows(ana="NN...E.", bo=".E.....")))

    assert score.hard == {}
    assert score.parts == {
        # Early nurse wanted each day: there on Tuesday and Saturday -> 5 x 30.
        "shortage": 150,
        # ana, Night on Monday; bo, any shift on Tuesday.
        "preferences": 20,
        # ana worked 3 days before, now 5 in a row, at most 4 -> 30.
        "max_consecutive_days": 30,
        # ana's Saturday and bo's Tuesday are single days between days off -> 2 x 30.
        "min_consecutive_days": 60,
        # bo: 4 days off before, already beyond 3, and Monday -> 30; Wednesday to Sunday -> 60.
        "max_consecutive_days_off": 90,
        # ana works Saturday alone and has complete weekends.
        "complete_weekends": 30,
        # ana worked one weekend before and works one, at most 1.
        "max_weekends": 30,
    }


def test_a_run_that_ends_at_the_border_is_short(tiny: Problem) -> None:
    """The history's single night, not continued, is one short of two; so is a bound at the end."""
    score = check(tiny, roster_from_inrc2(tiny, rows(ana=".......", bo="......N")))

    # ana's night run of 1 ends at the border: 15. bo's night on Sunday may go on: nothing.
    assert score.parts["min_consecutive_days"] == 15
    # ana has 0 shifts, at least 3 -> 3 x 20; bo has 1 + 1.
    assert score.parts["min_shift_count"] == 60


@pytest.mark.parametrize(
    ("ana", "bo", "broken"),
    [
        ("E......", ".......", {"forbidden_succession": 1}),
        ("NNE....", ".......", {"forbidden_succession": 1}),
        (".......", "..e....", {"qualified": 1}),
        ("n......", "N......", {}),
    ],
)
def test_hard_rules_by_hand(tiny: Problem, ana: str, bo: str, broken: dict[str, int]) -> None:
    """Successions count from the history on, and a nurse works in a skill she has."""
    assert check(tiny, roster_from_inrc2(tiny, rows(ana=ana, bo=bo))).hard == broken


def test_minimum_cover_is_hard(tiny: Problem, tmp_path: Path) -> None:
    """A day without the head it needs breaks the minimum of that day."""
    other = read_inrc2(tmp_path, "n002w1_0_1")

    score = check(other, roster_from_inrc2(other, rows(ana="nnnnn..", bo="N......")))

    assert score.hard == {"minimum_coverage": 2}


def test_two_shifts_on_a_day_break_a_hard_rule_and_have_no_cell(tiny: Problem) -> None:
    """The form has one cell a day, so that such a roster cannot be written."""
    roster = Roster.of([("0-Night-Nurse", "ana"), ("0-Night-Head", "ana")])

    assert check(tiny, roster).hard == {"max_shift_count": 1}
    with pytest.raises(ValueError, match="ana works two shifts on day 0"):
        roster_to_inrc2(tiny, roster)


def test_a_roster_survives_its_written_form(tiny: Problem) -> None:
    """Cells read and written again are the same, and lists of two names are read too."""
    cells = rows(ana="nN..E..", bo="E......")
    lists = {who: [c.split(":") if c else None for c in row] for who, row in cells.items()}

    assert roster_to_inrc2(tiny, roster_from_inrc2(tiny, cells)) == cells
    assert roster_from_inrc2(tiny, lists) == roster_from_inrc2(tiny, cells)


def test_wrong_numbers_of_weeks_and_days_are_refused(tiny: Problem, tmp_path: Path) -> None:
    """An instance names as many weeks as its scenario has, and a row has all days."""
    with pytest.raises(ValueError, match="2 weeks, not 1"):
        read_inrc2(tmp_path, "n002w1_0_0-1")
    with pytest.raises(ValueError, match="bo has 1 days, not 7"):
        roster_from_inrc2(tiny, {"bo": [""]})


def test_the_model_agrees_with_the_checker_at_its_optimum(
    tiny: Problem, solve_plainly: Solver
) -> None:
    """The optimum of the posted model is the total of its roster."""
    model = build(tiny)

    objective, columns = solve_plainly(model.program())
    score = check(tiny, model.pairs.roster(columns))

    assert score.is_feasible
    assert objective == pytest.approx(score.total)


# ---- against the scorer


class Instance:
    """An instance as the scorer reads it."""

    def __init__(self, judge: Any, name: str) -> None:
        dataset, history, weeks = name.split("_")
        folder = SHARED / dataset
        stems = [f"WD-{dataset}-{number}" for number in weeks.split("-")]
        self.scenario = judge.read_scenario(str(folder / f"Sc-{dataset}.json"))
        self.history = judge.read_history(str(folder / f"H0-{dataset}-{history}.json"))
        self.weeks = [judge.read_week(str(folder / f"{stem}.json")) for stem in stems]
        self.problem = read_inrc2(folder, name)
        self.days = 7 * len(self.weeks)
        self.skills = {who: skills for who, (_, skills) in self.scenario["nurses"].items()}

    def needs(self, day: int) -> list[tuple[str, str, int, int]]:
        """Shift type, skill, minimum and optimum of each entry of a day."""
        table = self.weeks[day // 7][0]
        return [(*key, *per_day[day % 7]) for key, per_day in table.items()]


def noise(rng: random.Random, instance: Instance, density: float, *, able: bool) -> Cells:
    """Each cell is worked with a probability; in a skill the nurse has, if `able`."""
    shifts, skills = list(instance.scenario["shifts"]), instance.scenario["skills"]
    return {
        who: [
            f"{rng.choice(shifts)}:{rng.choice(own if able else skills)}"
            if rng.random() < density
            else ""
            for _ in range(instance.days)
        ]
        for who, own in instance.skills.items()
    }


def built(rng: random.Random, instance: Instance, share: float) -> Cells:
    """Built day by day to keep the hard rules; optimal cover is reached with a probability."""
    cells: Cells = {who: [] for who in instance.skills}
    last = {who: history[2] for who, history in instance.history.items()}
    for day in range(instance.days):
        needs = instance.needs(day)
        seats = [(s, k) for s, k, low, _ in needs for _ in range(low)]
        holders = Counter(k for own in instance.skills.values() for k in own)
        rng.shuffle(seats)
        seats.sort(key=lambda seat: holders[seat[1]])
        more = [(s, k) for s, k, low, best in needs for _ in range(best - low)]
        seats += [seat for seat in more if rng.random() < share]
        today: dict[str, str] = {}
        for shift, skill in seats:
            free = [
                who
                for who, own in instance.skills.items()
                if who not in today
                and skill in own
                and (last[who], shift) not in instance.scenario["forbidden"]
            ]
            if free:
                # Work goes on in the same shift type where it can, so that runs grow long.
                rng.shuffle(free)
                who = min(free, key=lambda w: (last[w] != shift, len(instance.skills[w])))
                if rng.random() < 0.3:
                    who = min(free, key=lambda w: len(instance.skills[w]))
                today[who] = f"{shift}:{skill}"
        for who, row in cells.items():
            row.append(today.get(who, ""))
            last[who] = today[who].split(":")[0] if who in today else None
    return cells


def spoilt(rng: random.Random, instance: Instance, cells: Cells, changes: int) -> Cells:
    """A copy with some cells changed."""
    copy = {who: list(row) for who, row in cells.items()}
    shifts, skills = list(instance.scenario["shifts"]), instance.scenario["skills"]
    for _ in range(changes):
        row = copy[rng.choice(list(copy))]
        some = f"{rng.choice(shifts)}:{rng.choice(skills)}"
        row[rng.randrange(len(row))] = rng.choice(["", some])
    return copy


def rosters(rng: random.Random, instance: Instance) -> list[Cells]:
    """Rosters of all kinds, from the empty one to some that keep the hard rules."""
    small = len(instance.problem.volunteers) < 100
    densities = (0.0, 0.2, 0.5, 0.7, 0.9, 1.0) if small else (0.0, 0.5, 1.0)
    out = [noise(rng, instance, density, able=True) for density in densities]
    out.append(noise(rng, instance, 0.5, able=False))
    for share in (0.0, 0.5, 0.8, 1.0) if small else (0.5, 1.0):
        good = built(rng, instance, share)
        out += [good, spoilt(rng, instance, good, 1), spoilt(rng, instance, good, 10)]
    return out


def assignments(cells: Cells) -> list[tuple[str, int, str, str]]:
    """Nurse, day, shift type and skill of each worked cell."""
    return [
        (who, day, *cell.split(":"))
        for who, row in cells.items()
        for day, cell in enumerate(row)
        if cell
    ]


def unpriced(instance: Instance, cells: Cells) -> int:
    """Cost of optimal cover that the official validator leaves out below the minimum."""
    cover = Counter(work[1:] for work in assignments(cells))
    return sum(
        30 * (best - cover[day, shift, skill])
        for day in range(instance.days)
        for shift, skill, low, best in instance.needs(day)
        if cover[day, shift, skill] < low
    )


def findings(score: Score) -> dict[str, int]:
    """How many places break each hard rule."""
    return dict(Counter(v.rule.rule for v in score.broken))


HARD = {
    "H1_single_assignment": "max_shift_count",
    "H2_minimum_coverage": "minimum_coverage",
    "H3_succession": "forbidden_succession",
    "H4_required_skill": "qualified",
}
SOFT = {
    "S1_optimal_coverage": ("shortage",),
    "S2_consecutive": ("min_consecutive_days", "max_consecutive_days"),
    "S3_days_off": ("min_consecutive_days_off", "max_consecutive_days_off"),
    "S4_preferences": ("preferences",),
    "S5_complete_weekends": ("complete_weekends",),
    "S6_total_assignments": ("min_shift_count", "max_shift_count"),
    "S7_working_weekends": ("max_weekends",),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", INSTANCES)
def test_rosters_score_as_in_the_independent_scorer(
    load_scorer: Callable[[str], Any], name: str
) -> None:
    """Verdict, places of each hard rule, cost of each soft rule and total are the same.

    The scorer, like the official validator, does not price optimal cover where the minimum is
    missed; the difference exists only in infeasible rosters and is added before comparing.
    """
    judge = load_scorer(SCORER)
    instance = Instance(judge, name)
    rng = random.Random(name)
    verdicts: Counter[bool] = Counter()

    for cells in rosters(rng, instance):
        hard, soft, total = judge.score(
            instance.scenario, instance.history, instance.weeks, assignments(cells)
        )
        left_out = unpriced(instance, cells)
        soft["S1_optimal_coverage"] += left_out
        roster = roster_from_inrc2(instance.problem, cells)
        score = check(instance.problem, roster)

        assert findings(score) == {HARD[rule]: len(v) for rule, v in hard.items() if v}
        assert score.is_feasible == (not any(hard.values()))
        for rule, kinds in SOFT.items():
            assert sum(score.parts.get(kind, 0) for kind in kinds) == soft[rule], rule
        assert score.total == total + left_out
        assert left_out == 0 or not score.is_feasible
        assert roster_to_inrc2(instance.problem, roster) == cells
        verdicts[score.is_feasible] += 1

    assert min(verdicts[True], verdicts[False]) > 0


@pytest.mark.shared
def test_a_second_assignment_on_a_day_is_infeasible_in_both(
    load_scorer: Callable[[str], Any],
) -> None:
    """Each nurse and day with two assignments is one breach here and there."""
    judge = load_scorer(SCORER)
    instance = Instance(judge, "n005w4_1_6-2-9-1")
    cells = built(random.Random(5), instance, 0.5)
    who, day, shift, skill = assignments(cells)[0]
    other = next(s for s in instance.scenario["shifts"] if s != shift)

    hard, _, _ = judge.score(
        instance.scenario,
        instance.history,
        instance.weeks,
        [*assignments(cells), (who, day, other, skill)],
    )
    roster = roster_from_inrc2(instance.problem, cells)
    both = Roster.of([*roster.assignments, (f"{day}-{other}-{skill}", who)])
    score = check(instance.problem, both)

    assert len(hard["H1_single_assignment"]) == score.hard["max_shift_count"] == 1


@pytest.mark.shared
@pytest.mark.parametrize("name", ["n005w4_1_6-2-9-1", "n012w8_1_2-7-0-9-3-6-0-6"])
def test_the_model_prices_a_fixed_roster_as_the_scorer_does(
    load_scorer: Callable[[str], Any], solve_plainly: Solver, name: str
) -> None:
    """With a feasible roster pinned, the optimum of the posted model is the scorer's total."""
    judge = load_scorer(SCORER)
    instance = Instance(judge, name)
    problem = instance.problem
    rng = random.Random(name)
    compared = 0
    while compared < 3:
        cells = built(rng, instance, rng.choice((0.0, 0.5, 1.0)))
        hard, _, total = judge.score(
            instance.scenario, instance.history, instance.weeks, assignments(cells)
        )
        if any(hard.values()):
            continue
        compared += 1
        roster = roster_from_inrc2(problem, cells)
        pins = [
            Pin(
                volunteer_id=who,
                shift_id=shift.shift_id,
                state="must" if (shift.shift_id, who) in roster else "must_not",
            )
            for who in cells
            for shift in problem.shifts
        ]
        model = build(problem.model_copy(update={"pins": tuple(pins)}))

        objective, columns = solve_plainly(model.program())

        assert model.pairs.roster(columns) == roster
        assert objective == pytest.approx(total)
