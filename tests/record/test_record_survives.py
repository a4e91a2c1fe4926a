"""A record survives death at any moment, and two who write at once."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")


def run_forking(name: str, *words: object) -> None:
    argv = [name, *map(str, words)]
    code = f"import sys; sys.path[:] = {sys.path!r}; import runpy; sys.argv = {argv!r}; "
    script = Path(__file__).with_name(name)
    code += f"runpy.run_path({str(script)!r}, run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr


def test_a_record_survives_200_deaths() -> None:
    """Whatever was added is there, whole and in order, and the next entry can be added.

    The process that adds is killed while it starts, makes the file, writes, or returns.
    What a killed process wrote is the same in memory and on a disk, which would take longer.
    """
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        run_forking("forking.py", "killed", folder, 200, 32)


def test_moves_survive_15_deaths() -> None:
    """Who was told of a move, undo or redo finds it again, and its total is that of `check`."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        run_forking("moving_on.py", "killed", folder, 15, 33)


def test_processes_that_add_at_once_lose_nothing(place: str) -> None:
    """Each entry of each is there once, in its own order, also when neither found a record."""
    run_forking("forking.py", "at_once", place)


def test_two_who_move_at_once_lose_nothing(place: str) -> None:
    """Each move of each is a version on all those before it, also of moves never seen."""
    run_forking("moving_on.py", "at_once", place)
