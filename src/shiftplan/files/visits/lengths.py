"""Times of help from the lengths of waits and of help, where a log has no start or no end.

`Taken`, times of help that it has -> times of help, and how lengths without a unit were read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from shiftplan.citizens.visits.counts import Floats
from shiftplan.citizens.visits.report import LogNote
from shiftplan.errors.message.catalogue import words_for
from shiftplan.files.cells import Bad, decimal_reader
from shiftplan.files.headings import folded
from shiftplan.files.visits.taking import Taken

_CLOCK = re.compile(r"([0-9]{1,3}):([0-5]?[0-9])(?::([0-5]?[0-9])(?:[.,][0-9]{1,6})?)?")
_BLANK, _NUMBER, _SHORT, _WHOLE, _NONE = range(5)
"""Forms of a cell: a plain number, `a:b`, `h:mm:ss`, or no length at all."""
_SMALL, _LARGE = 1 / 60, 1.0
"""Minutes of one second and of one minute; a cell `a:b` is `60 a + b` of one or the other."""
_COLUMNS = ("helped", "waited")


@dataclass(frozen=True)
class _Lengths:
    """The cells of a column by row."""

    title: str
    form: NDArray[np.int64]
    value: Floats
    """Seconds or minutes of numbers and `a:b`, minutes of `h:mm:ss`."""

    @property
    def has_lengths(self) -> bool:
        """Whether most cells are lengths; a column of other things, such as moments, is not one."""
        return 2 * int((self.form == _NONE).sum()) <= int((self.form != _BLANK).sum())

    def of(self, form: int) -> Floats:
        """Values of cells of a form."""
        return np.asarray(self.value[self.form == form])


def help_times(
    taken: Taken, arrived: Floats, begin: Floats, end: Floats
) -> tuple[Floats, Floats, LogNote]:
    """Fill in missing times of help from lengths; times in the log are kept.

    A missing start is the end less the length of help, or else the arrival plus the wait, or else,
    where only the length of help is known, the arrival. A missing end is the start plus the length
    of help. A column most of whose cells are no lengths is ignored.

    Lengths are `h:mm:ss`, or numbers whose unit a heading names. Without a unit they are seconds,
    unless more than half of the lengths of help (or of waits, if there are none) would then be
    below a minute: then minutes. In the same way `a:b` is m:ss or h:mm, the latter also where the
    column has `h:mm:ss`.

    Parameters
    ----------
    taken
        The rows of a file.
    arrived, begin, end
        Minutes from any midnight, nan if unknown, shape (rows,).

    Returns
    -------
    arrays of start and end, LogNote
        Minutes like `begin` and `end`; -1 where a length cannot be read. How many lengths had no
        unit, with an example of how they were read.
    """
    found = {name: _read(taken, name) for name in _COLUMNS if name in taken.table.place}
    columns = {name: column for name, column in found.items() if column.has_lengths}
    units = {name: _unit(column.title) for name, column in columns.items()}
    minutes = {name: np.full(len(begin), np.nan) for name in _COLUMNS}
    guessed = np.zeros(len(begin), dtype=bool)
    example: tuple[str, ...] = ()
    for (name, column), form in product(columns.items(), (_NUMBER, _SHORT, _WHOLE)):
        scale, own = _LARGE, column.form == form
        if form != _WHOLE and own.any():
            unit = units[name] or next(filter(None, units.values()), None)
            known = _known(form, unit, is_long=bool((column.form == _WHOLE).any()))
            scale = known or _likely([c.of(form) for c in columns.values()])
            if known is None:
                guessed |= own
                row = int(np.flatnonzero(own)[0])
                text = [*taken.texts[name]][int(taken.codes[name][row])].strip()
                example = example or (f"{text} = {_clock(scale * column.value[row])}",)
        minutes[name][own] = scale * column.value[own]
    wrong = np.zeros(len(begin), dtype=bool)
    for column in columns.values():
        wrong |= column.form == _NONE
    wrong &= np.isnan(begin) | np.isnan(end)  # lengths add nothing to a known start and end
    helped, waited = minutes["helped"], minutes["waited"]
    start = np.where(np.isnan(begin), end - helped, begin)
    start = np.where(np.isnan(start), arrived + waited, start)
    start = np.where(np.isnan(start) & ~np.isnan(helped), arrived, start)
    finish = np.where(np.isnan(end), start + helped, end)
    note = LogNote("guessed_lengths", int(guessed.sum()), names=example)
    return np.where(wrong, -1.0, start), np.where(wrong, -1.0, finish), note


def _read(taken: Taken, name: str) -> _Lengths:
    texts = [text.strip() for text in taken.texts[name]]
    read = decimal_reader({*texts} - {""}, taken.table.sheet.decimal_comma)
    form, value = np.full(len(texts), _NONE), np.zeros(len(texts))
    for i, text in enumerate(texts):
        if not text:
            form[i] = _BLANK
        elif told := _CLOCK.fullmatch(text):
            form[i] = _SHORT if told[3] is None else _WHOLE
            value[i] = 60 * int(told[1]) + int(told[2]) + int(told[3] or 0) / 60
        elif not isinstance(number := read(text), Bad) and isinstance(number, float):
            form[i], value[i] = (_NUMBER, number) if number >= 0 else (_NONE, 0)
    codes = taken.codes[name]
    return _Lengths(taken.table.titles[taken.table.place[name]], form[codes], value[codes])


def _unit(title: str) -> float | None:
    """The unit that a heading names."""
    words = {*re.findall(r"\w+", folded(title))}
    for code, unit in (("marks.seconds", _SMALL), ("marks.minutes", _LARGE)):
        if not words.isdisjoint(map(folded, words_for(code))):
            return unit
    return None


def _known(form: int, unit: float | None, *, is_long: bool) -> float | None:
    """Minutes of one unit of a cell, where heading and column tell it."""
    if form == _NUMBER:
        return unit
    return _LARGE if is_long else _SMALL if unit else None


def _likely(values: list[Floats]) -> float:
    """The same, where most lengths of the first column that has any tell it."""
    own = next(value for value in values if len(value))
    return _SMALL if np.median(own) * _SMALL >= 1 else _LARGE


def _clock(minutes: float) -> str:
    seconds = round(60 * minutes)
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
