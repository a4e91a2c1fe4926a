"""Drafts changed by hand: moves, undo and redo, and what each costs.

(`PriceKeeper`, changes) -> entries of moves, each a version -> `Moved`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from shiftplan.errors import InputError
from shiftplan.record.entries import Body, Drafted, MadeBy, RecordEntry
from shiftplan.record.move_faults import conflict, need_no_conflict, needs_yes, unfit_moves
from shiftplan.record.prices import PriceKeeper
from shiftplan.record.pricing import PricedDraft
from shiftplan.record.state import RecordState, Version, record_error
from shiftplan.record.store import Added
from shiftplan.scoring.moves import Effect
from shiftplan.week.roster import Assignment, Change, Roster

_Ask = Callable[[Version | None, Roster], tuple[Iterable[Change], int | None]]
"""The version to be changed and its roster -> changes, and the version that they come from."""


@dataclass(frozen=True)
class Moved:
    """A version made by moves, and what they did."""

    version: Version
    """The version."""
    changes: tuple[Change, ...]
    """What was taken away and added."""
    effect: Effect
    """What that did to the roster before it, with what others had changed meanwhile."""
    total: int
    """Total cost by the rules of the week, as `check` finds it, also if hard rules are broken."""
    filled: int
    """Seats filled, of all requirements."""
    seats: int
    """Seats of all requirements."""
    merged: tuple[RecordEntry, ...]
    """What others did to the draft since the version seen, which stays."""


class MoveKeeper(PriceKeeper):
    """A week with its record, with the verbs that change drafts by hand."""

    def move(
        self,
        *changes: Change,
        of: int | None,
        name: str = "",
        anyway: bool = False,
        why: str = "",
        beside: Callable[[RecordState], Iterable[Body]] = lambda _: (),
    ) -> Moved:
        """Take assignments away and add others, made together, as a new version of a draft.

        What others did to the draft since `of` stays, if it concerns other people and other shifts.

        Parameters
        ----------
        changes
            What is taken away and added.
        of
            The version that the changes were chosen for: the newest one seen of the draft, or the
            published one where nothing was drafted since. None if there was none.
        name
            The draft; empty for the main one.
        anyway
            Make changes that break hard rules, or break them more.
        why
            The reason, for the entry.
        beside
            Makes further entries of what the record says by then, added together with the move;
            an error that it raises stops both.

        Raises
        ------
        InputError
            Code `conflicting_move`: others changed one of the people or shifts since `of`.
            `needs_yes`: it breaks hard rules; a fault for each breach. `unknown_id`, `not_assigned`
            and `duplicate_row`: a change names an unknown id, takes away what is not there, or adds
            what is. `no_version`: there is no such draft or version.
        """
        made = tuple(Change(Assignment(*change.assignment), change.added) for change in changes)
        return self._change("hand", lambda *_: (made, None), of or 0, name, anyway, why, beside)

    def take(
        self,
        version: int,
        *,
        people: Iterable[str] | None = None,
        changes: Iterable[Change] | None = None,
        of: int | None,
        name: str = "",
        anyway: bool = False,
        why: str = "",
    ) -> Moved:
        """Take over what is different in another version, in one move.

        Parameters
        ----------
        version
            The other version, such as a proposal of `improve`.
        people, changes
            Only what is different for these people, or only these differences; None for all.
        of, name, anyway, why
            As `move` takes them.

        Raises
        ------
        InputError
            As `move` does. `no_version`: there is no such version, or nothing is different in it.
        """
        whose = None if people is None else {*people}
        which = None if changes is None else {*changes}

        def different(at: Version | None, roster: Roster) -> tuple[Iterable[Change], int]:
            state = self.now.state
            other = self._roster_in(state, state.need(version))
            seen = roster if at is None or of is None else self._roster_in(state, state.need(of))
            found = [
                change
                for change in seen.changes_to(other)
                if (whose is None or change.assignment.volunteer_id in whose)
                and (which is None or change in which)
            ]
            if not found:
                raise record_error("no_version", "record.no_difference", version=version)
            return found, version

        return self._change("take", different, of or 0, name, anyway, why)

    def step_back(
        self, name: str = "", *, of: int | None = None, anyway: bool = False, why: str = ""
    ) -> Moved:
        """Undo what was done last to a draft, whoever did it, as a new version.

        Parameters
        ----------
        name
            The draft; empty for the main one.
        of
            The newest version seen of it; None to undo whatever is newest.
        anyway, why
            As `move` takes them.

        Raises
        ------
        InputError
            As `move` does: what is impossible by now breaks hard rules. `no_version`: there is
            nothing to undo, or the roster before was dropped, as those of old drafts are.
        """
        return self._step("undo", name, of, anyway, why)

    def step_forward(
        self, name: str = "", *, of: int | None = None, anyway: bool = False, why: str = ""
    ) -> Moved:
        """Do again what was undone last, unless something else was done since; as `step_back`."""
        return self._step("redo", name, of, anyway, why)

    def _step(self, way: MadeBy, name: str, of: int | None, anyway: bool, why: str) -> Moved:
        def changes(at: Version | None, roster: Roster) -> tuple[Iterable[Change], int]:
            state = self.now.state
            if at is not None and of not in (None, at.number):
                raise conflict(at.told or at.entry, self.now.problem)
            to = None if at is None else at.back if way == "undo" else at.forward
            if to is None:
                raise record_error("no_version", f"record.nothing_to_{way}")
            return roster.changes_to(self._roster_in(state, state.versions[to])), to

        return self._change(way, changes, None, name, anyway, why)

    def _change(
        self,
        way: MadeBy,
        ask: _Ask,
        of: int | None,
        name: str,
        anyway: bool,
        why: str,
        beside: Callable[[RecordState], Iterable[Body]] = lambda _: (),
    ) -> Moved:
        """Record a move, judged under the store's lock.

        `of`: the version that it was chosen for, 0 for the empty roster before the first one, None
        for the newest one, whichever that is.
        """
        with self.telling_later(), self.lagging():
            self.refresh()
            self.priced(name)  # what takes long is found before others have to wait
            made: list[tuple[tuple[Change, ...], Effect, PricedDraft, tuple[RecordEntry, ...]]] = []

            def add(state: RecordState) -> Added:
                more = [*beside(state)]
                before, at = self.priced(name), state.position(name)
                if at is None and of:
                    raise state.lacking("record.no_draft")
                found, like = ask(at, before.roster)
                changes = tuple(sorted(found, key=lambda c: (c.added, c.assignment)))
                merged: tuple[RecordEntry, ...] = ()
                if of not in (None, before.number):
                    merged = self._merged(state, of, name, changes, before.roster)
                if faults := [*unfit_moves(before, changes)]:
                    raise InputError(faults)
                effect = before.candidates.effect(*changes)
                if effect.broken and not anyway:
                    raise needs_yes(effect)
                added: list[tuple[Body, Roster | None]] = []
                number = state.next_version
                if at is None:
                    begun = self._drafted_by_hand(state, None, before, number, way="hand")
                    added.append((begun.model_copy(update={"name": name}), Roster()))
                    number += 1
                after = before.after(number, changes, effect)
                made[:] = [(changes, effect, after, merged)]
                draft = self._drafted_by_hand(state, at, after, number, way)
                new = {"name": name, "of": number - 1 if at is None else at.number}
                added.append(
                    (draft.model_copy(update=new | {"moves": changes, "like": like}), None)
                )
                return [*added, *((body, None) for body in more)]

            self.append(add, why)
            ((changes, effect, after, merged),) = made
            self._prices[name] = after
            version = self.now.state.versions[after.number]
        return Moved(version, changes, effect, after.total, after.filled, after.seats, merged)

    def _drafted_by_hand(
        self, state: RecordState, at: Version | None, after: PricedDraft, number: int, way: MadeBy
    ) -> Drafted:
        """The entry of a version made of another one; its price is known."""
        known = state.version_told
        if at is not None and at.number != known:
            known = at.draft.after
        return Drafted(
            version=number,
            made_by=way,
            after=known,
            seen=state.head,
            seats=after.seats,
            filled=after.filled,
            cost=after.cost,
            bound=self._bound_now(state, at),
            is_poor=at is not None and at.draft.is_poor,
            days=(self.files.horizon.start, self.files.horizon.dates[-1]),
            tables=self._tables,
        )

    def _merged(
        self,
        state: RecordState,
        of: int | None,
        name: str,
        changes: Sequence[Change],
        roster: Roster,
    ) -> tuple[RecordEntry, ...]:
        """What others did since a version; InputError if it concerns the same people or shifts."""
        seen = state.need(of) if of else None
        before = Roster() if seen is None else self._roster_in(state, seen)
        since = [*_since(state, 0 if seen is None else seen.entry.number, name)]
        others = [*before.changes_to(roster)]
        at = state.position(name)
        assert at is not None
        need_no_conflict(changes, others, [at, *since], self.now.problem)
        return tuple(version.entry for version in since)


def _since(state: RecordState, entry: int, name: str) -> Iterator[Version]:
    """Versions of a draft that were made after an entry, oldest first."""
    return (
        version
        for version in state.versions.values()
        if version.entry.number > entry and version.draft.name == name
    )
