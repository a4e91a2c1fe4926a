"""A week that lives: planned, told, changed, answered, worked; every step is recorded.

(`Problem` of the files, `Store`) -> `LiveWeek`, whose `now` is the week as it is at this moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from shiftplan.analysis.repair import WhatIf, what_if
from shiftplan.errors import Fault, InputError
from shiftplan.problem import Problem
from shiftplan.problem.changes import AnyChange, possible
from shiftplan.problem.known_ids import unknown_ids
from shiftplan.record.calls import NextCall, next_calls
from shiftplan.record.current import CurrentWeek, current_week, tables_of
from shiftplan.record.entries import (
    Answered,
    Attended,
    Body,
    Call,
    Called,
    Changed,
    Drafted,
    MadeBy,
    Recipient,
    RecordEntry,
    Revoked,
    Sent,
    ShiftAnswer,
    Withdrawn,
)
from shiftplan.record.memory import MemoryStore
from shiftplan.record.planning import Found, Keep, NewDraft, plan_now, repair_now
from shiftplan.record.state import REVOCABLE, RecordState, Version, state_of
from shiftplan.record.store import Added, Store
from shiftplan.record.telling import (
    Publication,
    chosen,
    need_newest,
    published,
    record_error,
    told_entry,
)
from shiftplan.scoring.check import check
from shiftplan.scoring.equity import equity
from shiftplan.seasons import Turnout
from shiftplan.solving.result import Result
from shiftplan.week.roster import Roster

KEPT_DRAFTS, KEPT_DAYS = 10, 30
"""Rosters of this many newest drafts are kept, and of all drafts of this many last days."""


class LiveWeek:
    """A week with its record.

    Every verb records what it does and returns what came of it; `now` is an immutable snapshot,
    replaced by each verb and by `refresh`, which reads what other processes recorded. Several
    processes may work on one week: each entry is added whole, and a version is told only if it was
    made of what people knew last.

    Parameters
    ----------
    files
        The week as its files say it, with its requirements.
    store
        Where its record is kept; None for a record in memory.
    who
        Who works with it, for the entries.
    """

    def __init__(
        self,
        files: Problem,
        store: Store | None = None,
        *,
        who: str = "",
    ) -> None:
        self.files, self.who = files, who
        self._store: Store = MemoryStore() if store is None else store
        self._listeners: list[Callable[[RecordEntry], None]] = []
        self._entries: list[RecordEntry] = []
        self._rosters: dict[int, Roster] = {}
        self._now: CurrentWeek
        self.refresh()

    @property
    def now(self) -> CurrentWeek:
        """The week at the last verb or `refresh`."""
        return self._now

    @property
    def entries(self) -> tuple[RecordEntry, ...]:
        """All entries of the record, oldest first."""
        return tuple(self._entries)

    def refresh(self) -> CurrentWeek:
        """Read what was recorded since, also by others."""
        self._entries += self._store.entries(after=len(self._entries))
        state = state_of(self._entries)
        told, draft = (
            None if version is None else self._roster_of(version.number)
            for version in (state.told, state.draft)
        )
        self._now = current_week(self.files, state, told, draft)
        return self._now

    def detached(self) -> LiveWeek:
        """The same week with a record in memory, which is where everything more goes."""
        return LiveWeek(
            self.files, MemoryStore(self._store.week, self._entries, self._rosters), who=self.who
        )

    def roster_of(self, version: int) -> Roster:
        """The roster of a version; InputError where there is none, or it was pruned."""
        self.now.state.need(version)
        return self._roster_of(version)

    def roster_or_none(self, version: int) -> Roster | None:
        """The roster of a version; None where there is none, or it was pruned."""
        if version not in self._rosters:
            found = self._store.roster(version)
            if found is None:
                return None
            self._rosters[version] = found
        return self._rosters[version]

    def _roster_of(self, version: int) -> Roster:
        found = self.roster_or_none(version)
        if found is None:
            facts = {"version": version, "drafts": KEPT_DRAFTS, "days": KEPT_DAYS}
            raise record_error("no_version", "record.pruned", "version", str(version), **facts)
        return found

    def plan(self, *, keep: Keep = "firmly", **search: Any) -> NewDraft:
        """Plan the week as it is now, as `plan_now` does, and record the draft."""
        week = self.now
        return self._drafted(week, plan_now(week, keep, **search), "plan")

    def repair(self, **search: Any) -> NewDraft:
        """Repair what people were told, or else the newest draft, and record the draft."""
        week = self.now
        repair = repair_now(week, **search)
        return self._drafted(week, Found(repair.result, repair), "repair")

    def what_if(self, *changes: AnyChange, **search: Any) -> WhatIf:
        """Compare the week before and after changes, which are not recorded."""
        return what_if(self.now.problem, self.roster, *changes, **search)

    def next_calls(self, **options: Any) -> tuple[NextCall, ...]:
        """Find whom to call next for each shift that lacks people, as `next_calls` does."""
        return next_calls(self.now, **options)

    def draft(self, roster: Roster, made_by: MadeBy = "given", *, why: str = "") -> Version:
        """Record a roster as a draft; InputError where it names unknown ids."""
        if faults := list(unknown_ids(self.now.problem, roster.assignments, "roster")):
            raise InputError(faults)
        return self._record_draft(self.now, roster, made_by, None, why)[0]

    def undo(self, version: int, *, why: str = "") -> Version:
        """Record a draft with the roster of an earlier version, without what is impossible now."""
        earlier = possible(self.now.problem, self.roster_of(version))
        return self._record_draft(self.now, earlier, "undo", None, why)[0]

    def publish(
        self,
        version: int | None = None,
        *,
        deadline: datetime | None = None,
        even_if_poor: bool = False,
        why: str = "",
    ) -> Publication:
        """Record that a version is told to people.

        Parameters
        ----------
        version
            Its number; None for the newest draft.
        deadline
            Until when people are asked to answer, wall-clock time; None without asking.
        even_if_poor
            Tell it in spite of `doubts_about` it.
        why
            The reason, for the entry.

        Raises
        ------
        InputError
            Code `no_version`: there is no such version or no draft. `outdated`: something else was
            told since it was made. `not_to_be_told`: there are doubts; the messages tell them.
        """
        week = self.refresh()
        version_told = chosen(week.state, version)
        roster = self.roster_of(version_told.number)
        body = told_entry(week, version_told, roster, deadline, even_if_poor=even_if_poor)

        def tell(state: RecordState) -> Added:
            need_newest(state, version_told)
            return [(body, None)]

        self._append(tell, why)
        return published(week, self.now.state.versions[version_told.number], roster)

    def withdraw(self, *, why: str = "") -> Publication:
        """Record that what was told holds no longer; InputError where nothing was told."""
        week = self.refresh()

        def take_back(state: RecordState) -> Added:
            if state.told is None:
                raise record_error("no_version", "record.nothing_told")
            return [(Withdrawn(version=state.told.number), None)]

        self._append(take_back, why)
        assert week.state.told is not None
        return published(week, week.state.told, Roster())

    def record(
        self,
        *changes: AnyChange,
        answers: Iterable[ShiftAnswer] = (),
        calls: Iterable[Call] = (),
        turnouts: Iterable[Turnout] = (),
        sent: Iterable[Recipient] = (),
        why: str = "",
    ) -> list[RecordEntry]:
        """Record what happened, all of it or nothing.

        Parameters
        ----------
        changes
            What became different; it must fit the week as it is now.
        answers, calls, turnouts
            What people said about shifts that they were told, calls of reserves, and how shifts
            turned out.
        sent
            Whose messages of the version told last were sent.
        why
            The reason, for the entries.

        Raises
        ------
        InputError
            A change does not fit, an id is unknown, or messages were sent of nothing told.
        """
        said, called, worked, to = tuple(answers), tuple(calls), tuple(turnouts), tuple(sent)
        problem = self.refresh().problem
        if changes:
            problem = problem.with_changes(*changes)
        faults = [*_unknown(problem, said, "answers"), *_unknown(problem, called, "calls")]
        if faults := [*faults, *_unknown(problem, worked, "attendance")]:
            raise InputError(faults)

        def add(state: RecordState) -> Added:
            bodies: list[Body] = []
            bodies += [Changed(changes=changes)] if changes else []
            bodies += [Answered(answers=said)] if said else []
            bodies += [Called(calls=called)] if called else []
            bodies += [Attended(turnouts=worked)] if worked else []
            if to and state.told is None:
                raise record_error("no_version", "record.nothing_told")
            if to and state.told is not None:
                bodies.append(Sent(version=state.told.number, to=to))
            return [(body, None) for body in bodies]

        return self._append(add, why)

    def revoke(self, entry: int, *, why: str = "") -> list[RecordEntry]:
        """Record that an entry was a mistake; InputError where it is none that can be revoked."""
        self.refresh()
        found = next((e for e in self._entries if e.number == entry), None)
        if found is None or not isinstance(found.body, REVOCABLE):
            raise record_error(
                "no_version", "record.not_revocable", "entry", str(entry), entry=entry
            )
        return self._append(lambda _: [(Revoked(entry=entry), None)], why)

    def subscribe(self, listener: Callable[[RecordEntry], None]) -> Callable[[], None]:
        """Call `listener` with each entry that this object records; returns how to end that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @property
    def roster(self) -> Roster:
        """The draft, or else what was told, without what is impossible now.

        Raises
        ------
        InputError
            There is neither.
        """
        roster = self.now.roster
        if roster is None:
            raise record_error("no_version", "record.no_roster")
        return roster

    def _drafted(self, week: CurrentWeek, found: Found, made_by: MadeBy) -> NewDraft:
        """Record what a search found; what it found is returned in any case."""
        roster = found.result.roster
        if roster is None:
            return NewDraft(found.result, found.repair)
        try:
            version, others = self._record_draft(week, roster, made_by, found.result)
        except InputError as error:
            return NewDraft(found.result, found.repair, unrecorded=error)
        return NewDraft(found.result, found.repair, version, meanwhile=others)

    def _record_draft(
        self,
        week: CurrentWeek,
        roster: Roster,
        made_by: MadeBy,
        result: Result | None,
        why: str = "",
    ) -> tuple[Version, tuple[RecordEntry, ...]]:
        """Record a draft made of a snapshot; returns also what others recorded since."""
        seats = equity(week.problem, roster).overall.both
        score = check(week.problem, roster)

        def draft(state: RecordState) -> Added:
            body = Drafted(
                version=max(state.versions, default=0) + 1,
                made_by=made_by,
                after=None if week.state.told is None else week.state.told.number,
                seen=week.state.head,
                seats=seats.target,
                filled=seats.filled,
                cost=score.total if score.is_feasible else None,
                bound=None if result is None else result.total.bound,
                is_poor=result is not None and result.poor is not None,
                tables=dict(tables_of(self.files)),
            )
            return [(body, roster)]

        (entry,) = self._append(draft, why)
        self._prune()
        others = tuple(e for e in self._entries if week.state.head < e.number < entry.number)
        assert isinstance(entry.body, Drafted)
        return self.now.state.versions[entry.body.version], others

    def _append(self, make: Callable[[RecordState], Added], why: str) -> list[RecordEntry]:
        """Add entries made of the state under the store's lock, and tell listeners of them."""
        added = self._store.append(lambda all_: make(state_of(all_)), who=self.who, why=why)
        self.refresh()
        for entry in added:
            for listener in tuple(self._listeners):
                listener(entry)
        return added

    def _prune(self) -> None:
        """Forget the rosters of old drafts that were never told."""
        soon = datetime.now(UTC) - timedelta(days=KEPT_DAYS)
        versions = self.now.state.versions.values()
        drafts = [v for v in versions if v.told is None][:-KEPT_DRAFTS]
        if old := [v.number for v in drafts if v.entry.at < soon]:
            self._store.prune(old)


def _unknown(
    problem: Problem, rows: Iterable[ShiftAnswer | Call | Turnout], name: str
) -> Iterator[Fault]:
    return unknown_ids(problem, ((row.shift_id, row.volunteer_id) for row in rows), name)
