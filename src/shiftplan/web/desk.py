"""What all visitors of one week share: the week, its drafts in hand, and the news about it.

`LiveWeek` -> `Desk` -> routes. Whoever changes or reads the week holds its lock.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from shiftplan.analysis.candidates import Candidates
from shiftplan.files.geojson import AreaMap
from shiftplan.present.outlines import Outlines, outlines_of
from shiftplan.present.words import Lang
from shiftplan.problem import Problem
from shiftplan.record.current import CurrentWeek
from shiftplan.record.live import LiveWeek
from shiftplan.scoring.check import Score, check
from shiftplan.web.files_on_disk import FilesOnDisk
from shiftplan.web.naming import NamesShown
from shiftplan.web.news import News
from shiftplan.web.visitor import Visitor
from shiftplan.week.records import Center
from shiftplan.week.roster import Roster


@dataclass(frozen=True)
class DraftInHand:
    """The roster that is worked on."""

    version: int | None
    """Its version; None if there is no roster yet."""
    problem: Problem
    """The week that it is judged in."""
    roster: Roster
    """Its assignments, without what is impossible now."""
    score: Score
    """What it breaks and costs."""
    bound: int | None
    """Proven bound of the total; None when nothing is proven."""
    candidates: Candidates
    """Judges changes of it."""


class Desk:
    """One week as all its visitors work on it."""

    def __init__(
        self,
        week: LiveWeek,
        areas: AreaMap | None = None,
        on_disk: FilesOnDisk | None = None,
    ) -> None:
        self.week = week
        self._areas = areas
        self._on_disk, self._told_files = on_disk, list[str]()
        self.lock = threading.RLock()
        """Held by whoever reads or changes the week."""
        self.news = News({"entries": self._look, "files": self._look_at_files})
        self._hand: tuple[CurrentWeek, DraftInHand] | None = None
        self._names: dict[Lang, tuple[Problem, NamesShown]] = {}
        self._outlines: tuple[tuple[Center, ...], Outlines] | None = None
        self._seen = len(week.entries)

    @property
    def is_busy(self) -> bool:
        """Whether anybody looks at the week."""
        return self.news.is_heard

    def _look(self) -> list[int] | None:
        """Numbers of the entries that were recorded since the last look, by anybody."""
        with self.lock:
            self.week.refresh()
            new = [entry.number for entry in self.week.entries[self._seen :]]
            self._seen = len(self.week.entries)
            return new or None

    def changed_files(self) -> list[str]:
        """Names of files of the week that changed since they were read."""
        return [] if self._on_disk is None else self._on_disk.changed()

    def _look_at_files(self) -> list[str] | None:
        """The files that changed, if they are others than at the last look."""
        before, self._told_files = self._told_files, self.changed_files()
        return None if self._told_files == before else self._told_files

    def read_files(self) -> None:
        """Read the files of the week again; InputError, and all stays, if they have faults."""
        if self._on_disk is None:
            return
        problem = self._on_disk.read()
        with self.lock:
            self.week.replace_files(problem)
        self.news.tell("anew", None)

    def close(self) -> None:
        """Let everybody go: the server stops."""
        self.news.end()

    @contextmanager
    def recording(self, visitor: Visitor) -> Iterator[LiveWeek]:
        """Hold the week while a visitor records something; everybody hears of it afterwards."""
        with self.lock:
            self.week.who = visitor.who
            yield self.week
        self.news.tell_new()

    def in_hand(self) -> DraftInHand:
        """The newest draft, or else the published roster, as it is now."""
        with self.lock:
            now = self.week.now
            if self._hand is None or self._hand[0] is not now:
                self._hand = now, self._take(now)
            return self._hand[1]

    def _take(self, now: CurrentWeek) -> DraftInHand:
        roster = now.roster or Roster()
        found = now.state.draft or now.state.told
        version = None if found is None else found.number
        bound = None if found is None else found.draft.bound
        score = check(now.problem, roster)
        return DraftInHand(
            version, now.problem, roster, score, bound, Candidates(now.problem, roster)
        )

    def names(self, lang: Lang) -> NamesShown:
        """Names of the week as it is now, in a language."""
        problem = self.week.now.problem
        known = self._names.get(lang)
        if known is None or known[0] is not problem:
            known = self._names[lang] = problem, NamesShown(problem, lang)
        return known[1]

    def outlines(self) -> Outlines:
        """The map of the centers; drawn once."""
        problem = self.week.now.problem
        if self._outlines is None or self._outlines[0] is not problem.centers:
            self._outlines = problem.centers, outlines_of(problem, self._areas)
        return self._outlines[1]


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


AtDesk = Annotated[Desk, Depends(_desk)]
"""The week of the app."""
