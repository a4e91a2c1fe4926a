"""Weeks of the nurse rostering competition are fixed one by one, from what was shown only."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from nurses import BEFORE, CALM, HISTORY, MONTH, NIGHTS, rows, week

from benchmarks import inrc2_stages
from benchmarks.inrc2_stages import fix_weeks, in_stages, main
from benchmarks.policies import AHEAD, ALONE, SAMPLED
from benchmarks.records import Record
from benchmarks.stage import Stage


def write(folder: Path, weeks: list[Any]) -> None:
    """Write a data set; its week files may be rubbish."""
    stems = {"Sc-n002w3": MONTH, "H0-n002w3-0": HISTORY}
    stems |= {f"WD-n002w3-{i}": data for i, data in enumerate(weeks)}
    for stem, data in stems.items():
        (folder / f"{stem}.json").write_text(json.dumps(data), encoding="utf-8")


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


@pytest.mark.shared
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
    for policy, place in (("alone", 3), ("two weeks ahead", 5), ("several futures", 7)):
        path = out / policy.replace(" ", "_") / "n002w3_0_0-1-0.json"
        hard, _, total = judge.score(sc, history, weeks, judge.read_solutions([str(path)], sc))
        assert not any(hard.values())
        assert int(cells[place].replace(",", "")) == total
        # Best known is 100: the excess in percent is the cost less 100.
        assert float(cells[place + 1].rstrip("%")) == total - 100


def test_a_week_without_a_roster_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nobody may fill a minimum the table says none, and an older roster goes."""
    impossible = week({("Night", "Head"): (2, 2)}, [])
    write(tmp_path, [CALM, impossible])
    older = tmp_path / ALONE / "n002w3_0_0-1-0.json"
    older.parent.mkdir()
    older.write_text("{}", encoding="utf-8")

    main([str(tmp_path), "n002w3_0_0-1-0", f"--out={tmp_path}", "--policies", ALONE])

    row = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("| n002"))
    assert [cell.strip() for cell in row.split("|")[2:-1]] == ["none"] * 3
    assert not older.exists()


def record(name: str, policy: str, cost: int | None, best: int, seed: int = 0) -> Record:
    return Record(
        suite=inrc2_stages.SUITE,
        instance=name,
        engine=policy,
        status="FEASIBLE",
        cost=cost,
        best_known=best,
        seed=seed,
        workers=1,
        machine={},
    )


def test_the_table_has_our_own_static_cost_where_it_is_given() -> None:
    """Excess is over the best published cost; a policy that was not played has none."""
    played = [record("a", AHEAD, 110, 100), record("a", ALONE, 150, 100)]
    played.append(record("b", AHEAD, 240, 200))

    found = inrc2_stages.table(played, {"a": 105})

    assert found.head[1:] == (
        "best static",
        "our static",
        "two weeks ahead",
        "excess",
        "alone",
        "excess",
    )
    assert found.rows[:2] == (
        ("a", "100", "105", "110", "10.00%", "150", "50.00%"),
        ("b", "200", "none", "240", "20.00%", "none", "none"),
    )


def test_means_are_of_instances_that_all_policies_have() -> None:
    """Policies are compared on the same instances; where one found no roster, none counts."""
    played = [
        *(record(name, AHEAD, cost, 100) for name, cost in (("a", 110), ("b", 120), ("c", 160))),
        *(record(name, ALONE, cost, 100) for name, cost in (("a", 130), ("b", 150), ("c", None))),
        record("d", AHEAD, 190, 100),
    ]

    mean = inrc2_stages.table(played, {}).rows[-1]
    apart = inrc2_stages.table([played[0], played[4]], {}).rows[-1]

    # (10 + 20) / 2 and (30 + 50) / 2
    assert mean == ("mean of 2 that all have", "", "", "15.00%", "", "40.00%")
    assert apart == ("mean of 0 that all have", "", "", "none", "", "none")


def test_figures_are_medians_over_seeds() -> None:
    """Of 110, 130 and no roster, 130 is in the middle."""
    played = [record("a", AHEAD, cost, 100, n) for n, cost in enumerate((None, 130, 110))]

    assert inrc2_stages.table(played, {}).rows[0] == ("a", "100", "130", "30.00%")


def test_a_folder_keeps_what_it_has(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Policies played later stand beside those before, and the same one replaces the older run."""
    costs = iter((110, 150, 120, 130))

    def played(_: Path, instance: str, policy: str, *__: object) -> Record:
        return record(instance, policy, next(costs), 100)

    monkeypatch.setattr(inrc2_stages, "measure", played)

    for names in (["alone", AHEAD], [AHEAD], [SAMPLED]):
        main(["DATASET", "a", f"--out={tmp_path}", "--policies", *names])

    row = [line for line in capsys.readouterr().out.splitlines() if line.startswith("| a ")][-1]
    cells = [cell.strip().replace("\u00a0", " ") for cell in row.split("|")[2:-1]]
    assert cells == ["100", "110", "10.00%", "120", "20.00%", "130", "30.00%"]
    assert row in (tmp_path / "inrc2_stages.md").read_text(encoding="utf-8")
