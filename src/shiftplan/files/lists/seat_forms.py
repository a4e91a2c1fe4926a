"""What lists of answers, calls and attendance hold.

Words of cells, in any language -> the states that are told of people in shifts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from shiftplan.errors.message.catalogue import words_for
from shiftplan.files.headings import folded
from shiftplan.files.layout import Kind
from shiftplan.files.lists.form import ENTRY, ListForm
from shiftplan.files.lists.roster import BY_IDS
from shiftplan.files.lists.roster import FORM as ROSTER
from shiftplan.seasons.ledger import STATES

_END = re.compile("[,.;:!()–-]+")
"""What ends the first words of an answer such as `Có, tôi sẽ đến`."""

_LEAST_TITLE = 4
"""Letters of the shortest title that is taken for an answer."""


@dataclass(frozen=True)
class SeatForm:
    """A kind of list: what is told of a person in a shift."""

    table: str
    """Its name in faults."""
    column: str
    """Column of what is told."""
    states: Sequence[str]
    """What may be told."""
    words: Callable[[str], Collection[str]]
    """State -> words for it, in all languages."""
    option: str
    """What faults of texts name in the place of a file."""
    usual: str = ""
    """What a row tells that does not say it; empty where each row has to."""
    needs_column: bool = False
    """Whether the column has to be there, though its cells may be blank."""
    in_option: bool = False
    """Whether the option tells it, so that a text or a list without the column does not; a cell
    that is blank or undecided then tells nothing."""
    needs_shift: bool = False
    """Whether each row tells its shift; else a blank means all shifts that the person has."""

    @cached_property
    def list_form(self) -> ListForm:
        """The columns of such a list in a week."""
        return self._form(ROSTER, (("volunteer_id", "volunteer"),))

    @cached_property
    def by_ids(self) -> ListForm:
        """The same where no week tells what names mean."""
        return self._form(BY_IDS, BY_IDS.needed)

    def _form(self, roster: ListForm, needed: Sequence[Sequence[str]]) -> ListForm:
        columns: dict[str, Kind] = {**roster.columns, self.column: "text"}
        more = ((self.column,),) if self.needs_column else ()
        called = {**roster.called, self.column: self.column}
        kept = self.in_option  # a question of a form may have any title
        if kept:
            columns |= {**ENTRY, "note": "text"}
            called["note"] = "note"
        return ListForm(
            self.table,
            columns,
            (*needed, *more),
            called,
            loosely=roster.loosely,
            repeats=("note",),
            others=not kept,
            keeps_others=kept,
            asked=self.column,
        )

    def state_of(self, text: str) -> str | None:
        """The state that a word means, or the first words of a sentence.

        Empty for words of who has not decided; None where they mean none.
        """
        known, whole = self._by_word, folded(_END.sub(" ", text))
        return known.get(folded(text), known.get(whole, known.get(self._parts(text)[0])))

    def is_state(self, text: str) -> bool:
        """Whether a word means a state."""
        return self.state_of(text) is not None

    def names_state(self, title: str) -> bool:
        """Whether the title of a column is a word for a state; `No` is one of numbers of rows."""
        return len(folded(title)) >= _LEAST_TITLE and bool(self._by_word.get(folded(title)))

    def remark_in(self, text: str) -> str:
        """What follows the first words of a sentence; empty where all of it means one state."""
        is_word = {folded(text), folded(_END.sub(" ", text))} & self._by_word.keys()
        return "" if is_word else (*_END.split(text, maxsplit=1), "")[1]

    def limits_itself(self, text: str) -> bool:
        """Whether words behind the first ones mean another state, or set conditions.

        Another state is a part of its own, as in `Yes - no, sorry`, or begins one with several
        words, as in `ok, không đi được thứ 4`: `Có, không sao` and `Yes, no problem` are answers.
        """
        if not self.remark_in(text):
            return False
        known, state = self._by_word, self.state_of(text)
        others = [word for word, meant in known.items() if meant != state]
        long = tuple(f"{word} " for word in others if " " in word)
        parts = self._parts(text)[1:]
        is_said = self.in_option or self.needs_shift  # attendance is seen, and has no conditions
        conditions = set(map(folded, words_for("answered.conditions"))) if is_said else set()
        return any(
            part in others or f"{part} ".startswith(long) or conditions & set(part.split())
            for part in parts
        )

    def _parts(self, text: str) -> list[str]:
        """The parts of a sentence as they are compared; the first may be empty."""
        first, *others = map(folded, _END.split(text))
        return [first, *filter(None, others)]

    @cached_property
    def _by_word(self) -> Mapping[str, str]:
        undecided = words_for("answered.undecided") if self.in_option else ()
        words = dict.fromkeys(undecided, "")
        words |= {w: s for s in self.states for w in (*self.words(s), s)}
        return {folded(word): state for word, state in words.items()}


ATTENDANCE = SeatForm(
    "attendance",
    "state",
    STATES,
    lambda state: words_for(f"attended.{state}"),
    "--attended",
    usual=STATES[0],
    needs_column=True,
)
"""How shifts turned out; people came where a cell is blank."""
CALLS = SeatForm(
    "calls",
    "answer",
    ("comes", "cannot", "not_reached"),
    lambda state: words_for(f"called.{state}"),
    "--called",
    needs_shift=True,
)
"""Reserves who were called, and what they said."""


def answers_by(usual: str) -> SeatForm:
    """What people said about shifts that they were told; `usual`: what the option says."""
    return SeatForm(
        "answers",
        "answer",
        ("confirmed", "declined"),
        lambda state: words_for(f"answered.{state}"),
        f"--{usual}",
        usual=usual,
        in_option=True,
    )
