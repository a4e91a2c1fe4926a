"""A batch on a real Ray cluster of several nodes: the same results, and what happens at deaths."""

from __future__ import annotations

import datetime as dt
import pickle
import socket
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from unittest import mock

import psutil
import pytest
import towns
from clusters import CALM, RayCluster, all_gone, ray_cluster, when_at_work

from shiftplan import InputError, MissingExtraError
from shiftplan.batch import Batch, on_ray, plan_batch
from shiftplan.batch.local import Finished
from shiftplan.batch.manifest import BatchEvent, Settings, WeekJob
from shiftplan.batch.on_ray import RayExecutor, RayWish
from shiftplan.errors import ClusterError
from shiftplan.files import write_problem

pytestmark = pytest.mark.skipif(find_spec("ray") is None, reason="needs Ray")
ANY = {"workers": 1, "memory_mb": None}


@pytest.fixture(autouse=True)
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    """No cluster but that of the test, whatever else this machine has."""
    for name, value in CALM.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("RAY_ADDRESS", raising=False)


@pytest.fixture(scope="module")
def cluster() -> Iterator[RayCluster]:
    """Two machines with a processor each, and a head that only keeps them together."""
    with ray_cluster(0, 1, 1) as cluster:
        yield cluster


def write_weeks(root: Path, provinces: int = 1, weeks: int = 1) -> Path:
    """Small weeks that are solved to the proof in a moment."""
    for number in range(weeks):
        monday = towns.MONDAY + dt.timedelta(7 * number)
        for province in range(provinces):
            with mock.patch.object(towns, "MONDAY", monday):
                problem = towns.town(1, 4, seed=province)
            write_problem(problem, root / f"p{province}" / str(monday))
    return root


def job(root: Path, name: str = "p0") -> WeekJob:
    source = root / name / str(towns.MONDAY)
    return WeekJob(name=name, week=towns.MONDAY, source=source, settings=Settings(runs=0))


def figures(batch: Batch) -> list[tuple[str, str, int]]:
    """What does not depend on where it was planned."""
    found = []
    for row in batch.rows:
        assert row.entry.outcome is not None
        assert row.entry.outcome.figures is not None
        planned = row.entry.outcome.figures
        found.append((row.place.name, planned.status, planned.cost))
    return found


def files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.suffix != ".lock"}


def on_cluster(cluster: RayCluster, root: Path, **options: Any) -> Batch:
    """Plan on a cluster, with one processor a job, into a folder beside ROOT."""
    out = root.with_name("out")
    return plan_batch(root, out, executor="ray", address=cluster.address, workers=1, **options)


def at_start(
    act: Callable[[], threading.Thread], told: Counter[str]
) -> Callable[[BatchEvent], None]:
    """Count what is told, and act at the first start."""

    def hear(event: BatchEvent) -> None:
        told[event.kind] += 1
        if event.kind == "started" and told["started"] == 1:
            act()

    return hear


def test_a_cluster_plans_what_this_machine_plans(cluster: RayCluster, tmp_path: Path) -> None:
    """A week and the one after it get the same costs and files; Ray is never imported here."""
    root = write_weeks(tmp_path / "root", weeks=2)

    here = plan_batch(root, tmp_path / "here", workers=1)
    there = plan_batch(root, tmp_path / "there", executor="ray", address=cluster.address, workers=2)

    assert there.is_complete
    assert figures(there) == figures(here)
    assert {status for _, status, _ in figures(there)} == {"OPTIMAL"}
    assert files(tmp_path / "there") == files(tmp_path / "here")
    assert "ray" not in sys.modules


def test_a_job_travels_with_its_files(
    cluster: RayCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sources that are gone once jobs are sent matter to no job; one that cannot be sent fails."""

    def unreadable(job: WeekJob) -> bytes:
        raise PermissionError(13, "Permission denied")

    root = write_weeks(tmp_path / "root", provinces=2)
    made = {name: tmp_path / name for name in ("p0", "p1", "hungry", "unreadable")}
    for folder in made.values():
        folder.mkdir()

    finished: list[Finished] = []
    with RayExecutor(2, cluster.address, **ANY) as executor:
        slots = executor.slots
        for name in ("p0", "p1"):
            executor.submit(job(root, name), made[name])
        hidden = (root / "p1").rename(tmp_path / "hidden")
        while len(finished) < 2:
            finished += executor.wait(1.0)
        hungry = job(root).model_copy(update={"name": "hungry", "memory_mb": 20})
        executor.submit(hungry, made["hungry"])
        monkeypatch.setattr(on_ray, "pack_job", unreadable)
        another = job(root).model_copy(update={"name": "unreadable"})
        executor.submit(another, made["unreadable"])
        while len(finished) < 4:
            finished += executor.wait(1.0)

    outcomes = {one.name: one.outcome for one in finished}
    assert slots == 2
    assert hidden.is_dir()
    assert [outcomes[name].failure for name in ("p0", "p1", "hungry")] == [None, None, "memory"]
    assert "its files cannot be sent" in str(outcomes["unreadable"].facts[0])
    assert (made["p0"] / "roster.csv").exists()
    assert (made["p1"] / "roster.csv").exists()


def test_a_job_whose_worker_is_killed_is_done_by_another(
    cluster: RayCluster, tmp_path: Path
) -> None:
    """Kill -9 of Ray's worker ends its job, too, which is told, tried again and done."""
    root = write_weeks(tmp_path / "root")
    told: Counter[str] = Counter()
    killed: list[psutil.Process] = []

    def kill(process: psutil.Process) -> None:
        killed.extend([process, process.parent()])
        process.parent().kill()

    batch = on_cluster(
        cluster, root, on_event=at_start(lambda: when_at_work(cluster.jobs, kill), told)
    )

    assert told == {"started": 2, "retried": 1, "done": 1}
    assert batch.rows[0].entry.attempts == 2
    assert all_gone(killed)
    assert list(cluster.temporary.iterdir()) == []


@pytest.mark.slow
def test_what_runs_ends_with_the_executor(cluster: RayCluster, tmp_path: Path) -> None:
    """A cancelled batch leaves no process and no file behind, and the cluster to others."""
    root = write_weeks(tmp_path / "root")
    cancel, told = threading.Event(), Counter[str]()
    at_work: list[psutil.Process] = []

    def stop(process: psutil.Process) -> None:
        at_work.append(process)
        process.suspend()  # so that it cannot end of itself
        cancel.set()

    batch = on_cluster(
        cluster,
        root,
        on_event=at_start(lambda: when_at_work(cluster.jobs, stop), told),
        cancel=cancel,
    )

    host, _, port = cluster.address.rpartition(":")
    assert batch.rows[0].entry.state == "waiting"
    assert at_work
    assert all_gone(at_work, seconds=0)
    assert list(cluster.temporary.iterdir()) == []
    socket.create_connection((host, int(port)), timeout=5).close()


@pytest.mark.slow
def test_slots_follow_the_machines(cluster: RayCluster) -> None:
    """A machine that comes to the cluster brings a slot."""
    with RayExecutor(None, cluster.address, **ANY) as executor:
        first = executor.slots
        cluster.tell("more")
        for _ in range(600):
            executor.wait(0.1)
            if executor.slots > first:
                break

        assert executor.slots == first + 1


def test_a_cluster_without_the_memory_for_a_job_is_refused(cluster: RayCluster) -> None:
    """A job that no machine could ever begin is told at once, not waited for."""
    with (
        pytest.raises(ClusterError, match="has a processor and 999999999 MB of memory"),
        RayExecutor(None, cluster.address, workers=1, memory_mb=999_999_999),
    ):
        pass


def test_a_job_of_a_machine_that_dies_is_done_by_another(
    cluster: RayCluster, tmp_path: Path
) -> None:
    """A node that goes takes its job with it, which is told, tried again and done elsewhere."""
    root = write_weeks(tmp_path / "root")
    told: Counter[str] = Counter()
    at_work: list[psutil.Process] = []

    def remove(process: psutil.Process) -> None:
        at_work.append(process)
        cluster.tell(next(p.pid for p in process.parents() if p.name() == "raylet"))

    batch = on_cluster(
        cluster, root, on_event=at_start(lambda: when_at_work(cluster.jobs, remove), told)
    )

    assert told == {"started": 2, "retried": 1, "done": 1}
    assert batch.is_complete
    assert all_gone(at_work)


@pytest.mark.slow
def test_a_batch_whose_cluster_is_gone_says_so_and_goes_on_elsewhere(tmp_path: Path) -> None:
    """Without its head a cluster is no more: the batch ends with an error, and can be resumed."""
    root = write_weeks(tmp_path / "root")
    told: Counter[str] = Counter()
    at_work: list[psutil.Process] = []

    with ray_cluster(1) as cluster:

        def behead(process: psutil.Process) -> None:
            at_work.append(process)
            process.suspend()  # so that it cannot be done before the cluster is gone
            cluster.tell("head")

        hear = at_start(lambda: when_at_work(cluster.jobs, behead), told)
        with pytest.raises(ClusterError, match="the cluster is gone"):
            on_cluster(cluster, root, on_event=hear)
        at_work[0].resume()
    batch = plan_batch(root, tmp_path / "out", workers=1)

    assert told == {"started": 1, "stopped": 1}
    assert batch.is_complete
    assert all_gone(at_work)


@pytest.mark.slow
def test_a_cluster_of_its_own_ends_with_the_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no cluster runs, one is started, and leaves neither a process nor a file behind.

    Neither is it held up by one that ended without notice, whose address Ray still remembers.
    """
    monkeypatch.setenv("RAY_TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", "/tmp")  # sockets need short names
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("RAY_AUTH_MODE")
    (tmp_path / "ray").mkdir()
    (tmp_path / "ray" / "ray_current_cluster").write_text("127.0.0.1:1")
    root = write_weeks(tmp_path / "root")

    with RayExecutor(1, None, **ANY) as executor:
        began = psutil.Process(executor._child.process.pid).children(recursive=True)
        notes = Path(executor._notes.name)
        sessions = list(notes.glob("session_*"))
        (tmp_path / "made").mkdir()
        executor.submit(job(root), tmp_path / "made")
        while not (finished := executor.wait(1.0)):
            pass

    assert finished[0].outcome.failure is None
    assert began
    assert sessions
    assert all_gone(began, seconds=0)
    assert not notes.exists()
    assert not (tmp_path / "home").exists()


@pytest.mark.slow
def test_a_process_that_falls_silent_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever holds up the process that talks to Ray, the batch does not wait for ever."""
    monkeypatch.setenv("RAY_TMPDIR", str(tmp_path))
    monkeypatch.setattr(on_ray, "_END_SECONDS", 0.1)

    with RayExecutor(1, None, **ANY) as executor:
        began = psutil.Process(executor._child.process.pid).children(recursive=True)
        monkeypatch.setattr(on_ray, "_SILENCE_SECONDS", 1.0)
        psutil.Process(executor._child.process.pid).suspend()
        with pytest.raises(ClusterError, match="no word from it for 1 s"):
            executor.wait(60.0)

    assert began
    assert all_gone(began)


@pytest.mark.parametrize(
    ("address", "told"),
    [("127.0.0.1:1", "127.0.0.1:1 cannot be reached"), ("head", "such as 10.0.0.1:6379")],
)
def test_an_address_that_nobody_answers_is_told(tmp_path: Path, address: str, told: str) -> None:
    """A wrong address ends a batch at once, with the address in the message."""
    root = write_weeks(tmp_path / "root")

    with pytest.raises(ClusterError, match=told):
        plan_batch(root, tmp_path / "out", executor="ray", address=address)


def test_without_ray_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where Ray is not installed, it is told which extra brings it."""
    monkeypatch.setitem(sys.modules, "ray", None)

    with pytest.raises(MissingExtraError, match=r"PLACE\[batch\]"):
        plan_batch(tmp_path, tmp_path / "out", executor="ray")


@pytest.mark.parametrize(
    ("options", "column"), [({"executor": "slurm"}, "executor"), ({"address": "a:1"}, "address")]
)
def test_executors_that_there_are_not_are_refused(
    tmp_path: Path, options: dict[str, Any], column: str
) -> None:
    """No batch runs here that was meant for elsewhere."""
    with pytest.raises(InputError) as caught:
        plan_batch(write_weeks(tmp_path / "root"), tmp_path / "out", **options)

    assert [fault.column for fault in caught.value.faults] == [column]


@pytest.mark.slow
def test_a_cluster_that_lets_nobody_in_is_told_with_what_it_may_ask_for(tmp_path: Path) -> None:
    """Ray says only that it cannot connect; often a token is missing."""
    code = (
        "import ray\n"
        "def closed(*given, **named): raise ConnectionError('Failed to connect')\n"
        "ray.init = closed\n"
        "from shiftplan.batch.ray_driver import main\n"
        "main()"
    )
    wish = RayWish("10.0.0.1:6379", workers=1, memory_mb=None, patience=1.0, folder=str(tmp_path))

    told = subprocess.run(
        [sys.executable, "-c", code], input=pickle.dumps(wish), capture_output=True, check=True
    )

    lost = pickle.loads(told.stdout)
    assert str(lost.message).startswith("the cluster 10.0.0.1:6379 cannot be used\n")
    assert "RAY_AUTH_MODE=token" in str(lost.message)
    assert lost.details.startswith("Failed to connect")
