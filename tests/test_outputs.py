"""Files of a result in a folder: none of another roster stays beside them."""

from __future__ import annotations

from pathlib import Path

import pytest
from towns import town

from shiftplan import outputs, solve
from shiftplan.outputs import RESULT, write_outputs

PROBLEM = town(1, 5)
PLANNED = solve(PROBLEM, workers=1, time_limit=None)


def write(folder: Path) -> None:
    beside = {RESULT: PLANNED.to_json()}
    write_outputs(PROBLEM, PLANNED, folder, "en", beside=beside, compared=None, told=None)


def views(folder: Path) -> set[str]:
    """Files that people read, but for notes of the run itself."""
    return {p.name for p in folder.rglob("*") if p.suffix in (".txt", ".ics", ".html", ".xlsx")}


@pytest.mark.parametrize("cut", ["write_texts", "write_reserves", "write_report"])
def test_what_ends_half_way_leaves_nothing_of_the_roster_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    """Messages of the last roster beside a new one would be sent to people."""
    write(tmp_path)
    assert {"report.html", "roster.xlsx", "V000.txt", "V000.ics"} <= views(tmp_path)

    def stop(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(outputs, cut, stop)
    with pytest.raises(OSError, match="full"):
        write(tmp_path)

    made = {"roster.xlsx"} if cut == "write_report" else set()
    assert views(tmp_path) == made
    assert (tmp_path / "roster.csv").exists()
