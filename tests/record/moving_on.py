"""A process that forks others, which move people by hand until they are killed.

    python moving_on.py killed FOLDER TIMES SEED
    python moving_on.py at_once PLACE

What it finds wrong is an error.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sys
import time
from contextlib import closing
from pathlib import Path

from forking import forked
from mornings import TURNS, week

from shiftplan.errors import InputError
from shiftplan.problem import Problem
from shiftplan.record.live import LiveWeek
from shiftplan.record.opening import open_store
from shiftplan.record.sqlite import SqliteStore
from shiftplan.scoring.check import check
from shiftplan.testing.pictures import parse
from shiftplan.week.roster import Assignment, Change, Roster

EACH = 21
"""Moves of each of two processes; bob ends in one of his two shifts, ana in hers."""


def move_on(files: Problem, place: str, seed: int, pipe: int) -> None:
    """Move somebody, undo or redo, again and again; each is told when it is recorded."""
    chance, live = random.Random(seed), LiveWeek(files, SqliteStore(Path(place), "w"))
    while True:
        with contextlib.suppress(InputError):  # nothing to undo, or to redo
            match chance.randrange(4):
                case 0:
                    made = live.step_back(anyway=True)
                case 1:
                    made = live.step_forward(anyway=True)
                case _:
                    people, shifts = files.volunteer_by_id, files.shift_by_id
                    pair = Assignment(chance.choice([*shifts]), chance.choice([*people]))
                    price = live.priced()
                    change = Change(pair, pair not in price.roster)
                    made = live.move(change, of=price.number, anyway=True)
            os.write(pipe, f"{made.version.number} {made.total}\n".encode())


def moved(folder: str, times: int, seed: int) -> None:
    """Kill what moves at random moments; every move that it was told is there, with its total."""
    files, chance, heard, place = week(), random.Random(seed), 0, f"{folder}/moved.db"
    live = LiveWeek(files, SqliteStore(Path(place), "w"))
    live.publish(live.draft(parse(TURNS)).number)
    live._store.close()
    for life in range(times):
        read, write = os.pipe()
        pid = forked(lambda life=life, pipe=write: move_on(files, place, life, pipe))
        os.close(write)
        time.sleep(chance.uniform(0.01, 0.1))
        os.kill(pid, signal.SIGKILL)
        assert os.waitpid(pid, 0)[1] == signal.SIGKILL
        with os.fdopen(read) as lines:
            told = [[int(part) for part in line.split()] for line in lines.read().split("\n")[:-1]]
        live = LiveWeek(files, SqliteStore(Path(place), "w"))
        for number, total in told:
            assert check(live.now.problem, live.roster_of(number)).total == total
        numbers = [number for number, _ in told]
        assert numbers == [*range(numbers[0], numbers[0] + len(told))] if told else True
        newest = max(live.now.state.versions)
        assert not told or newest - numbers[-1] in (0, 1), "half of a move"
        assert live.now.draft is None or live.now.draft == live.roster_of(newest)
        heard += len(told)
        live._store.close()
    assert heard > times, "nobody lived long enough"


def own_moves(files: Problem, place: str, who: str, shifts: list[str]) -> None:
    """Put somebody into shifts that nobody else touches, and take them off again, many times."""
    with closing(open_store("w", place, name="w")) as store:
        live = LiveWeek(files, store, who=who)
        of = live.priced().number
        for i in range(EACH):
            pair = Assignment(shifts[i % len(shifts)], who)
            change = Change(pair, pair not in live.priced().roster)
            of = live.move(change, of=of, anyway=True).version.number


def at_once(place: str) -> None:
    """Two people move at the same time, each seeing only their own: no move is lost or refused."""
    files = week()
    with closing(open_store("w", place, name="w")) as store:
        LiveWeek(files, store).draft(Roster())
    started = [
        forked(lambda who=who, shifts=shifts: own_moves(files, place, who, shifts))
        for who, shifts in (("ana", ["M0"]), ("bob", ["M1", "M2"]))
    ]
    assert [os.waitpid(pid, 0)[1] for pid in started] == [0, 0]
    with closing(open_store("w", place, name="w")) as store:
        live = LiveWeek(files, store)
        assert [*live.now.state.versions] == [*range(1, 2 * EACH + 2)]
        assert live.roster == parse("ana M . .\nbob . M .\ncho . . .")
        by = [entry.who for entry in live.entries[1:]]
        assert by.count("ana") == by.count("bob") == EACH
        draft = live.now.state.draft
        assert draft is not None
        assert draft.draft.cost == check(live.now.problem, live.roster).total


if __name__ == "__main__":
    what, where, *numbers = sys.argv[1:]
    if what == "killed":
        moved(where, *map(int, numbers))
    else:
        at_once(where)
