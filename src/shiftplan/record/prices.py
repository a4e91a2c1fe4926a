"""Prices of the drafts of a week, carried on from version to version, and their bounds.

(`LaggingKeeper`, name of a draft) -> `PricedDraft`.
"""

from __future__ import annotations

from collections.abc import Mapping

from shiftplan.problem import Problem
from shiftplan.record.current import CurrentWeek
from shiftplan.record.drafts import SEARCHED
from shiftplan.record.lagging import LaggingKeeper
from shiftplan.record.move_faults import unknown_draft
from shiftplan.record.pricing import PricedDraft, bound_now
from shiftplan.record.state import RecordState, Version
from shiftplan.record.store import Store
from shiftplan.week.roster import Roster

_FEW = 200
"""Changes over which a price is carried on, rather than found anew."""


class PriceKeeper(LaggingKeeper):
    """A week with its record, which knows what its drafts cost."""

    def __init__(self, files: Problem, store: Store | None = None, *, who: str = "") -> None:
        self._prices: dict[str, PricedDraft] = {}
        super().__init__(files, store, who=who)

    def priced(self, name: str = "") -> PricedDraft:
        """The newest version of a draft, with what finds the prices of its moves.

        Of the main draft, which has no name, it is the published roster if nothing was drafted
        since, and an empty one if nothing was published. InputError if no draft has the name.
        """
        with self._lock:
            week = self.now
            at = week.state.position(name)
            if at is None and name:
                raise unknown_draft(week.state, name)
            number, roster = 0, Roster()
            if at is not None:
                number, roster = at.number, self._roster_in(week.state, at)
            self._prices[name] = found = self._found_price(name, number, roster, week.problem)
            return found

    def _prepared(self, week: CurrentWeek) -> Mapping[str, PricedDraft]:
        """The drafts that were moved in lately, priced by a week that is about to be `now`."""
        found = {}
        for name in [*self._prices]:
            at = week.state.position(name)
            if at is not None:
                roster = self._roster_in(week.state, at)
                found[name] = PricedDraft.of(week.problem, at.number, roster)
        return found

    def _take_prepared(self, prepared: Mapping[str, PricedDraft]) -> None:
        self._prices |= prepared

    def _found_price(self, name: str, number: int, roster: Roster, problem: Problem) -> PricedDraft:
        """That of the version, carried on from another version where few changes lead from it."""
        known = self._prices.pop(name, None)
        if known is not None and known.number == number and known.problem is problem:
            return known
        open_now = self.now.state.drafts
        self._prices = {n: p for n, p in self._prices.items() if not n or n in open_now}
        for other in (known, *self._prices.values()):
            if other is not None and other.problem is problem:
                changes = [*other.roster.changes_to(roster)]
                if len(changes) <= _FEW and len(other.roster.after(changes)) == len(roster):
                    return other.after(number, changes)
        return PricedDraft.of(problem, number, roster)

    def bound_of(self, at: Version | None) -> int | None:
        """The best proven bound of the week as it is now: of a version, or of any search."""
        return self._bound_now(self.now.state, at)

    def _bound_now(self, state: RecordState, at: Version | None) -> int | None:
        """The same as of a state."""
        entries = self._entries[: state.head]
        searched = (v for v in state.versions.values() if v.draft.made_by in SEARCHED)
        known = {v.number: v.draft for v in (*searched, *([] if at is None else [at]))}
        return bound_now(self.files, entries, known.values(), self._tables)
