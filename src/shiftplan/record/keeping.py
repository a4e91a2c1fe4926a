"""A week and its record side by side, and the listeners that hear of new entries.

(`Problem` of the files, `Store`) -> `CurrentWeek`; what is recorded -> entries, listeners.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from functools import cached_property
from threading import RLock

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.problem.known_ids import with_rows
from shiftplan.record.current import CurrentWeek, current_week, tables_of
from shiftplan.record.entries import RecordEntry
from shiftplan.record.events import Listener, Listeners, RecordEvent, events_of
from shiftplan.record.folding import state_of
from shiftplan.record.memory import MemoryStore
from shiftplan.record.promises import let_go_by
from shiftplan.record.rosters import KEPT_DAYS, KEPT_DRAFTS, Rosters
from shiftplan.record.state import RecordState, Version, record_error
from shiftplan.record.store import Added, Store
from shiftplan.solving.result import Result
from shiftplan.week.owner import Owner
from shiftplan.week.records import moved_shifts
from shiftplan.week.roster import Roster


class RecordKeeper:
    """A week with its record, without the verbs of `LiveWeek`."""

    def __init__(self, files: Problem, store: Store | None = None, *, who: str = "") -> None:
        self.files, self.who = files, who
        self._store: Store = MemoryStore() if store is None else store
        self._listeners = Listeners(is_kept=not isinstance(self._store, MemoryStore))
        self._entries: list[RecordEntry] = []
        self._rosters = Rosters(self._store)
        self._now: CurrentWeek | None = None
        self._made_last: CurrentWeek | None = None
        """The week made last; `_now`, unless that knows of entries that this does not count."""
        self._made: tuple[int, Problem] | None = None
        self._lock = RLock()
        self.refresh()

    @property
    def name(self) -> str:
        """Name of the week in its record; empty for one kept in memory."""
        return self._store.week

    @property
    def now(self) -> CurrentWeek:
        """The week at the last verb or `refresh`."""
        return self._now or self.refresh()

    @property
    def entries(self) -> tuple[RecordEntry, ...]:
        """All entries of the record, oldest first."""
        return tuple(self._entries)

    def refresh(self) -> CurrentWeek:
        """Read what was recorded since then, by other processes too."""
        with self._lock:
            new = self._store.entries(after=len(self._entries))
            if not new and self._now is not None and not self._has_to_count():
                return self._now
            return self._take([*self._entries, *new])

    def _take(self, entries: Sequence[RecordEntry], *, anew: bool = False) -> CurrentWeek:
        """The week after all entries of its record, as `now` is from then on."""
        before = None if self._now is None else self._now.state
        state = state_of(entries, before)
        if anew or self._now is None or state is not before or self._has_to_count():
            self._need_this_week(state)
            now = self._counting(entries, state)
            self._entries, self._now = [*entries], now
        return self._now

    def _has_to_count(self) -> bool:
        """Whether `now` has to be made anew although there is no new entry."""
        return False

    def _counting(self, entries: Sequence[RecordEntry], state: RecordState) -> CurrentWeek:
        """The week after all entries, and so after a state."""
        self._made_last = self._week(self.files, state, self._roster_in, self._made_last)
        return self._made_last

    def _week(
        self,
        files: Problem,
        state: RecordState,
        find: Callable[[RecordState, Version], Roster | None],
        before: CurrentWeek | None = None,
    ) -> CurrentWeek:
        """The week after a state; `before` as `current_week` takes it."""
        told, draft, made = state.told, state.draft, state.draft
        let_go = None
        if draft is not None and draft.draft.of is not None:
            # A promise that a move breaks stays one: moves do not change the week.
            chain = [*state.chain(draft.number)]
            made = next((version for version in chain if version.told is not None), chain[-1])
            is_known = made.told is not None
            let_go = frozenset() if is_known else let_go_by(state, find(state, made), made)
        known, new = (None if one is None else find(state, one) for one in (told, draft))
        return current_week(files, state, known, new, before, let_go)

    def replace_files(self, files: Problem) -> CurrentWeek:
        """Go on with the files of the week as they are now; InputError, and all stays as it was.

        The record is the same, and all that is in it counts again.
        """
        with self._lock:
            before = self.files, self._made_last, self._made
            self.files, self._made_last, self._made = files, None, None
            try:
                entries = [*self._entries, *self._store.entries(after=len(self._entries))]
                now = self._take(entries, anew=True)  # until then others still read the old one
            except InputError:
                self.files, self._made_last, self._made = before
                raise
            self.__dict__.pop("_tables", None)
            return now

    def _need_this_week(self, state: RecordState) -> None:
        """InputError if drafts and what people were told are of other dates only."""
        days = {shift.start.date() for shift in state.shifts_told.values()}
        for noted in {version.draft.days for version in state.versions.values()}:
            days |= {*(noted or ())}
        horizon = self.files.horizon
        if days and (max(days) < horizon.start or min(days) >= horizon.end):
            message = Message("record.other_week", first=min(days), last=max(days))
            where = Message("record.name_anew", name=self._store.week)
            remedy = where if self._store.has_others else Message("record.move_away")
            raise InputError([Fault("not_a_record", "", message=message, remedy=remedy)])

    def week_after(self, entry: int) -> CurrentWeek:
        """The week as it was after an entry, with shifts as people were told them last."""
        state = state_of(self._entries[:entry])
        there, known = self.files.shift_by_id, self.now.state.shifts_told
        elsewhere = (known.keys() - there.keys()) | moved_shifts(there, known)
        if not elsewhere:
            return self._week(self.files, state, self._found_in, self._made_last)
        known = {shift_id: known[shift_id] for shift_id in elsewhere}
        files = self.files.model_copy(update={"shifts": tuple({**there, **known}.values())})
        return self._week(files, state, self._found_in)

    @property
    def as_made(self) -> Problem:
        """The week as it was when its roster was published, or the newest draft was made."""
        version = self.now.state.told or self.now.state.draft
        if version is None:
            return self.files
        entry = (version.told or version.entry).number
        if self._made is None or self._made[0] != entry:
            made = self.week_after(entry).problem
            self.files.compute()  # once for all weeks that are made of these files
            made.take_computed(self.files)
            self._made = entry, made
        return self._made[1]

    def roster_of(self, version: int) -> Roster:
        """The roster of a version; InputError if there is none, or it was pruned."""
        state = self.now.state
        return self._roster_in(state, state.need(version))

    def roster_or_none(self, version: int) -> Roster | None:
        """The roster of a version; None if there is none, or it was pruned."""
        found = self.now.state.versions.get(version)
        return None if found is None else self._found_in(self.now.state, found)

    def _found_in(self, state: RecordState, version: Version) -> Roster | None:
        with self._lock:
            return self._rosters.find(version.number, state.versions)

    def _roster_in(self, state: RecordState, version: Version) -> Roster:
        found = self._found_in(state, version)
        if found is None:
            facts = {"version": version.number, "drafts": KEPT_DRAFTS, "days": KEPT_DAYS}
            raise record_error("no_version", "record.pruned", **facts)
        return found

    def with_all_told(self, week: Problem) -> Problem:
        """A week with bare rows of those whom a version told, and who are gone from it since."""
        told = [v for v in self.now.state.versions.values() if v.told is not None]
        owners = {Owner("volunteer", w) for v in told for w in self.roster_of(v.number).shifts_of}
        owners |= {Owner("center", shift.center_id) for v in told for shift in v.shifts.values()}
        return with_rows(week, owners)

    @cached_property
    def _tables(self) -> Mapping[str, str]:
        return tables_of(self.files)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with an event for each new entry and each search that fails.

        It hears of what this object records, not of other processes. Returns a function that ends
        the subscription.
        """
        return self._listeners.subscribe(listener)

    def append(self, make: Callable[[RecordState], Added], why: str = "") -> list[RecordEntry]:
        """Add entries made from the state under the store's lock, and notify listeners.

        That state is the one of `now` while `make` is called.
        """
        before = RecordState()

        def add(entries: Sequence[RecordEntry]) -> Added:
            nonlocal before
            before = self._take(entries).state
            return make(before)

        with self._lock:
            added = self._store.append(add, who=self.who, why=why)
            self.refresh()
        self._tell(added, before)
        return added

    def telling_later(self) -> AbstractContextManager[None]:
        """Notify listeners of what this thread records at the end, when the locks inside are free.

        Otherwise whoever needs one of them waits for the listeners, or they for themselves.
        """
        return self._listeners.later()

    def _tell(self, added: Sequence[RecordEntry], before: RecordState) -> None:
        """Notify listeners of entries that were added to what the record said before."""
        week = self._store.week
        self._listeners.tell(events_of(week, self.roster_or_none, added, before, self.now))

    def tell_failure(self, result: Result) -> None:
        """Notify listeners of a search that ended without a roster."""
        at = datetime.now(UTC).replace(microsecond=0)
        about = {"week": self._store.week, "at": at, "who": self.who}
        self._listeners.tell([RecordEvent(event="failed", why=result.status.value, **about)])
