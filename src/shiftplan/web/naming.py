"""Names as the page shows them: its data has the ids, so sentences go without.

`Problem` -> `NamesShown`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from shiftplan.present.naming import Names
from shiftplan.present.words import Lang
from shiftplan.problem import Problem
from shiftplan.week.records import Shift


class NamesShown(Names):
    """Names of one problem, with an id only where several people or shifts share a name."""

    def __init__(
        self, problem: Problem, lang: Lang, shifts: Mapping[str, Shift] | None = None
    ) -> None:
        super().__init__(problem, lang, shifts)
        self._alike = Counter((s.center_id, s.start, s.end) for s in problem.shifts)

    def person(self, volunteer_id: str) -> str:
        """Name of a person, such as `Trần Thị Lan`."""
        is_shared = self._bearers[self._people.get(volunteer_id, "")] > 1
        return super().person(volunteer_id) if is_shared else self.called(volunteer_id)

    def shift(self, shift_id: str) -> str:
        """Center and time, such as `Xã Vĩnh Tế, Mon 07 Dec 07:30–11:30`."""
        shift = self._shifts.get(shift_id)
        if shift is None or self._alike[shift.center_id, shift.start, shift.end] > 1:
            return super().shift(shift_id)
        return f"{self.center(shift.center_id)}, {self.time(shift.start, shift.end)}"
