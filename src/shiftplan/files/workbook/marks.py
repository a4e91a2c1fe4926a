"""The marks of an availability grid: what each of them means, and which are told or refused.

Text of a cell -> state, with a note of how marks of people's own were read; faults of the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from shiftplan.errors.message import Message, Word
from shiftplan.files.cells import Bad
from shiftplan.files.headings import VALUES, Say, bare, folded, known_words, word
from shiftplan.files.workbook.telling import Teller, first_of

MARKS = {"available": "x", "preferred": "+", "undesired": "-"}
"""State -> mark."""
State = Literal["available", "preferred", "undesired", "no"]
"""What a mark means; `no` is what a blank cell means too."""
Marked = State | Literal["stand_by"]
"""The same in a grid, in which people may also offer to stand by."""
_PLAIN: dict[str, State] = {"x": "available", "×": "available", "+": "preferred"}
_PLAIN |= {"-": "undesired", "−": "undesired", "–": "undesired"}
"""The marks of the format, and signs that look like them."""
_TICKS = ("v", "✓", "✔", "☑", "✅", "√")
_CROSSES = ("x", "×", "х")
"""Signs that mean the same unless one person uses both; the last is a letter of Cyrillic."""
_SIGNS: dict[str, State] = dict.fromkeys((*_TICKS, "х", "1", "true"), "available")
_SIGNS |= {"++": "preferred", "0": "no", "false": "no", "☐": "no"}
"""Marks of people's own that are no words; check boxes are stored as TRUE and FALSE."""
_DOUBTFUL = ("✗", "✘", "✖", "❌", "☒", "╳")
"""Crosses that mean a choice to some and a refusal to others."""
_LEGEND = re.compile(
    r"(?<!\w)([^\W\d_]|[^\w\s,;:.()=\"'“”/|]{1,2})\s*(?:[:=]|\s[-–→])\s*([^\W\d_][^,;:.=()\n|/]*)"
)
"""How a legend tells what a sign means, such as `V: vắng`."""
_STAND_BY = Message("marks.stand_by")
_STATES: tuple[State, ...] = ("available", "preferred", "undesired", "no")


def is_sign(text: str) -> bool:
    """Whether a text is a mark that is no word and no number."""
    sign = _sign(text)
    return sign in _PLAIN or sign in _TICKS or sign in _DOUBTFUL


def _sign(text: str) -> str:
    """A mark as marks are compared: phones put a sign behind some that nobody sees."""
    return folded(text.replace("\ufe0e", "").replace("\ufe0f", "").replace("＋", "+"))


@cache
def _meanings(words: tuple[Say, ...]) -> Mapping[str, State]:
    """Mark in any language -> what it means; words also as they are typed without accents."""
    found: dict[str, State] = {}
    for state in _STATES:
        for say in words:
            told = say(Message(f"marks.{state}")).split("|")
            told += [word(state, say)] if state in VALUES["availability", "state"] else []
            found |= dict.fromkeys(map(folded, told), state)
    without_accents = {bare(text): state for text, state in reversed(found.items())}
    return {**without_accents, **found, **_SIGNS, **_PLAIN}


def state_of(mark: str) -> State | None:
    """What a mark means wherever it stands; None where it has no meaning, or two."""
    return _meanings(known_words()).get(_sign(mark))


def stand_by_mark(say: Say) -> str:
    """The mark of people who stand by, in a language."""
    return say(_STAND_BY).split("|")[0]


@cache
def _words_of_stand_by(words: tuple[Say, ...]) -> frozenset[str]:
    found = [folded(text) for say in words for text in say(_STAND_BY).split("|")]
    return frozenset((*found, *map(bare, found)))


def means_stand_by(mark: str) -> bool:
    """Whether a mark says that somebody stands by, in any language."""
    return _sign(mark) in _words_of_stand_by(known_words())


def legend_of(texts: Iterable[str]) -> dict[str, Marked | None]:
    """Mark -> what texts around a grid say that it means; None where they contradict each other."""
    found: dict[str, Marked | None] = {}
    for sign, means in (pair for text in texts for pair in _LEGEND.findall(text)):
        state: Marked | None = "stand_by" if means_stand_by(means) else state_of(means)
        if state is not None:
            found[_sign(sign)] = state if found.get(_sign(sign), state) == state else None
    return found


def are_mixed(marks: Iterable[str]) -> bool:
    """Whether one person has both ticks and crosses, so that the crosses may mean no."""
    signs = {_sign(mark) for mark in marks}
    return not signs.isdisjoint(_TICKS) and not signs.isdisjoint(_CROSSES)


@dataclass
class Marks:
    """The marks of one grid while they are read."""

    teller: Teller
    """Gets notes and faults."""
    legend: Mapping[str, Marked | None] = field(default_factory=dict)
    """Mark -> what the sheet itself says that it means, which comes first."""
    _read: dict[Marked, dict[str, list[str]]] = field(default_factory=dict)
    """Meaning -> mark as it is written -> its cells."""
    _refused: dict[str, list[str]] = field(default_factory=dict)
    """Mark that is not understood -> its cells."""
    _mixed: list[str] = field(default_factory=list)
    """First crosses of people who also have ticks."""
    _marked: bool = False
    """Whether some mark says that somebody can come."""

    def states(self, number: int, marks: Mapping[str, str]) -> dict[str, Marked]:
        """Letters of a column -> what the mark in it means, of one person's row.

        Marks that are not understood are left out, and refused in the end.
        """
        known, found = _meanings(known_words()), dict[str, Marked]()
        ticks, crosses = False, ""
        for letters, text in marks.items():
            sign, cell = _sign(text), f"{letters}{number}"
            own: Marked | None = "stand_by" if means_stand_by(text) else known.get(sign)
            state = self.legend.get(sign, own)
            if state is None:
                self._refused.setdefault(text, []).append(cell)
                continue
            found[letters] = state
            self._marked |= state != "no"
            if state != _PLAIN.get(sign) and not state == own == "stand_by":
                self._read.setdefault(state, {}).setdefault(text, []).append(cell)
            if sign not in self.legend:
                ticks |= sign in _TICKS
                crosses = crosses or (cell if sign in _CROSSES else "")
        if ticks and crosses and "no" not in found.values():
            self._mixed.append(crosses)
        return found

    @property
    def is_empty(self) -> bool:
        """Whether no mark says that somebody can come, also none that is refused."""
        return not self._marked and not self._refused

    def tell(self) -> None:
        """Add the notes of marks that were read, and a fault for each mark that was not."""
        for text, cells in self._refused.items():
            doubtful = _sign(text) in _DOUBTFUL
            code = "workbook.mark_with_two_meanings" if doubtful else "workbook.mark_needed"
            said = Message(code, n=len(cells), cells=first_of(cells))
            bad = Bad("not_one_of", said, Message("workbook.write_mark"))
            self.teller.refuse(bad, cells[0], text)
        for state, written in self._read.items():
            mark: str | Message = MARKS.get(state, "")
            means = Word(state)
            if state == "stand_by":
                mark = Message("workbook.mark_of_stand_by")
            cell = next(iter(written.values()))[0]
            spelled = [
                Message("workbook.mark_and_count", mark=text, n=len(cells))
                for text, cells in written.items()
            ]
            code = "workbook.marks_mean_no" if state == "no" else "workbook.marks_read"
            said = Message(code, marks=first_of(spelled), mark=mark, state=means)
            self.teller.note(said, cell, key=f"marks {state}")
        if cells := self._mixed:
            said = Message("workbook.ticks_and_crosses", n=len(cells), cells=first_of(cells))
            remedy = Message("workbook.clear_crosses")
            self.teller.note(said, cells[0], remedy=remedy, code="doubtful_cells")
