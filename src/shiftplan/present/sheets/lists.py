"""The roster as lists: person by person, empty seats, loads, what differs from an earlier one.

`Case` -> sheets.
"""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from shiftplan.analysis.explain.seats import lacking
from shiftplan.case.case import Case
from shiftplan.files.workbook import style
from shiftplan.present.naming import Names
from shiftplan.present.sheets.view import BELOW, LACKING, SHARP, View
from shiftplan.scoring.fairness import people_of
from shiftplan.week.roster import Change

_BAR = Font(name=style.FONT, color=style.MIDDLE, size=9)
_PICTURE = 20
"""Length of the bar of somebody who works all that was offered."""
_NOTHING = ("view.nothing",)


def by_person(sheet: Worksheet, case: Case, names: Names) -> None:
    """A row for each volunteer with shifts, a column for each date.

    Dates on which nobody works are left out when they are many.
    """
    days = list(case.horizon.dates)
    if len(days) > 7:
        worked = {s.day for shifts in case.shifts_of.values() for s in shifts}
        days = [day for day in days if day in worked]
    heads = ["column.name", "view.id", "view.home", "plans.shifts", *map(names.day, days)]
    view = View(sheet, names.say, "view.person", heads)
    for volunteer in case.week.volunteers:
        shifts = case.shifts_of[volunteer.volunteer_id]
        if not shifts:
            continue
        texts = [
            "\n".join(
                f"{names.hours(s.start, s.end)}\n{names.center(s.center_id)}"
                for s in shifts
                if s.day == day
            )
            for day in days
        ]
        who = volunteer.volunteer_id
        label = [volunteer.name or who, who, names.center(volunteer.home_center_id or "")]
        cells = view.add([*label, len(shifts), *texts])
        style.dress(cells[0], font=style.BOLD)
        for cell, text in zip(cells[4:], texts, strict=True):
            if text:
                style.dress(cell, fill=style.PALE_FILL)
        view.fit([*label, *texts], 21)
    view.finish("B", [26, 11, 22, 8, *[20] * len(days)], _NOTHING)


def empty_seats(sheet: Worksheet, case: Case, names: Names) -> None:
    """Requirements with empty seats in the order of the report: below the minimum first."""
    say = names.say
    heads = ["", "plans.center", "view.date", "view.hours", "view.wanted_people", "plans.needed"]
    heads += ["plans.wanted", "view.present", "view.empty", "view.below", "column.shift_id"]
    view = View(sheet, say, "view.shortages", heads, say("view.legend_seats"))
    for need in lacking(case):
        shift, present = case.shifts[need.shift_id], case.coverage(need)
        below = max(0, need.minimum - present)
        who = say("view.everybody") if need.skill_id is None else names.counted(need)
        center, hours = names.center(shift.center_id), names.hours(shift.start, shift.end)
        counts = [need.minimum, need.target, present, need.target - present, below]
        sign = "▲" if below else "△"
        cells = view.add([sign, center, shift.day, hours, who, *counts, shift.shift_id])
        cells[2].number_format = say("form.date", dd="dd", mm="mm", yyyy="yyyy")
        style.dress(cells[0], alignment=style.CENTER)
        for cell in (cells[0], cells[8], cells[9]):
            style.dress(cell, fill=BELOW if below else LACKING, font=SHARP)
    widths = [5, 30, 13, 14, 28, 10, 10, 10, 11, 13, 22]
    view.finish("C", widths, ("", "plans.no_empty_seats"))


def loads(sheet: Worksheet, case: Case, names: Names) -> None:
    """Who offered and works how much, the highest loads first.

    People who offered nothing and work nothing are left out.
    """
    heads = ["column.name", "view.id", "view.home", "view.offered", "view.worked", "view.share"]
    heads += ["view.picture", "view.load", "view.undesired", "view.km", "view.refused"]
    view = View(sheet, names.say, "view.loads", heads)
    people = [p for p in people_of(case) if p.offered or p.shifts]
    for person in sorted(people, key=lambda p: (-p.share, -p.load, p.volunteer_id)):
        home = case.volunteers[person.volunteer_id].home_center_id
        values: list[str | float] = [person.name, person.volunteer_id, names.center(home or "")]
        values += [person.offered, person.shifts]
        values += [round(person.share, 4) if person.offered else "–"]
        values += ["█" * round(_PICTURE * min(1.0, person.share))]
        values += [round(person.load, 4), person.undesired]
        values += ["–" if person.km is None else round(person.km, 1), person.wishes.refused]
        cells = view.add(values)
        cells[5].number_format = cells[7].number_format = "0%"
        style.dress(cells[6], font=_BAR)
    view.finish("B", [28, 11, 24, 10, 10, 9, 24, 12, 11, 11, 14], _NOTHING)


def changes(sheet: Worksheet, case: Case, names: Names, found: Iterable[Change]) -> None:
    """A row for each shift that somebody loses or gets, person by person."""
    heads = ["column.name", "view.id", "view.change", "view.date", "view.hours", "plans.center"]
    view = View(sheet, names.say, "view.changes", [*heads, "column.shift_id"])
    for change in sorted(found, key=lambda c: (c.assignment.volunteer_id, not c.added, c)):
        shift_id, who = change.assignment
        shift, when = case.shifts.get(shift_id), ["", "", ""]
        if shift is not None:
            hours = names.hours(shift.start, shift.end)
            when = [names.day(shift.day), hours, names.center(shift.center_id)]
        sign = names.say("view.added" if change.added else "view.removed")
        cells = view.add([names.called(who), who, sign, *when, shift_id])
        fill = style.PALE_FILL if change.added else BELOW
        style.dress(cells[2], font=style.BOLD, fill=fill)
    view.finish("B", [28, 12, 16, 16, 14, 30, 24], _NOTHING)
