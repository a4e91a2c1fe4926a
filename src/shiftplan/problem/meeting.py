"""Windows of a person that touch or overlap, and so count as one.

`Problem` -> what is told of them, once for each kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from shiftplan.errors import Fault
from shiftplan.errors.message import Message, Word
from shiftplan.problem.known import fault

if TYPE_CHECKING:
    from shiftplan.problem import Problem

_KINDS = ("windows_overlap_unlike", "windows_overlap", "windows_touch_unlike", "windows_touch")
_SPLIT = "problem.let_windows_touch"


def notes(problem: Problem) -> Iterator[Fault]:
    """Yield the first windows that meet in each way; the others are counted."""
    found: dict[str, Fault] = {}
    for kind, index, other in _meetings(problem):
        if kind in found:
            found[kind] = replace(found[kind], more=found[kind].more + 1)
            continue
        window, before = problem.availability[index], problem.availability[other]
        start, end = min(window.start, before.start), max(window.end, before.end)
        states = {"state": Word(window.state), "other": Word(before.state)}
        facts = states if kind.endswith("unlike") else {"start": start, "end": end}
        said = Message(f"problem.{kind}", who=window.volunteer_id, **facts)
        place = index, "start", f"{window.start:%Y-%m-%d %H:%M}"
        remedy = _SPLIT if kind == "windows_overlap_unlike" else ""
        found[kind] = fault(
            "joined_windows", "availability", *place, said, remedy=remedy, other=other
        )
    yield from (found[kind] for kind in _KINDS if kind in found)


def _meetings(problem: Problem) -> Iterator[tuple[str, int, int]]:
    """Yield how a window meets an earlier one, and the places of both."""
    windows = problem.availability
    for joined in problem.joined_windows.values():
        for places in (one.places for one in joined):
            for number, index in enumerate(places[1:], start=1):
                earlier = places[:number]
                start = windows[index].start
                over = [i for i in earlier if windows[i].end > start]
                unlike = [i for i in over or earlier if windows[i].state != windows[index].state]
                meeting = [i for i in unlike if over or windows[i].end == start]
                kind = "windows_overlap" if over else "windows_touch"
                if meeting:
                    yield f"{kind}_unlike", index, meeting[-1]
                else:
                    latest = max(earlier, key=lambda i: windows[i].end)
                    yield kind, index, latest
