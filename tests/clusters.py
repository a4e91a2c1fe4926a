"""Ray clusters of several nodes on this machine, for tests that let parts of them die."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

SCRIPT = Path(__file__).with_name("ray_cluster.py")
CALM = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_AUTH_MODE": "disabled",
    "RAY_worker_niceness": "0",
    "RAY_gcs_rpc_server_reconnect_timeout_s": "3",
}
"""Settings of Ray that make tests fast, for the cluster and for what connects to it."""


class RayCluster:
    """A cluster that runs, and its processes as the system sees them."""

    def __init__(self, address: str, process: subprocess.Popen[str], temporary: Path) -> None:
        self.address, self.process, self.temporary = address, process, temporary

    def jobs(self) -> list[psutil.Process]:
        """Processes that do a job now."""
        found = []
        for process in psutil.Process(self.process.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                if "shiftplan.batch.job" in " ".join(process.cmdline()):
                    found.append(process)
        return found

    def tell(self, word: str | int) -> None:
        assert self.process.stdin is not None
        print(word, file=self.process.stdin, flush=True)


@contextmanager
def ray_cluster(*processors: int) -> Iterator[RayCluster]:
    """Start a cluster whose nodes have so many processors each, the head first."""
    folder = tempfile.mkdtemp(prefix="r", dir="/tmp")  # its sockets need short names
    temporary = Path(folder, "temporary")
    temporary.mkdir()
    process = subprocess.Popen(
        [sys.executable, str(SCRIPT), *map(str, processors)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, **CALM, "RAY_TMPDIR": folder, "TMPDIR": str(temporary)},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield RayCluster(process.stdout.readline().strip(), process, temporary)
    finally:
        family = psutil.Process(process.pid).children(recursive=True)
        process.stdin.close()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
        for other in family:
            if other.is_running():
                other.kill()
        shutil.rmtree(folder, ignore_errors=True)


def when_at_work(
    find: Callable[[], list[psutil.Process]], act: Callable[[psutil.Process], None]
) -> threading.Thread:
    """Do something to the first process that is found at work, beside the test."""

    def run() -> None:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if found := find():
                act(found[0])
                return
            time.sleep(0.02)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def all_gone(processes: list[psutil.Process], seconds: float = 20) -> bool:
    """Whether processes have ended, after some seconds at most."""
    return not psutil.wait_procs(processes, timeout=seconds)[1]
