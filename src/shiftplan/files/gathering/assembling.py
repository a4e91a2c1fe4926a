"""The week of all deliveries, and what is wrong with it or worth a look.

Rows that were settled -> `Assembled`: a `Problem`, or faults, each at its file.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Column, Message, Table
from shiftplan.files.assemble import problem_from
from shiftplan.files.csv_text import read_sheet
from shiftplan.files.gathering.comparing import OF_TEAMS
from shiftplan.files.gathering.entries import KEYS, SINGLE, DeliveredRow, joined, people_of
from shiftplan.files.gathering.settling import Settled
from shiftplan.files.gathering.sources import Delivery
from shiftplan.files.layout import REQUIRED, TABLE_NAMES, columns_of, needed_of
from shiftplan.files.making import MAKES
from shiftplan.files.sheet import SKILL, Sheet
from shiftplan.files.text import read_text
from shiftplan.files.week import week_tables
from shiftplan.files.workbook.reading import distinct
from shiftplan.problem import Problem
from shiftplan.problem.known import names_in
from shiftplan.problem.notes import FIRST, find_notes, of_windows

_ABOUT_PEOPLE = ("stand_by", "occupied", "history", "pins", "preferences", "published")
"""Tables with rows about people that others than their teams deliver."""


@dataclass
class Assembled:
    """A week, or why there is none."""

    problem: Problem | None = None
    """The week, whatever conflicts are open; None where it has faults."""
    faults: list[Fault] = field(default_factory=list)
    """Everything that is wrong, file by file."""
    notes: list[Fault] = field(default_factory=list)
    """What is worth a look."""


def assemble(
    place: Path, deliveries: Sequence[Delivery], settled: Settled, *, whole: bool
) -> Assembled:
    """Make the week of settled rows.

    Parameters
    ----------
    place
        The folder, for faults of tables that nobody delivered.
    deliveries
        All of them, also those that cannot be read.
    settled
        Their rows.
    whole
        Whether every team delivered. If not, rows about people who are not there are left out of
        tables such as `history`, with a note; otherwise they are faults.
    """
    rows, made = settled.rows, Assembled()
    if not whole:
        rows, notes = _without_absent(settled.rows)
        made.notes += notes
    sheets: dict[str, Sheet] = {}
    taken = [d for d in deliveries if d.is_readable and d.name not in settled.dropped]
    for table in TABLE_NAMES:
        parts = [d.sheets[table] for d in taken if table in d.sheets]
        if rows.get(table) and table in SINGLE:
            own = rows[table][0].sheet
            sheets[table] = replace(own, faults=[*own.faults], notes={})
        elif parts:
            sheets[table] = joined(table, rows.get(table, []), parts)
    broken = [d for d in deliveries if not d.is_readable]
    if "volunteers" in sheets and "availability" not in sheets and not broken:
        sheets["availability"] = Sheet("availability", "", header=[*columns_of("availability")])
        said, remedy = Message("gathering.no_times"), Message("gathering.read_answers")
        made.notes.append(Fault("missing_value", "availability", message=said, remedy=remedy))
    for sheet in (sheet for d in broken for sheet in d.sheets.values()):
        sheets.setdefault(sheet.table, Sheet(sheet.table, sheet.file, usable=False))
    faults = [fault for d in broken for fault in d.all_faults] + settled.faults
    faults += _missing(place, sheets)
    try:
        found = problem_from(sheets, faults, made.notes.append, partial(_notes_of, rows))
        made.problem = ordered(found)
    except InputError as error:
        made.faults = sorted(distinct(error.faults), key=lambda fault: fault.file)
    return made


def _missing(place: Path, sheets: Mapping[str, Sheet]) -> Iterator[Fault]:
    """Yield the faults of tables that a week needs, and that nobody delivered."""
    message = Message("gathering.no_table")
    for table in REQUIRED:
        if table not in sheets and not (table == "shifts" and "opening" in sheets):
            code = "gathering.put_people" if table == "volunteers" else "gathering.put_table"
            remedy = Message(code)
            yield Fault("missing_file", table, message=message, remedy=remedy, file=place.name)


def rows_gone(place: Path, problem: Problem) -> dict[str, int]:
    """Table -> rows of a week in a folder that another week lacks, of tables that may be made.

    A table that cannot be read has none.
    """
    gone: dict[str, int] = {}
    tables = week_tables(problem)
    for table in MAKES:
        file, known = place / f"{table}.csv", columns_of(table)
        with contextlib.suppress(InputError):
            old = read_sheet(read_text(file), table, file.name, known, needed_of(table))
            left = _texts(old.header, old.rows) - _texts(*tables[table])
            gone |= {table: len(left)} if left else {}
    return gone


def _texts(header: Sequence[str], rows: Sequence[Sequence[str]]) -> set[frozenset[object]]:
    """What rows say, whatever columns are blank."""
    return {frozenset(pair for pair in zip(header, row, strict=False) if pair[1]) for row in rows}


def _notes_of(rows: Mapping[str, Sequence[DeliveredRow]], problem: Problem) -> Iterator[Fault]:
    """Yield the notes of a week; what is counted over people file by file, and then of them all.

    People count where their times come from, or else where they are listed.
    """
    for note in find_notes(problem):
        if note.table != "availability":
            yield note
        elif note.code in FIRST:
            yield replace(note, index=None, column="", value="")
    tables = (rows.get(table, ()) for table in reversed(OF_TEAMS))
    listed = ((row.cells.get("volunteer_id", ""), row.source) for table in tables for row in table)
    source: dict[str, str] = {}
    for who, name in listed:
        source.setdefault(who, name)
    parts: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for table in OF_TEAMS:
        for row in getattr(problem, table):
            parts[source.get(row.volunteer_id, "")][table].append(row)
    place = {id(window): i for i, window in enumerate(problem.availability)}
    for part in parts.values():
        own = problem.model_copy(update={table: tuple(part[table]) for table in OF_TEAMS})
        at = [place[id(window)] for window in own.availability]
        for note in (note for note in of_windows(own) if note.index is not None):
            other = note.other and replace(note.other, index=at[note.other.index])
            yield replace(note, index=at[note.index or 0], other=other)


def unskilled(
    rows: Mapping[str, Mapping[str, Sequence[DeliveredRow]]], problem: Problem | None
) -> Iterator[Fault]:
    """Yield a note for each list without any column of the skills that others or hard rules have.

    People count as listed with a skill who are so in any delivery, or have it by `grants`.
    """
    granted = people_of(r for tables in rows.values() for r in tables.get("grants", ()))
    listed: dict[str, set[str]] = defaultdict(set)
    for row in (r for tables in rows.values() for r in tables.get("volunteers", ())):
        listed[row.cells.get("volunteer_id", "")].update(_skills_of(row))
    hard = {} if problem is None else _skills_of_hard(problem)
    asked = {skill for skills in listed.values() for skill in skills} | hard.keys()
    for tables in rows.values():
        people = [row for row in tables.get("volunteers", ()) if row.key is not None]
        who = people_of(people) - granted
        if not asked or not who or any(listed[person] for person in who):
            continue
        facts = {"n": len(who), "skills": tuple(sorted(asked))}
        said = Message("gathering.unskilled", **facts)
        if hard:
            said = Message("gathering.unskilled_hard", rule=next(iter(hard.values())), **facts)
        column = Column(SKILL + min(hard or asked), "volunteers")
        remedy = Message("gathering.add_skills", column=column)
        where = people[0].where
        yield replace(where, code="missing_column", row=None, cell="", message=said, remedy=remedy)


def _skills_of(row: DeliveredRow) -> Iterator[str]:
    """Yield the skills of which a list has a column."""
    return (c.removeprefix(SKILL) for c in row.sheet.header if c.startswith(SKILL))


def _skills_of_hard(problem: Problem) -> dict[str, str]:
    """Skill -> a hard rule that asks for it."""
    found: dict[str, str] = {}
    for rule in (rule for rule in problem.rules if rule.level == "hard"):
        names = {name for _, skills, of in names_in(rule) if of == "skills" for name in skills}
        if not names and hasattr(rule, "skill") and (usual := problem.horizon.mentor_skill):
            names = {usual}
        found |= dict.fromkeys(names, rule.rule)
    return found


def _without_absent(
    rows: Mapping[str, list[DeliveredRow]],
) -> tuple[dict[str, list[DeliveredRow]], list[Fault]]:
    """Leave out rows about people who are not there; one note for each table."""
    people = {row.cells.get("volunteer_id") for row in rows.get("volunteers", ())}
    kept, notes = dict(rows), []
    for table in _ABOUT_PEOPLE:
        about = [row for row in rows.get(table, ()) if row.cells.get("volunteer_id")]
        absent = [row for row in about if row.cells["volunteer_id"] not in people]
        absent = [row for row in absent if row.key is not None]
        if absent:
            gone = {id(row) for row in absent}
            kept[table] = [row for row in rows[table] if id(row) not in gone]
            who = {row.cells["volunteer_id"] for row in absent}
            said = Message("gathering.absent_people", table=Table(table), n=len(who))
            where = absent[0].where
            notes.append(replace(where, code="unknown_id", message=said))
    return kept, notes


def ordered(problem: Problem) -> Problem:
    """The same week with the rows of its tables in the order of their ids; rules stay as they are.

    Two weeks that differ only in the order of rows are equal when both are ordered.
    """
    tables = {}
    for table in KEYS:
        if table != "grants":
            order = partial(_order, (*KEYS[table], "state", "weight"))
            tables[table] = tuple(sorted(getattr(problem, table), key=order))
    return problem.model_copy(update=tables)


def _order(names: Sequence[str], record: object) -> list[str]:
    return [str(getattr(record, name, "")) for name in names]
