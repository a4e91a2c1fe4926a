"""What columns, tables and values are called in workbooks, also where a table is no workbook.

Text of a heading, in any language or as the format spells it -> the format's name.
Name of a sheet or file -> how near it is to that of a table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TypeAlias, get_args

from shiftplan.errors.message import OF_KIND, Message, catalogue_file, languages
from shiftplan.errors.message.catalogue import catalogue, words_for
from shiftplan.files.layout import TABLE_NAMES, TABLES, Kind, columns_of
from shiftplan.files.sheet import SKILL, fold
from shiftplan.problem.by_name import unaccented
from shiftplan.week.horizon import USUAL
from shiftplan.week.kinds import KINDS, USUAL_KIND

Say: TypeAlias = Callable[[Message], str]
"""Says messages in a language; `str` says them in English."""


def known_words() -> tuple[Say, ...]:
    """What says names, which have no gaps, in each language; English first."""
    return _known_words(tuple(map(catalogue_file, languages())))


def words_of_kinds() -> tuple[Say, ...]:
    """What says names in each language, and in the words of each kind of work; the usual first."""
    return _words_of_kinds(tuple(map(catalogue_file, languages())))


@cache
def _known_words(files: tuple[Path, ...]) -> tuple[Say, ...]:
    return tuple(partial(_text, file.stem, "") for file in files)


@cache
def _words_of_kinds(files: tuple[Path, ...]) -> tuple[Say, ...]:
    kinds = ("", *(f"{OF_KIND}{kind}" for kind in KINDS if kind != USUAL_KIND))
    return tuple(partial(_text, file.stem, kind) for kind in kinds for file in files)


def _text(lang: str, kind: str, message: Message) -> str:
    """What a language says with the words of a kind, such as `@food-bank`."""
    return (catalogue(lang + kind).get(message.code) or catalogue("en" + kind)[message.code])[0]


def named(*codes: str) -> Message | None:
    """The first of some codes that has words; None where none has."""
    return next((Message(code) for code in codes if code in catalogue("en")), None)


GRID = "grid"
"""Name of the sheet that holds the availability grid; it is no table of the format."""
_WORDED = {"skills": "kind", "availability": "state", "pins": "state", "preferences": "state"}
_WORDED |= {"days": "state"}
VALUES: dict[tuple[str, str], tuple[str, ...]] = {
    (table, column): get_args(TABLES[table].model.model_fields[column].annotation)
    for table, column in _WORDED.items()
} | {("rules", "level"): ("hard", "off"), ("horizon", "kind"): KINDS}
"""(table, column) -> values that cells may also hold in the words of a language."""


def folded(text: str) -> str:
    """Text as headings are compared: capitals, `_` and blanks make no difference."""
    plain = unicodedata.normalize("NFC", text).casefold().replace("_", " ")
    return re.sub(r"\s+", " ", plain).strip()


def heading(table: str, column: str, say: Say) -> str:
    """Heading of a column in a language; a title of people's own stays as it is."""
    if is_own(table, column):
        return column
    if column.startswith(SKILL):
        return say(_PREFIX) + column[len(SKILL) :]
    words = _heading_of(table, column)
    if words is None:
        return column.replace("_", " ").capitalize()
    return say(words).split("|")[0]


def has_heading(table: str, column: str) -> bool:
    """Whether a column has a heading in words."""
    return column.startswith(SKILL) or _heading_of(table, column) is not None


def _heading_of(table: str, column: str) -> Message | None:
    return named(f"column.{table}.{column}", f"column.{column}", f"heads.{column}")


_PREFIX = Message("workbook.skill_prefix")
_BESIDE = ("volunteer_id", "center_id", "skill_id", "service_id")
"""Columns of ids that may have a column with the names of the same rows beside them, or instead."""
NAME_BESIDE, HOME_BESIDE = ".name", ".home"
"""What the column of such names, and of centers beside names of people, is called: `volunteer_id`
and one of these."""


def is_own(table: str, column: str) -> bool:
    """Whether a column of a table is one of people's own, which the format does not know."""
    if table not in TABLES or not TABLES[table].keeps_others or _is_skill(table, column):
        return False
    return column not in TABLES[table].columns


def _is_skill(table: str, column: str) -> bool:
    return table == "volunteers" and column.startswith(SKILL)


def kind_in(table: str, column: str) -> Kind:
    """What a column of a table holds, also one of a skill or of people's own."""
    return "whole" if _is_skill(table, column) else columns_of(table).get(column, "text")


@cache
def _by_heading(table: str, columns: tuple[str, ...], words: tuple[Say, ...]) -> dict[str, str]:
    """Folded heading -> column of a table, also of one that is no table of the format."""
    names = {folded(column): column for column in columns}
    names |= {folded(heading(table, name, say)): name for say in words for name in columns}
    also = [(text, name) for name in columns for text in also_called(table, name)]
    return {folded(text): name for text, name in also} | names


def also_called(table: str, column: str) -> tuple[str, ...]:
    """What else a column is called in any language, where a table has it."""
    return words_for(f"also.{column}") + words_for(f"also.{table}.{column}")


def may_stand_for(table: str, column: str) -> frozenset[str]:
    """Folded titles that mean a column of a table where no other title does."""
    return _may_stand_for(table, column, words_of_kinds())


@cache
def _may_stand_for(table: str, column: str, _: tuple[Say, ...]) -> frozenset[str]:
    told = words_for(f"instead.{column}") + words_for(f"instead.{table}.{column}")
    return frozenset(map(folded, told))


@cache
def _beside(column: str, words: tuple[Say, ...]) -> dict[str, str]:
    """Folded title -> what it is called beside a column of ids."""
    found = {folded(text): NAME_BESIDE for text in words_for(f"beside.{column}")}
    if column == "volunteer_id":
        people = spellings("volunteers", words)
        found |= {t: NAME_BESIDE for t, name in people.items() if name == "name"}
        found |= {t: HOME_BESIDE for t, name in people.items() if name == "home_center_id"}
        found |= {folded(text): HOME_BESIDE for text in words_for("beside.center_id")}
    return found


def spellings(table: str, words: tuple[Say, ...]) -> dict[str, str]:
    """Folded names and headings -> the column of a table that they are of."""
    return _by_heading(table, tuple(columns_of(table)), words)


def titles_of(table: str, columns: Sequence[str]) -> Mapping[str, str]:
    """Folded title -> column, of a table with such columns."""
    return _by_heading(table, tuple(columns), words_of_kinds())


def columns_named(table: str, titles: Sequence[str]) -> list[str]:
    """Column that each heading of a table names; the heading itself where there is none.

    An e-mail address is what `contact` holds unless another column says so, and a title such as
    `Giờ` is the start where it alone may be. Where no column has the ids of another table's rows,
    the one with their names stands for it; beside it, tables that keep no columns of people's own
    have it as `volunteer_id.name`.
    """
    known = spellings(table, words_of_kinds())
    names = [_named(table, title, known) if title else "" for title in titles]
    if names.count("contact") > 1:
        mail = set(map(folded, words_for("also.email")))
        names = [t if folded(t) in mail else n for n, t in zip(names, titles, strict=True)]
    for column in columns_of(table).keys() - names:
        words = may_stand_for(table, column)
        places = [i for i, t in enumerate(titles) if names[i] == t and folded(t) in words]
        if len(places) == 1:
            names[places[0]] = column
    for column in _BESIDE if table in TABLES else ():
        if column not in TABLES[table].columns or table == f"{column.removesuffix('_id')}s":
            continue
        beside = _beside(column, words_of_kinds())
        meant = [beside.get(folded(title)) for title in titles]
        found = {kind: i for i, kind in reversed([*enumerate(meant)]) if names[i] == titles[i]}
        name, home = found.get(NAME_BESIDE), found.get(HOME_BESIDE)
        if column not in names and name is not None:
            names[name] = column
        elif name is not None and not TABLES[table].keeps_others:
            names[name] = column + NAME_BESIDE
        if name is not None and home is not None:
            names[home] = column + HOME_BESIDE
    return names


def may_be_home(title: str) -> bool:
    """Whether a column of people's own may hold home centers, if its cells are centers."""
    return folded(title) in map(folded, words_for("beside.home"))


def column_of_people(title: str) -> str:
    """Column of the table `volunteers` that a heading names, where rows are about people.

    Also by titles that stand for names, or for centers beside names, in tables that refer to them.
    """
    kind = _beside("volunteer_id", words_of_kinds()).get(folded(title))
    meant = {NAME_BESIDE: "name", HOME_BESIDE: "home_center_id"}
    return meant[kind] if kind is not None else column_named("volunteers", title)


def known_titles(table: str, titles: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    """Folded title -> column, of the titles that name one; `names`: what `columns_named` says."""
    if table not in TABLE_NAMES:
        return {}
    columns = columns_of(table)
    return {
        fold(title): name
        for title, name in zip(titles, names, strict=True)
        if name in columns or _is_skill(table, name) or is_beside(name)
    }


def is_beside(column: str) -> bool:
    """Whether a column holds what is told beside ids."""
    return column.endswith((NAME_BESIDE, HOME_BESIDE)) and column.rpartition(".")[0] in _BESIDE


def column_named(table: str, title: str) -> str:
    """Column of a table that a heading names; the heading itself when there is none."""
    return _named(table, title, spellings(table, words_of_kinds()))


def _named(table: str, title: str, known: Mapping[str, str]) -> str:
    column = known.get(folded(title))
    if column is not None or table != "volunteers":
        return column or title
    title = unicodedata.normalize("NFC", title)
    for prefix in (SKILL, *(say(_PREFIX).strip() for say in known_words())):
        skill = title[len(prefix) :].strip()
        if title[: len(prefix)].casefold() == prefix.casefold() and skill:
            return SKILL + skill
    return title


def bare(text: str) -> str:
    """Text as names are compared that people typed: accents make no difference either."""
    return unaccented(folded(text))


def sheet_title(table: str, say: Say) -> str:
    """Name of a table's sheet in a language."""
    return say(Message(f"sheet.{table}"))


@cache
def _marks(words: tuple[Say, ...]) -> tuple[str, ...]:
    return tuple(say(Message("example.mark")).casefold() for say in words)


def is_example(text: str) -> bool:
    """Whether a text starts with the mark of examples, in any language."""
    start = unicodedata.normalize("NFC", text).strip().casefold()
    return start.startswith(_marks(known_words()))


def example_finder() -> Callable[[str], bool]:
    """What tells examples as `is_example` does, and is quick where there are many texts."""
    marks = (unicodedata.normalize(f, m)[0] for m in _marks(known_words()) for f in ("NFC", "NFD"))
    signs = frozenset(sign for mark in marks for sign in (mark, mark.upper()))
    return lambda text: text[:1] in signs and is_example(text)


def meaning(table: str, column: str, say: Say) -> str:
    """What a column means; empty where the heading says it all."""
    if is_own(table, column):
        return ""
    if column.startswith(SKILL):
        return say(Message("help.skill_prefix"))
    words = named(f"help.{table}.{column}", f"help.{column}")
    return "" if words is None else say(Message(words.code, **USUAL))


def word(value: str, say: Say) -> str:
    """A value of the format as a cell says it in a language."""
    words = named(f"word.{value}")
    return value if words is None else say(words)


def tables_by_title() -> Mapping[str, str]:
    """Folded name of a sheet -> its table."""
    return _tables_by_title(words_of_kinds())


@cache
def _tables_by_title(words: tuple[Say, ...]) -> Mapping[str, str]:
    tables = (*TABLE_NAMES, GRID)
    names = {folded(table): table for table in tables}
    return names | {folded(sheet_title(t, say)): t for say in words for t in tables}
