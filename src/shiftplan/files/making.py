"""Shifts and requirements of a week whose tables of them are blank, from those that make them.

Sheets and rows of `opening`, `needs` and `days` -> shifts and requirements with the row of each,
faults at these rows, and notes of what was made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, time
from functools import partial
from typing import Any, TypeAlias

from shiftplan.errors import Fault, FaultCode, InputError
from shiftplan.errors.message import Column, Message, Table
from shiftplan.files.cells import Bad
from shiftplan.files.cells.names import fold, parts_of_day
from shiftplan.files.near_names import NearNames
from shiftplan.files.sheet import Sheet
from shiftplan.problem.notes import before_dawn
from shiftplan.seasons.opening import make_requirements, make_shifts
from shiftplan.seasons.rollover.workdays import with_holidays
from shiftplan.week.where import NO_PLACE, place_names

Made: TypeAlias = tuple[list[Any], list[int]]
"""Rows of a table, and the row of the sheet of each that made it."""
MAKES = {"shifts": "opening", "requirements": "needs"}
"""Table -> the one from which it is made where it is blank."""
_NOON, _AFTER_NOON = time(12), ("pm", "afternoon", "evening")
_HOMES = {"where": "centers", "group": "volunteers", "skill_id": "skills"}
"""Column -> the table whose rows it names."""
_NOBODY = Message("files.nobody_in_group")


def is_blank(sheet: Sheet | None) -> bool:
    """Whether a table has no rows, not even faulty ones."""
    return sheet is None or not (sheet.rows or sheet.faults)


def is_made(sheets: Mapping[str, Sheet], table: str) -> bool:
    """Whether a table is made from another one."""
    return is_blank(sheets.get(table)) and not is_blank(sheets.get(MAKES[table]))


@dataclass
class Maker:
    """Makes what is blank, and holds what is to be told of it."""

    sheets: Mapping[str, Sheet]
    tables: dict[str, Any]
    """Table -> rows that are read; `horizon` is None where it is not known."""
    origin: Mapping[str, Sequence[int]]
    """Table -> row of the sheet, from 0, of each of its models."""
    located: Callable[[Fault], Fault]
    """Puts a fault at its row."""
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    _lacking: set[tuple[str, int]] = field(default_factory=set)
    """Table and row of the rows that name what this week lacks."""

    def __post_init__(self) -> None:
        self._near = NearNames(self.tables["centers"], self.tables["skills"])

    def make(self) -> dict[str, Made]:
        """Make what is blank, as far as it can be: table -> rows, and the row of the sheet of each.

        Shifts that cannot be made are left out.
        """
        made: dict[str, Made] = {}
        if is_made(self.sheets, "shifts") and (shifts := self._shifts()) is not None:
            made["shifts"] = shifts
            self.tables["shifts"] = shifts[0]
        if is_made(self.sheets, "requirements"):
            made["requirements"] = self._requirements()
        return made

    def _shifts(self) -> Made | None:
        hours, days = self._places("opening"), self._places("days")
        self._groups(days)
        horizon = self.tables["horizon"]
        tables = {"centers", "opening", "days"} & self.sheets.keys()
        sheets = (self.sheets[name] for name in tables)
        if horizon is None or self.faults or any(not s.usable or s.faults for s in sheets):
            return None
        first, last = horizon.dates[0], horizon.dates[-1]
        try:
            workdays = with_holidays(days, first, last, horizon.country)
            centers = {center.center_id: center for center in self.tables["centers"]}
            found = make_shifts(hours, centers.values(), horizon, workdays)
        except InputError as error:
            self.faults += (self.located(_of_horizon(fault)) for fault in error.faults)
            return None
        self._tell("shifts", len(found.shifts), len(hours), first=first, last=last)
        closed = {gone.day for gone in found.closed}
        used = {i for i, row in enumerate(hours) if any(map(row.days.has, closed))} | {*found.rows}
        make = partial(make_shifts, centers=centers.values(), horizon=horizon)
        self._tell_idle("opening", hours, used, horizon.dates, make)
        self._tell_other_days(days, horizon.dates)
        self.notes += map(self.located, found.notes)
        told = {found.rows[i] for i in before_dawn(found.shifts)}
        self._tell_early((i, row) for i, row in enumerate(hours) if i not in told)
        for gone in found.closed:
            code = "files.closed_for" if gone.reason else "files.closed"
            facts = {"day": gone.day, "reason": gone.reason, "shifts": gone.shifts}
            said = Message(code, centers=len(gone.centers), **facts)
            remedy = Message("files.open_all_the_same")
            self.notes.append(note_of(self.sheets["opening"], said, remedy))
        rows = self.origin["opening"]
        return list(found.shifts), [rows[i] for i in found.rows]

    def _tell_early(self, hours: Iterable[tuple[int, Any]]) -> None:
        """Note sessions named after noon that end before it, as `pm` from 7:00 to 11:00."""
        for index, row in hours:
            part = parts_of_day().get(fold(row.session or ""))
            if part in _AFTER_NOON and row.start < row.end <= _NOON:
                said = Message("files.session_before_noon", session=row.session, start=row.start)
                note = Fault("read_as", "opening", "start", "", said, index=index)
                self.notes.append(self.located(note))

    def _requirements(self) -> Made:
        needs, shifts = self._places("needs"), self.tables["shifts"]
        self._abilities(needs)
        names = {name for s in shifts for name in (s.type, *s.tags, s.shift_id.rpartition("-")[2])}
        for index, need in enumerate(needs) if shifts else ():
            said = Message("files.no_such_shifts")
            self._names("needs", index, "shifts", need.shifts, names, said)
        if self.faults or not self.sheets["needs"].usable:
            return [], []
        skills = {None, *(s.skill_id for s in self.tables["skills"])}
        kept = [i for i, need in enumerate(needs) if need.skill_id in skills]
        needs = [needs[i] for i in kept]
        try:
            found = make_requirements(needs, self.tables["centers"], shifts)
        except InputError as error:
            self.faults += (self.located(_moved(fault, kept)) for fault in error.faults)
            return [], []
        self._tell("requirements", len(found.requirements), len(needs))
        if shifts and self.tables["horizon"] is not None:
            dates = self.tables["horizon"].dates
            wanted = [kept[i] for i in found.rows]
            wanted += [i for i, need in enumerate(self.tables["needs"]) if not need.target]
            make = partial(make_requirements, centers=self.tables["centers"], shifts=shifts)
            self._tell_idle("needs", self.tables["needs"], wanted, dates, make)
        rows = self.origin["needs"]
        return list(found.requirements), [rows[kept[i]] for i in found.rows]

    def _places(self, table: str) -> list[Any]:
        """Rows of a table; those that name no place of this week are told."""
        known = place_names(self.tables["centers"])
        rows: list[Any] = self.tables[table]
        for index, row in enumerate(rows):
            self._names(table, index, "where", [row.where] if row.where else [], known, NO_PLACE)
        return rows

    def _groups(self, days: Sequence[Any]) -> None:
        groups = {name for v in self.tables["volunteers"] for name in v.group}
        for index, day in enumerate(days):
            self._names("days", index, "group", day.group, groups, _NOBODY)

    def _abilities(self, needs: Sequence[Any]) -> None:
        """See that rows ask for skills at levels that there are, and for no more than they want."""
        most = {s.skill_id: s.max_level for s in self.tables["skills"]}
        for index, need in enumerate(needs):
            skill, level = need.skill_id, need.min_level
            if skill is not None:
                message = Message("problem.no_such_skill", table=Table("skills"))
                self._names("needs", index, "skill_id", [skill], most, message)
            elif level is not None:
                column = Column("skill_id")
                said = Message("problem.level_without_skill", column=column)
                remedy = Message("problem.skill_forgotten", column=column)
                self._refuse("needs", index, "min_level", Bad("level_without_skill", said, remedy))
            if skill in most and level is not None and level > most[skill]:
                said = Message("problem.levels_of_skill", skill=skill, most=most[skill])
                self._refuse("needs", index, "min_level", Bad("level_out_of_range", said))
            if need.minimum > need.target:
                said = Message("problem.minimum_above_target", target=need.target)
                self._refuse("needs", index, "minimum", Bad("minimum_above_target", said))

    def _names(
        self,
        table: str,
        index: int,
        column: str,
        names: Iterable[str],
        known: Iterable[str],
        message: Message,
    ) -> None:
        """Add the faults of misspelt names, and notes of those that this week lacks."""
        home = self.sheets.get(_HOMES.get(column, ""))
        if home is not None and (home.lost or not home.usable):  # it may be in the other part
            return
        is_shared = self.sheets[table].shared
        code: FaultCode = "unknown_name" if is_shared or table == "days" else "no_effect"
        for name in names:
            if name in known:
                continue
            if remedy := self._near.meant(column, name, known, own=not is_shared):
                self._refuse(table, index, column, Bad("unknown_name", message, remedy))
                continue
            said = Message("files.lacking_name", name=name)
            self.notes.append(self.located(Fault(code, table, column, name, said, index=index)))
            self._lacking.add((table, index))

    def _tell_idle(
        self,
        table: str,
        rows: Sequence[Any],
        used: Iterable[int],
        days: Sequence[date],
        make: Callable[[list[Any]], Any],
    ) -> None:
        """Note the rows of a table of this week of which nothing comes, the first of each kind.

        `make`: makes what comes of some rows, and tells which of them.
        """
        if self.sheets[table].shared:
            return
        lacking = {i for name, i in self._lacking if name == table}
        idle = sorted({*range(len(rows))} - {*used} - lacking)
        outside = [i for i in idle if not any(map(rows[i].days.has, days))]
        nothing = [i for i in idle if i not in outside]
        others: list[int] = []
        with suppress(InputError):  # rows that disagree where no other goes before them
            while found := {nothing[i] for i in make([rows[i] for i in nothing]).rows}:
                others += found
                nothing = [i for i in nothing if i not in found]
        for kind, found_rows in (
            ("of_other_days", outside),
            (f"no_{table}_meant", nothing),
            ("goes_before", others),
        ):
            if found_rows:
                said, column = Message(f"files.{kind}"), "days" if kind == "of_other_days" else ""
                first = Fault("no_effect", table, column, "", said)
                note = replace(first, index=min(found_rows), more=len(found_rows) - 1)
                self.notes.append(self.located(note))

    def _tell_other_days(self, days: Sequence[Any], planned: Sequence[date]) -> None:
        """Note a list of closed days of this week none of which is planned."""
        is_own = bool(days) and not self.sheets["days"].shared
        if is_own and not any(day.is_on(date) for day in days for date in planned):
            said = Message("files.no_day_planned", first=planned[0], last=planned[-1])
            note = Fault("outside_horizon", "days", "date", "", said, index=0, more=len(days) - 1)
            self.notes.append(self.located(note))

    def _refuse(self, table: str, index: int, column: str, bad: Bad) -> None:
        fault = Fault(bad.code, table, column, "", bad.message, remedy=bad.remedy, index=index)
        self.faults.append(self.located(fault))

    def _tell(self, table: str, count: int, rows: int, **facts: object) -> None:
        said = Message(f"files.{table}_made", count=count, rows=rows, **facts)
        note = note_of(
            self.sheets[MAKES[table]], said, Message("files.rows_instead", table=Table(table))
        )
        self.notes.append(note if count else replace(note, code="no_effect"))


def note_of(sheet: Sheet, message: Message, remedy: Message) -> Fault:
    """A note about a whole table."""
    file, title = sheet.file, sheet.title
    return Fault("read_as", sheet.table, message=message, remedy=remedy, file=file, sheet=title)


def _of_horizon(fault: Fault) -> Fault:
    """A fault of the country as one of the table that tells it."""
    return replace(fault, table="horizon", index=0) if fault.column == "country" else fault


def _moved(fault: Fault, places: Sequence[int]) -> Fault:
    """A fault of some of the rows as one of all: their places."""
    index = None if fault.index is None else places[fault.index]
    other = fault.other and replace(fault.other, index=places[fault.other.index])
    return replace(fault, index=index, other=other)
