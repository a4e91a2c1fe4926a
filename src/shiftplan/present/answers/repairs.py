"""A repair in words: reasons, shifts and people as coordinators read them.

(`Repair`, language) -> text, and rows of changes.csv.
"""

from __future__ import annotations

from shiftplan.analysis.repair import Notice, Repair
from shiftplan.errors.message import AtShift, Person
from shiftplan.files.csv_text import neutral, to_csv
from shiftplan.present.naming import Names
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem

COLUMNS = ("volunteer_id", "shift_id", "change", "reason")
_FOR_PEOPLE = ("name", "center", "date", "start", "end")
_TELLING = 0.99
"""Gap from which on a bound tells people nothing."""


class RepairWords:
    """Reasons and changes of one repair, in one language, with `names` of what the week holds."""

    def __init__(self, week: Problem, lang: Lang) -> None:
        self.names = Names(week, lang)
        self._say = self.names.say

    def reason(self, notice: Notice) -> str:
        """Why something changes for somebody."""
        kind = Person if notice.reason == "replaces" else AtShift
        others = "; ".join(self._say.show(kind(other)) for other in notice.others)
        return self._say(f"repairs.{notice.reason}", others=others)

    def line(self, notice: Notice) -> str:
        """One change for one person, without the person's name."""
        code = "repairs.new" if notice.added else "repairs.gone"
        return f"{self._say(code, shift=AtShift(notice.shift_id))} ({self.reason(notice)})"


def changes_csv(found: Repair, lang: Lang = "en") -> str:
    """Text of changes.csv: a row for each change; reasons are in the language asked for."""
    sentences = RepairWords(found.problem, lang)
    shifts = {s.shift_id: s for s in found.problem.shifts}

    def row(notice: Notice) -> list[str]:
        shift = shifts.get(notice.shift_id)
        when = [""] * 4
        if shift is not None:
            hours = f"{shift.start:%H:%M}", f"{shift.end:%H:%M}"
            when = [sentences.names.center(shift.center_id), f"{shift.day}", *hours]
        change = "added" if notice.added else "removed"
        ids = [notice.volunteer_id, notice.shift_id, change, sentences.reason(notice)]
        texts = [*ids, sentences.names.name(notice.volunteer_id), *when]
        return [neutral(text) for text in texts]

    return to_csv([*COLUMNS, *_FOR_PEOPLE], map(row, found.notices))


def repair_lines(found: Repair, lang: Lang) -> list[str]:
    """How much changes, and what is proven; one sentence a line. Nothing without a roster."""
    say = Words(lang)
    if found.roster is None:
        return []
    added = sum(notice.added for notice in found.notices)
    removed = sum(not notice.added for notice in found.notices) - found.lost
    figures = {"possible": found.kept + removed, "kept": found.kept, "lost": found.lost}
    figures |= {"removed": removed, "added": added}
    lines = [say("repairs.done" if added or removed else "repairs.nothing", **figures)]
    if found.result.status == "OPTIMAL":
        lines.append(say("repairs.optimal"))
    elif found.aim.gap is not None and found.aim.gap < _TELLING:
        lines.append(say("repairs.gap", gap=found.aim.gap))
    if found.result.total.gap is not None:
        lines.append(say("plans.at_most_cheaper", gap=found.result.total.gap))
    return lines
