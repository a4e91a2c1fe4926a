"""A worker that goes wrong is told of, whatever goes wrong with it."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from shiftplan.engines import team as team_module
from shiftplan.engines.child import python
from shiftplan.engines.task import Task
from shiftplan.engines.team import Team
from shiftplan.model import Layout, Program

UNREADABLE = """
import pickle, sys, threading
class Late:
    def __reduce__(self):
        return eval, ("1/0",)
sys.stdout.buffer.write(pickle.dumps(("note", Late())))
sys.stdout.flush()
threading.Event().wait()
"""


class Late:
    """Cannot be unpickled, as a large program cannot where there is no memory for it."""

    def __reduce__(self):
        return eval, ("1/0",)


def test_paths_that_are_no_text_are_passed_over(monkeypatch):
    """As Python passes over a `Path` in `sys.path`."""
    monkeypatch.setattr(sys, "path", [Path("/x"), *sys.path])

    *_, code = python("pass")

    assert "Path(" not in code
    assert sys.path[-1] in code


def test_a_worker_that_cannot_read_a_task_says_so_and_ends():
    """It used to wait for the next message, and its parent for a report, both forever."""
    with Team(1) as team:
        worker = team._workers[0]
        worker.send(("task", Late()))

        report = team.report(120.0)

        assert report is not None
        assert report.kind == "failed"
        assert "ZeroDivisionError" in report.content
        assert worker.process.wait(120.0) == 1


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("raise ImportError('no solver for this machine')", "no solver for this machine"),
        ("import sys; sys.stderr.write('x' * 99_999 + 'the end'); sys.exit(3)", "the end"),
        ("import sys; sys.exit(3)", "exit code 3"),
        (UNREADABLE, "exit code -"),
    ],
    ids=["import", "chatter", "silence", "unreadable"],
)
def test_a_worker_that_dies_leaves_its_last_words(monkeypatch, code, said):
    """Also where what it said before cannot be read, which is as good as dead."""
    monkeypatch.setattr(team_module, "python", lambda _: [sys.executable, "-c", code])
    with Team(1) as team:
        report = team.report(120.0)

    assert report is not None
    assert report.kind == "died"
    assert said in report.content
    assert len(report.content) < 5_000


def test_what_is_sent_is_in_order_before(monkeypatch):
    """Its arrays are sent by a thread while this one goes on, which might sort them in place."""
    matrix = sparse.csr_array((np.array([1.0, 2.0]), np.array([1, 0]), np.array([0, 2])))
    program = Program.part(matrix, np.ones(1), np.ones(2))
    nobody = np.zeros(2, dtype=int)
    task = Task("mip", program, Layout(nobody, nobody, nobody), None, 0, 1.0, None)
    sent: list[list[int]] = []

    class Worker:
        def send(self, message):
            sent.append(message[1].program.matrix.indices.tolist())

    team = Team(1)
    monkeypatch.setattr(team, "_workers", [Worker()])
    team.start(0, task)

    assert sent == [[0, 1]]
