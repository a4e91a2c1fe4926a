"""While many people answer by forms, the week is made anew now and then, not for each answer.

Entries that may wait -> the week as it was made last; `LaggingKeeper.catch_up` -> with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from time import monotonic
from typing import Any

from shiftplan.problem import Problem
from shiftplan.record.current import CurrentWeek
from shiftplan.record.entries import Drafted, Dropped, Held, NameChanged, RecordEntry
from shiftplan.record.folding import state_of
from shiftplan.record.forms import Decided, HandedIn, Invited
from shiftplan.record.keeping import RecordKeeper
from shiftplan.record.state import RecordState
from shiftplan.record.store import Make, Store
from shiftplan.week.roster import Roster

MOST_LAG = 15.0
"""Seconds that an answer waits at most until somebody has to make the week anew for it."""


def can_wait(entries: Sequence[RecordEntry]) -> bool:
    """Whether entries are forms with their answers and changes, and what decides no problem."""
    last, has_parts = 0, False
    for entry in entries:
        match entry.body:
            case HandedIn(parts=parts) | Decided(parts=parts):
                last, has_parts = entry.number + parts, has_parts or parts > 0
            case Drafted(of=of):
                if of is None:
                    return False
            case Invited() | Held() | NameChanged() | Dropped():
                pass
            case _ if entry.number > last:
                return False
    return has_parts


class LaggingKeeper(RecordKeeper):
    """A week with its record, to which answers by forms are added without making it anew.

    Unless `lags`, the next verb or `refresh` counts them. Else moves are judged by the week as it
    was made last, until `catch_up`, which somebody has to call now and then.
    """

    def __init__(self, files: Problem, store: Store | None = None, *, who: str = "") -> None:
        self.lags = self._lags_now = False
        self._behind_since: float | None = None
        super().__init__(files, store, who=who)

    @property
    def is_behind(self) -> bool:
        """Whether `now` knows of answers that its problem does not count yet."""
        return self._now is not self._made_last

    @property
    def counted(self) -> int:
        """Number of the last entry that the problem of `now` counts."""
        made = self._made_last
        return self.now.state.head if made is None or not self.is_behind else made.state.head

    @contextmanager
    def lagging(self) -> Iterator[None]:
        """Read and add entries without counting answers by forms, if the week `lags`."""
        with self._lock:
            late = self._behind_since is not None and monotonic() > self._behind_since + MOST_LAG
            before, self._lags_now = self._lags_now, self.lags and not late
            try:
                yield
            finally:
                self._lags_now = before

    def _has_to_count(self) -> bool:
        return self.is_behind and not self._lags_now

    def _counting(self, entries: Sequence[RecordEntry], state: RecordState) -> CurrentWeek:
        made = self._made_last
        if self._lags_now and made is not None and can_wait(entries[made.state.head :]):
            self._behind_since = self._behind_since or monotonic()
            draft = None if state.draft is None else self._roster_in(state, state.draft)
            return replace(made, state=state, draft=draft)
        self._behind_since = None
        return super()._counting(entries, state)

    def catch_up(self, held: AbstractContextManager[object] | None = None) -> CurrentWeek:
        """Make the week anew if it is behind, while others go on with it as it was.

        `held`: the lock of those who look at it several times, held while it is replaced.
        """
        with self._lock:
            if not self.is_behind:
                return self.now
            files, before, last = self.files, self.now, self._made_last
        made = self._week(files, before.state, self._roster_in, last)
        prepared = self._prepared(made)
        with held or nullcontext(), self._lock:
            if self._made_last is not last or self.files is not files:
                return self.now  # somebody else made it meanwhile
            now, self._made_last, self._behind_since = self.now, made, None
            self._now = made
            if now is not before:
                self._behind_since = monotonic()
                self._now = replace(made, state=now.state, draft=now.draft)
            self._take_prepared(prepared)
            return self._now

    def _prepared(self, week: CurrentWeek) -> Mapping[str, Any]:
        """What moves need of a week that is about to be `now`."""
        return {}

    def _take_prepared(self, prepared: Mapping[str, Any]) -> None:
        """Use what was prepared."""

    # ---- what forms add

    def add(self, make: Make, *, who: str | None = None, why: str = "") -> list[RecordEntry]:
        """Add entries durably, without making the week anew, and notify listeners.

        `who`: who makes them, if not `self.who`.
        """
        added = self._store.append(make, who=self.who if who is None else who, why=why)
        self._tell(added, self.now.state)
        return added

    def state_since(self, before: RecordState) -> RecordState:
        """What the record says by now, carried on from what it said before."""
        return state_of(self._store.entries(), before)

    def told_in(self, state: RecordState) -> Roster | None:
        """The published roster of a state that may be newer than `now`; None if there is none."""
        return None if state.told is None else self._roster_in(state, state.told)
