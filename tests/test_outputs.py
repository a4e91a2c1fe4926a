"""Files of a result in a folder: none of another roster stays beside them."""

from __future__ import annotations

from pathlib import Path

import pytest
from towns import town

from shiftplan import Fault, InputError, read_roster, solve
from shiftplan.present import outputs
from shiftplan.present.outputs import RESULT, write_outputs

PROBLEM = town(1, 5)
PLANNED = solve(PROBLEM, workers=1, time_limit=None)


def write(folder: Path) -> None:
    beside = {RESULT: PLANNED.to_json()}
    write_outputs(PROBLEM, PLANNED, folder, "en", beside=beside, compared=None, told=None)


def views(folder: Path) -> set[str]:
    """Files that people read, but for notes of the run itself."""
    return {p.name for p in folder.rglob("*") if p.suffix in (".txt", ".ics", ".html", ".xlsx")}


@pytest.mark.parametrize("cut", ["write_reserves", "write_report", "write_handouts"])
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

    made = {"write_report": {"roster.xlsx"}, "write_handouts": {"roster.xlsx", "report.html"}}
    assert views(tmp_path) == made.get(cut, set())
    assert read_roster(tmp_path / "roster.csv") == PLANNED.roster


def test_a_roster_is_kept_where_something_old_cannot_be_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message that another program holds open: the error comes once the roster is written."""
    write(tmp_path)
    (tmp_path / "roster.csv").write_text("of before", encoding="utf-8")

    def held(*_: object) -> None:
        raise InputError([Fault("unreadable_file", "messages", message="it is open elsewhere")])

    monkeypatch.setattr(outputs, "clear_handouts", held)
    with pytest.raises(InputError, match="open elsewhere"):
        write(tmp_path)

    assert read_roster(tmp_path / "roster.csv") == PLANNED.roster
