"""The roster center by center: a row for each time of day, a column for each date.

`Case` -> sheet.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from shiftplan.case.case import Case
from shiftplan.files.workbook import style
from shiftplan.present.naming import Names, namesakes
from shiftplan.present.sheets import paint
from shiftplan.present.sheets.seats import Shortage, shortages_of
from shiftplan.present.texts import TEXTS, Lang
from shiftplan.present.texts.wording import named
from shiftplan.week.records import Shift

_DAYS = 7


def fill(sheet: Worksheet, case: Case, lang: Lang) -> None:
    """Write the view, a printed page for each center; horizons of more than a week have rows for
    each week.
    """
    words, names = TEXTS[lang], Names(case.problem, lang)
    paint.title(sheet, "view center", words["view legend"], lang)
    dates = list(case.horizon.dates)
    weeks = [dates[i : i + _DAYS] for i in range(0, len(dates), _DAYS)]
    many = len(weeks) > 1
    heads = [words["center"], *([words["view week"]] if many else []), words["view hours"]]
    days = [names.day(day) for day in weeks[0]]
    if many:  # the columns are weekdays: the first date of the week stands on the left
        weekdays = names.say("form.weekdays").split("|")
        days = [weekdays[day.weekday()] for day in weeks[0]]
    style.head(sheet, paint.HEAD, [*heads, *days])
    shortages: dict[str, list[Shortage]] = defaultdict(list)
    for shortage in shortages_of(case):
        shortages[shortage.shift.shift_id].append(shortage)
    own: dict[str, list[Shift]] = defaultdict(list)
    for shift in sorted(case.problem.shifts, key=_by_clock):
        own[shift.center_id].append(shift)
    shared = namesakes(case.problem)
    row = paint.HEAD
    for center in case.problem.centers:
        first = row + 1
        for week in weeks:
            for times, shifts in _times(own[center.center_id], week).items():
                row += 1
                label: list[str | dt.date] = [names.center(center.center_id)]
                label += [week[0], times] if many else [times]
                _Row(case, shortages, names, shared, lang).fill(sheet, row, label, week, shifts)
        if row >= first:
            for cell in sheet[first]:
                style.dress(cell, border=paint.NEW)
            sheet.row_breaks.append(Break(id=row))
    style.widths(sheet, [24, *([12] if many else []), 12, *[24] * len(days)])
    paint.finish(sheet, row, len(heads) + len(days), "ABCDE"[len(heads)], lang)


def _by_clock(shift: Shift) -> tuple[dt.time, dt.time, dt.date, str]:
    return shift.start.time(), shift.end.time(), shift.day, shift.shift_id


def _times(
    shifts: Sequence[Shift], week: Sequence[dt.date]
) -> dict[str, dict[dt.date, list[Shift]]]:
    """Times of day -> date -> shifts, in order of time."""
    rows: dict[str, dict[dt.date, list[Shift]]] = {}
    for shift in shifts:
        if week[0] <= shift.day <= week[-1]:
            times = f"{shift.start:%H:%M}–{shift.end:%H:%M}"
            rows.setdefault(times, {}).setdefault(shift.day, []).append(shift)
    return rows


@dataclass(frozen=True)
class _Row:
    """What a row is written from."""

    case: Case
    shortages: Mapping[str, list[Shortage]]
    names: Names
    namesakes: frozenset[str]
    lang: Lang

    def fill(
        self,
        sheet: Worksheet,
        row: int,
        label: list[str | dt.date],
        week: Sequence[dt.date],
        shifts: Mapping[dt.date, list[Shift]],
    ) -> None:
        """Write the teams of a center at one time of day, a date beside the other."""
        texts = []
        for day in week:
            lines = [line for shift in shifts.get(day, ()) for line in self._team(shift)]
            texts.append("\n".join(lines) if day in shifts else TEXTS[self.lang]["view closed"])
        cells = paint.put_row(sheet, row, [*label, *texts])
        for cell in cells[: len(label)]:
            style.dress(cell, font=style.BOLD)
        for cell, day in zip(cells[len(label) :], week, strict=True):
            found = [
                g for shift in shifts.get(day, ()) for g in self.shortages.get(shift.shift_id, ())
            ]
            if any(shortage.below for shortage in found):
                style.dress(cell, fill=paint.BELOW)
            elif found:
                style.dress(cell, fill=paint.LACKING)
            elif day not in shifts:
                style.dress(cell, fill=paint.CLOSED, alignment=style.CENTER)
        sheet.row_dimensions[row].height = paint.height(texts, 26)

    def _team(self, shift: Shift) -> list[str]:
        """Names of the people in a shift, then what is lacking."""
        words = TEXTS[self.lang]
        team = self.case.people_in[shift.shift_id]
        lines = [
            named(v.name, v.volunteer_id)
            if v.volunteer_id in self.namesakes
            else v.name or v.volunteer_id
            for v in team
        ]
        for shortage in self.shortages.get(shift.shift_id, ()):
            sign = "▲" if shortage.below else "△"
            if shortage.need.skill_id is None:
                text = words["view lacking"].format(shortage.empty)
            else:
                skill = self.names.skill(shortage.need.skill_id, shortage.need.min_level or 1)
                text = words["view lacking skill"].format(shortage.empty, skill)
            lines.append(f"{sign} {text}")
        return lines
