"""Faults: one precise complaint about the user's data each, with its place and a way out.

Readers and checks of the input -> `Fault`s -> `InputError`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import KW_ONLY, dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Literal, TypeAlias
from unicodedata import name

from shiftplan.errors.codes import FaultCode
from shiftplan.errors.message import Column, Message, Table, Word, in_short, shown

MOST_ALIKE = 1_000
"""Faults of one kind, table and column that are kept; those beyond are counted."""
_NAMED = {
    **{
        name: Column(name, table)
        for table, names in {
            "skills": ("kind", "max_level"),
            "centers": ("lat", "lon"),
            "volunteers": ("home_center_id", "mobile"),
            "demand": ("arrivals", "arrivals_low", "arrivals_high", "arrivals_cv"),
            "services": ("minutes_per_citizen",),
        }.items()
        for name in names
    },
    **{name: Table(name) for name in ("demand", "horizon", "requirements", "services", "skills")},
    **{name: Word(name) for name in ("called", "must", "must_not")},
}
"""Columns, tables and values that the sentences of `FaultCode`s name."""
_FIRST_PART = re.compile(r"[.\[]")
_LONGEST_NAME, _LONGEST_VALUE, _LONGEST_SENTENCE = 120, 200, 2_000
"""Characters of names, values and sentences that a fault shows, those of codes counted too."""
_MOST_BITS = 2_000
"""Size of the whole numbers that are written; Python may refuse those of 640 digits and more."""


@dataclass(frozen=True, slots=True)
class OtherRow:
    """Where another row stands that a fault is about too."""

    index: int
    """Position in the table, counted from 0."""
    _: KW_ONLY
    file: str = ""
    """File of the row; empty for a problem made in Python."""
    row: int | None = None
    """Line in the file, or row of the sheet; None outside files."""
    sheet: str = ""
    """Name of another sheet of a workbook that tells it; empty where the fault's own does."""
    cell: str = ""
    """Cell of that sheet; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One complaint about the input: where, which value, what is allowed, and a way out."""

    code: FaultCode
    """Stable name of the kind of fault; docs/faults.md lists them all."""
    table: str
    """Table of the fault, such as `volunteers`."""
    column: str = ""
    """Column or field; empty when the fault concerns the whole row or table."""
    value: str = ""
    """The value as it was written; empty when there is none."""
    message: str | Message = ""
    """What is wrong and what is allowed, in one sentence."""
    _: KW_ONLY
    remedy: str | Message = ""
    """What to do, as a sentence; empty when nothing is known beyond the message."""
    index: int | None = None
    """Position in the table, counted from 0; None when the fault concerns the whole table."""
    file: str = ""
    """File the table was read from; empty for a problem made in Python."""
    row: int | None = None
    """Line in the file (the header is line 1), or row of the sheet; None outside files."""
    sheet: str = ""
    """Name of the sheet of a workbook; empty outside workbooks."""
    cell: str = ""
    """Cell of that sheet, such as `D17`; empty when the fault concerns a whole row or sheet."""
    other: OtherRow | None = None
    """Another row that it is about too, such as the one that has the same id."""
    more: int = 0
    """Further faults of the same kind, table and column that are counted, but not listed."""
    work: str = ""
    """Kind of work of the week, whose words sentences use; empty for the usual words."""
    headings: tuple[tuple[str, str], ...] = ()
    """Columns and their titles in the file, where some are others; the last of a column counts."""

    @property
    def alike(self) -> tuple[str, str, str]:
        """Kind, table and column; of columns such as `skill.portal` what they begin with."""
        return self.code, self.table, _FIRST_PART.split(self.column, maxsplit=1)[0]

    def seen(self) -> Fault:
        """The same as people are shown it: long texts cut, unseen signs written as codes."""
        other = self.other
        if other is not None:
            other = replace(other, file=_name(other.file), sheet=_name(other.sheet))
        return replace(
            self,
            table=_name(self.table),
            column=_name(self.column),
            value=_cut(self.value, _LONGEST_VALUE, _quoted),
            message=_one_line(self.message),
            remedy=_one_line(self.remedy),
            file=_name(self.file),
            sheet=_name(self.sheet),
            cell=_name(self.cell),
            other=other,
            headings=tuple((name, _name(title)) for name, title in self.headings),
        )

    @property
    def where(self) -> str:
        """Place of the fault, as a person would look it up."""
        return place_of(self)

    @property
    def sentence(self) -> str:
        """What is wrong, with the place of the other row."""
        return sentence_of(self)

    def __str__(self) -> str:
        return line_of(self)


Say: TypeAlias = Callable[[Message], str]
"""What says a message in some language; `str` says it in English."""


def line_of(fault: Fault, say: Say = str) -> str:
    """A fault as one or two lines: where it is, what is wrong, and a way out."""
    return "\n    ".join(lines_of(fault, say))


def lines_of(fault: Fault, say: Say = str) -> list[str]:
    """The one or two lines of a fault; of a workbook's, the way out stands on the first too."""
    seen = fault.seen()
    place = (place_of(seen, say), repr(seen.value) if seen.value else "")
    said = _advice(seen, say)
    first, *more = [_joined_up(said)] if seen.sheet else said or [""]
    return [": ".join([*filter(None, place), first]), *more]


def advice_of(fault: Fault, say: Say = str) -> str:
    """What is wrong and a way out, for who sees the place and the value already."""
    return _joined_up(_advice(fault.seen(), say))


def _joined_up(sentences: Iterable[str]) -> str:
    """Sentences one after the other; a question has its sign already."""
    return ". ".join(sentences).replace("?. ", "? ")


def place_of(fault: Fault, say: Say = str) -> str:
    """Place of a fault, as a person would look it up."""
    seen = fault.seen()
    whole = "typed" if seen.file.startswith("--") else "file"  # a text for an option
    parts: list[tuple[str, object]] = [(whole, seen.file), ("sheet", seen.sheet)]
    heading = dict(seen.headings).get(seen.column, "")
    column = Column(seen.column, seen.table, heading) if seen.column else None
    if seen.cell:
        parts.append(("cell", seen.cell))
    elif (seen.sheet or seen.file) and seen.row is not None:
        parts += [("row", seen.row), ("column", column)]
    said = _joined(parts, say)
    if said and (seen.sheet or seen.row is not None or Path(seen.file).stem == seen.table):
        return said
    if not said and seen.table == "options":
        return say(Message("place.option", name=column) if column else Message("place.options"))
    inside = Message("place.table", name=Table(seen.table))
    if seen.index is not None:
        inside = Message("form.entry", table=inside, index=seen.index, number=seen.index + 1)
    if column is not None:
        inside = Message("place.field", place=inside, name=column)
    return ", ".join(filter(None, (said, say(inside) if seen.table or column else "")))


def sentence_of(fault: Fault, say: Say = str) -> str:
    """What is wrong, with the place of the other row."""
    seen = fault.seen()
    text, other = _said("fault", seen.code, seen.message, say), seen.other
    if other is None:
        return text
    file = "" if other.file == seen.file else other.file
    if other.cell:
        place = _joined([("file", file), ("sheet", other.sheet), ("cell", other.cell)], say)
    elif other.row is not None:
        place = _joined([("file", file), ("row", other.row)], say)
    else:
        number = other.index + 1
        place = say(Message("form.other_entry", table=seen.table, index=other.index, number=number))
    return f"{text} ({place})"


def _advice(seen: Fault, say: Say) -> list[str]:
    """What is wrong, and a way out where there is one."""
    more = say(Message("fault.more", n=seen.more)) if seen.more else ""
    remedy = _said("remedy", seen.code, seen.remedy, say)
    return [part for part in (sentence_of(seen, say) + more, remedy) if part]


def _joined(parts: Iterable[tuple[str, object]], say: Say) -> str:
    """Parts of a place, from the whole to the single one; those that are not known are left out."""
    named = ((part, name) for part, name in parts if name not in ("", None))
    return ", ".join(say(Message(f"place.{part}", name=name)) for part, name in named)


def _said(what: Literal["fault", "remedy"], code: str, text: str | Message, say: Say) -> str:
    """A sentence or remedy; where none is given, that of all faults of the code.

    Text that is no message is English, so that other languages say the general sentence before it.
    """
    if isinstance(text, Message):
        return as_sentence(say(text))
    whole = Message(f"{what}.{code}", **_NAMED)
    general = say(whole)
    if general == in_short(whole):  # there are no words for it
        general = ""
    return say(Message("form.in_english", general=general, text=text)).strip() if text else general


def kept(faults: Iterable[Fault]) -> Iterator[Fault]:
    """Yield faults, of those alike the first 1,000; the last of these tells how many more."""
    count: Counter[tuple[str, str, str]] = Counter()
    more: Counter[tuple[str, str, str]] = Counter()
    last: dict[tuple[str, str, str], Fault] = {}
    for fault in faults:
        alike = fault.alike
        count[alike] += 1
        if count[alike] < MOST_ALIKE:
            yield fault
        elif count[alike] == MOST_ALIKE:
            last[alike] = fault
        else:
            more[alike] += 1 + fault.more
    for alike, fault in last.items():
        yield replace(fault, more=fault.more + more[alike])


def _cut(text: str, longest: int, written: Callable[[str], str]) -> str:
    """Text cut to what is written in `longest` characters, never inside a code."""
    start = text[: longest + 4]
    if len(written(start)) <= longest + 3:
        return text
    sizes = accumulate(len(written(sign)) for sign in start)
    return text[: sum(size <= longest for size in sizes)] + "..."


def value_text(value: object) -> str:
    """Text of a wrong value for a fault; dots for a whole number that is too long to be written."""
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        return "..."
    try:
        return str(value)
    except ValueError:  # such a number in a list
        return "..."


def _quoted(text: str) -> str:
    """A value as it is written between quotes."""
    return repr(text)[1:-1]


def sign_name(sign: str) -> str:
    """Name and code of a sign, such as `ZERO WIDTH SPACE (U+200B)`."""
    return f"{name(sign, 'a control character')} (U+{ord(sign):04X})"


def _one_line(said: str | Message) -> str | Message:
    return as_sentence(said) if isinstance(said, str) else said


def as_sentence(text: str) -> str:
    """A sentence as people are shown it: not too long, unseen signs written as codes."""
    return shown(_cut(text, _LONGEST_SENTENCE, shown))


def _name(text: str) -> str:
    return shown(_cut(text, _LONGEST_NAME, shown))
