"""A version of a draft with all that prices its next move, carried on from move to move.

(`Problem`, `Roster`) -> `PricedDraft` -> the same of the roster after changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from shiftplan.analysis.candidates import Candidates
from shiftplan.problem import Problem
from shiftplan.problem.changes import Absence
from shiftplan.record.entries import (
    Answered,
    Called,
    Changed,
    Drafted,
    RecordEntry,
    Revoked,
    Told,
    Withdrawn,
)
from shiftplan.record.forms import HandedIn
from shiftplan.rules import Stability
from shiftplan.scoring.check import check
from shiftplan.scoring.moves import Effect
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Change, Roster


@dataclass(frozen=True)
class PricedDraft:
    """A version with its price, and what finds the prices of changes."""

    number: int
    """Number of the version; 0 for the empty roster before the first one."""
    roster: Roster
    """Its roster."""
    candidates: Candidates
    """Who could take which shift of it, and what any change does."""
    total: int
    """Total cost by the rules of the week, as `check` finds it, also if hard rules are broken."""
    parts: Mapping[str, int]
    """Soft rule -> cost; rules that cost nothing are left out."""
    breaches: int
    """Amount by which hard rules are broken, all together; 0 of a roster that can be worked."""
    filled: int
    """Seats filled, of all requirements."""
    seats: int
    """Seats of all requirements."""
    needs: Mapping[str, Sequence[Requirement]]
    """Shift id -> the requirements that count its people."""

    @staticmethod
    def of(problem: Problem, number: int, roster: Roster) -> PricedDraft:
        """A version priced anew, which takes a second for thousands of people."""
        score, candidates = check(problem, roster), Candidates(problem, roster)
        candidates.effect()  # so that what all moves share is not first found by one of them
        needs = problem.needs_at
        amount = sum(found.amount for found in score.broken)
        seats = sum(need.target for need in problem.requirements)
        parts, total = _sums(score.parts), score.total
        priced = PricedDraft(number, roster, candidates, total, parts, amount, 0, seats, needs)
        return replace(priced, filled=priced._filled(needs))

    @property
    def problem(self) -> Problem:
        """The week that it is priced for."""
        return self.candidates.problem

    @property
    def cost(self) -> int | None:
        """The total cost; None if a hard rule is broken."""
        return None if self.breaches else self.total

    def _can_go_on(self, changes: Sequence[Change]) -> bool:
        """Whether the price can be carried on: not over unknown ids or repeated assignments."""
        people, shifts = self.problem.volunteer_by_id, self.problem.shift_by_id
        return all(
            pair.shift_id in shifts
            and pair.volunteer_id in people
            and self.roster.assignments.count(pair) == (not added)
            for pair, added in changes
        )

    def after(
        self, number: int, changes: Sequence[Change], effect: Effect | None = None
    ) -> PricedDraft:
        """The version of a number, to which changes lead; `effect`: what they do, if known."""
        roster = self.roster.after(changes)
        if not self._can_go_on(changes):
            return PricedDraft.of(self.problem, number, roster)
        effect = effect or self.candidates.effect(*changes)
        touched = {change.assignment.shift_id for change in changes}
        later = replace(
            self,
            number=number,
            roster=roster,
            candidates=self.candidates.after(*changes),
            total=self.total + effect.total,
            parts=_sums(self.parts, effect.costs),
            breaches=self.breaches + self.candidates.breaches(*changes),
        )
        return replace(later, filled=self.filled + later._filled(touched) - self._filled(touched))

    def _filled(self, shifts: Mapping[str, object] | set[str]) -> int:
        case = self.candidates.case
        needs = {id(need): need for shift_id in shifts for need in self.needs.get(shift_id, ())}
        return sum(map(case.filled, needs.values()))


def bound_now(
    files: Problem,
    entries: Sequence[RecordEntry],
    drafts: Iterable[Drafted],
    tables: Mapping[str, str],
) -> int | None:
    """The best of the bounds proven for versions that holds for the week as it is now.

    It does if the week has only been narrowed since: by promises, by absences of people who
    have promised nothing, or by publications. With the rule `stability`, absences end it too, and
    a publication ends what was proven after an earlier one.

    Parameters
    ----------
    files
        The week as its files have it.
    entries
        All entries of its record.
    drafts
        The versions.
    tables
        Fingerprints of the tables of the files, as of `Drafted`.

    Returns
    -------
    int or None
        None if no bound holds.
    """
    proven = [draft for draft in drafts if draft.bound is not None and draft.tables == tables]
    if not proven:
        return None
    is_free = not any(isinstance(rule, Stability) for rule in files.rules)
    widened = _last_widened(files, entries, is_free=is_free)
    told = next((entry.number for entry in reversed(entries) if isinstance(entry.body, Told)), 0)

    def holds(draft: Drafted) -> bool:
        is_first = draft.after is None and not files.published
        return draft.seen >= widened and (is_free or is_first or draft.seen >= told)

    return max((d.bound for d in proven if d.bound is not None and holds(d)), default=None)


def _last_widened(files: Problem, entries: Sequence[RecordEntry], *, is_free: bool) -> int:
    """Number of the last entry after which more may be possible than before it; 0 for none.

    `is_free`: whether changes of the published roster cost nothing.
    """
    answers = [one for e in entries if isinstance(e.body, Answered) for one in e.body.answers]
    calls = [one for e in entries if isinstance(e.body, Called) for one in e.body.calls]
    promising = {one.volunteer_id for one in answers} | {one.volunteer_id for one in calls}
    promising.update(pin.volunteer_id for pin in files.pins if pin.state == "must")
    may_free = bool(calls) or any(one.answer != "confirmed" for one in answers)

    def widens(entry: RecordEntry) -> bool:
        match entry.body:
            case Answered():
                return may_free  # it may take a no back
            case HandedIn(swaps=swaps):
                return bool(swaps)  # whoever wants to give a shift away takes a promise back
            case Changed(changes=changes):
                narrows = (
                    isinstance(c, Absence) and c.volunteer_id not in promising for c in changes
                )
                return not (is_free and all(narrows))
            case Called() | Revoked() | Withdrawn():
                return True
        return False

    return next((entry.number for entry in reversed(entries) if widens(entry)), 0)


def _sums(*costs: Mapping[str, int]) -> Mapping[str, int]:
    rules = dict.fromkeys(rule for some in costs for rule in some)
    found = {rule: sum(some.get(rule, 0) for some in costs) for rule in rules}
    return {rule: cost for rule, cost in found.items() if cost}
