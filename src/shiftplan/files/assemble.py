"""Sheets put together to a problem, every fault at its row.

Sheets of a folder or workbook -> `Problem`.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import ValidationError

from shiftplan.errors import Fault, InputError, kept
from shiftplan.errors.message import Message, Table
from shiftplan.files.cells import Bad
from shiftplan.files.day_sets import PREPARE
from shiftplan.files.layout import MAKING, REQUIRED, TABLE_NAMES, TABLES, DatedGrant
from shiftplan.files.made_ids import give_ids, name_skills
from shiftplan.files.making import MAKES, Maker, is_made
from shiftplan.files.own_columns import skill_finder
from shiftplan.files.planned import tell_days, whole_weeks
from shiftplan.files.rows import read_rows
from shiftplan.files.rules_csv import RuleTable, read_rules
from shiftplan.files.sheet import SKILL, Sheet
from shiftplan.files.sheet_references import References
from shiftplan.files.unused_tables import planned_while_closed, unused, without_unused
from shiftplan.problem import Problem
from shiftplan.problem.crosscheck import find_faults
from shiftplan.problem.known import Unread
from shiftplan.problem.nearest import Nearest
from shiftplan.problem.notes import FIRST, find_notes, in_order
from shiftplan.problem.validation import input_error
from shiftplan.week.horizon import Horizon
from shiftplan.week.kinds import USUAL_KIND
from shiftplan.week.records import Skill, SkillGrant, grant_order

OnNote = Callable[[Fault], None]
"""Receives notes: what is no fault but worth a look, in the form of faults."""
ChangeRows = Callable[[str, list[Any]], list[Any]]
"""(Table that helps to make others, its rows) -> as many rows, which are used instead."""
_GRANT = re.compile(r"skills\[([0-9]+)\]\.?(.*)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_STAND_IN = Horizon(start=date(2000, 1, 3), days=7)
_SKILLS = Table("skills")
_ORDER = {name: i for i, name in enumerate(TABLE_NAMES)}


def problem_from(
    sheets: Mapping[str, Sheet],
    faults: Iterable[Fault] = (),
    on_note: OnNote | None = None,
    find: Callable[[Problem], Iterable[Fault]] = find_notes,
    change: ChangeRows | None = None,
) -> Problem:
    """Make the problem that sheets describe: table -> sheet; others are empty.

    `faults`: what was wrong already, such as missing files. `find`: what is worth a look of it.
    `change`: changes the rows of opening hours and standard needs before they make anything.

    InputError: with every fault of every sheet, and of what the sheets say together.
    """
    notes, given = list(unused(sheets)), sheets
    tell_days(given)
    sheets = without_unused(given)
    week = _Week(sheets, change)
    tables = week.read()
    found = [*faults, *(fault for sheet in sheets.values() for fault in sheet.faults)]
    found += week.faults
    if not found:
        try:
            problem = Problem(**tables)
        except InputError as error:
            found = week.ordered(dict.fromkeys(map(week.located, error.faults)))
            raise InputError(found) from None
        except ValidationError as error:
            raise input_error(error, Problem) from None
        if on_note is not None:
            notes += week.notes
            if "days" not in sheets:
                notes += planned_while_closed(given.get("days"), week.references, problem)
            notes += (note for sheet in sheets.values() for note in sheet.notes.values())
            notes += map(week.located, kept(find(problem)))
            for note in in_order(notes):
                on_note(replace(note, work=week.work))
        return problem
    half = Problem.model_construct(**tables)
    found += dict.fromkeys(map(week.located, kept(find_faults(half, week.unread()))))
    raise InputError(week.ordered(found))


class _Week:
    """The sheets of one problem while they are read."""

    def __init__(self, sheets: Mapping[str, Sheet], change: ChangeRows | None) -> None:
        self.sheets, self._change = sheets, change
        give_ids(sheets)
        self.references = References(sheets)
        name_skills(sheets, self.references)
        self.origin: dict[str, list[int]] = {}
        """Table -> row of the sheet, from 0, of each of its models."""
        self.dated: dict[str, list[tuple[DatedGrant, int]]] = {}
        """Volunteer id -> rows of the table `grants`, and where they stand."""
        self.skills_of: list[tuple[SkillGrant, ...]] = []
        self._grant_rows: dict[int, dict[int, int]] = {}
        """Volunteer -> number of a dated grant -> its row of the table `grants`."""
        self.made_from: dict[str, str] = {}
        """Table that is made -> the one whose rows make it."""
        self.faults: list[Fault] = []
        """Faults that concern no single sheet."""
        self.notes: list[Fault] = []
        """What is to be told of tables that are made."""
        self.lost = {name for name in REQUIRED if name not in sheets}
        """Tables of which nothing is known."""
        self.work = ""
        """Kind of work whose words faults use."""
        self.lost |= {name for name, sheet in sheets.items() if not sheet.usable}

    def read(self) -> dict[str, Any]:
        """Read all sheets: the fields of the problem."""
        alone = [n for n in TABLES if n not in {"horizon", "grants", "volunteers", *MAKING}]
        tables: dict[str, Any] = {name: self._table(name, PREPARE.get(name)) for name in alone}
        for i, grant in enumerate(self._table("grants")):
            row = self.origin["grants"][i]
            self.dated.setdefault(grant.volunteer_id, []).append((grant, row))
        self._divide(tables)
        tables["volunteers"] = self._volunteers(tables["skills"])
        self._find_strangers({v.volunteer_id for v in tables["volunteers"]})
        rules = RuleTable()
        if "rules" not in self.lost:
            rules = read_rules(self.sheets["rules"], self.references)
        self.origin |= {"rules": rules.rule_rows, "rates": rules.rate_rows}
        tables |= {"rules": rules.rules, "rates": rules.rates, "order": rules.order}
        tables["name"], tables["horizon"] = self._horizon(self._days(tables))
        self._make(tables)
        return {k: tuple(v) if isinstance(v, list) else v for k, v in tables.items()}

    def _table(
        self, name: str, extend: Callable[[list[dict[str, Any]]], None] | None = None
    ) -> list[Any]:
        if name in self.lost or name not in self.sheets:
            return []
        models, self.origin[name] = read_rows(self.sheets[name], extend, self.references)
        return models

    def _divide(self, tables: dict[str, Any]) -> None:
        """Make a requirement of each step of those about times, of the same row."""
        rows = self.origin.get("requirements", [])
        parts = [[*need.in_steps()] for need in tables["requirements"]]
        tables["requirements"] = [need for own in parts for need in own]
        if rows:
            pairs = zip(rows, parts, strict=True)
            self.origin["requirements"] = [row for row, own in pairs for _ in own]

    def _volunteers(self, skills: list[Skill]) -> list[Any]:
        header = self.sheets["volunteers"].header if "volunteers" in self.sheets else []
        columns = [name for name in header if name.startswith(SKILL)]
        ids = {skill.skill_id for skill in skills}
        known = [name for name in columns if name[len(SKILL) :] in ids]

        def with_skills(records: list[dict[str, Any]]) -> None:
            for record in records:
                levels = {name: record.pop(name, 0) for name in columns}
                record["skills"] = [
                    {"skill_id": name[len(SKILL) :], "level": levels[name]}
                    for name in known
                    if levels[name] != 0
                ]
                record["skills"] += [
                    SkillGrant(**grant.model_dump(exclude={"volunteer_id"}))
                    for grant, _ in self.dated.get(record.get("volunteer_id", ""), ())
                ]

        if "volunteers" not in self.lost:
            self._find_unknown_skills(columns, ids)
            self._find_skills_among(self.sheets["volunteers"].own, skills)
        models = self._table("volunteers", with_skills)
        self.skills_of = [v.skills for v in models]
        return models

    def _find_unknown_skills(self, columns: list[str], skills: set[str]) -> None:
        """Add a fault for each column of a skill that is not there."""
        lost = self.sheets["skills"].lost if "skills" in self.sheets else []
        nearest, message = Nearest(sorted(skills)), Message("problem.no_such_skill", table=_SKILLS)
        for column in columns:
            skill = column[len(SKILL) :]
            if skill not in skills and skill not in lost and "skills" not in self.lost:
                remedy: str | Message = nearest.remedy(skill)
                if "skills" not in self.sheets:
                    remedy = Message("files.table_missing", table=_SKILLS)
                sheet = self.sheets["volunteers"]
                sheet.fault("unknown_id", message, remedy, row=1, column=column, value=skill)

    def _find_skills_among(self, titles: list[str], skills: list[Skill]) -> None:
        """Add a fault for each column of people's own that is named like a skill."""
        sheet, skill_of = self.sheets["volunteers"], skill_finder(skills)
        for title in titles:
            if skill := skill_of(title):
                message = Message("files.named_like_a_skill")
                remedy = Message("files.meant_quoted", text=SKILL + skill)
                if sheet.title:  # workbooks have headings in words
                    remedy = Message("files.meant_skill", skill=skill)
                sheet.fault("unknown_column", message, remedy, row=1, column=title, value=title)

    def _find_strangers(self, volunteers: set[str]) -> None:
        """Add the faults of grants to people who are not there."""
        if "volunteers" in self.lost:
            return
        known = volunteers | set(self.sheets["volunteers"].lost)
        nearest = Nearest(sorted(volunteers))
        message = Message("problem.no_such_volunteer", table=Table("volunteers"))
        for who, grants in self.dated.items():
            for _, row in grants if who not in known else ():
                bad = Bad("unknown_id", message, nearest.remedy(who))
                self.sheets["grants"].refuse(row, "volunteer_id", bad)

    def _horizon(self, days: list[date]) -> tuple[str, Horizon]:
        """Name and horizon: what the table says, or else the whole weeks of the shifts."""
        sheet = self.sheets.get("horizon")
        if sheet is not None and (sheet.rows or sheet.faults):
            rows = self._table("horizon")
            message = Message("files.one_row", table=Table("horizon"))
            for line in sheet.lines[1:]:
                sheet.fault("duplicate_row", message, row=line)
            if len(rows) != 1:
                self.lost.add("horizon")
                return "", _STAND_IN
            row = rows[0]
            self.work = "" if row.kind == USUAL_KIND else row.kind
            return row.name, Horizon(**row.model_dump(exclude={"name"}))
        weeks = whole_weeks(days)
        if weeks:
            return "", Horizon(start=weeks[0], days=len(weeks))
        first, last = (min(days), max(days)) if days else (_STAND_IN.start, _STAND_IN.start)
        self.lost.add("horizon")
        source = "opening" if is_made(self.sheets, "shifts") else "shifts"
        shifts = self.sheets.get(source)
        if shifts is not None and not shifts.faults:
            table, remedy = Table("horizon"), Message("files.year_mistyped") if days else ""
            message = Message("files.horizon_without_shifts", table=table)
            if days:
                code = f"files.horizon_unclear{'_made' if source == 'opening' else ''}"
                message = Message(code, table=table, first=first, last=last)
            fault = Fault("unknown_horizon", "horizon", message=message, remedy=remedy)
            self.faults.append(replace(fault, file=shifts.file, sheet=shifts.title))
        return "", _STAND_IN

    def _days(self, tables: Mapping[str, Any]) -> list[date]:
        """Dates from which the horizon follows: of shifts, or of all else if those are made."""
        if not is_made(self.sheets, "shifts"):
            return [shift.day for shift in tables["shifts"]]
        return [row.start.date() for row in (*tables["availability"], *tables["demand"])]

    def _make(self, tables: dict[str, Any]) -> None:
        """Make the shifts and requirements that are blank."""
        rows = {name: self._table(name, PREPARE.get(name)) for name in MAKING}
        if self._change is not None:
            rows = {name: self._change(name, found) for name, found in rows.items()}
        known = tables | rows | ({"horizon": None} if "horizon" in self.lost else {})
        maker = Maker(self.sheets, known, self.origin, self.located)
        if is_made(self.sheets, "shifts"):
            self.lost.add("shifts")
        for table, (models, origin) in maker.make().items():
            tables[table], self.origin[table], self.made_from[table] = models, origin, MAKES[table]
            self.lost.discard(table)
        self.faults += maker.faults
        self.notes = maker.notes

    def ordered(self, faults: Iterable[Fault]) -> list[Fault]:
        """Faults in order, to be told in the words of the week's work.

        The order is that of tables and, in each, of files, sheets, rows and columns.
        """

        def place(fault: Fault) -> tuple[object, ...]:
            letters = fault.cell.rstrip("0123456789")
            home = _ORDER.get(fault.table, -1), fault.file, fault.sheet
            return *home, fault.row or 0, len(letters), letters

        return sorted((replace(fault, work=self.work) for fault in faults), key=place)

    def unread(self) -> Unread:
        """What could not be read."""
        ids = {name: frozenset(s.lost) for name, s in self.sheets.items() if s.lost}
        # An id that a merge covers, or that is missing, may be any that other tables name.
        covered = {n for n, s in self.sheets.items() if s.covers(s.header[:1]) or "" in s.lost}
        return Unread(ids, frozenset(self.lost | covered))

    def located(self, fault: Fault) -> Fault:
        """Put a fault between tables at the file, row and column it comes from."""
        table, index, column = fault.table, fault.index, fault.column
        if index is None and table in self.sheets:
            sheet = self.sheets[table]
            if fault.code in FIRST or sheet.title:
                return replace(fault, file=sheet.file, sheet=sheet.title)
        if index is None and not fault.file:
            books = (sheet.file for sheet in self.sheets.values() if sheet.title)
            return replace(fault, file=next(books, ""))
        if index is None or table not in self.origin:
            return fault
        name = "rules" if table == "rates" else self.made_from.get(table, table)
        sheet, row = self.sheets[name], self.origin[table][index]
        found = _GRANT.fullmatch(column)
        if found is not None:
            sheet, row = self.sheets["grants"], self._grant_row(index, int(found[1]))
            column = found[2]
        is_of_a_date = fault.code == "outside_horizon" or _DATE.fullmatch(fault.value) is not None
        if column == "start" and is_of_a_date:
            column = "date"
        if fault.code in ("overlapping_windows", "joined_windows") and sheet.is_mark(row):
            column = ""  # the head of a grid is for all people, its mark for the one meant
        other = fault.other
        if other is not None:
            other = sheet.other(self.origin[table][other.index])
        line, value = sheet.lines[row], sheet.cell(row, column) or fault.value
        fault = replace(fault, table=sheet.table, column=column, value=value, index=row)
        return sheet.placed(replace(fault, other=other), line)

    def _grant_row(self, volunteer: int, grant: int) -> int:
        """Row of the table `grants` of one of a volunteer's dated grants."""
        if volunteer not in self._grant_rows:
            row = self.origin["volunteers"][volunteer]
            who = self.sheets["volunteers"].cell(row, "volunteer_id") or ""
            left: dict[object, deque[int]] = {}
            for dated, place in self.dated[who]:
                left.setdefault(grant_order(dated), deque()).append(place)
            self._grant_rows[volunteer] = {
                number: left[key].popleft()
                for number, known in enumerate(self.skills_of[volunteer])
                if (key := grant_order(known)) in left and left[key]
            }
        return self._grant_rows[volunteer][grant]
