"""The roster center by center: a row for each time of day, a column for each date.

`Case` -> sheet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from shiftplan.case.case import Case
from shiftplan.files.workbook import style
from shiftplan.present.naming import Names
from shiftplan.present.sheets.view import BELOW, CLOSED, LACKING, NEW, View
from shiftplan.week.records import Requirement, Shift

_DAYS = 7


def by_center(sheet: Worksheet, case: Case, names: Names) -> None:
    """Write the view, a printed page for each center; horizons of more than a week have rows for
    each week.
    """
    say, dates = names.say, list(case.horizon.dates)
    weeks = [dates[i : i + _DAYS] for i in range(0, len(dates), _DAYS)]
    heads = ["plans.center", "view.hours"]
    days = [say.day(day) for day in weeks[0]]
    if len(weeks) > 1:  # the columns are weekdays: the first date of the week stands on the left
        heads.insert(1, "view.week")
        weekdays = say("form.weekdays").split("|")
        days = [weekdays[day.weekday()] for day in weeks[0]]
    view = View(sheet, say, "view.center", [*heads, *days], say("view.legend"))
    own: dict[str, list[Shift]] = {center.center_id: [] for center in case.week.centers}
    for shift in sorted(case.week.shifts, key=_by_clock):
        own[shift.center_id].append(shift)
    needs: dict[str, list[Requirement]] = {}
    for need in case.week.requirements:
        if case.empty(need) > 0:
            needs.setdefault(need.shift_id, []).append(need)
    for center_id, shifts in own.items():
        first = view.row + 1
        for week in weeks:
            for times, found in _times(shifts, week, names).items():
                label: list[str | dt.date] = [names.center(center_id), times]
                if len(weeks) > 1:
                    label.insert(1, week[0])
                _add(view, label, [found.get(day) for day in week], case, needs, names)
        if view.row >= first:
            for cell in sheet[first]:
                style.dress(cell, border=NEW)
            sheet.row_breaks.append(Break(id=view.row))
    left = [24, 12, 12] if len(weeks) > 1 else [24, 12]
    view.finish("ABCDE"[len(heads)], [*left, *[24] * len(days)])


def _by_clock(shift: Shift) -> tuple[dt.time, dt.time, dt.date, str]:
    return shift.start.time(), shift.end.time(), shift.day, shift.shift_id


def _times(
    shifts: Sequence[Shift], week: Sequence[dt.date], names: Names
) -> dict[str, dict[dt.date, list[Shift]]]:
    """Times of day -> date -> shifts, in order of time."""
    rows: dict[str, dict[dt.date, list[Shift]]] = {}
    for shift in shifts:
        if week[0] <= shift.day <= week[-1]:
            times = names.hours(shift.start, shift.end)
            rows.setdefault(times, {}).setdefault(shift.day, []).append(shift)
    return rows


def _add(
    view: View,
    label: Sequence[str | dt.date],
    days: Sequence[list[Shift] | None],
    case: Case,
    needs: Mapping[str, list[Requirement]],
    names: Names,
) -> None:
    """Write the teams of a center at one time of day, a date beside the other."""
    closed, texts, fills = names.say("view.closed"), [], []
    for shifts in days:
        lines, fill = [], None if shifts else CLOSED
        for shift in shifts or ():
            lines += [names.member(v.volunteer_id) for v in case.people_in[shift.shift_id]]
            for need in needs.get(shift.shift_id, ()):
                is_below = case.coverage(need) < need.minimum
                fill = BELOW if is_below or fill is BELOW else LACKING
                lines.append(f"{'▲' if is_below else '△'} {names.lacking(need, case.empty(need))}")
        texts.append("\n".join(lines) if shifts else closed)
        fills.append(fill)
    cells = view.add([*label, *texts])
    for cell in cells[: len(label)]:
        style.dress(cell, font=style.BOLD)
    for cell, fill in zip(cells[len(label) :], fills, strict=True):
        if fill is not None:
            style.dress(cell, fill=fill)
        if fill is CLOSED:
            style.dress(cell, alignment=style.CENTER)
    view.fit(texts, 26)
