"""The sheets of a roster's workbook: by center, by person, empty seats, loads, changes.

`Case` -> sheets, with fills that black and white keep apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from shiftplan.analysis.seats import lacking
from shiftplan.case.case import Case
from shiftplan.files.workbook import style
from shiftplan.present.breaks import BreakTexts
from shiftplan.present.naming import Names
from shiftplan.present.words import Words
from shiftplan.scoring.fairness import people_of
from shiftplan.week.horizon import dialled
from shiftplan.week.records import Center, Shift, Volunteer
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Change
from shiftplan.week.week import Week

HEAD = 3
"""Row of the headings of every view."""
BELOW = PatternFill("lightUp", fgColor="B5523B", bgColor="FFE1D6")
"""Fewer people than needed: strokes, and pale red where there are colours."""
LACKING = PatternFill("gray0625", fgColor="8A6D1F", bgColor="FFF6DC")
"""Fewer people than wanted: fine dots, and pale yellow."""
CLOSED = PatternFill("solid", fgColor="F2F2F2")
NEW = Border(left=style.THIN, right=style.THIN, bottom=style.THIN, top=Side("medium", style.DARK))
"""Where another center begins."""
SHARP = Font(name=style.FONT, bold=True, color="7A1F0C")
_FIGURE = Alignment(horizontal="center", vertical="top")
_DAYS = 7
_BAR = Font(name=style.FONT, color=style.MIDDLE, size=9)
_PICTURE = 20
"""Length of the bar of somebody who works all that was offered."""
_NOTHING = ("view.nothing",)


class View:
    """A sheet that is filled row by row: `row` is the last one written.

    `title` is the code of its name; `heads` are headings, those with a dot codes; `legend` says
    what its signs mean; `own` are titles of further columns, as they are.
    """

    def __init__(
        self,
        sheet: Worksheet,
        say: Words,
        title: str,
        heads: Sequence[str],
        legend: str = "",
        own: Sequence[str] = (),
    ) -> None:
        self.sheet, self._say, self._columns = sheet, say, len(heads) + len(own)
        self.row = HEAD
        sheet.title = say(title)
        sheet.sheet_view.showGridLines = False
        style.dress(style.put(sheet.cell(1, 1), say(title)), font=style.TITLE)
        sheet.row_dimensions[1].height = 24
        style.dress(style.put(sheet.cell(2, 1), legend), font=style.NOTE)
        titles = [say(head) if say.has(head) else head for head in heads]
        style.head(sheet, HEAD, [*titles, *own])

    def add(self, values: Sequence[str | float | dt.date]) -> list[Any]:
        """Write a row of texts, numbers and dates in boxes; texts never become formulas."""
        self.row += 1
        written = []
        for column, value in enumerate(values, start=1):
            cell: Any = self.sheet.cell(self.row, column)
            alignment = style.WRAP if isinstance(value, str) else _FIGURE
            if not isinstance(value, str):
                cell.value = value
            elif value:
                style.put(cell, value)
            look = {"alignment": alignment, "font": style.PLAIN, "border": style.BOX}
            written.append(style.dress(cell, **look))
        return written

    def fit(self, texts: Sequence[str], width: int) -> None:
        """Make the last row as high as its texts, which wrap in columns of so many letters."""
        lines = 1
        for text in texts:
            lines = max(lines, sum(max(1, -(-len(part) // width)) for part in text.split("\n")))
        self.sheet.row_dimensions[self.row].height = min(400.0, 15.0 * lines + 3)

    def finish(self, freeze: str, widths: Sequence[float], nothing: Sequence[str] = ()) -> None:
        """Freeze, filter and set up for print; without any row, write one that says so."""
        if self.row == HEAD and nothing:
            self.add([self._say(code) if code else "" for code in nothing])
        style.widths(self.sheet, widths)
        self.sheet.freeze_panes = f"{freeze}{HEAD + 1}"
        self.sheet.auto_filter.ref = f"A{HEAD}:{get_column_letter(self._columns)}{self.row}"
        style.for_print(
            self.sheet,
            rows=self.row,
            columns=self._columns,
            repeat=f"{HEAD}:{HEAD}",
            footer=self._say("view.page"),
        )


def by_center(sheet: Worksheet, case: Case, names: Names, breaks: BreakTexts) -> None:
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
    for shift in sorted(
        case.taking_place, key=lambda s: (s.start.time(), s.end.time(), s.day, s.shift_id)
    ):
        own[shift.center_id].append(shift)
    needs: dict[str, list[Requirement]] = {}
    for need in case.week.requirements:
        shown = case.shown_at(need)
        if shown is not None and case.empty(need) > 0:
            needs.setdefault(shown, []).append(need)
    for center_id, shifts in own.items():
        first = view.row + 1
        for week in weeks:
            rows: dict[str, dict[dt.date, list[Shift]]] = {}
            for shift in shifts:
                if week[0] <= shift.day <= week[-1]:
                    own_row = rows.setdefault(names.hours(shift.start, shift.end), {})
                    own_row.setdefault(shift.day, []).append(shift)
            for times, found in rows.items():
                label: list[str | dt.date] = [names.center(center_id), times]
                if len(weeks) > 1:
                    label.insert(1, week[0])
                _add(view, label, [found.get(day) for day in week], case, needs, names, breaks)
        if view.row >= first:
            for cell in sheet[first]:
                style.dress(cell, border=NEW)
            sheet.row_breaks.append(Break(id=view.row))
    left = [24, 12, 12] if len(weeks) > 1 else [24, 12]
    view.finish("ABCDE"[len(heads)], [*left, *[24] * len(days)])


def _add(
    view: View,
    label: Sequence[str | dt.date],
    days: Sequence[list[Shift] | None],
    case: Case,
    needs: Mapping[str, list[Requirement]],
    names: Names,
    breaks: BreakTexts,
) -> None:
    """Write the teams of a center at one time of day, a date beside the other."""
    closed, texts, fills = names.say("view.closed"), [], []
    for shifts in days:
        lines, fill = list[str](), None if shifts else CLOSED
        for shift in shifts or ():
            team = (v.volunteer_id for v in case.people_in[shift.shift_id])
            lines += (breaks.beside(names.member(who), shift.shift_id, who) for who in team)
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


def by_person(sheet: Worksheet, case: Case, names: Names, breaks: BreakTexts) -> None:
    """A row for each volunteer with shifts, a column for each date.

    Dates on which nobody works are left out when they are many. What people have to do beside
    their shifts stands below them.
    """
    days = list(case.horizon.dates)
    beside = {who: case.week.other_work(who) for who, shifts in case.shifts_of.items() if shifts}
    if len(days) > 7:
        worked = {s.day for shifts in case.shifts_of.values() for s in shifts}
        worked |= {day for rows in beside.values() for row in rows for day in row.dates}
        days = [day for day in days if day in worked]
    heads = ["column.name", "view.id", "view.home", "plans.shifts", *map(names.day, days)]
    view = View(sheet, names.say, "view.person", heads)
    for volunteer in case.week.volunteers:
        shifts = case.shifts_of[volunteer.volunteer_id]
        if not shifts:
            continue
        who = volunteer.volunteer_id
        at: dict[dt.date, list[str]] = {day: [] for day in days}
        for s in shifts:
            at[s.day] += [names.hours(s.start, s.end), names.center(s.center_id)]
            at[s.day] += filter(None, [breaks.own(s.shift_id, who)])
        for row in beside[who]:
            has_hours = len(row.dates) == 1 and not row.is_of_days
            times = [names.hours(row.start, row.end)] if has_hours else []
            for day in filter(at.__contains__, row.dates):
                at[day] += [*times, names.occupying(row)]
        texts = ["\n".join(lines) for lines in at.values()]
        label = [volunteer.name or who, who, names.center(volunteer.home_center_id or "")]
        cells = view.add([*label, len(shifts), *texts])
        style.dress(cells[0], font=style.BOLD)
        for cell, text in zip(cells[4:], texts, strict=True):
            if text:
                style.dress(cell, fill=style.PALE_FILL)
        view.fit([*label, *texts], 21)
    view.finish("B", [26, 11, 22, 8, *[20] * len(days)], _NOTHING)


def team(
    sheet: Worksheet, center: Center, whole: Case, case: Case, names: Names, breaks: BreakTexts
) -> tuple[Volunteer, ...]:
    """Write who belongs to a center or works there, and their shifts; returns these people."""
    guests = {v.volunteer_id for people in case.people_in.values() for v in people}
    own = [
        v
        for v in whole.week.volunteers
        if v.home_center_id == center.center_id or v.volunteer_id in guests
    ]
    own.sort(key=lambda v: (v.home_center_id != center.center_id, v.volunteer_id))
    heads = ["column.name", "view.id", "view.home", "plans.shifts", "teams.when"]
    view = View(sheet, names.say, "teams.people", heads)
    for volunteer in own:
        shifts = whole.shifts_of[volunteer.volunteer_id]
        who, home = volunteer.volunteer_id, names.center(volunteer.home_center_id or "")
        places = (f"{names.time(s.start, s.end)}  {names.center(s.center_id)}" for s in shifts)
        lines = [
            breaks.beside(place, s.shift_id, who) for s, place in zip(shifts, places, strict=True)
        ]
        lines += map(names.beside, whole.week.other_work(who))
        text = "\n".join(lines)
        cells = view.add([volunteer.name or who, who, home, len(shifts), text])
        style.dress(cells[0], font=style.BOLD)
        if volunteer.home_center_id != center.center_id:
            style.dress(cells[2], fill=style.PALE_FILL)
        view.fit([text], 60)
    view.finish("B", [28, 12, 26, 10, 60], ("view.nothing",))
    return tuple(own)


def empty_seats(sheet: Worksheet, case: Case, names: Names) -> None:
    """Requirements with empty seats in the order of the report: below the minimum first."""
    say = names.say
    heads = ["", "plans.center", "view.date", "view.hours", "view.wanted_people", "plans.needed"]
    heads += ["plans.wanted", "view.present", "view.empty", "view.below", "column.shift_id"]
    view = View(sheet, say, "view.shortages", heads, say("view.legend_seats"))
    for need in lacking(case):
        shown, present = case.shown_at(need), case.coverage(need)
        below = max(0, need.minimum - present)
        who = say("view.everybody") if need.is_of_heads else names.counted(need)
        center = names.center(case.week.center_of(need))
        day, hours = names.when(need)
        counts = [need.minimum, need.target, present, need.target - present, below]
        sign = "▲" if below else "△"
        cells = view.add([sign, center, day or "", hours, who, *counts, shown or ""])
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


def contacts(sheet: Worksheet, week: Week, names: Names) -> None:
    """How centers and people are called, and columns of people's own; not for hanging up."""
    rows: list[tuple[str, str, str, Center | Volunteer]] = [
        *((names.center(c.center_id), c.center_id, "", c) for c in week.centers if _has_more(c)),
        *(
            (names.called(v.volunteer_id), v.volunteer_id, names.center(v.home_center_id or ""), v)
            for v in week.volunteers
        ),
    ]
    own = sorted({title for *_, row in rows for title, _ in row.extra})
    heads = ["column.name", "view.id", "view.home", "column.phone", "column.contact"]
    legend = names.say("view.legend_contacts")
    view = View(sheet, names.say, "view.contacts", heads, legend, own)
    for name, identifier, home, row in rows:
        extra = dict(row.extra)
        texts = [name, identifier, home, dialled(row.phone, week.horizon.country), row.contact]
        texts += [extra.get(title, "") for title in own]
        cells = view.add(texts)
        for cell in cells[3:]:
            cell.number_format = "@"
        style.dress(cells[0], font=style.BOLD)
        view.fit(texts, 24)
    view.finish("B", [28, 12, 24, 18, 26, *[22] * len(own)])


def has_contacts(week: Week) -> bool:
    """Whether there is anything to call somebody by, or a column of people's own."""
    return any(map(_has_more, week.centers)) or any(map(_has_more, week.volunteers))


def _has_more(row: Center | Volunteer) -> bool:
    return bool(row.phone or row.contact or row.extra)


def changes(
    sheet: Worksheet,
    case: Case,
    names: Names,
    found: Iterable[Change],
    before: Mapping[str, Shift],
) -> None:
    """A row for each shift that somebody loses or gets, person by person.

    `before`: id -> the shift as it was.
    """
    heads = ["column.name", "view.id", "view.change", "view.date", "view.hours", "plans.center"]
    view = View(sheet, names.say, "view.changes", [*heads, "column.shift_id"])
    for change in sorted(found, key=lambda c: (c.assignment.volunteer_id, not c.added, c)):
        shift_id, who = change.assignment
        shift = (case.shifts if change.added else before).get(shift_id)
        when = ["", "", ""]
        if shift is not None:
            hours = names.hours(shift.start, shift.end)
            when = [names.day(shift.day), hours, names.center(shift.center_id)]
        sign = names.say("view.added" if change.added else "view.removed")
        cells = view.add([names.called(who), who, sign, *when, shift_id])
        fill = style.PALE_FILL if change.added else BELOW
        style.dress(cells[2], font=style.BOLD, fill=fill)
    view.finish("B", [28, 12, 16, 16, 14, 30, 24], _NOTHING)
