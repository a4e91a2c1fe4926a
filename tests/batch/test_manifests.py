"""Manifests: lost, unreadable, and what they count."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest
from batches import FIRST, SECOND, faults_of_run, noted, plan, write_province

from shiftplan import InputError
from shiftplan.batch.manifest import JobOutcome, WeekEntry
from shiftplan.batch.run_folder import RunFolder
from shiftplan.batch.summary import reason, remark, text_of
from shiftplan.errors import Fault, OtherRow
from shiftplan.errors.message import Message
from shiftplan.present.words import Words


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


def test_what_became_of_a_week_is_kept_as_facts(planned: tuple[Path, Path]) -> None:
    """Faults and messages come back from the manifest as they were, to be said in any language."""
    run = RunFolder(planned[1])
    run.manifest = run.read()
    other = OtherRow(0, file="a\udcff.csv", row=2)
    fault = Fault("duplicate_id", "shifts", "shift_id", "S1", other=other, index=0, row=3)
    late = Message("batches.before_not_planned", week=FIRST)
    outcome = JobOutcome(failure="input", facts=(fault, late, "as Ray says"))
    run.note("an/2026-12-07", WeekEntry(outcome=outcome, reason=Message("batches.again_gone")))

    kept = run.read().entry("an/2026-12-07")

    assert kept.reason == Message("batches.again_gone")
    assert kept.outcome is not None
    shown = replace(fault, other=replace(other, file="a\\udcff.csv"))
    assert kept.outcome.facts == (shown, late, "as Ray says")
    assert "tuần trước (2026-12-07)" in text_of(kept.outcome, Words("vi"))


def test_a_run_of_an_older_version_shows_its_texts(planned: tuple[Path, Path]) -> None:
    """Its manifest has sentences where there are facts now; they are shown as they are."""
    root, run = planned
    entries = {
        "an/2026-12-07": {
            "state": "failed",
            "reason": "its result was gone",
            "outcome": {"failure": "died", "message": "the process died (code -9)\nkilled"},
        }
    }
    (run / "manifest.json").write_text(json.dumps({"schema_version": 1, "entries": entries}))

    entry = RunFolder(run).read().entry("an/2026-12-07")

    assert entry.reason == "its result was gone"
    assert remark(entry.outcome, Words("vi")) == "the process died (code -9)"
    assert reason(entry.outcome, Words("vi")) == "tiến trình bị tắt: the process died (code -9)"
    assert plan(root, run).is_complete


def test_the_line_of_a_week_leaves_the_remedy_of_its_fault_out() -> None:
    """Of text of other programs it is the first line."""
    fault = Fault("unknown_id", "shifts", "center_id", "430", "no such center", remedy="Add it.")
    lines = str(fault).split("\n    ")
    assert lines[1:] == ["Add it."]

    assert remark(JobOutcome(failure="input", facts=(fault,)), Words("en")) == lines[0]
    assert remark(JobOutcome(failure="died", facts=("\nas Ray says\nmore",)), Words("en")) == (
        "as Ray says"
    )


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
