"""What all visitors of one week share: the week, its drafts in hand, and the news about it.

`LiveWeek` -> `Desk` -> routes. Whoever changes or reads the week holds its lock.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Annotated, Any

from fastapi import Depends, Query, Request

from shiftplan.analysis.candidates import Candidates
from shiftplan.files.geojson import AreaMap, read_areas
from shiftplan.present.outlines import Outlines, outlines_of
from shiftplan.present.words import Lang
from shiftplan.problem import Problem
from shiftplan.problem.changes import Absence, absences_in
from shiftplan.record.current import CurrentWeek
from shiftplan.record.live import LiveWeek
from shiftplan.record.planning import now_from
from shiftplan.record.pricing import PricedDraft
from shiftplan.record.state import Version
from shiftplan.record.status import WeekStatus, status_of
from shiftplan.record.who_comes import WhoComes, who_comes
from shiftplan.rules import Violation
from shiftplan.scoring.check import Score, breaches, check
from shiftplan.web.files_on_disk import FilesOnDisk
from shiftplan.web.naming import NamesShown
from shiftplan.web.news import News
from shiftplan.web.visitor import Visitor
from shiftplan.week.fields import Text
from shiftplan.week.roster import Roster

log = logging.getLogger("shiftplan")

_REST = 3
"""Pause after answers were counted, in multiples of the time that this took."""
_SHOWN = ("horizon", "centers", "skills", "shifts", "requirements", "volunteers", "availability",
          "history", "rules")  # fmt: skip
"""Tables of which the page shows something beside rosters."""
DraftAsked = Annotated[Text, Query(alias="draft")]
"""Name of the draft that a request is about; empty for the main one."""


@dataclass(frozen=True)
class DraftInHand:
    """A draft that is worked on, as its newest version is."""

    name: str
    """Its name; empty for the main draft."""
    at: Version | None
    """The version; None if there is no roster yet."""
    priced: PricedDraft
    """Its roster, and what finds the prices of changes."""
    bound: int | None
    """Proven bound of the total; None when nothing is proven."""
    kept: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)
    """What routes found of it, for the next who asks."""

    @property
    def version(self) -> int | None:
        """Its number; None if there is no roster yet."""
        return None if self.at is None else self.at.number

    @property
    def problem(self) -> Problem:
        """The week that it is judged in."""
        return self.priced.problem

    @property
    def roster(self) -> Roster:
        """Its assignments."""
        return self.priced.roster

    @property
    def candidates(self) -> Candidates:
        """Judges changes of it."""
        return self.priced.candidates

    @cached_property
    def score(self) -> Score:
        """All that its rules find; made only when asked for, and never for a move."""
        return check(self.problem, self.roster)


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
        self._counting = threading.Lock()
        self._status: tuple[WeekStatus, datetime | None] | None = None
        self.news = News({"entries": self._look, "files": self._look_at_files})
        self._hands: dict[str, DraftInHand] = {}
        self._names: dict[Lang, tuple[Problem, NamesShown]] = {}
        self._outlines: tuple[object, Outlines] | None = None
        self._shown: list[object] = []
        self._absences: dict[str, list[Absence]] = {}
        self._edition = 0
        self._seen = len(week.entries)
        self._catching_up = threading.Lock()
        week.lags = True  # answers by forms do not hold up who moves: see `_catch_up`

    def _look(self) -> list[int] | None:
        """Numbers of the entries that were recorded since the last look, by anybody."""
        with self.lock, self.week.lagging():
            self.week.refresh()
            new = [entry.number for entry in self.week.entries[self._seen :]]
            self._seen = len(self.week.entries)
        if self.week.is_behind and self._catching_up.acquire(blocking=False):
            threading.Thread(target=self._catch_up, daemon=True).start()
        return new or None

    def _catch_up(self) -> None:
        """Count what came by forms, while others go on; then rest, so that they get on too."""
        try:
            began = time.monotonic()
            self.week.catch_up(self.lock)
            self.news.tell("entries", [self.week.counted])
            time.sleep(_REST * (time.monotonic() - began))
        except Exception:  # such as of a disk; the next look tries again
            log.exception("counting what came by forms failed")
        finally:
            self._catching_up.release()

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

        def take(problem: Problem) -> None:
            with self.lock:
                self.week.replace_files(problem)

        self._on_disk.read(take)
        self.news.tell("anew", None)

    def close(self) -> None:
        """Let everybody go: the server stops."""
        self.news.end()

    def status(self) -> WeekStatus:
        """How the week stands, computed once for all who ask, while others go on."""
        with self._counting:
            with self.lock:
                week, entries = self.week.refresh(), self.week.entries
                told = (v.number for v in week.state.versions.values() if v.told is not None)
                rosters = {number: self.week.roster_or_none(number) for number in told}
            at = now_from(week.files.horizon)
            minute = None if at is None else at.replace(second=0, microsecond=0)
            known, when = self._status or (None, None)
            if known is None or known.week is not week or when != minute:
                known = status_of(week, entries, roster=rosters.get, at=at)
                self._status = known, minute
            return known

    @contextmanager
    def recording(self, visitor: Visitor) -> Iterator[LiveWeek]:
        """Hold the week while a visitor records something; everybody hears of it afterwards."""
        with self.week.telling_later(), self.lock:
            self.week.who = visitor.who
            yield self.week
        self.news.tell_new()

    def in_hand(self, name: str = "") -> DraftInHand:
        """A draft as it is now; of the main one the published roster where nothing was drafted.

        InputError if no draft has the name.
        """
        with self.lock:
            priced = self.week.priced(name)
            at, hand = self.week.now.state.position(name), self._hands.get(name)
            if hand is None or hand.priced is not priced or hand.at != at:
                bound = self.week.bound_of(at)
                hand = DraftInHand(name, at, priced, bound)
                there = self.week.now.state.drafts
                others = {n: h for n, h in self._hands.items() if not n or n in there}
                self._hands = {**others, name: hand}
            return hand

    def coming(self, hand: DraftInHand) -> WhoComes:
        """Who of a draft comes, by what is recorded now."""
        now = self.week.now
        known: tuple[CurrentWeek, WhoComes] | None = hand.kept.get("coming")
        if known is None or known[0] is not now:
            known = hand.kept["coming"] = now, who_comes(now, hand.roster)
        return known[1]

    def cost_of_coming(self, hand: DraftInHand) -> int | None:
        """Total cost of those of a draft who come; None if everybody does."""
        changes = self.coming(hand).changes
        if not changes:
            return None
        known: tuple[object, int] | None = hand.kept.get("cost")
        if known is None or known[0] != changes:
            total = hand.priced.total + hand.candidates.effect(*changes).total
            known = hand.kept["cost"] = changes, total
        return known[1]

    def broken(self, hand: DraftInHand) -> tuple[Violation, ...]:
        """Breaches of hard rules by those of a draft who come: absence as such breaks none."""
        coming = self.coming(hand)
        changes = coming.changes
        known: tuple[object, tuple[Violation, ...]] | None = hand.kept.get("broken")
        if known is None or known[0] != changes:
            amount = hand.priced.breaches + (hand.candidates.breaches(*changes) if changes else 0)
            found = breaches(hand.problem, coming.roster) if amount else ()
            known = hand.kept["broken"] = changes, found
        return known[1]

    @property
    def edition(self) -> int:
        """How often the week, apart from its rosters, has changed since the desk was made."""
        with self.lock:
            now = self.week.now
            tables = [getattr(now.problem, name) for name in _SHOWN]
            absences = absences_in(now.changes)
            others = any(one is not other for one, other in zip(tables, self._shown, strict=False))
            if others or absences != self._absences:
                self._edition += 1
            self._shown, self._absences = tables, absences
            return self._edition

    def names(self, lang: Lang) -> NamesShown:
        """Names of the week as it is now, in a language."""
        problem = self.week.now.problem
        known = self._names.get(lang)
        if known is None or known[0] is not problem:
            known = self._names[lang] = problem, NamesShown(problem, lang)
        return known[1]

    def outlines(self) -> Outlines:
        """The map of the centers, drawn once; InputError if the one beside the week is invalid."""
        problem = self.week.now.problem
        beside = None if self._areas or self._on_disk is None else self._on_disk.map()
        of, known = (problem.centers, beside), self._outlines
        if known is None or known[0] != of:
            areas = self._areas if beside is None else read_areas(beside.path)
            known = self._outlines = of, outlines_of(problem, areas)
        return known[1]


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


AtDesk = Annotated[Desk, Depends(_desk)]
"""The week of the app."""
