"""A repair in words: reasons, shifts and people as coordinators read them.

(`Repair`, language) -> text, and rows of changes.csv.
"""

from __future__ import annotations

from shiftplan.analysis.repair import Notice, Repair
from shiftplan.files.csv_text import neutral, to_csv
from shiftplan.present.naming import Names
from shiftplan.present.texts import TEXTS, Lang
from shiftplan.present.texts.wording import number, percent
from shiftplan.problem import Problem

COLUMNS = ("volunteer_id", "shift_id", "change", "reason")
_TELLING = 0.99
"""Gap from which on a bound tells people nothing."""
_FOR_PEOPLE = ("name", "center", "date", "start", "end")


class RepairWords:
    """Reasons and changes of one repair, in one language."""

    def __init__(self, week: Problem, lang: Lang) -> None:
        self.names = Names(week, lang)
        """Names of what the week holds."""
        self._texts = TEXTS[lang]

    def reason(self, notice: Notice) -> str:
        """Why something changes for somebody."""
        text = self._texts[f"repair {notice.reason}"]
        name = self.names.person if notice.reason == "replaces" else self.names.shift
        return text.format("; ".join(map(name, notice.others)))

    def line(self, notice: Notice) -> str:
        """One change for one person, without the person's name."""
        key = "repair new" if notice.added else "repair gone"
        return (
            f"{self._texts[key].format(self.names.shift(notice.shift_id))} ({self.reason(notice)})"
        )


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
    words = TEXTS[lang]
    if found.roster is None:
        return []
    lines = []
    added = sum(notice.added for notice in found.notices)
    removed = sum(not notice.added for notice in found.notices) - found.lost
    kept, lost = number(found.kept, lang), number(found.lost, lang)
    if added or removed:
        counts = number(found.kept + removed, lang), kept, number(removed, lang)
        lines.append(words["repair done"].format(*counts, number(added, lang), lost))
    else:
        lines.append(words["repair nothing"].format(kept, lost))
    if found.result.status == "OPTIMAL":
        lines.append(words["repair OPTIMAL"])
    elif found.aim.gap is not None and found.aim.gap < _TELLING:
        lines.append(words["repair gap"].format(percent(found.aim.gap, lang, up=True)))
    if found.result.total.gap is not None:
        lines.append(
            words["at most cheaper"].format(percent(found.result.total.gap, lang, up=True))
        )
    return lines
