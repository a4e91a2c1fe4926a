"""Columns of people's own: titles that the format does not know, whose texts the rows keep.

Title -> the known column, or the skill, that it may be a slip of; a `Sheet` -> what each of its
rows keeps; titles that are to be written -> the faults of those that would not be read back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Column, Message
from shiftplan.files.cells import Bad
from shiftplan.files.filling import MOST_OWN, NearestColumn
from shiftplan.files.headings import (
    Say,
    bare,
    columns_named,
    is_own,
    known_words,
    may_be_home,
    spellings,
)
from shiftplan.files.layout import TABLES
from shiftplan.files.near_titles import MISSPELT, likeness
from shiftplan.files.sheet import DIGITS_OF_PHONE, SKILL, Sheet, fold
from shiftplan.problem.nearest import SCIENTIFIC
from shiftplan.week.records import Skill
from shiftplan.week.week import Week

Pairs = tuple[tuple[str, str], ...]


def nearest_of(table: str) -> NearestColumn | None:
    """What finds the known column that a title is a slip of; None for tables that keep no others.

    It gets the title and the columns that are there. Where one of these is near to the title, it
    finds none: a table with `Phone` may have `Phones` too.
    """
    if table not in TABLES or not TABLES[table].keeps_others:
        return None

    def nearest(title: str, there: Collection[str]) -> str:
        near = _near(table, title, known_words())
        return near[0] if near and not set(near) & set(there) else ""

    return nearest


@cache
def _near(table: str, title: str, words: tuple[Say, ...]) -> tuple[str, ...]:
    """Columns that a title may be a slip of, the nearest first."""
    near: dict[str, float] = {}
    for text, column in spellings(table, words).items():
        near[column] = max(near.get(column, 0), likeness(title, text))
    found = [column for column in near if near[column] >= MISSPELT]
    return tuple(sorted(found, key=lambda column: -near[column]))


def skill_finder(skills: Iterable[Skill]) -> Callable[[str], str]:
    """What finds the id of the skill that a title names without `skill.`; empty for none."""
    found: dict[str, str] = {}
    before = [bare(say(Message("column.skill"))) for say in known_words()]
    for skill in skills:
        for text in filter(None, (bare(skill.skill_id), bare(skill.name))):
            for title in (text, *(f"{word} {text}" for word in before)):
                found.setdefault(title, skill.skill_id)
    return lambda title: found.get(bare(title), "")


def pairs_of(sheet: Sheet) -> list[Pairs | None]:
    """What stands in the columns of people's own, row by row; None where it is nothing."""
    found: list[list[tuple[str, str]]] = [[] for _ in sheet.rows]
    for title in sorted(sheet.own):
        column = sheet.column(title) or []
        pair = {text: (title, text) for text in set(column) if text}
        for pairs, text in zip(found, column, strict=True):
            if text:
                pairs.append(pair[text])
    return [tuple(pairs) or None for pairs in found]


def note_own(sheet: Sheet, said: str = "files.kept_columns", also: Collection[str] = ()) -> None:
    """Add the note that lists the columns of people's own that hold something.

    `said`: what becomes of them, and of those of the format in `also`.
    """
    titles, known = dict(sheet.headings), {*also} & {*sheet.header}
    held = [name for name in (*known, *sheet.own) if any(sheet.column(name) or ())]
    held = [titles.get(name, name) if name in known else name for name in held]
    if held:
        message = Message(said, titles=held)
        note = Fault("kept_columns", sheet.table, message=message, file=sheet.file)
        sheet.notes["kept_columns", ""] = replace(note, row=1, sheet=sheet.title)
    for title in held if sheet.table == "volunteers" else ():
        _ask_about_times(sheet, title)


def _ask_about_times(sheet: Sheet, title: str) -> None:
    """Add the note of texts beside people that say when they can come, or cannot."""
    from shiftplan.files.answers.lexicon import says_when

    found = [i for i, text in enumerate(sheet.column(title) or ()) if says_when(text)]
    if found:
        message = Message("files.times_unread", n=len(found))
        remedy = Message("files.read_times")
        place: dict[str, Any] = {"index": found[0], "remedy": remedy}
        note = Fault("doubtful_cells", sheet.table, title, "", message, **place)
        sheet.notes[message.code, title] = sheet.placed(note, sheet.lines[found[0]])


def note_phones(sheet: Sheet) -> None:
    """Add the note of phones that a spreadsheet program shortened."""
    column = sheet.column("phone") or []
    found = [index for index, text in enumerate(column) if SCIENTIFIC.fullmatch(text)]
    if found:
        message = Message("files.phone_shortened")
        sheet.note(message, column="phone", value="", index=found[0], times=len(found))


def phone_meant(text: str, bad: Bad) -> Bad:
    """The fault of a cell of the column `mobile`, which says who may be sent anywhere."""
    if sum(map(str.isdigit, text)) < DIGITS_OF_PHONE:
        return bad
    return replace(bad, remedy=Message("files.mobile_is_no_phone", column=Column("phone")))


def titles_of(rows: Iterable[Any]) -> list[str]:
    """Titles under which rows keep something, in order."""
    return sorted({title for row in rows for title, _ in row.extra})


def beside(table: str, titles: Sequence[str], header: Collection[str]) -> set[str]:
    """Known columns that must be written too, or titles would be taken for them or their slips."""
    nearest, there = nearest_of(table), set(header)
    assert nearest is not None
    for title in titles:
        (column,) = columns_named(table, [title])
        if table == "volunteers" and may_be_home(title):
            there.add("home_center_id")
        if is_own(table, column):
            column = nearest(title, there)
        if column:
            there.add(column)
    return there - set(header)


def refuse_titles(week: Week) -> None:
    """Raise an InputError with the faults of titles that would not be read back unchanged.

    Skills whose ids differ only in capitals would share a title in the table of volunteers.
    """
    skill_of, faults = skill_finder(week.skills), list[Fault]()
    if week.volunteers:
        ids = Counter(fold(skill.skill_id) for skill in week.skills)
        twice = (skill.skill_id for skill in week.skills if ids[fold(skill.skill_id)] > 1)
        message = Message("files.title_twice")
        faults += (
            Fault("repeated_column", "volunteers", SKILL + i, message=message) for i in twice
        )
    for table in (name for name, layout in TABLES.items() if layout.keeps_others):
        titles, seen = titles_of(getattr(week, table)), set[str]()
        if len(titles) > MOST_OWN:
            message = Message("files.too_many_own", columns=len(titles), most=MOST_OWN)
            faults.append(Fault("too_many_columns", table, message=message))
        for title in titles:
            # Where all columns are there, those that may stand for one are people's own.
            *_, meant = columns_named(table, [*TABLES[table].columns, title])
            if table == "volunteers" and fold(title).startswith(SKILL):
                meant = SKILL
            elif is_own(table, meant) and table == "volunteers":
                meant = SKILL + skill if (skill := skill_of(title)) else meant
            if not is_own(table, meant) or meant.startswith(SKILL):
                message = Message("files.title_taken", column=Column(meant))
                faults.append(Fault("repeated_column", table, title, message=message))
            elif fold(title) in seen:
                message = Message("files.title_twice")
                faults.append(Fault("repeated_column", table, title, message=message))
            seen.add(fold(title))
    if faults:
        raise InputError(faults)
