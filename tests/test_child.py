"""A child process: messages both ways, and an end that is always reported."""

from __future__ import annotations

import queue
import signal
from typing import Any

import numpy as np
from processes import gone

from shiftplan.engines.child import Child, Exit, packed, python

ECHO = """
import queue
from shiftplan.engines.child import listen, parent_pipes, say
source, sink = parent_pipes()
print("stray")
messages = queue.Queue()
listen(source, messages.put, messages.put)
while not isinstance(message := messages.get(), Exception):
    say(sink, message)
say(sink, type(message).__name__)
"""
"""Answers each message with the same one, until its input ends."""


def child_of(code: str) -> tuple[Child, queue.Queue[Any]]:
    """A child that runs some code, and what it says."""
    said: queue.Queue[Any] = queue.Queue()
    return Child(python(f"exec({code!r})"), said.put), said


def test_messages_come_back_in_order_and_prints_are_none() -> None:
    """What a child prints joins its last words; large messages do not block either side."""
    child, said = child_of(ECHO)
    large = bytes(5_000_000)

    for message in ("first", large, large, "last"):
        child.send(message)
    child.hang_up()

    assert [said.get(timeout=60) for _ in range(5)] == ["first", large, large, "last", "EOFError"]
    assert said.get(timeout=60) == Exit(0, "stray")
    child.close()


def test_a_child_may_end_while_it_listens() -> None:
    """A thread that waits for more does not turn its end into a crash."""
    child, said = child_of(ECHO.replace("while not", "if not"))

    child.send("only")

    assert said.get(timeout=60) == "only"
    assert said.get(timeout=60) == "str"
    assert said.get(timeout=60) == Exit(0, "stray")
    child.close()


def test_arrays_come_back_as_they_were() -> None:
    """Large and empty ones, in either order of memory; and whoever gets them may change them."""
    child, said = child_of(ECHO)
    large, table = np.arange(1_000_000.0), np.arange(6).reshape(2, 3)
    sent = [large, np.zeros(0), table.T, table[:, ::2], np.int32(7)]

    child.send(("arrays", sent))
    kind, got = said.get(timeout=60)

    assert kind == "arrays"
    assert [one.dtype for one in got] == [one.dtype for one in sent]
    assert all(map(np.array_equal, got, sent))
    got[0][0] = 1.0
    child.close()


def test_arrays_wait_for_a_child_without_a_copy() -> None:
    """A program is large, and all workers get the same one."""
    program = np.zeros(1_000)

    parts = packed(("task", program))

    assert any(np.shares_memory(np.asarray(part), program) for part in parts[1:-1])


def test_a_child_that_is_closed_is_gone() -> None:
    """Whatever it is doing, and its exit is reported once."""
    child, said = child_of("import time; time.sleep(600)")

    child.close()

    assert gone(child.process.pid)
    assert said.get(timeout=60).code == -signal.SIGKILL
    assert said.empty()


def test_a_child_that_exits_keeps_its_code_and_the_end_of_its_errors() -> None:
    """Also where it closed its output before."""
    code = "import os, sys, time; sys.stderr.write('x' * 9_999 + 'the end'); sys.stderr.flush(); "
    child, said = child_of(code + "os.close(1); time.sleep(0.05); os._exit(3)")

    ended = said.get(timeout=60)

    assert ended.code == 3
    assert ended.complaint.endswith("the end")
    assert len(ended.complaint) == 4_000
    child.close()


def test_what_is_no_message_ends_the_child() -> None:
    """Nobody could tell what it said from then on."""
    code = "import sys, time; print('no pickle', flush=True); time.sleep(600)"
    child, said = child_of(code)

    assert said.get(timeout=60).code == -signal.SIGKILL
    child.close()
