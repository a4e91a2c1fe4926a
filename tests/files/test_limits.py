"""Each limit that the page on security tells: what is at it is read, and one more is a fault."""

from __future__ import annotations

import json
import zipfile
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from books import faults_of, saved, tiny_book
from weeks import TINY, faults

from shiftplan.errors import InputError
from shiftplan.files import read_problem, read_workbook
from shiftplan.files.workbook import limits

PAGE = (Path(__file__).parents[2] / "docs" / "security.md").read_text(encoding="utf-8")
LIMITS = PAGE.split("\n| what | at most |")[1].split("\n\n")[0]
WEEK: dict[str, Any] = {
    "horizon": {"start": "2026-12-07", "days": 7},
    "centers": [{"center_id": "c"}],
    "volunteers": [{"volunteer_id": "v"}],
    "shifts": [],
    "rules": [{"rule": "max_shift_count", "value": 1}, {"rule": "coverage", "level": 1}],
}
SHIFT = {"shift_id": "s", "center_id": "c", "end": "1970-01-01T04:00"}
NEED = {"shift_id": "s", "minimum": 0}


def codes(folder: Path, *place: str | int, value: Any, shift: bool = False) -> set[str]:
    """What is wrong with a small week as JSON in which one value is another."""
    week = deepcopy(WEEK)
    if shift:
        week["horizon"] = {"start": "1970-01-01", "days": 1}
        week["shifts"] = [SHIFT | {"start": "1970-01-01T00:00"}]
        week["requirements"] = [NEED | {"target": 1}]
    inside: Any = week
    for key in place[:-1]:
        inside = inside[key]
    inside[place[-1]] = value
    path = folder / "week.json"
    path.write_text(json.dumps(week), encoding="utf-8")
    try:
        read_problem(path)
    except InputError as error:
        return {fault.code for fault in error.faults}
    return set()


@pytest.mark.parametrize(
    ("place", "most", "step"),
    [
        (("centers", 0, "priority"), 1_000, 0.5),
        (("horizon", "days"), 3_660, 1),
        (("volunteers", 0, "max_shifts"), 1_000_000_000, 1),
        (("rules", 0, "value"), 1_000_000_000, 1),
        (("rules", 1, "level"), 1_000_000_000, 1),
    ],
)
def test_numbers_at_their_limits(
    place: tuple[str | int, ...], most: int, step: float, tmp_path: Path
) -> None:
    """Priorities, days, counts, values and levels."""
    assert f"{most:,}" in LIMITS
    assert codes(tmp_path, *place, value=most) == set()
    assert codes(tmp_path, *place, value=most + step)


def test_teams_at_their_limit(tmp_path: Path) -> None:
    """A hundred thousand people are a team."""
    place = ("requirements", 0, "target")

    assert "100,000" in LIMITS
    assert codes(tmp_path, *place, value=100_000, shift=True) == set()
    assert codes(tmp_path, *place, value=100_001, shift=True) == {"out_of_range"}


@pytest.mark.parametrize(
    ("place", "most"), [(("centers", 0, "name"), 10_000), (("centers", 0, "center_id"), 200)]
)
def test_texts_at_their_limits(place: tuple[str | int, ...], most: int, tmp_path: Path) -> None:
    """Characters of a text and of an id."""
    assert f"{most:,}" in LIMITS
    assert codes(tmp_path, *place, value="x" * most) == set()
    assert codes(tmp_path, *place, value="x" * (most + 1)) == {"invalid_value"}


def test_dates_at_their_limits(tmp_path: Path) -> None:
    """Horizons begin in the years told; moments lie in them."""
    assert "1970 to 2199" in LIMITS
    for day, found in (
        ("1969-12-31", {"out_of_range"}),
        ("1970-01-01", set()),
        ("2199-12-31", set()),
        ("2200-01-01", {"out_of_range"}),
    ):
        assert codes(tmp_path, "horizon", "start", value=day) == found, day
    assert codes(tmp_path, "shifts", 0, "start", value="1970-01-01T00:00", shift=True) == set()
    early = codes(tmp_path, "shifts", 0, "start", value="1969-12-31T23:59", shift=True)
    assert "out_of_range" in early


def test_digits_of_json_at_their_limit(tmp_path: Path) -> None:
    """A number of more digits is not even read as one."""
    path = tmp_path / "week.json"
    found = []
    for digits in (4_300, 4_301):
        path.write_text(json.dumps(WEEK).replace('"value": 1', f'"value": {"1" * digits}'))
        with pytest.raises(InputError) as caught:
            read_problem(path)
        found += [fault.code for fault in caught.value.faults]

    assert "4,300" in LIMITS
    assert found == ["out_of_range", "broken_json"]


def test_tables_at_their_limits(tmp_path: Path) -> None:
    """Characters of a field, and columns, of CSV."""
    assert "131,072 and 5,000" in LIMITS
    for size, code in ((131_072, "invalid_value"), (131_073, "too_long")):
        assert faults(tmp_path, centers=f"center_id,name\n1,{'x' * size}\n")[0].code == code
    for number, code in ((5_000, "unknown_column"), (5_001, "too_many_columns")):
        more = "".join(f",x{i}" for i in range(number - 6))
        table = TINY["centers"].replace("capacity", f"capacity{more}")
        assert faults(tmp_path, centers=table)[0].code == code


def test_workbooks_at_their_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes of the file, bytes of what it unpacks to, and parts."""
    path = saved(tiny_book(), tmp_path)
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
    sizes = {
        "MOST_BYTES": path.stat().st_size,
        "MOST_UNPACKED": sum(part.file_size for part in parts),
        "MOST_PARTS": len(parts),
    }
    for name, size in sizes.items():
        assert f"{getattr(limits, name):,}" in LIMITS
        with monkeypatch.context() as changed:
            changed.setattr(limits, name, size)
            assert read_workbook(path).centers
            changed.setattr(limits, name, size - 1)
            assert [fault.code for fault in faults_of(path)] == ["too_large"]
