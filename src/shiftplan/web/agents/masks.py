"""Made-up names for the people of a week, which is all that an agent sees of them.

(`Problem`, `Roster`) -> the same as `anonymize` makes them; ids there and back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from shiftplan.analysis.repair import Notice
from shiftplan.errors import Fault, InputError
from shiftplan.files.layout import TABLE_NAMES, columns_of
from shiftplan.present.naming import Names
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.problem.changes import Absence, AnyChange
from shiftplan.seasons.anonymous import anonymize
from shiftplan.week.roster import Assignment, Roster

_GONE = "-"
"""What stands for somebody who is no longer in the week."""


@dataclass(frozen=True)
class Mask:
    """Who is called what."""

    problem: Problem
    """The week under made-up names."""
    roster: Roster | None
    """Its roster; None if there is none."""
    key: Mapping[str, str]
    """Id of the week -> made-up id."""

    @classmethod
    def of(cls, problem: Problem, roster: Roster | None, seed: int, lang: Lang) -> Mask:
        """Make up names; the same seed and people give the same ones."""
        person = Words(lang)("weeks.anonymous_person")
        made = anonymize(problem, roster, seed=seed, person=person)
        return cls(made.problem, made.roster, made.key)

    def names(self, problem: Problem, lang: Lang) -> Names:
        """Names of a week with the same people."""
        return Names(self.shown(problem), lang)

    def shown(self, problem: Problem) -> Problem:
        """A week with the same people, whose names are made up; only to be shown."""
        return problem.model_copy(update={"volunteers": self.problem.volunteers})

    def pair(self, pair: Assignment) -> Assignment:
        """An assignment of the week under made-up ids."""
        return Assignment(pair.shift_id, self.key.get(pair.volunteer_id, _GONE))

    def notice(self, notice: Notice) -> Notice:
        """A notice of a repair under made-up ids."""
        others = notice.others
        if notice.reason == "replaces":
            others = tuple(self.key.get(who, _GONE) for who in others)
        who = self.key.get(notice.volunteer_id, _GONE)
        return replace(notice, volunteer_id=who, others=others)

    def real_roster(self, roster: Roster) -> Roster:
        """A roster under made-up ids as the week has it."""
        real = {made: own for own, made in self.key.items()}
        return Roster.of((a.shift_id, real[a.volunteer_id]) for a in roster.assignments)

    def real_changes(self, changes: Iterable[AnyChange]) -> tuple[AnyChange, ...]:
        """Changes under made-up ids as the week has them."""
        real = {made: own for own, made in self.key.items()}
        return tuple(
            change.model_copy(update={"volunteer_id": real[change.volunteer_id]})
            if isinstance(change, Absence)
            else change
            for change in changes
        )


def covered(error: InputError) -> InputError:
    """The same faults without what was written: kind, table, column and place in the file."""
    return InputError(map(_covered, error.faults))


def _covered(fault: Fault) -> Fault:
    table = fault.table if fault.table in TABLE_NAMES else ""
    column = fault.column if table and fault.column in columns_of(table) else ""
    row = fault.row if table else None
    file = "" if row is None else f"{table}.csv"
    return Fault(fault.code, table, column, index=fault.index, file=file, row=row, more=fault.more)
