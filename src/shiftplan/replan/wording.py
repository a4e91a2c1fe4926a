"""A repair in words: reasons, shifts and people as coordinators read them.

(`Repair`, language) -> text, and rows of changes.csv.
"""

from __future__ import annotations

from collections.abc import Iterator

from shiftplan.files.sheet import to_csv
from shiftplan.problem import Problem
from shiftplan.replan.notices import Notice
from shiftplan.replan.outcome import Repair
from shiftplan.texts import TEXTS, Lang
from shiftplan.wording import day, number, percent

COLUMNS = ("volunteer_id", "shift_id", "change", "reason")
_FOR_PEOPLE = ("name", "center", "date", "start", "end")


class Words:
    """Names of the people and shifts of a week, and reasons, in one language."""

    def __init__(self, week: Problem, lang: Lang) -> None:
        self.lang = lang
        self._texts = TEXTS[lang]
        self._names = {v.volunteer_id: v.name for v in week.volunteers}
        self._shifts = {s.shift_id: s for s in week.shifts}
        self._centers = {c.center_id: c.name or c.center_id for c in week.centers}

    def person(self, volunteer_id: str) -> str:
        """Name and id of a person; the id alone where there is no name."""
        name = self._names.get(volunteer_id, "")
        return f"{name} ({volunteer_id})" if name and name != volunteer_id else volunteer_id

    def shift(self, shift_id: str) -> str:
        """Id, center, date and times of a shift; the id alone where it is unknown."""
        shift = self._shifts.get(shift_id)
        if shift is None:
            return shift_id
        times = f"{day(shift.day, self.lang)} {shift.start:%H:%M}–{shift.end:%H:%M}"
        return f"{shift_id}, {self._centers[shift.center_id]}, {times}"

    def reason(self, notice: Notice) -> str:
        """Why something changes for somebody."""
        text = self._texts[f"repair {notice.reason}"]
        name = self.person if notice.reason == "replaces" else self.shift
        return text.format("; ".join(map(name, notice.others)))

    def line(self, notice: Notice) -> str:
        """One change for one person, without the person's name."""
        key = "repair new" if notice.added else "repair gone"
        return f"{self._texts[key].format(self.shift(notice.shift_id))} ({self.reason(notice)})"

    def row(self, notice: Notice) -> list[str]:
        """One row of changes.csv."""
        shift = self._shifts.get(notice.shift_id)
        when = [""] * 4
        if shift is not None:
            when = [self._centers[shift.center_id], f"{shift.day}"]
            when += [f"{shift.start:%H:%M}", f"{shift.end:%H:%M}"]
        change = "added" if notice.added else "removed"
        ids = [notice.volunteer_id, notice.shift_id, change, self.reason(notice)]
        return [*ids, self._names.get(notice.volunteer_id, ""), *when]


def as_csv(found: Repair, lang: Lang = "en") -> str:
    """Text of changes.csv: a row for each change; reasons are in the language asked for."""
    words = Words(found.week, lang)
    return to_csv([*COLUMNS, *_FOR_PEOPLE], map(words.row, found.changes))


def headline(found: Repair, lang: Lang) -> Iterator[str]:
    """How much changes, and what is proven; one sentence a line. Nothing without a roster."""
    words = TEXTS[lang]
    if found.roster is None:
        return
    added = sum(notice.added for notice in found.changes)
    removed = sum(not notice.added for notice in found.changes) - found.lost
    kept, lost = number(found.kept, lang), number(found.lost, lang)
    if added or removed:
        counts = number(found.kept + removed, lang), kept, number(removed, lang)
        yield words["repair done"].format(*counts, number(added, lang), lost)
    else:
        yield words["repair nothing"].format(kept, lost)
    if found.result.status == "OPTIMAL":
        yield words["repair OPTIMAL"]
    elif found.aim.gap is not None:
        yield words["repair gap"].format(percent(found.aim.gap, lang, up=True))
    elif found.result.stopped_by is None:
        yield words["repair near"]
    if found.result.total.gap is not None:
        yield words["at most cheaper"].format(percent(found.result.total.gap, lang, up=True))
