"""Drafts recorded whole or with names, what is held of one, and proposals of searches around it.

(`MoveKeeper`, rosters, names, `Hold`s) -> entries -> `Version`s, `Improvement`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Unpack

from shiftplan.errors import InputError
from shiftplan.record.current import CurrentWeek
from shiftplan.record.drafts import is_proposal
from shiftplan.record.entries import (
    Drafted,
    Dropped,
    Held,
    Hold,
    MadeBy,
    NameChanged,
    RecordEntry,
)
from shiftplan.record.holding import Improvement, improve_now, unknown_holds
from shiftplan.record.move_faults import need_name, unknown_draft
from shiftplan.record.moving import MoveKeeper
from shiftplan.record.rosters import prune
from shiftplan.record.state import RecordState, Version
from shiftplan.record.store import Added
from shiftplan.scoring.check import check
from shiftplan.scoring.equity import equity
from shiftplan.solving.beside import Run, here
from shiftplan.solving.result import Result
from shiftplan.solving.solve import SearchKeywords
from shiftplan.week.fields import one_line
from shiftplan.week.roster import Roster


class DraftKeeper(MoveKeeper):
    """A week with its record, with the verbs of whole drafts and of those beside the main one."""

    def name_draft(self, name: str, version: int | None = None, *, why: str = "") -> Version:
        """Begin a named draft as a copy of a version.

        Parameters
        ----------
        name
            Its name, at most 80 characters, unlike those of open drafts.
        version
            The version; None for the newest one of the main draft, or the published one.
        why
            The reason, for the entry.

        Raises
        ------
        InputError
            The name is empty, too long, begins with # or is taken (`invalid_value`), or there is no
            such version (`no_version`).
        """
        name = one_line(name).strip()

        def add(state: RecordState) -> Added:
            need_name(state, name)
            of = state.position("") if version is None else state.need(version)
            if of is None:
                raise state.lacking("record.no_roster")
            self._roster_in(state, of)
            after = of.number if of.number == state.version_told else of.draft.after
            new = {"version": state.next_version, "made_by": "hand", "name": name, "after": after}
            new |= {"of": of.number, "moves": (), "like": None}
            return [(of.draft.model_copy(update=new), None)]

        self.append(add, why)
        return self.now.state.drafts[name]

    def rename_draft(self, name: str, to: str, *, why: str = "") -> Version:
        """Give a named draft another name.

        Parameters
        ----------
        name
            Its name until now.
        to
            Its new name, as `name_draft` takes it.
        why
            The reason, for the entry.

        Raises
        ------
        InputError
            No open draft has the name (`no_version`), or the new one is unfit or taken
            (`invalid_value`).
        """
        to = one_line(to).strip()

        def add(state: RecordState) -> Added:
            if not name or name not in state.drafts or is_proposal(name):
                raise unknown_draft(state, name)
            need_name(state, to)
            return [(NameChanged(name=name, to=to), None)]

        self.append(add, why)
        return self.now.state.drafts[to]

    def drop_draft(self, name: str, *, why: str = "") -> None:
        """Close a named draft, whose versions stay in the record; InputError if there is none."""

        def add(state: RecordState) -> Added:
            if not name or name not in state.drafts:
                raise unknown_draft(state, name)
            return [(Dropped(name=name), None)]

        self.append(add, why)

    def hold(
        self, *on: Hold, off: Iterable[Hold] = (), name: str = "", why: str = ""
    ) -> tuple[Hold, ...]:
        """Hold people, shifts, assignments, dates or centers of a draft; returns what is held now.

        `improve` leaves alone what is held; moves by hand do not ask.

        Parameters
        ----------
        on
            What is held from now on.
        off
            What is held no longer.
        name
            The draft; empty for the main one.
        why
            The reason, for the entry.

        Raises
        ------
        InputError
            An id or a draft is unknown, or a date is not one of the week.
        """
        free = tuple(off)
        if faults := [*unknown_holds(self.refresh().problem, on)]:
            raise InputError(faults)

        def add(state: RecordState) -> Added:
            if name and name not in state.drafts:
                raise unknown_draft(state, name)
            held = state.holds.get(name, ())
            new = tuple(one for one in dict.fromkeys(on) if one not in held and one not in free)
            gone = tuple(one for one in dict.fromkeys(free) if one in held)
            return [(Held(name=name, on=new, off=gone), None)] if new or gone else []

        self.append(add, why)
        return self.now.state.holds.get(name, ())

    def improve(
        self,
        name: str = "",
        *,
        why: str = "",
        run: Run = here,
        gap: float = 0.0,
        **search: Unpack[SearchKeywords],
    ) -> Improvement:
        """Search for a better roster around what is held of a draft, and record it as a proposal.

        The proposal is a draft of its own, which no command means: `take` takes it over, in whole
        or in part, and `drop_draft` closes it. Others can go on meanwhile.

        Parameters
        ----------
        name
            The draft to begin with; empty for the main one.
        why
            The reason, for the entry.
        run
            Where the search runs: `here`, or `beside` this process (`shiftplan.solving.beside`).
        gap, search
            As `solve` takes them; the bounds that it reports on the way are those with the holds.

        Raises
        ------
        InputError
            There is no such draft, or an option is out of range.
        """
        with self._lock:
            week = self.refresh()
            at, roster = week.state.position(name), self.priced(name).roster
        holds = week.state.holds.get(name, ())
        result, held_bound = run(improve_now, week.problem, roster, holds, gap=gap, **search)
        found: dict[str, Any] = {
            "result": result,
            "problem": week.problem,
            "held_bound": held_bound,
        }
        if (better := result.roster) is None:
            self.tell_failure(result)
            return Improvement(**found)
        draft = self.drafted(week, better, "improve", result)
        bounds = result.total.bound, self._bound_now(week.state, at)
        bound = max((known for known in bounds if known is not None), default=None)
        draft = draft.model_copy(update={"bound": bound})

        def add(state: RecordState) -> Added:
            made = state.as_next(draft).as_proposal()
            if at is None:
                return [(made, better)]
            new = {"of": at.number, "moves": tuple(roster.changes_to(better))}
            return [(Drafted.model_validate({**dict(made), **new}), None)]

        try:
            (entry,) = self.append(add, why)
        except InputError as error:
            return Improvement(**found, unrecorded=error)
        assert isinstance(entry.body, Drafted)
        others = self._entries[week.state.head : entry.number - 1]
        version = self.now.state.versions[entry.body.version]
        return Improvement(**found, version=version, meanwhile=tuple(others))

    def record_draft(
        self,
        week: CurrentWeek,
        roster: Roster,
        made_by: MadeBy,
        result: Result | None,
        why: str = "",
        *,
        as_proposal: bool = False,
    ) -> tuple[Version, tuple[RecordEntry, ...]]:
        """Record a draft made from a snapshot; also returns what others recorded since."""
        draft = self.drafted(week, roster, made_by, result)

        def add(state: RecordState) -> Added:
            made = state.as_next(draft)
            return [(made.as_proposal() if as_proposal else made, roster)]

        (entry,) = self.append(add, why)
        prune(self._store, self.now.state)
        others = tuple(
            e
            for e in self._entries
            if week.state.head < e.number < entry.number and not isinstance(e.body, Drafted)
        )
        assert isinstance(entry.body, Drafted)
        return self.now.state.versions[entry.body.version], others

    def drafted(
        self, week: CurrentWeek, roster: Roster, made_by: MadeBy, result: Result | None = None
    ) -> Drafted:
        """The entry of a draft made from a snapshot."""
        known = (result and result.equity) or equity(week.problem, roster)
        score = (result and result.score) or check(week.problem, roster)
        seats = known.overall.both
        return Drafted(
            version=week.state.next_version,
            made_by=made_by,
            after=week.state.version_told,
            seen=week.state.head,
            seats=seats.target,
            filled=seats.filled,
            cost=score.total if score.is_feasible else None,
            bound=None if result is None else result.total.bound,
            is_poor=result is not None and result.poor is not None,
            days=(self.files.horizon.start, self.files.horizon.dates[-1]),
            tables=self._tables,
        )
