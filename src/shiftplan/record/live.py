"""A week with verbs that plan it, publish rosters and record what happened, as entries.

(`Problem` of the files, `Store`) -> `LiveWeek`, whose `now` is the week as it is at this moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Unpack

from shiftplan.analysis.repair import WhatIf, what_if
from shiftplan.errors import InputError
from shiftplan.problem.changes import AnyChange, possible
from shiftplan.problem.known_ids import unknown_ids, unknown_owners
from shiftplan.record.calls import NextCall, next_calls
from shiftplan.record.current import CurrentWeek
from shiftplan.record.drafting import DraftKeeper
from shiftplan.record.entries import (
    Answered,
    Attended,
    Body,
    Call,
    Called,
    Changed,
    MadeBy,
    RecordEntry,
    Revoked,
    Sent,
    ShiftAnswer,
    Withdrawn,
)
from shiftplan.record.folding import revoked_by
from shiftplan.record.memory import MemoryStore
from shiftplan.record.planning import Found, Keep, NewDraft, plan_now, repair_now
from shiftplan.record.rosters import prune
from shiftplan.record.state import REVOCABLE, RecordState, Version, record_error
from shiftplan.record.store import Added
from shiftplan.record.telling import Publication, chosen, published, told_elsewhere, told_entry
from shiftplan.seasons import Turnout
from shiftplan.solving.beside import Run, here
from shiftplan.solving.result import Result
from shiftplan.solving.solve import SearchKeywords
from shiftplan.week.owner import Owner
from shiftplan.week.roster import InShift, Roster

_TRIES = 10
"""Attempts to publish a version while others keep recording."""


class LiveWeek(DraftKeeper):
    """A week with its record.

    Every verb records what it does and returns what came of it; `now` is an immutable snapshot,
    replaced by each verb and by `refresh`, which reads what other processes recorded. Several
    processes may work on one week: each entry is added whole, and a version is told only if it was
    made of what people knew last.

    `LiveWeek(files, store, who=...)` takes the week as its files say it, with its requirements,
    where its record is kept (None for memory), and who works with it, for the entries;
    `open_week` reads both from a place.
    """

    def detached(self) -> LiveWeek:
        """The same week with a copy of its record in memory, to which all further entries go."""
        state = self.now.state
        told = (version for version in state.versions.values() if version.told is not None)
        needed = (version.number for version in (*told, *state.drafts.values()))
        whole = {[*state.chain(number)][-1].number for number in needed}
        rosters = {v: found for v in whole if (found := self.roster_or_none(v)) is not None}
        store = MemoryStore(self._store.week, self._entries, rosters)
        return LiveWeek(self.files, store, who=self.who)

    def plan(
        self,
        *,
        keep: Keep = "firmly",
        as_proposal: bool = False,
        run: Run = here,
        gap: float = 0.0,
        hint: Roster | None = None,
        now: datetime | None = None,
        **search: Unpack[SearchKeywords],
    ) -> NewDraft:
        """Plan the week as it is now, as `plan_now` does, and record the draft.

        `as_proposal`: as a draft of its own, which no command means, as `improve` does; `run`: as
        `improve` takes it; `gap`, `hint`, `search`: as `solve` takes them; `now`: as
        `shiftplan.repair` takes it.
        """
        week = self.now
        found = run(plan_now, week, self.as_made, keep, gap=gap, hint=hint, now=now, **search)
        return self._drafted(week, found, "plan", as_proposal=as_proposal)

    def repair(
        self,
        *,
        as_proposal: bool = False,
        run: Run = here,
        prove: bool = False,
        frozen_until: date | None = None,
        now: datetime | None = None,
        **search: Unpack[SearchKeywords],
    ) -> NewDraft:
        """Repair the published roster, or else the newest draft, and record the result.

        `as_proposal`, `run`: as `plan` takes them; everything else: as `shiftplan.repair` takes it.
        """
        week, options = self.now, {"prove": prove, "frozen_until": frozen_until, "now": now}
        found = run(repair_now, week, self.as_made, **options, **search)
        return self._drafted(week, found, "repair", as_proposal=as_proposal)

    def what_if(self, *changes: AnyChange, **search: Any) -> WhatIf:
        """Compare the week before and after changes, which are not recorded.

        `search`: time_limit, workers, seed, cancel and params as `shiftplan.what_if` takes them.
        """
        return what_if(self.now.problem, self.roster, *changes, **search)

    def next_calls(self, **options: Any) -> tuple[NextCall, ...]:
        """Find whom to call next for each shift that lacks people, as `next_calls` does."""
        return next_calls(self.now, **options)

    def draft(self, roster: Roster, made_by: MadeBy = "given", *, why: str = "") -> Version:
        """Record a roster as a draft; InputError if it names unknown ids."""
        if faults := list(unknown_ids(self.now.problem, roster.assignments, "roster")):
            raise InputError(faults)
        return self.record_draft(self.now, roster, made_by, None, why)[0]

    def undo(self, version: int, *, why: str = "") -> Version:
        """Record the roster of an earlier version as a draft.

        It is without what is impossible now, and with everything that is promised now.
        """
        week, earlier = self.now, self.roster_of(version)
        again = possible(week.problem, Roster.of({*earlier.assignments, *week.promised}))
        return self.record_draft(week, again, "undo", None, why)[0]

    def publish(
        self,
        version: int | None = None,
        *,
        deadline: datetime | None = None,
        even_if_poor: bool = False,
        why: str = "",
        approve: Callable[[Publication], object] = lambda _: None,
    ) -> Publication:
        """Record that a version is published.

        Parameters
        ----------
        version
            Its number; None for the newest draft that `now` knows.
        deadline
            Deadline for answers, wall-clock time; None if people are not asked.
        even_if_poor
            Publish it despite `doubts_about` it.
        why
            The reason, for the entry.
        approve
            Called with what is about to be recorded, again if others recorded something meanwhile;
            an error that it raises stops the publication.

        Raises
        ------
        InputError
            Code `no_version`: there is no such version or no draft. `outdated`: something else was
            published since it was made. `not_to_be_told`: each doubt is a fault.
        """
        if version is None and (draft := self.now.state.draft) is not None:
            version = draft.number  # not a newer one, which the caller has not seen

        def told_now(week: CurrentWeek) -> tuple[Body, Version, Roster]:
            found = chosen(week.state, version)
            roster = self.roster_of(found.number)
            told = told_entry(week, found.draft, roster, deadline, even_if_poor=even_if_poor)
            return told, found, roster

        return self._published(told_now, why, approve)

    def withdraw(
        self, *, why: str = "", approve: Callable[[Publication], object] = lambda _: None
    ) -> Publication:
        """Withdraw the roster that people know; InputError if they know none.

        `approve`: as `publish` takes it.
        """

        def taken_back(week: CurrentWeek) -> tuple[Body, Version, Roster]:
            told = week.state.need_told()
            return Withdrawn(version=told.number), told, Roster()

        return self._published(taken_back, why, approve)

    def _published(
        self,
        judge: Callable[[CurrentWeek], tuple[Body, Version, Roster]],
        why: str,
        approve: Callable[[Publication], object],
    ) -> Publication:
        """Record a publication, judged anew if something else was recorded meanwhile."""
        for _ in range(_TRIES):
            week = self.refresh()
            body, version, roster = judge(week)
            made = published(week, version, roster)
            approve(made)

            def tell(state: RecordState, told: Body = body, head: int = week.state.head) -> Added:
                return [(told, None)] if state.head == head else []

            if self.append(tell, why):
                return replace(made, version=self.now.state.versions[version.number])
        raise record_error("outdated", "record.busy")

    def record(
        self,
        *changes: AnyChange,
        before: Iterable[Sequence[AnyChange]] = (),
        answers: Iterable[ShiftAnswer] = (),
        calls: Iterable[Call] = (),
        turnouts: Iterable[Turnout] = (),
        sent: Iterable[Owner] = (),
        told: Roster | None = None,
        why: str = "",
    ) -> list[RecordEntry]:
        """Record what happened, all of it or nothing.

        Parameters
        ----------
        changes
            What became different; it must fit the week as it is now.
        before
            Groups of earlier changes; each becomes an entry of its own.
        answers, calls, turnouts
            Answers of people about their shifts, calls of reserves, and how shifts turned out.
        sent
            Whose messages of the version published or withdrawn last were sent.
        told
            A roster that people know, even if it was not published from here; it is then recorded
            first, as a published version.
        why
            The reason, for the entries.

        Raises
        ------
        InputError
            A change does not fit, an id is unknown, messages were sent although nothing was
            published, or people know another roster than `told` (`outdated`).
        """
        said, called, worked, to = tuple(answers), tuple(calls), tuple(turnouts), tuple(sent)
        week = self.refresh()
        problem = week.problem if told is None else week.problem.with_changes(roster=told)
        groups = [tuple(group) for group in (*before, changes) if group]
        for group in groups:
            problem = problem.with_changes(*group)
        rows: dict[str, Sequence[InShift]] = {"answers": said, "calls": called}
        rows |= {"attendance": worked, "roster": () if told is None else told.assignments}
        faults = [fault for name, of in rows.items() for fault in unknown_ids(problem, of, name)]
        if to:
            faults += unknown_owners(self.with_all_told(problem), to, "sent")
        if faults:
            raise InputError(faults)
        draft = None if told is None else self.drafted(week, told, "given")

        def add(state: RecordState) -> Added:
            bodies: list[Body] = [Changed(changes=group) for group in groups]
            bodies += [Called(calls=called)] if called else []
            bodies += [Answered(answers=said)] if said else []
            bodies += [Attended(turnouts=worked)] if worked else []
            added: Added = ()
            if told is not None and draft is not None:
                known = None if state.told is None else self._roster_in(state, state.told)
                added = told_elsewhere(week, state, draft, told, known)
            if to:
                version = state.next_version if added else state.need_handed_out().number
                bodies.append(Sent(version=version, to=to))
            return [*added, *((body, None) for body in bodies)]

        return self.append(add, why)

    def record_unless_changed(
        self,
        week: CurrentWeek,
        changes: Sequence[AnyChange],
        roster: Roster,
        made_by: MadeBy,
        result: Result | None = None,
        why: str = "",
    ) -> Version | None:
        """Record changes and the draft made for them together, if nothing came after a snapshot.

        The draft is without what the changes make impossible. None if anything was recorded since.
        InputError if the changes do not fit the week.
        """
        after = week
        if changes:
            apart = self.detached()
            apart.record(*changes)
            after = apart.now
        roster = possible(after.problem, roster)
        draft = self.drafted(after, roster, made_by, result)

        def add(state: RecordState) -> Added:
            if state.head != week.state.head:
                return []
            first = [(Changed(changes=tuple(changes)), None)] if changes else []
            return [*first, (state.as_next(draft), roster)]

        if not self.append(add, why):
            return None
        prune(self._store, self.now.state)
        return self.now.state.versions[draft.version]

    def revoke(self, entry: int, *, why: str = "") -> list[RecordEntry]:
        """Revoke an entry that was a mistake; InputError if it cannot be revoked."""
        self.refresh()
        found = next((e.body for e in self._entries if e.number == entry), None)
        gone = revoked_by(self._entries).get(entry)
        if gone or not isinstance(found, REVOCABLE):
            said = "revoked_already" if gone else "not_revocable" if found else "no_entry"
            raise record_error("no_version", f"record.{said}", entry=entry, by=gone)
        return self.append(lambda _: [(Revoked(entry=entry), None)], why)

    @property
    def roster(self) -> Roster:
        """The draft, or else the published roster, without what is impossible now.

        InputError if there is neither.
        """
        roster = self.now.roster
        if roster is None:
            raise self.now.state.lacking("record.no_roster")
        return roster

    def _drafted(
        self, week: CurrentWeek, found: Found, made_by: MadeBy, *, as_proposal: bool = False
    ) -> NewDraft:
        """Record what a search found; it is returned even if it cannot be recorded."""
        if (roster := found.result.roster) is None:
            self.tell_failure(found.result)
            return NewDraft(**vars(found))
        try:
            version, others = self.record_draft(
                week, roster, made_by, found.result, as_proposal=as_proposal
            )
        except InputError as error:
            return NewDraft(**vars(found), unrecorded=error)
        return NewDraft(**vars(found), version=version, meanwhile=others)
