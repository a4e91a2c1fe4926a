"""Damaged files of every kind end in an answer or an `InputError`; the long run is a command."""

from __future__ import annotations

import random
import re
import tempfile
from pathlib import Path

import pytest

from fuzz.readers import ELSEWHERE, READERS, Reader
from fuzz.run import Fuzzer, run, turns
from shiftplan.errors import InputError

ROOT = Path(__file__).parents[2]
OPENS = re.compile(
    r"\bread_text\(|\bread_bytes\(|\bread_json\(|model_validate_json\(|json\.loads?\(|pickle\.load\("
    r"|\bcsv\.(reader|DictReader)\(|\bZipFile\(|\bload_workbook\(|\.open\("
)
"""Calls that read a file."""
OWN = {"trial.py", "child.py", "cost_model.py", "season.py", "machine.py", "report.py", "term.py"}
OWN |= {"everything.py", "gap_picture.py", "family/instances.py", "family/cli.py", "family/best.py"}
OWN |= {"accepted.py", "growth_picture.py", "family/results.py", "rivals.py"}
"""Tools of `benchmarks` that read what they wrote themselves, or what the system tells."""
OTHERS_OF_BENCHMARKS = {
    "forecasts.py": "reads the series that forecast-tools brings along",
    "log_files.py": "writes the logs that `read_visits` reads next",
    "visit_logs.py": "reads logs with a known truth, which programs have drawn",
    "short.py": "packs a workbook that has to be refused",
    "visits.py": "writes the logs that `read_visits` reads next",
    "sources.py": "counts the rows of a week that `read_week` reads next",
    "weeks/units.py": "reads the tables of units that are kept beside it",
}


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_damaged_files(reader: Reader, tmp_path: Path) -> None:
    """Some cases of each reader: no other error, no endless work, no message that harms."""
    fuzzer = Fuzzer(tmp_path, seed=0)
    cases = 10 if "workbook" in reader.name else 30

    found = [finding for case in range(cases) if (finding := fuzzer.one(reader, case))]

    assert found == []


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_files_that_are_whole_are_read(reader: Reader, tmp_path: Path) -> None:
    """What is damaged was good: no reader refuses the files that it begins with."""
    fuzzer = Fuzzer(tmp_path, seed=0)
    fuzzer.damaged(reader, random.Random(0))
    place = next(tmp_path.iterdir())

    if reader.name == "who has a run":  # it always tells that somebody has it
        with pytest.raises(InputError, match="process 7 of u on h"):
            reader.read(place, random.Random(0))
        return
    reader.read(place, random.Random(0))


def test_cases_come_again() -> None:
    """The same seed and case give the same files; another seed gives others."""
    reader = READERS[0]

    def files(seed: int) -> list[dict[str, bytes]]:

        with tempfile.TemporaryDirectory() as folder:
            fuzzer = Fuzzer(Path(folder), seed)
            return [fuzzer.damaged(reader, random.Random(f"{seed}/{case}")) for case in range(20)]

    assert files(1) == files(1)
    assert files(1) != files(2)


def test_a_fault_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that raises something else, in one case of many, is told with its case."""

    def read(folder: Path, _: random.Random) -> None:
        if b"x" not in (folder / "a.csv").read_bytes():
            raise OverflowError("too large")

    def cut(chance: random.Random, data: bytes) -> bytes:
        return data[: chance.randrange(2)]

    reader = Reader("one", lambda: {"a.csv": b"xy"}, (cut,), read, ())

    found = list(run(range(20), 0, [reader]))

    assert 0 < len(found) < 20
    assert found[0].what == "OverflowError: 'too large'"


def test_every_reader_has_its_turn() -> None:
    """The long run tries all readers, those with a larger share more often."""
    order = turns(READERS)

    assert {reader.name for reader in order} == {reader.name for reader in READERS}
    assert len(order) == sum(reader.share for reader in READERS)


def test_no_reader_is_missing() -> None:
    """Each module that opens files is that of a reader, or is known to read nothing of others."""
    known = {module for reader in READERS for module in reader.modules} | set(ELSEWHERE)
    known |= OWN | set(OTHERS_OF_BENCHMARKS)
    found = set()
    for top in (ROOT / "src" / "shiftplan", ROOT / "benchmarks"):
        for path in top.rglob("*.py"):
            if OPENS.search(path.read_text(encoding="utf-8")):
                found.add(path.relative_to(top).as_posix())

    assert found - known == set()
    assert known - found == set()
