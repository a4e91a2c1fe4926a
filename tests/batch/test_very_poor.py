"""Very poor rosters in a batch: set apart, planned again, and never told to anybody."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from batches import FIRST, SECOND, here, plan, tiny, write_province
from commands import letters

from shiftplan import Problem, Roster, check, read_roster, solve
from shiftplan.batch import Batch, preview_batch, work
from shiftplan.batch.manifest import JobOutcome, WeekJob
from shiftplan.files.week import write_week
from shiftplan.record import open_week
from shiftplan.scoring import equity, fairness
from shiftplan.solving.result import Cost, Result, Status, StoppedBy
from shiftplan.solving.trouble import Poor, PoorReason

WEEK, AFTER = f"an/{FIRST}", f"an/{SECOND}"
Solving = Callable[..., Result]


def early(reason: PoorReason = PoorReason.SEATS, most: int = 0) -> Solving:
    """A search that stops with so few assignments, as on a starved machine."""

    def stopped(problem: Problem, **options: Any) -> Result:
        full = solve(problem, workers=1, time_limit=None)
        roster = Roster.of(full.require_roster().assignments[:most])
        score = check(problem, roster)
        return replace(
            full,
            status=Status.FEASIBLE,
            stopped_by=StoppedBy.TIME,
            roster=roster,
            score=score,
            total=Cost(score.total, None),
            fairness=fairness(problem, roster),
            equity=equity(problem, roster),
            poor=Poor(reason, 6, 6, most, None),
        )

    return stopped


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_province(tmp_path / "root", "an", FIRST)
    return tmp_path / "root"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "run"


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the jobs that began."""
    return here(monkeypatch)


def shown(batch: Batch) -> dict[str, str]:
    return {row.place.name: row.state for row in batch.rows}


def handed_out(folder: Path) -> list[Path]:
    return [p for kind in ("*.txt", "*.ics", "*.xlsx", "reserves.csv") for p in folder.rglob(kind)]


def starved(monkeypatch: pytest.MonkeyPatch, solving: Solving) -> None:
    for module in ("record.planning", "analysis.repair"):
        monkeypatch.setattr(sys.modules[f"shiftplan.{module}"], "solve", solving)


def idle(monkeypatch: pytest.MonkeyPatch) -> None:
    starved(monkeypatch, solve)


def test_a_very_poor_roster_is_set_apart_everywhere(
    root: Path, out: Path, begun: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Table, page, metrics and log say so, nobody is told of it, and the batch is not complete."""
    write_province(root, "an", SECOND)
    starved(monkeypatch, early())

    found = plan(root, out, weeks=[FIRST])

    assert shown(found) == {WEEK: "poor"}
    assert (found.is_complete, found.failed, found.poor) == (False, (), found.rows)
    with (out / "summary.csv").open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    assert (row["state"], row["poor"], row["empty_seats"]) == ("poor", "SEATS", "6")
    assert row["gini"] == ""  # nobody works: nothing is even
    assert row["message"].startswith("Empty roster: it fills 0 of the 6 seats")
    metrics = (out / "metrics.txt").read_text(encoding="utf-8")
    assert 'shiftplan_province_weeks{state="poor"} 1.0' in metrics
    assert 'shiftplan_province_weeks{state="done"} 0.0' in metrics
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "<dt>Very poor</dt>" in page
    assert "Provinces with an empty or very poor roster: 1." in page
    lines = [json.loads(line) for line in (out / "log.jsonl").read_text("utf-8").splitlines()]
    assert [line["poor"] for line in lines if line["event"] == "done"] == ["SEATS"]
    assert lines[-1]["poor"] == 1
    assert handed_out(out / WEEK) == []
    assert (out / WEEK / "report.html").exists()


def test_the_week_after_a_very_poor_one_is_planned(
    root: Path, out: Path, begun: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes on from what there is; once that is better, it is planned again too."""
    write_province(root, "an", SECOND)
    starved(monkeypatch, early())
    assert shown(plan(root, out)) == {WEEK: "poor", AFTER: "poor"}
    idle(monkeypatch)

    assert shown(plan(root, out)) == {WEEK: "done", AFTER: "done"}
    assert begun == [WEEK, AFTER, WEEK, AFTER]


def test_a_later_start_plans_a_very_poor_week_again(
    root: Path, out: Path, begun: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dry run says so; everybody is then told their shifts, not changes to a poor roster."""
    starved(monkeypatch, early(most=2))
    plan(root, out)
    idle(monkeypatch)
    (prospect,) = preview_batch(root, out).prospects
    assert (prospect.fate, prospect.again) == ("again", "poor")

    again = plan(root, out)

    assert shown(again) == {WEEK: "done"}
    assert again.is_complete
    assert len(read_roster(out / WEEK / "roster.csv")) == 6
    texts = [p.read_text("utf-8") for p in (out / WEEK / "messages").glob("V*.txt")]
    assert len(texts) == 3
    assert not any("change" in text.casefold() for text in texts)
    assert plan(root, out).is_complete
    assert begun == [WEEK, WEEK]


@pytest.mark.parametrize("failure", [None, "no_roster", "memory"])
def test_the_better_of_two_rosters_is_kept(
    root: Path, out: Path, begun: list[str], monkeypatch: pytest.MonkeyPatch, failure: Any
) -> None:
    """A second try that finds a worse one, or none at all, changes nothing."""
    starved(monkeypatch, early(most=2))
    (before,) = plan(root, out).rows
    files = {p: p.read_bytes() for p in (out / WEEK).rglob("*") if p.is_file()}

    def worse(job: WeekJob, folder: Path) -> JobOutcome:
        starved(monkeypatch, early(most=0))
        return work.work(job, folder) if failure is None else JobOutcome(failure=failure)

    here(monkeypatch, worse)
    (after,) = plan(root, out).rows

    assert after == before
    assert after.state == "poor"
    assert {p: p.read_bytes() for p in (out / WEEK).rglob("*") if p.is_file()} == files


def test_more_time_is_not_spent_where_it_does_not_help(
    root: Path, out: Path, begun: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nobody can take any shift the week stays as it is until its data changes."""
    write_week(tiny(FIRST, availability=[]), root / WEEK)

    first, second = plan(root, out), plan(root, out)

    assert shown(first) == shown(second) == {WEEK: "poor"}
    assert not second.is_complete
    (row,) = second.rows
    assert row.entry.outcome is not None
    assert str(row.entry.outcome.facts[0]).startswith("Nobody can take any shift")
    (prospect,) = preview_batch(root, out).prospects
    assert prospect.fate == "kept"
    assert begun == [WEEK]


def test_a_budget_that_is_used_up_plans_nothing_again(
    root: Path, out: Path, begun: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A very poor week is planned again only where there is time."""
    starved(monkeypatch, early())
    plan(root, out)

    found = plan(root, out, time_limit=None, budget=1e-9)

    assert shown(found) == {WEEK: "poor"}
    assert begun == [WEEK]


def test_very_poor_weeks_come_after_new_ones(
    root: Path, out: Path, begun: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A province that has no roster at all is planned first, though it is smaller."""
    starved(monkeypatch, early())
    plan(root, out)
    write_province(root, "bo", FIRST, people=2)
    idle(monkeypatch)

    assert plan(root, out).is_complete
    assert begun == [WEEK, f"bo/{FIRST}", WEEK]


def test_a_batch_that_ends_meanwhile_keeps_the_very_poor_roster(
    root: Path, out: Path, begun: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is still very poor at the next start, not a week that waits."""
    starved(monkeypatch, early())
    plan(root, out)

    def interrupted(job: WeekJob, folder: Path) -> JobOutcome:
        raise KeyboardInterrupt

    here(monkeypatch, interrupted)
    with pytest.raises(KeyboardInterrupt):
        plan(root, out)

    (prospect,) = preview_batch(root, out).prospects
    assert (prospect.fate, prospect.again) == ("again", "poor")


def test_people_are_told_what_changed_since_they_were_told_last(
    root: Path, out: Path, begun: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A very poor roster in between was told to nobody."""
    assert plan(root, out).is_complete
    told = read_roster(out / WEEK / "roster.csv")
    starved(monkeypatch, early())
    write_province(root, "an", FIRST, people=4)
    assert shown(plan(root, out)) == {WEEK: "poor"}
    assert not letters(out / WEEK)
    assert open_week(root / WEEK, f"{out / 'record.db'}#{WEEK}").now.told == told
    idle(monkeypatch)

    assert plan(root, out).is_complete

    now = read_roster(out / WEEK / "roster.csv")
    changed = {c.assignment.volunteer_id for c in told.changes_to(now)}
    for who in letters(out / WEEK):
        (file,) = (out / WEEK / "messages").glob(f"*{who}*.txt")
        if who.startswith("V"):  # the first messages may still have to be sent
            assert ("change to your shifts" in file.read_text("utf-8")) == (
                who in changed and who in told.shifts_of
            )


def test_a_worked_week_is_never_planned_again(
    root: Path, out: Path, begun: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What people did stays, however poor it was."""
    starved(monkeypatch, early(most=2))
    plan(root, out)
    (root / WEEK / "attendance.csv").write_text("shift_id,volunteer_id,state\n", encoding="utf-8")

    plan(root, out)

    assert begun == [WEEK]
