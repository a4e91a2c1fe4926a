"""Weeks of the nurse rostering competition are fixed one by one, from what was shown only."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from nurses import HISTORY, SCENARIO, rows, week

from benchmarks import inrc2_stages
from benchmarks.inrc2 import history_of, problem_of, roster_from_inrc2
from benchmarks.inrc2_stages import fix_weeks, in_stages, main
from benchmarks.records import Record
from benchmarks.stage import SURPLUS, Stage, history_after, in_proportion
from shiftplan import check
from shiftplan.problem.records import History
from shiftplan.rules.counts import MaxShiftCount, MinShiftCount
from shiftplan.rules.coverage import Surplus
from shiftplan.rules.rest import MaxWeekends
from shiftplan.rules.wishes import Preferences

MONTH = {**SCENARIO, "id": "n002w3", "numberOfWeeks": 3}
BEFORE = tuple(history_of(row) for row in HISTORY["nurseHistory"])
CALM = week({("Early", "Nurse"): (0, 1)}, [("ana", "Night", "Monday"), ("bo", "Any", "Tue")])
NIGHTS = week({("Night", "Nurse"): (1, 1)}, [])
AT_THE_END = ("min_shift_count", "max_shift_count", "max_weekends")
"""Rules whose cost is known at the end of the horizon only."""


def write(folder: Path, weeks: list[Any]) -> None:
    """Write a data set; its week files may be rubbish."""
    stems = {"Sc-n002w3": MONTH, "H0-n002w3-0": HISTORY}
    stems |= {f"WD-n002w3-{i}": data for i, data in enumerate(weeks)}
    for stem, data in stems.items():
        (folder / f"{stem}.json").write_text(json.dumps(data), encoding="utf-8")


def carried(history: tuple[History, ...], cells: dict[str, list[str]]) -> tuple[History, ...]:
    return tuple(history_after(h, cells[h.volunteer_id]) for h in history)


@pytest.mark.parametrize(
    ("ana", "expected"),
    [
        # ana came with a night, 3 days in a row, no shift and one weekend counted.
        ("NN.....", ("", 0, 0, 5, 2, 1)),
        ("N...ENN", ("Night", 2, 3, 0, 4, 2)),
        ("NNNNNNN", ("Night", 8, 10, 0, 7, 2)),
        (".....E.", ("", 0, 0, 1, 1, 2)),
        (".......", ("", 0, 0, 7, 0, 1)),
        ("nnnnnnE", ("Early", 1, 10, 0, 7, 2)),
    ],
)
def test_history_after_a_week_by_hand(ana: str, expected: tuple[object, ...]) -> None:
    """Last type, its run, days worked and off in a row, shifts and weekends are carried on."""
    after = history_after(BEFORE[0], rows(ana=ana)["ana"])

    assert expected == (
        after.last_shift_type,
        after.same_type_in_a_row,
        after.worked_in_a_row,
        after.off_in_a_row,
        after.counted_shifts,
        after.counted_weekends,
    )


@pytest.mark.parametrize("seed", range(25))
def test_costs_of_weeks_add_up_to_those_of_all_weeks_at_once(seed: int) -> None:
    """Runs, wishes and cover add up over carried histories; counts are those of the last week."""
    rng = random.Random(seed)
    weeks = [CALM, NIGHTS, CALM]
    signs = ["..EN", ".EN", "...E", "ENne"]
    full = {who: "".join(rng.choice(rng.choice(signs)) for _ in range(21)) for who in ("ana", "bo")}
    history, parts, last, broken = BEFORE, Counter[str](), {}, Counter[str]()

    for number, data in enumerate(weeks):
        cells = rows(**{who: row[7 * number : 7 * number + 7] for who, row in full.items()})
        problem = problem_of("week", MONTH, history, [data])
        score = check(problem, roster_from_inrc2(problem, cells))
        last = {kind: score.parts.get(kind, 0) for kind in AT_THE_END}
        parts.update({k: cost for k, cost in score.parts.items() if k not in AT_THE_END})
        broken.update(score.hard)
        history = carried(history, cells)
    whole = problem_of("all", MONTH, BEFORE, weeks)
    score = check(whole, roster_from_inrc2(whole, rows(**full)))

    assert +(parts + Counter(last)) == +Counter(score.parts)
    assert broken == Counter(score.hard)


def test_a_week_is_shown_only_after_the_weeks_before_it_are_fixed() -> None:
    """When a week is taken from the source, each earlier one has been planned."""
    planned: list[Stage] = []
    taken: list[int] = []

    def source() -> Iterator[Any]:
        for data in (CALM, NIGHTS, CALM):
            taken.append(len(planned))
            yield data

    def plan(stage: Stage) -> dict[str, list[str]]:
        planned.append(stage)
        ahead = "NNNNNNN" if stage.left else ""  # planned along, and not kept
        return rows(ana="N......" + ahead, bo="......E" + ahead)

    cells = in_stages(MONTH, BEFORE, source(), plan)

    assert taken == [0, 1, 2]
    assert [stage.shown for stage in planned] == [(CALM,), (CALM, NIGHTS), (CALM, NIGHTS, CALM)]
    assert cells == rows(ana="N......" * 3, bo="......E" * 3)
    # bo had one shift; Sunday's early shift of each week before is his last.
    assert [stage.history[1].counted_shifts for stage in planned] == [1, 2, 3]
    assert planned[2].history[1].last_shift_type == "Early"


def test_files_of_later_weeks_are_not_opened(tmp_path: Path) -> None:
    """A week file appears only once the week before it is fixed, and nothing misses it."""
    write(tmp_path, [CALM])
    numbers = iter((1, 2))

    def plan(stage: Stage) -> dict[str, list[str]]:
        if stage.left:
            later = tmp_path / f"WD-n002w3-{next(numbers)}.json"
            assert not later.exists()
            later.write_text(json.dumps(NIGHTS), encoding="utf-8")
        return rows(ana="NN.....", bo="..NNNNN")

    roster = fix_weeks(tmp_path, "n002w3_0_0-1-2", plan)

    assert len(roster.assignments) == 3 * 7


def test_the_last_week_is_planned_with_the_exact_limits() -> None:
    """Alone or ahead, it is the plain problem of the week after its history."""
    stage = Stage(MONTH, BEFORE, (CALM, NIGHTS, CALM))
    exact = problem_of("", MONTH, BEFORE, [CALM])

    for problem in (stage.alone(), stage.ahead(random.Random(0))):
        assert problem.model_copy(update={"name": ""}) == exact


def test_a_look_ahead_that_reaches_the_end_has_the_exact_limits() -> None:
    """Limits are the scenario's, surplus has a price; the drawn week was shown, without wishes."""
    problem = Stage(MONTH, BEFORE, (CALM, NIGHTS)).ahead(random.Random(0))
    exact = problem_of("", MONTH, BEFORE, [NIGHTS, NIGHTS])
    other = problem_of("", MONTH, BEFORE, [NIGHTS, {**CALM, "shiftOffRequests": []}])

    assert problem.rules == (*exact.rules, Surplus(level=1, weight=SURPLUS))
    assert problem.preferences == ()
    assert problem.requirements in (exact.requirements, other.requirements)


def test_wishes_are_those_of_the_week_itself() -> None:
    """The week planned along was shown with wishes, and has none."""
    problem = Stage(MONTH, BEFORE, (CALM, CALM)).ahead(random.Random(0))

    assert problem.horizon.days == 14
    assert problem.preferences == problem_of("", MONTH, BEFORE, [CALM]).preferences


def test_a_look_ahead_that_ends_early_has_its_share_of_the_limits() -> None:
    """Two of three weeks have passed at its end: two thirds of each limit hold."""
    problem = Stage(MONTH, BEFORE, (CALM,)).ahead(random.Random(0))

    # Full: at least 3 shifts -> 2; at most 5 -> 3 1/3, the fourth costs two thirds of 20.
    assert [
        (type(rule), rule.value, rule.weight)
        for rule in problem.rules
        if isinstance(rule, MinShiftCount | MaxShiftCount | MaxWeekends) and rule.group == ("Full",)
    ] == [
        (MinShiftCount, 2, 20),
        (MaxShiftCount, 3, 13),
        (MaxShiftCount, 4, 7),
        # At most 1 weekend -> 2/3: the first one costs a third of 30.
        (MaxWeekends, 0, 10),
        (MaxWeekends, 1, 20),
    ]
    daily = [r for r in problem.rules if isinstance(r, MaxShiftCount) and r.per == "day"]
    assert daily == [MaxShiftCount(value=1, per="day")]


@pytest.mark.parametrize(("shown", "surplus"), [(1, 2), (2, 2), (3, 0)])
def test_people_beyond_a_target_cost_before_the_last_week(shown: int, surplus: int) -> None:
    """The price is there while weeks remain; in the last week a person too many is free."""
    problem = Stage(MONTH, BEFORE, (CALM,) * shown).ahead(random.Random(0))
    # One early shift a day is wanted: both work it on Tuesday and on Wednesday.
    early = rows(
        ana=".EE".ljust(problem.horizon.days, "."), bo="EEEE".ljust(problem.horizon.days, ".")
    )

    score = check(problem, roster_from_inrc2(problem, early))

    assert score.parts.get("surplus", 0) == surplus * SURPLUS


def test_a_share_leaves_other_rules_and_whole_numbers_alone() -> None:
    """Half of six is three, without a second step."""
    rule = MaxShiftCount(value=6, level=1, weight=20)
    wishes = Preferences(level=1, weight=10)

    assert list(in_proportion(rule, 0.5)) == [rule.model_copy(update={"value": 3})]
    assert list(in_proportion(wishes, 0.5)) == [wishes]


def test_a_week_alone_has_no_limits_from_below_before_the_end() -> None:
    """Nobody can have worked enough in the first week; all else is as it is."""
    exact = problem_of("", MONTH, BEFORE, [CALM])

    problem = Stage(MONTH, BEFORE, (CALM,)).alone()

    assert problem.rules == tuple(r for r in exact.rules if not isinstance(r, MinShiftCount))


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_the_command_agrees_with_the_scorer(
    tmp_path: Path, load_scorer: Callable[[str], Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """Costs in the table are those that the independent scorer gives the written rosters."""
    judge = load_scorer("inrc2/score_inrc2.py")
    write(tmp_path, [CALM, NIGHTS])
    (tmp_path / "known.csv").write_text("instance,best_UB\nn002w3_0_0-1-0,100\n", encoding="utf-8")
    out = tmp_path / "out"

    main(
        [str(tmp_path), "n002w3_0_0-1-0", f"--out={out}", f"--best-known={tmp_path / 'known.csv'}"]
    )

    row = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("| n002"))
    cells = [cell.strip() for cell in row.split("|")]
    sc = judge.read_scenario(str(tmp_path / "Sc-n002w3.json"))
    history = judge.read_history(str(tmp_path / "H0-n002w3-0.json"))
    weeks = [judge.read_week(str(tmp_path / f"WD-n002w3-{i}.json")) for i in (0, 1, 0)]
    for policy, place in (("look-ahead", 3), ("week_alone", 6)):
        path = out / policy / "n002w3_0_0-1-0.json"
        hard, _, total = judge.score(sc, history, weeks, judge.read_solutions([str(path)], sc))
        assert not any(hard.values())
        assert int(cells[place].replace(",", "")) == total
        # Best known is 100: the excess in percent is the cost less 100.
        assert float(cells[place + 1].split()[0]) == total - 100


def test_a_week_without_a_roster_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nobody may fill a minimum the table says none, and the command goes on."""
    impossible = week({("Night", "Head"): (2, 2)}, [])
    write(tmp_path, [CALM, impossible])

    main([str(tmp_path), "n002w3_0_0-1-0", f"--out={tmp_path}", "--policies", inrc2_stages.ALONE])

    assert "| n002w3_0_0-1-0 |        none |       none |   none |" in capsys.readouterr().out


def test_the_table_has_our_own_static_cost_where_it_is_given() -> None:
    """Excess is over the best published cost; a policy that was not played has none."""
    costs = [("a", "look-ahead", 110), ("a", "week alone", 150), ("b", "look-ahead", 240)]
    best = {"a": 100, "b": 200}
    played = [
        Record(
            suite=inrc2_stages.SUITE,
            instance=name,
            engine=policy,
            status="FEASIBLE",
            cost=cost,
            best_known=best[name],
            solve_seconds=3.0,
            seed=0,
            workers=1,
            machine={},
        )
        for name, policy, cost in costs
    ]

    rows = inrc2_stages.table(played, {"a": 105}).rows

    assert rows == (
        ("a", "100", "105", "110", "10.00 %", "3", "150", "50.00 %", "3"),
        ("b", "200", "none", "240", "20.00 %", "3", "none", "none", "none"),
        # (10 + 20) / 2
        ("mean", "", "", "", "15.00 %", "", "", "50.00 %", ""),
    )
