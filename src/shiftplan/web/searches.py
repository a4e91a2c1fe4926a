"""Searches for a better roster in the background, one at a time, each ending in a proposal.

(`Desk`, what is asked) -> `Errand` -> progress as news -> a version of the record that nobody
works on until it is taken over.
"""

from __future__ import annotations

import os
from copy import copy
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Literal

from shiftplan.record.holding import Improvement
from shiftplan.record.live import LiveWeek
from shiftplan.record.planning import NewDraft
from shiftplan.solving.beside import runner_for
from shiftplan.solving.result import Progress, Timeline
from shiftplan.web.desk import Desk
from shiftplan.web.errands import Errand, Errands
from shiftplan.web.visitor import Visitor

SearchKind = Literal["improve", "anew", "repair"]
"""`improve`: from the draft, around what is held; `anew`: the whole week, whatever the draft is;
`repair`: what people know, changed for as few of them as possible."""
_MOST_WORKERS = 4
"""Engines side by side at most, as `solve` has them."""
_PAUSE = 0.25
"""Seconds between two pieces of news on how a search goes."""


@dataclass(eq=False)
class Searching:
    """A search as it was asked for, and how it goes."""

    kind: SearchKind
    """What it does."""
    draft: str
    """Name of the draft that it begins with; empty for the main one."""
    version: int | None
    """Version of that draft when it was asked for; None if there was no roster."""
    is_held: bool
    """Whether anything is held; bounds are then those of rosters that keep it."""
    seconds: float
    """Time limit."""
    timeline: Timeline = field(default_factory=Timeline)
    """Cost and bound over time."""
    told: float = 0.0
    """When news of it was last sent, by a clock that only this process knows."""


class Searches:
    """The searches of one week; at most one runs."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.errands = Errands(1, kept=1)
        """The newest one."""

    @property
    def newest(self) -> Errand | None:
        """The search that runs, or else ended last; None if there was none."""
        return next(iter(self.errands), None)

    @property
    def is_running(self) -> bool:
        """Whether a search runs or waits."""
        return self.newest is not None and not self.newest.ended.is_set()

    def start(self, kind: SearchKind, draft: str, seconds: float, visitor: Visitor) -> Errand:
        """Start a search; InputError while another one runs, or if there is no such draft."""
        with self._desk.lock:
            hand = self._desk.in_hand(draft)
            held = self._desk.week.now.state.holds.get(draft, ())
        is_held = kind == "improve" and bool(held)
        asked = Searching(kind, draft, hand.version, is_held, seconds)
        errand = Errand(visitor, asked, self._run, at_end=self._tell)
        return self.errands.start(errand, alone="web.one_search")

    def stop(self, errand_id: str) -> bool:
        """End a search with the best that it found; whether there is such a search."""
        found = [errand for errand in self.errands if errand.id == errand_id]
        for errand in found:
            errand.cancel.set()
        return bool(found)

    def _run(self, errand: Errand) -> NewDraft:
        """Search, and record what was found as a proposal."""
        asked: Searching = errand.asked

        def told(progress: Progress) -> None:
            asked.timeline.add(progress)
            if monotonic() - asked.told >= _PAUSE:
                self._tell(errand, progress)

        self._tell(errand)
        search: dict[str, Any] = {
            "workers": _workers(),
            "time_limit": asked.seconds,
            "cancel": errand.cancel,
            "on_progress": told,
        }
        with self._desk.lock:  # others record under their names meanwhile
            week: LiveWeek = copy(self._desk.week)
        week.who = errand.by.who
        search["run"] = runner_for(week.now.problem)
        if asked.kind == "improve":
            made: NewDraft = week.improve(asked.draft, **search)
        elif asked.kind == "repair":
            made = week.repair(as_proposal=True, **search)
        else:
            made = week.plan(as_proposal=True, **search)
        if made.unrecorded is not None:
            raise made.unrecorded
        self._desk.news.tell_new()
        return made

    def _tell(self, errand: Errand, progress: Progress | None = None) -> None:
        """Tell everybody how a search goes; without figures, that it began or ended."""
        asked: Searching = errand.asked
        asked.told = monotonic()
        data: dict[str, Any] = {"id": errand.id, "seconds": round(errand.seconds, 1)}
        if progress is not None:
            data |= {"total": progress.total, "bound": progress.bound}
        self._desk.news.tell("progress", data)


def _workers() -> int:
    """Engines side by side: one processor is left to the server, so that moves stay quick."""
    return max(1, min(_MOST_WORKERS, (os.cpu_count() or 1) - 1))


def held_bound(made: NewDraft) -> int | None:
    """Proven bound of the rosters that leave alone what is held; None if nothing is proven."""
    return made.held_bound if isinstance(made, Improvement) else None
