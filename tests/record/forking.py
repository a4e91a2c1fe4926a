"""A process that forks others, which write to a record and are killed, or write at once.

    python forking.py killed FOLDER TIMES SEED
    python forking.py at_once PLACE

It forks so that 200 deaths need one import; no connection is open then. What it finds wrong is an
error, and so is what a child finds.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from drafting import draft, only

from shiftplan.record.entries import Body, RecordEntry, Revoked, Told
from shiftplan.record.postgres import PostgresStore
from shiftplan.record.sql import SqlStore
from shiftplan.record.sqlite import SqliteStore
from shiftplan.week.roster import Roster

EACH = 25
"""Entries that each of two processes adds."""
WEEKS = 5
"""Deaths after which the next record begins, so that all steps of making one are met too."""
ADDED = 3
"""A life lasts at most as long as it takes to make a record and add so often."""


def record_in(place: str) -> SqlStore:
    """The record, without the modules that a process would copy with each fork."""
    return PostgresStore(place, "w") if "://" in place else SqliteStore(Path(place), "w")


def forked(work: Callable[[], None]) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
        os._exit(0)
    except BaseException as error:
        print(error, file=sys.stderr, flush=True)
        os._exit(1)


def version_told(before: Sequence[RecordEntry]) -> list[tuple[Body, Roster | None]]:
    """A draft and that it was told: two entries and a roster, all or none of them."""
    version = len(before) // 2 + 1
    return [draft(version), (Told(version=version), None)]


def add_drafts(place: str, life: int, pipe: int, times: int = 10**6) -> None:
    store = record_in(place)
    for i in range(times):
        added = store.append(version_told, why=f"{life}:{i}")
        os.write(pipe, f"{added[-1].number}\n".encode())
    store.close()


def life_seconds(place: str) -> float:
    """How long a process takes that adds a few entries."""
    started = time.monotonic()
    read, write = os.pipe()
    pid = forked(lambda: add_drafts(place, 0, write, ADDED))
    assert os.waitpid(pid, 0)[1] == 0
    os.close(read)
    os.close(write)
    return time.monotonic() - started


def killed(folder: str, times: int, seed: int) -> None:
    """Kill what adds at random moments; each time nothing that it was told is lost."""
    chance, most, heard, longest = random.Random(seed), 0, 0, life_seconds(f"{folder}/timed.db")
    for life in range(times):
        place = f"{folder}/{life // WEEKS}.db"
        most = 0 if life % WEEKS == 0 else most
        read, write = os.pipe()
        pid = forked(lambda life=life, pipe=write, place=place: add_drafts(place, life, pipe))
        os.close(write)
        time.sleep(chance.uniform(0, longest))
        os.kill(pid, signal.SIGKILL)
        assert os.waitpid(pid, 0)[1] == signal.SIGKILL
        with os.fdopen(read) as lines:
            told = [int(line) for line in lines.read().split()]
        store = record_in(place)
        entries = store.entries()
        assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
        assert len(entries) % 2 == 0, "half of what was added together"
        assert all(e.body.version == e.number // 2 for e in entries if e.body.kind == "told")
        last = len(entries) // 2
        assert all(store.roster(i) == draft(i)[1] for i in range(max(1, last - 2), last + 1))
        # What it added last may be there although it did not live to tell.
        own = [entry.why for entry in entries if entry.why.startswith(f"{life}:")][::2]
        assert own == [f"{life}:{i}" for i in range(len(own))]
        assert len(own) - len(told) in (0, 1)
        assert told == list(range(most + 2, most + 2 * len(told) + 1, 2))
        heard += len(told)
        store.append(version_told, why="after it")
        store.close()
        most = len(entries) + 2
    assert heard > 0, "nobody lived long enough"
    assert set(os.listdir(folder)) == {"timed.db", *(f"{i // WEEKS}.db" for i in range(times))}


def add(place: str, who: str) -> None:
    store = record_in(place)
    for i in range(1, EACH + 1):
        (added,) = store.append(only(Revoked(entry=i)), who=who)
        (seen,) = store.entries(added.number - 1)[:1]
        assert seen == added
    store.close()


def at_once(place: str) -> None:
    """Let two processes make the record and add to it; nothing is lost, nothing doubled."""
    names = ["first", "second"]
    started = [forked(lambda name=name: add(place, name)) for name in names]
    assert [os.waitpid(pid, 0)[1] for pid in started] == [0, 0]
    store = record_in(place)
    entries = store.entries()
    store.close()
    assert [entry.number for entry in entries] == list(range(1, 2 * EACH + 1))
    for name in names:
        own = [entry.body for entry in entries if entry.who == name]
        assert own == [Revoked(entry=i) for i in range(1, EACH + 1)]


if __name__ == "__main__":
    what, where, *numbers = sys.argv[1:]
    if what == "killed":
        killed(where, *map(int, numbers))
    else:
        at_once(where)
