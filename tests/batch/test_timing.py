"""How the time of a batch is shared out, and what is kept of it for files."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from batches import FIRST, SECOND, here, plan, pretend

from shiftplan.batch import timing
from shiftplan.batch.manifest import JobOutcome, WeekJob
from shiftplan.batch.timing import BatchLimits

BUDGET = BatchLimits(budget=400)


class Clock:
    """A clock that goes on only when a job is done, and a note of who got how long."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, files: float) -> None:
        self.now, self.files = 1000.0, files
        self.given: dict[str, float] = {}
        monkeypatch.setattr(timing, "time", SimpleNamespace(monotonic=lambda: self.now))
        here(monkeypatch, self.do)

    def do(self, job: WeekJob, folder: Path) -> JobOutcome:
        """Plan as long as is allowed, and read and write for some seconds more."""
        self.now += job.seconds + self.files
        self.given[job.name] = job.seconds
        told = {"seconds": job.seconds + self.files, "phases": {"plan": job.seconds}}
        return pretend(job, folder).model_copy(update=told)


def write_weeks(root: Path, *names: str) -> None:
    """Weeks of one size."""
    for name in names:
        (root / name).mkdir(parents=True)
        (root / name / "week.csv").write_text("as large as any other")


def test_shares_are_by_size_and_slots() -> None:
    """Of 400 s, 40 are gone, a quarter of the rest is for files: 270 s on each of two slots."""
    weeks = [3.0, 2.0, 2.0, 2.0]

    # A week of 3 of the 9 that are left gets a third of 540 s.
    assert BUDGET.share(3, [3], weeks, passed=40, slots=2) == pytest.approx(180)
    assert BUDGET.share(3, [3], weeks, passed=500, slots=2) == 5
    assert BatchLimits(60, 400).share(3, [3], weeks, passed=40, slots=2) == 60


def test_weeks_without_a_size_get_the_same() -> None:
    """Nothing tells them apart: a half of 300 s."""
    assert BUDGET.share(0, [0], [0, 0], passed=0, slots=1) == pytest.approx(150)


def test_one_province_after_another_gets_no_more_than_there_is() -> None:
    """More slots are of no use to weeks that follow each other: two share 300 s, on any machine."""
    assert BUDGET.share(1, [1], [1], passed=0, slots=4) == pytest.approx(300)
    assert BUDGET.share(1, [1, 1], [1, 1], passed=0, slots=4) == pytest.approx(150)


def test_measured_files_take_the_place_of_the_quarter() -> None:
    """Four weeks at 30 s each leave 280 of 400 s; where they take all, there is the least."""
    weeks = [1.0] * 4

    assert BUDGET.share(1, [1], weeks, passed=0, slots=1, files=30) == pytest.approx(70)
    assert BUDGET.share(1, [1], weeks, passed=0, slots=1, files=110) == 5


def test_what_runs_already_takes_its_time() -> None:
    """Of 800 s on two slots, 200 are taken; a quarter of the rest is for files: 450 s for three."""
    share = BUDGET.share(1, [1], [1, 1, 1], passed=0, slots=2, busy=200)

    assert share == pytest.approx(150)


def test_the_last_weeks_of_a_budget_get_as_much_as_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files of 20 s each are kept free for all weeks once the first has shown how long they take.

    440 s for four: at first three quarters are shared, 330 / 4; then 440 - 102.5 - 3 x 20, by 3.
    """
    write_weeks(tmp_path / "root", *(f"{name}/{FIRST}" for name in ("an", "binh", "chau", "dong")))
    clock = Clock(monkeypatch, files=20)

    plan(tmp_path / "root", tmp_path / "run", time_limit=None, budget=440)

    assert list(clock.given.values()) == pytest.approx([82.5, 92.5, 92.5, 92.5])
    assert clock.now - 1000 == pytest.approx(440)


def test_long_files_starve_no_week(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that take half of the time do so for all: 400 s, the first week has 75 s and 50 more.

    The rest, 275 s, has three times 50 s for files: 125 / 3 of planning each.
    """
    write_weeks(tmp_path / "root", *(f"{name}/{FIRST}" for name in ("an", "binh", "chau", "dong")))
    clock = Clock(monkeypatch, files=50)

    plan(tmp_path / "root", tmp_path / "run", time_limit=None, budget=400)

    assert list(clock.given.values()) == pytest.approx([75, 125 / 3, 125 / 3, 125 / 3])


def test_jobs_side_by_side_share_what_the_others_leave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second of two jobs that begin together gets as much as the first.

    Three weeks, two slots, 400 s: a third of 600 s. The first takes 200 s, and 200 / 3 for files;
    of the other 533 s two weeks share three quarters.
    """
    write_weeks(tmp_path / "root", *(f"{name}/{FIRST}" for name in ("an", "binh", "chau")))
    clock = Clock(monkeypatch, files=0)

    plan(tmp_path / "root", tmp_path / "run", time_limit=None, budget=400, workers=4)

    assert list(clock.given.values())[:2] == pytest.approx([200, 200])


def test_what_is_no_week_or_was_worked_takes_no_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither is planned, so that a week before them gets all: three quarters of 400 s."""
    root, run = tmp_path / "root", tmp_path / "run"
    write_weeks(root, f"an/{FIRST}", f"an/{SECOND}", "an/7-12")
    clock = Clock(monkeypatch, files=0)
    plan(root, run)
    (root / "an" / str(SECOND) / "attendance.csv").write_text("came")
    (root / "an" / str(FIRST) / "week.csv").write_text("another")
    clock.given.clear()

    plan(root, run, time_limit=None, budget=400)

    assert clock.given == {f"an/{FIRST}": pytest.approx(300)}
