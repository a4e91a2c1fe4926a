"""Guesses at the places and skills that rows name though their week lacks them.

Centers and skills of a week, and a name -> what may be meant.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from shiftplan.errors.message import Message
from shiftplan.files.references import place_words
from shiftplan.problem.by_name import NearRows
from shiftplan.problem.nearest import Nearest
from shiftplan.week.records import Center, Skill


@dataclass
class NearNames:
    """Finds what a name is a slip of the pen for."""

    centers: Iterable[Center]
    skills: Iterable[Skill] = ()
    _nearest: dict[str, Nearest] = field(default_factory=dict)
    _rows: dict[str, NearRows] = field(default_factory=dict)

    def meant(self, column: str, name: str, known: Iterable[str], *, own: bool) -> str | Message:
        """What may be meant by a name that is not among the `known` ones; empty for nothing.

        `own`: whether the rows are about this week alone: then names of centers and skills that
        are only near are meant too. In rows that many weeks share these are of another week.
        """
        nearest = self._nearest.setdefault(column, Nearest(sorted(known)))
        if meant := nearest.same(name) or nearest.slip(name):
            return nearest.remedy(name) or Message("files.meant_quoted", text=meant)
        if column not in ("where", "skill_id") or not own:
            return ""
        if column not in self._rows:
            kinds = {*place_words(), *(center.type for center in self.centers)} - {""}
            names = {center.center_id: center.name for center in self.centers}
            if column == "skill_id":
                names = {skill.skill_id: skill.name for skill in self.skills}
            self._rows[column] = NearRows(names, kinds if column == "where" else ())
        return self._rows[column].remedy(name)
