"""Manifests: lost, unreadable, and what they count."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import pytest
from batches import FIRST, SECOND, faults_of_run, noted, plan, write_province

from shiftplan import InputError


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"\xff\xfe", b"[]", b'{"schema_version": 2, "entries": {}}'),
        b'{"entries": {"an/2026-12-07": {"outcome": {"message": 5}}}}',
    ],
)
def test_a_manifest_that_cannot_be_read_is_a_fault_and_changes_nothing(
    planned: tuple[Path, Path], begun: list[str], content: bytes
) -> None:
    """Broken, or of a newer version: the batch does not begin, and tells what can be done."""
    root, run = planned
    staged = run / ".staging" / "kept"
    staged.mkdir(parents=True)
    (run / "manifest.json").write_bytes(content)

    with pytest.raises(InputError, match="this version of shiftplan") as caught:
        plan(root, run)

    assert [fault.code for fault in caught.value.faults] == ["broken_json"]
    assert "remove it" in str(caught.value)
    assert (run / "manifest.json").read_bytes() == content
    assert staged.exists()
    assert begun == []


def test_without_its_manifest_a_run_is_planned_again_over_its_own_results(
    planned: tuple[Path, Path], begun: list[str]
) -> None:
    """As a broken one advises: results as they were written are replaced, edited ones kept."""
    root, run = planned
    (run / "manifest.json").unlink()
    roster = run / "an" / str(SECOND) / "roster.csv"
    roster.write_text("edited")

    assert plan(root, run).is_complete

    assert begun == [f"an/{FIRST}", f"an/{SECOND}"]
    assert json.loads((run / "manifest.json").read_text())["version"] == version("shiftplan")
    assert [p.name for p in run.glob("an/*.changed-*")] == [f"{SECOND}.changed-1"]
    assert faults_of_run(root, run) == []


def test_what_has_most_data_left_begins_first(tmp_path: Path, begun: list[str]) -> None:
    """A province of two weeks before one of one, although it comes later by name."""
    root, run = tmp_path / "root", tmp_path / "run"
    write_province(root, "an", SECOND)
    write_province(root, "bo", FIRST, SECOND)

    plan(root, run)

    # The first week of bo with the second one left is most; then there is one week of each, and
    # equals go by name.
    assert begun == [f"bo/{FIRST}", f"an/{SECOND}", f"bo/{SECOND}"]


def test_attempts_are_counted_from_anew_when_a_week_is_planned_again(
    planned: tuple[Path, Path],
) -> None:
    """One that failed has one attempt at the next start, not two."""
    root, run = planned
    broken = root / "an" / str(SECOND) / "shifts.csv"
    whole = broken.read_bytes()
    broken.write_text("nonsense")
    plan(root, run)
    broken.write_bytes(whole)

    plan(root, run)

    assert noted(run)[f"an/{SECOND}"]["attempts"] == 1
