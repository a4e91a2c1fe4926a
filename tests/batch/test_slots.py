"""How processors and limits are shared out to the jobs of a batch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from batches import FIRST, here, plan, pretend, write_province

from shiftplan.batch.asked import Asked, asked_for
from shiftplan.batch.local import Finished, LocalExecutor
from shiftplan.batch.manifest import JobOutcome, WeekJob


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for province in ("an", "binh", "chau"):
        write_province(tmp_path / "root", province, FIRST)
    return tmp_path / "root"


def ask(root: Path, **changed: Any) -> Asked:
    """What a batch is to do, for options that matter here."""
    given = {
        "executor": "local",
        "address": None,
        "time_limit": None,
        "budget": None,
        "workers": None,
        "memory_mb": None,
        "seed": 0,
        "gap": 0.0,
        "staff": False,
        "recommended": False,
        "lang": "en",
    }
    return asked_for(root, root.with_name("run"), None, **(given | changed))


@pytest.mark.parametrize(
    ("workers", "slots", "engines"), [(1, 1, 1), (2, 1, 2), (3, 1, 2), (4, 2, 2), (9, 4, 2)]
)
@pytest.mark.parametrize("executor", ["local", "ray"])
def test_jobs_have_two_processors_each_where_there_are_two(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    executor: str,
    workers: int,
    slots: int,
    engines: int,
) -> None:
    """A last one that is left over is not used, here as on a cluster."""
    monkeypatch.setattr("shiftplan.batch.asked.find_spec", lambda name: name)

    found = ask(root, executor=executor, workers=workers)

    assert (found.slots, found.limits.workers) == (slots, engines)


@pytest.mark.parametrize(("processors", "slots", "engines"), [(1, 1, 1), (3, 1, 2), (64, 2, 2)])
def test_this_machine_gives_four_processors_at_most(
    root: Path, monkeypatch: pytest.MonkeyPatch, processors: int, slots: int, engines: int
) -> None:
    """Where nobody says how many."""
    monkeypatch.setattr("os.cpu_count", lambda: processors)

    found = ask(root)

    assert (found.slots, found.limits.workers) == (slots, engines)


def test_a_cluster_gives_what_it_has(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many jobs as it has room for, two engines each, whatever this machine is."""
    monkeypatch.setattr("shiftplan.batch.asked.find_spec", lambda name: name)
    monkeypatch.setattr("os.cpu_count", lambda: 1)

    found = ask(root, executor="ray")

    assert (found.slots, found.limits.workers) == (None, 2)


@pytest.mark.parametrize(("workers", "most"), [(2, 1), (4, 2), (16, 3)])
def test_no_more_jobs_are_given_than_run_at_a_time(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int, most: int
) -> None:
    """Three provinces: an executor never has to keep one waiting. Limits come with each job."""
    at_work: list[int] = []
    jobs: list[WeekJob] = []
    usual = LocalExecutor.wait

    def wait(executor: LocalExecutor, seconds: float) -> list[Finished]:
        at_work.append(len(executor._running))
        return usual(executor, seconds)

    def do(job: WeekJob, folder: Path) -> JobOutcome:
        jobs.append(job)
        return pretend(job, folder)

    for source in (tmp_path / "root").glob("*/*"):
        (source / "week.csv").write_text("any")
    here(monkeypatch, do)
    monkeypatch.setattr(LocalExecutor, "wait", wait)

    plan(root, tmp_path / "run", workers=workers, time_limit=7, memory_mb=500)

    assert max(at_work) == most
    assert {(job.seconds, job.workers, job.memory_mb) for job in jobs} == {(7, 2, 500)}
