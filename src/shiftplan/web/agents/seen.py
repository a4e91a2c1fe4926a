"""A week as an agent sees it: read again when it has changed, its people perhaps under other names.

(Name of a week, `GivenPlaces`) -> `SeenWeek`, a snapshot that is computed on without a lock.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from shiftplan.errors import Fault, InputError
from shiftplan.present.naming import Names, lang_of
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.record.current import CurrentWeek
from shiftplan.record.live import LiveWeek
from shiftplan.record.state import Version
from shiftplan.record.who_comes import Away, barred_by_record
from shiftplan.web.agents.masks import Mask, covered
from shiftplan.web.agents.places import GivenPlaces
from shiftplan.web.weeks.reading import ReadWeek, WeekOptions, read_files
from shiftplan.week.roster import Assignment, Roster

_MOST_OPEN = 4
"""Weeks that are kept in memory."""


@dataclass(frozen=True)
class SeenWeek:
    """A week at one moment."""

    name: str
    """What the agent calls it."""
    path: Path
    """Where it lies; its name may come to mean another week."""
    live: LiveWeek
    """The week and its record, which others may change meanwhile."""
    now: CurrentWeek
    """The week as it is."""
    problem: Problem
    """What the agent sees of it."""
    roster: Roster | None
    """The draft or else the published roster, as the agent sees it; None without both."""
    mask: Mask | None
    """Who is called what; None if names are shown."""
    at: Version | None
    """The version of that roster."""
    bound: int | None
    """Proven bound of the total; None if nothing is proven."""
    notes: tuple[Fault, ...]
    """What is no fault of its files but worth a look."""
    lang: Lang
    """Language of answers, in the words of the week's kind of work."""

    @property
    def names(self) -> Names:
        """Names of its people, shifts and centers."""
        return Names(self.problem, self.lang)

    @cached_property
    def away(self) -> dict[Assignment, Away]:
        """Whom the record keeps out of which shifts, and why, as the agent sees them."""
        away = barred_by_record(self.now)
        return away if self.mask is None else {self.mask.pair(p): why for p, why in away.items()}

    def need_roster(self) -> Roster:
        """The roster; InputError if there is none."""
        if self.roster is None:
            raise self.now.state.lacking("record.no_roster")
        return self.roster

    def seen_roster(self, roster: Roster) -> Roster:
        """A roster of the week as the agent sees it."""
        return roster if self.mask is None else Roster.of(map(self.mask.pair, roster.assignments))


class AgentDoor:
    """What tools share: the weeks, and what is allowed.

    Parameters
    ----------
    places
        The weeks that may be asked about.
    writes
        Whether proposals may be recorded.
    hides_names
        Whether people have made-up names and ids.
    who
        What the record calls whoever started it.
    lang
        Language of answers and errors.
    """

    def __init__(
        self,
        places: GivenPlaces,
        *,
        writes: bool = False,
        hides_names: bool = False,
        who: str = "",
        lang: Lang = "en",
    ) -> None:
        self.places, self.writes, self.hides_names = places, writes, hides_names
        self.who, self.lang, self.say = who, lang, Words(lang)
        self.lock = threading.RLock()
        """Held by whoever opens a week or records something."""
        self._seed = secrets.randbits(128)
        self._read: dict[Path, ReadWeek] = {}
        self._seen: dict[Path, SeenWeek] = {}

    def files(self, name: str) -> ReadWeek:
        """The files of a week, read again if they have changed; InputError if there is none."""
        path = self.places.need(name)
        with self.lock:
            known = self._read.pop(path, None)
            if known is None or known.is_old:
                known = self._open(path)
                self._seen.pop(path, None)
            self._read[path] = known  # the one used last is the last
            for old in list(self._read)[:-_MOST_OPEN]:
                del self._read[old]
                self._seen.pop(old, None)
            return known

    def _open(self, path: Path) -> ReadWeek:
        return read_files(path, WeekOptions(), who=self.who, reads_only=not self.writes)

    def see(self, name: str) -> SeenWeek:
        """The week as it is now; InputError with every fault of its files."""
        path = self.places.need(name)
        with self.lock, self.covering():
            found = self.files(name)
            if found.live is None:
                raise InputError(found.faults)
            now, seen = found.live.refresh(), self._seen.get(path)
            if seen is None or seen.now is not now or seen.name != name:
                seen = self._seen[path] = self._snapshot(name, path, found, found.live, now)
            return seen

    def _snapshot(
        self, name: str, path: Path, found: ReadWeek, live: LiveWeek, now: CurrentWeek
    ) -> SeenWeek:
        problem, roster, mask = now.problem, now.roster, None
        if self.hides_names:
            mask = Mask.of(problem, roster, self._seed, self.lang)
            problem, roster = mask.problem, mask.roster
        at = now.state.draft or now.state.told
        bound = live.bound_of(at)
        lang = lang_of(problem, self.lang)
        seen = problem, roster, mask, at, bound, found.notes, lang
        return SeenWeek(name, path, live, now, *seen)

    def as_made(self, week: SeenWeek) -> Problem:
        """The week as it was when its roster was published, or its newest draft was made."""
        with self.lock, self.covering():
            return week.live.as_made

    @contextmanager
    def covering(self) -> Iterator[None]:
        """Where names are hidden, let errors quote nothing of the week."""
        try:
            yield
        except InputError as error:
            if not self.hides_names:
                raise
            raise covered(error) from None
