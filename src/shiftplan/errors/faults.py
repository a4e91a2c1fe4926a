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
from typing import Literal
from unicodedata import name

from shiftplan.errors.message import Message, shown

FaultCode = Literal[
    # the form of a file
    "missing_file",
    "unreadable_file",
    "not_text",
    "wrong_encoding",
    "control_character",
    "empty_file",
    "broken_quotes",
    "too_long",
    "broken_json",
    "repeated_key",
    "not_a_workbook",
    "too_large",
    "missing_sheet",
    "merged_cells",
    # its header and rows
    "unknown_column",
    "missing_column",
    "repeated_column",
    "unnamed_column",
    "too_many_columns",
    "repeated_header",
    "too_many_fields",
    "too_few_fields",
    # a single value
    "missing_value",
    "not_a_whole_number",
    "not_a_number",
    "ambiguous_number",
    "not_a_flag",
    "not_a_date",
    "ambiguous_date",
    "not_a_time",
    "not_one_of",
    "out_of_range",
    "invalid_value",
    "unknown_rule",
    "not_a_parameter",
    "formula_without_value",
    "error_value",
    "changed_by_spreadsheet",
    # values that do not fit together
    "duplicate_id",
    "duplicate_row",
    "unknown_id",
    "unknown_name",
    "level_out_of_range",
    "level_without_skill",
    "minimum_above_target",
    "reversed_interval",
    "overlapping_windows",
    "outside_horizon",
    "unknown_horizon",
    "no_such_time",
    "missing_coordinates",
    "missing_home",
    "contradicting_pins",
    "contradicting_history",
    "contradicting_attendance",
    "contradicting_changes",
    "week_recorded",
    "level_confirmed",
    "unclear_wish",
    "unclear_spread",
    "not_a_language",
    "shares_above_one",
    "demand_outside_shifts",
    "nothing_to_staff",
    "nothing_to_trade",
    "not_assigned",
    "broken_rules",
    "too_many_citizens",
    "split_weekend",
    # a batch
    "in_use",
]
"""Every kind of fault; docs/faults.md explains each."""

MOST_ALIKE = 1_000
"""Faults of one kind, table and column that are kept; those beyond are counted."""
_FIRST_PART = re.compile(r"[.\[]")
_LONGEST_NAME, _LONGEST_VALUE, _LONGEST_SENTENCE = 120, 200, 2_000
"""Characters of names, values and sentences that a fault shows, those of codes counted too."""


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
    """A way out that starts with "Maybe"; empty when there is no better guess than the message."""
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
        )

    @property
    def where(self) -> str:
        """Place of the fault, as a person would look it up."""
        if self.sheet:
            place = f"{self.file}, sheet {self.sheet}"
            if self.cell:
                return f"{place}, cell {self.cell}"
            if self.row is None:
                return place
            return f"{place}, row {self.row}" + (f", column {self.column}" if self.column else "")
        place = self.table if self.index is None else f"{self.table}[{self.index}]"
        if self.column:
            place += f".{self.column}"
        if not self.file:
            return place
        if self.row is not None:
            column = f", column {self.column}" if self.column else ""
            return f"{self.file}, row {self.row}{column}"
        of_table = Path(self.file).stem == self.table
        return self.file if of_table or not place else f"{self.file}, {place}"

    @property
    def sentence(self) -> str:
        """The message, with the place of the other row."""
        if self.other is None:
            return _sentence(self.message)
        file, row = self.other.file, self.other.row
        place = f"{self.table}[{self.other.index}]"
        if self.other.cell:
            place = f"sheet {self.other.sheet}, cell {self.other.cell}"
        elif row is not None:
            place = f"row {row}" if file == self.file else f"{file}, row {row}"
        return f"{_sentence(self.message)} ({place})"

    @property
    def rest(self) -> str:
        """How many more there are like this one; empty where there is none."""
        return f"; {self.more:,} more like this" if self.more else ""

    def __str__(self) -> str:
        seen = self.seen()
        place = (seen.where, repr(seen.value) if seen.value else "")
        text = ": ".join([*filter(None, place), seen.sentence + seen.rest])
        between = ". " if seen.sheet else "\n    "
        return f"{text}{between}{_sentence(seen.remedy)}" if seen.remedy else text


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


def _quoted(text: str) -> str:
    """A value as it is written between quotes."""
    return repr(text)[1:-1]


def sign_name(sign: str) -> str:
    """Name and code of a sign, such as `ZERO WIDTH SPACE (U+200B)`."""
    return f"{name(sign, 'a control character')} (U+{ord(sign):04X})"


def _one_line(said: str | Message) -> str | Message:
    return as_sentence(said) if isinstance(said, str) else said


def _sentence(said: str | Message) -> str:
    return as_sentence(str(said))


def as_sentence(text: str) -> str:
    """A sentence as people are shown it: not too long, unseen signs written as codes."""
    return shown(_cut(text, _LONGEST_SENTENCE, shown))


def _name(text: str) -> str:
    return shown(_cut(text, _LONGEST_NAME, shown))
