"""Answers from forms, polls, grids and lists, read for one week.

Files, `Problem` and perhaps a mapping -> `Replies`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.files.answers.calendar import (
    OPEN,
    Calendar,
    Meaning,
    NotUnderstoodError,
    Within,
    alone,
    windows_within,
)
from shiftplan.files.answers.columns import FormColumn
from shiftplan.files.answers.form import Filled, Form, text_of_row
from shiftplan.files.answers.forms import FormReader
from shiftplan.files.answers.lexicon import dates_in, normal, said_by
from shiftplan.files.answers.mapping import NO_MAP, ColumnMap
from shiftplan.files.answers.moments import moments
from shiftplan.files.answers.people import People
from shiftplan.files.answers.records import (
    Replies,
    Reply,
    SourceRead,
    grouped,
    settled,
)
from shiftplan.files.answers.sentence import read_meaning
from shiftplan.files.answers.source import tables_of
from shiftplan.files.answers.windows import clash, joined, without
from shiftplan.files.cells import Bad
from shiftplan.files.workbook.marks import are_mixed
from shiftplan.files.workbook.telling import first_of
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week

_AT_END = " ;\n"
"""Signs that programs write behind the last choice."""
_CHOICES, _CHOICES_OF_DAY = re.compile(r"[;\n]"), re.compile(r"[;,\n]")
"""Signs between choices; below a heading that names a time also the comma."""


@takes_week
def read_answers(
    problem: Problem,
    *sources: str | os.PathLike[str],
    mapping: ColumnMap | None = None,
) -> Replies:
    """Read when people can come from their answers.

    The program that wrote a file is told by what is in it: exports of Google Forms and Microsoft
    Forms, polls of Rallly, Framadate, Nextcloud Polls and When2meet, an availability grid, the
    table `availability`, or a list with a row for each person. Nothing is guessed: what is not
    understood is in the result, with the reason, and no part of such an answer counts.

    Parameters
    ----------
    problem
        The week: its people, days and shifts. Its own availability is not looked at.
    sources
        CSV files and workbooks.
    mapping
        What columns and words mean, from `read_mapping`; None to go by their headings alone.

    Returns
    -------
    Replies
        Every answer and what became of it, and who has not answered.

    Raises
    ------
    InputError
        A file cannot be read, holds no answers, or has a heading that means nothing certain.
    MissingExtraError
        A file is a workbook, and the package openpyxl is missing.
    """
    known = NO_MAP if mapping is None else mapping
    reader = FormReader(Calendar.of(problem, idle=True), problem.horizon.zone, known)
    faults: list[Fault] = []
    forms: list[Form] = []
    for path in map(Path, sources):
        try:
            forms += _forms(path, reader)
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)
    people, judge = People(problem), _Judge(reader.calendar, known)
    groups = [list(judge.replies(form, people)) for form in forms]
    replies = settled([reply for group in groups for reply in group])
    told = [_told(form, group, reader.calendar) for form, group in zip(forms, groups, strict=True)]
    answered = {reply.volunteer_id for reply in replies}
    silent = (v.volunteer_id for v in problem.volunteers if v.volunteer_id not in answered)
    return Replies(tuple(replies), tuple(told), tuple(silent))


def _forms(path: Path, reader: FormReader) -> list[Form]:
    """The tables of answers in a file; InputError where there is none, or a heading is unclear."""
    forms = [reader.form_of(table) for table in tables_of(path)]
    faults = [
        Fault(
            "unknown_column",
            "availability",
            heading,
            heading,
            message,
            remedy=Message("answers.use_mapping"),
            file=form.file,
            row=form.header_row,
            sheet=form.sheet,
        )
        for form in forms
        for heading, message in form.trouble
    ]
    faults += (_colours(form) for form in forms if form.coloured and not form.has_marks)
    if faults:
        raise InputError(faults)
    found = [form for form in forms if form.has_answers]
    if not found:
        form = forms[0]
        lacking = Message("answers.no_answers" if form.has_people else "answers.no_people")
        fault = Fault("missing_column", "availability", message=lacking, file=path.name)
        fault = replace(fault, row=form.header_row, sheet=form.sheet)
        raise InputError([replace(fault, remedy=Message("answers.use_mapping"))])
    return found


def _colours(form: Form) -> Fault:
    """The fault of a grid in which colours stand instead of marks."""
    fault = Fault("colored_cells", "availability", message=_of_colours(form), file=form.file)
    remedy = Message("workbook.write_marks_for_colors")
    return replace(fault, remedy=remedy, sheet=form.sheet, cell=form.coloured[0])


def _of_colours(form: Form) -> Message:
    cells = form.coloured
    return Message("workbook.colors_without_marks", n=len(cells), cells=first_of(cells))


def _told(form: Form, replies: Sequence[Reply], calendar: Calendar) -> SourceRead:
    notes = tuple(
        Message("answers.other_date", heading=column.heading, days=tuple(sorted(days)))
        for column in form.columns
        if (days := column.within.days) is not None and _names_other_day(column, days, calendar)
    )
    if idle := frozenset().union(*(reply.idle for reply in replies)):
        n = sum(1 for reply in replies if reply.idle)
        notes += (Message("answers.idle_days", n=n, days=tuple(sorted(idle))),)
    notes += (*form.remarks, *((_of_colours(form),) if form.coloured else ()))
    n = len(replies)
    read = SourceRead(form.file, form.sheet, form.program, n, form.columns, form.unread)
    return replace(read, questions=form.questions, notes=notes)


def _names_other_day(column: FormColumn, days: Collection[date], calendar: Calendar) -> bool:
    """Whether the heading has a date that a mapping file overrules."""
    for text in dates_in(column.heading) if column.meaning else ():
        try:
            if calendar.date_of(text) not in days:
                return True
        except NotUnderstoodError:
            return True
    return False


class _Judge:
    """What single answers mean; equal cells are read once."""

    def __init__(self, calendar: Calendar, mapping: ColumnMap) -> None:
        self.calendar, self.mapping = calendar, mapping
        self._read: dict[tuple[Within, str, bool], Meaning | Message] = {}

    def replies(self, form: Form, people: People) -> Iterator[Reply]:
        """Yield the answers of a form, one for each person where rows are windows."""
        texts = [row.who.get("time", "") for row in form.rows]
        times = moments(texts, self.calendar.days[0])
        rows = [
            self._reply(form, row, at, people)
            for row, at in zip(form.rows, times, strict=True)
            if any(text for _, text in row.cells) or (row.who and form.program != "grid")
        ]
        yield from grouped(rows) if form.program == "windows" else rows

    def _reply(self, form: Form, row: Filled, at: datetime | None, people: People) -> Reply:
        found = people.find(row.who)
        person = ", ".join(text for role, text in row.who.items() if role != "time")
        reply = Reply(
            form.file, form.sheet, row.row, person, None, text_of_row(row, form.program), at
        )
        if isinstance(found, Bad):
            reason, remedy = found.message, found.remedy
            return replace(reply, fate="stranger", reason=reason, remedy=remedy)
        reply = replace(reply, volunteer_id=found, doubt=people.doubt(found, row.who))
        try:
            meaning = self._row(row, in_grid=form.program == "grid")
        except NotUnderstoodError as error:
            return replace(reply, fate="unclear", reason=error.said)
        assumed = Message("answers.all_else") if meaning.is_assumed else None
        return replace(reply, windows=meaning.given, reason=assumed, idle=meaning.idle)

    def _row(self, row: Filled, *, in_grid: bool) -> Meaning:
        """What all cells of a row mean together."""
        if row.trouble is not None:
            raise NotUnderstoodError(row.trouble)
        given = [(column, text) for column, text in row.cells if text]
        if not given:
            raise NotUnderstoodError(Message("answers.blank"))
        if are_mixed(text for _, text in given):
            raise NotUnderstoodError(Message("answers.ticks_and_crosses"))
        meanings: list[Meaning] = []
        for column, text in given:
            found = self._cell(column, text, in_grid=in_grid)
            if isinstance(found, Message):
                facts = {"heading": column.heading, "text": text, "why": found}
                several = len(row.cells) > 1
                raise NotUnderstoodError(Message("answers.of_cell", **facts) if several else found)
            meanings.append(found)
        if len(meanings) == 1:
            return alone(meanings[0], self.calendar)
        windows = [window for meaning in meanings for window in meaning.given]
        taken = [window for meaning in meanings for window in meaning.taken]
        if taken and not windows:
            raise NotUnderstoodError(Message("answers.only_busy"))
        wrong = clash(windows)
        if wrong is not None:
            raise NotUnderstoodError(Message("answers.two_states", day=wrong.start.date()))
        is_assumed = any(meaning.is_assumed and meaning.given for meaning in meanings)
        idle = frozenset().union(*(meaning.idle for meaning in meanings))
        return Meaning(joined(without(windows, taken)), is_assumed=is_assumed, idle=idle)

    def _cell(self, column: FormColumn, text: str, *, in_grid: bool) -> Meaning | Message:
        key = column.within, text, in_grid
        if key not in self._read:
            try:
                self._read[key] = self._meaning(column.within, text, in_grid=in_grid)
            except NotUnderstoodError as error:
                self._read[key] = error.said
        return self._read[key]

    def _meaning(self, within: Within, text: str, *, in_grid: bool) -> Meaning:
        """A word for yes or no below a heading that names a time, else a sentence."""
        text = self._without_noes(text, within).rstrip(_AT_END) or text
        said = said_by(text, self.mapping.word_meanings, in_grid=in_grid)
        if said == "no":
            return Meaning()
        if said is not None and within != OPEN:
            return Meaning(windows_within(self.calendar, within, said))
        found = read_meaning(text, self.calendar, within)
        if within == OPEN:
            return found
        return alone(found, self.calendar, within)._replace(taken=())

    def _without_noes(self, text: str, within: Within) -> str:
        """A text without the choices that a mapping file reads as `no`, where others are left."""
        own = self.mapping.word_meanings
        form = _CHOICES if within == OPEN else _CHOICES_OF_DAY
        choices = [choice.strip() for choice in form.split(text)] if own else []
        left = [choice for choice in choices if own.get(normal(choice)) != "no"]
        return "; ".join(left) if any(left) and len(left) < len(choices) else text
