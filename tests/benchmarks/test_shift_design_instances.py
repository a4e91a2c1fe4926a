"""The instances of TU Wien are read, designed and judged as an independent scorer does."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fuzz.corpus import SHIFT_DESIGN

from benchmarks import records
from benchmarks.cli import main
from benchmarks.design_tables import designs
from benchmarks.records import Record
from benchmarks.shift_design import DesignInstance, instance_files, read_shift_design
from shiftplan.citizens import design

DATA = Path(__file__).resolve().parents[3] / "shared" / "bench" / "shift_design"


def read(folder: Path, text: str = SHIFT_DESIGN) -> DesignInstance:
    path = folder / "Tiny.txt"
    path.write_text(text, encoding="utf-8")
    return read_shift_design(path)


def test_templates_are_types_of_shifts(tmp_path: Path) -> None:
    """Twelve o'clock less four hours, eight hours less four; on the grid of the instance."""
    day, night = read(tmp_path).problem.shift_types

    assert (day.type, day.earliest, day.latest) == ("D", dt.time(8), dt.time(12))
    assert (day.min_minutes, day.max_minutes, day.step) == (240, 480, 240)
    assert [*night.times()] == [(20 * 60, 480)]


def test_needs_are_slot_by_slot(tmp_path: Path) -> None:
    """Twelve slots of four hours in two days, that of the first afternoon with two people."""
    needs = read(tmp_path).problem.requirements

    assert [need.target for need in needs] == [1, 0, 2, 2, 1, 1, 1, 0, 2, 2, 0, 1]
    assert needs[3].start == dt.datetime(2024, 1, 1, 12)
    assert needs[3].end == dt.datetime(2024, 1, 1, 16)


def test_the_optimum_is_that_found_by_hand(tmp_path: Path) -> None:
    """Nobody is missing or too many with four times: three by day, and one over midnight.

    With three, four hours of one person are missing or too many, which costs 240 instead of 60.
    """
    tiny = read(tmp_path)

    found = design(tiny.problem, tiny.policy, cyclic=tiny.cyclic, offers=False)

    assert (found.cost, found.bound) == (240, 240)
    assert found.score.parts["times"] == 240


def test_a_period_that_does_not_repeat_has_ends(tmp_path: Path) -> None:
    """No night begins before the first day, or ends after the last: four hours of each miss one."""
    tiny = read(tmp_path, SHIFT_DESIGN.replace("\nyes\n", "\nno\n"))

    found = design(tiny.problem, tiny.policy, cyclic=tiny.cyclic, offers=False)

    assert found.score.parts["missing"] == 480


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("480 0 0 *", "480 0 0 1-5", "template N: days '1-5'"),
        ("1 0 2 2 1 1 1", "1 0 2 2 1 1", "11 requirements"),
        ("#UnderCover:\n1", "#UnderCover:\n1.5", "1.5"),
        ("#Overcover", "#Over", "Tiny.txt is not of the form"),
    ],
)
def test_what_is_not_of_the_form_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    """Nothing is guessed: the message says what is wrong."""
    with pytest.raises(ValueError, match=said):
        read(tmp_path, SHIFT_DESIGN.replace(old, new))


def test_instances_are_named_after_folder_and_file(tmp_path: Path) -> None:
    """Data sets have files of the same names; the second example comes before the tenth."""
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        for number in (10, 2):
            (tmp_path / folder / f"Example{number}.txt").touch()

    assert [*instance_files([tmp_path])] == [
        *("one/Example2", "one/Example10", "two/Example2", "two/Example10")
    ]


def test_one_name_stands_for_one_file(tmp_path: Path) -> None:
    """Else one design would be written over another."""
    for folder in ("a", "b"):
        (tmp_path / folder / "set").mkdir(parents=True)
        (tmp_path / folder / "set" / "Example1.txt").touch()

    with pytest.raises(ValueError, match="two instances are called 'set/Example1'"):
        instance_files([tmp_path])


def run(paths: list[Path], out: Path) -> list[Record]:
    main(["shift_design", *map(str, paths), "--workers", "1", "--out", str(out)])
    return records.read([out])


def test_the_command_writes_designs_and_their_tables(tmp_path: Path, capsys: Any) -> None:
    """Each data set has a folder of designs, and a row; the reference is that of the file."""
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "Tiny.txt").write_text(SHIFT_DESIGN, encoding="utf-8")

    done = run([tmp_path / "one", tmp_path / "two"], tmp_path / "out")

    assert [(r.instance, r.cost, r.bound, r.best_known) for r in done] == [
        ("one/Tiny", 240, 240, 300),
        ("two/Tiny", 240, 240, 300),
    ]
    assert "| one " in capsys.readouterr().out
    times = json.loads((tmp_path / "out" / "two" / "Tiny.json").read_text(encoding="utf-8"))
    assert {"start": 1200, "length": 480, "duties": [1, 1]} in times
    assert len(times) == 4
    assert not [*(tmp_path / "out").glob("*.png")]  # nothing of a design is known over time


def test_designs_need_instances(capsys: pytest.CaptureFixture[str]) -> None:
    """No path is known but those given."""
    with pytest.raises(SystemExit):
        main(["shift_design"])

    assert "PATH" in capsys.readouterr().err


@pytest.mark.shared
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_the_scorer_agrees_on_costs(tmp_path: Path, load_scorer: Callable[[str], Any]) -> None:
    """On a tiny instance and on a public one, the file costs what the table says."""
    (tmp_path / "set").mkdir()
    tiny = tmp_path / "set" / "Tiny.txt"
    tiny.write_text(SHIFT_DESIGN, encoding="utf-8")
    public = DATA / "DataSet3" / "RandomExample5.txt"

    done = run([tiny, public], tmp_path / "out")

    judge = load_scorer("score_shift_design.py")
    for path, record in zip((tiny, public), done, strict=True):
        written = (tmp_path / "out" / f"{record.instance}.json").read_text(encoding="utf-8")
        assert judge.score(judge.read(path), json.loads(written))["cost"] == record.cost


def record(name: str, cost: int, bound: int, known: int | None, took: float) -> Record:
    return Record(
        suite="shift_design",
        instance=name,
        engine="shiftplan",
        seed=0,
        workers=1,
        status="FEASIBLE",
        time_limit=60.0,
        cost=cost,
        bound=bound,
        best_known=known,
        solve_seconds=took,
        machine={},
    )


def test_data_sets_are_counted_against_their_references() -> None:
    """Of three, one is below, one at and one above it; the worst of their gaps is 10%."""
    found = [
        record("a/1", 90, 90, 100, 1.0),
        record("a/2", 100, 100, 100, 3.0),
        record("a/3", 200, 180, 100, 8.0),
        record("b/1", 50, 50, None, 0.5),
    ]

    first, second = designs(found).rows

    assert first == ("a", "3", "1 of 3", "1 of 3", "1", "2 of 3", "10.00%", "3.0 s", "8.0 s")
    assert second == ("b", "1", "", "", "", "1 of 1", "0%", "0.50 s", "0.50 s")
