"""Conflicts between deliveries, and what somebody decided about each.

`Clash`es -> a table to fill in; the table -> decisions, which later runs keep.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from shiftplan.errors import Fault
from shiftplan.errors.message import Message
from shiftplan.errors.message.catalogue import words_for
from shiftplan.files.cells import Bad
from shiftplan.files.csv_text import CsvTable, neutral, to_csv
from shiftplan.files.headings import Say, bare, folded, heading, sheet_title, tables_by_title
from shiftplan.files.layout import TABLE_NAMES
from shiftplan.week.fields import Frozen, Text, one_line

ClashKind = Literal["versions", "same_id", "person_twice", "two_ids", "row", "table", "namesakes"]
"""What a conflict is: two files of one center; one id for two people; a person in two files; a
person with two ids; a row, or a whole table, that two files have differently; and what is none
until somebody says so: two people of one name, of whom no more is known."""
_BOTH: tuple[ClashKind, ...] = ("versions", "person_twice", "two_ids", "namesakes")
"""Conflicts of which both sides may be kept."""
_MADE = ("1", "2", "both")
"""Decisions but those that give a new id; each has words in the catalogues."""
RENAME = "rename "
"""What stands before the new id in a decision."""
_TOLD = ("what", "first_place", "second_place")
"""Columns for people."""


class ClashKey(NamedTuple):
    """What a conflict is about, however often it is found."""

    conflict: str
    table: str
    about: str
    first: str
    second: str


@dataclass(frozen=True)
class Clash:
    """Two deliveries that do not go together, and what was decided."""

    kind: ClashKind
    table: str
    """Table concerned; that of people for what concerns whole files."""
    about: tuple[str, ...]
    """Ids of what it is about: a center, people, or the key of a row."""
    first: Fault
    """Where one side stands, in the form of a fault; its value is what is written there."""
    second: Fault
    """The same of the other side."""
    said: tuple[tuple[str, str, str], ...] = ()
    """(column, what one side says, what the other says): who people are, and where sides differ."""
    decision: str = ""
    """`1` or `2` for the side that is kept, `both`, `rename` and a new id; empty while open."""

    @property
    def key(self) -> ClashKey:
        """What it is known by in a later run."""
        texts = (", ".join(self.about), self.first.file, self.second.file)
        return ClashKey(self.kind, self.table, *map(one_line, texts))

    @property
    def sides(self) -> tuple[Fault, Fault]:
        """Where the two sides stand."""
        return self.first, self.second

    @property
    def is_open(self) -> bool:
        """Whether there is no week before somebody decides it."""
        return not self.decision and not self.is_doubt

    @property
    def is_doubt(self) -> bool:
        """Whether both sides are kept unless somebody decides otherwise, which nobody did yet."""
        return not self.decision and self.kind == "namesakes"


class DecisionRow(Frozen):
    """A row of the table of decisions."""

    conflict: ClashKind
    """Kind of conflict."""
    table: Text = ""
    """Table concerned."""
    about: Text = ""
    """What it is about."""
    first: Text = ""
    """File of the first side."""
    second: Text = ""
    """File of the second side."""
    decision: Text = ""
    """What somebody decided; blank while it is open."""

    @property
    def key(self) -> ClashKey:
        """What its conflict is known by."""
        return ClashKey(self.conflict, self.table, self.about, self.first, self.second)


_NAME = "decisions"
_DECISIONS = CsvTable(DecisionRow, name=_NAME, others=True)


class Verdicts:
    """Decisions that were made, and which of them were needed."""

    def __init__(self, made: Mapping[ClashKey, str] | None = None) -> None:
        self._made = dict(made or {})
        self._met: set[ClashKey] = set()

    def of(self, key: ClashKey) -> str:
        """What was decided of a conflict; empty where nothing was."""
        self._met.add(key)
        return self._made.get(key, "")

    @property
    def gone(self) -> dict[ClashKey, str]:
        """Decisions about conflicts that are no more."""
        return {key: made for key, made in self._made.items() if key not in self._met}


def read_decisions(path: Path) -> Verdicts:
    """Read a table of decisions; columns for people are not looked at.

    InputError: with every fault of the file, such as a decision that cannot be made.
    """
    table = _DECISIONS.read(path, _as_written)
    made: dict[ClashKey, str] = {}
    for row, index in zip(table.models, table.kept, strict=True):
        decision = _decision(row)
        if decision is None:
            table.sheet.refuse(index, "decision", Bad("not_one_of", _allowed(row.conflict)))
        elif decision and made.setdefault(row.key, decision) != decision:
            message = Message("gathering.decided_twice", decision=made[row.key])
            table.sheet.refuse(index, "decision", Bad("duplicate_row", message))
    table.good()
    return Verdicts(made)


def _as_written(record: dict[str, Any]) -> None:
    """Put what languages call kinds of conflicts and tables into the words of the format."""
    kind = bare(record.get("conflict") or "")
    kinds = {bare(w): k for k in get_args(ClashKind) for w in words_for(f"gathering.kind_{k}")}
    if kind in kinds:
        record["conflict"] = kinds[kind]
    if table := record.get("table"):
        record["table"] = tables_by_title().get(folded(table), table)


def _decision(row: DecisionRow) -> str | None:
    """A decision in the spelling that is kept; None where it cannot be made."""
    words = row.decision.replace(":", " ").strip(" .").split()
    keep = {bare(word) for word in words_for("decided.keep")}
    while words and bare(words[0]) in keep:
        del words[0]
    text = bare(" ".join(words))
    if not text:
        return None if row.decision.strip() else ""
    before = sorted((bare(w).split() for w in words_for("decided.rename")), key=len, reverse=True)
    start = next((w for w in before if [*map(bare, words[: len(w)])] == w), None)
    if start is not None and row.conflict == "same_id":
        name = " ".join(words[len(start) :])
        return f"{RENAME}{name}" if name else None
    word = next((w for w in _MADE if text in (w, *map(bare, words_for(f"decided.{w}")))), None)
    return None if word == "both" and row.conflict not in _BOTH else word


def _allowed(kind: ClashKind) -> Message:
    if kind == "same_id":
        return Message("gathering.decide_id")
    return Message("gathering.decide_both" if kind in _BOTH else "gathering.decide_one")


def decisions_text(
    clashes: Iterable[Clash],
    gone: Mapping[ClashKey, str],
    told: Callable[[Clash | None], Sequence[str]],
    say: Say = str,
) -> str:
    """The table of decisions, with a blank one for each open conflict.

    `told`: what a conflict is, and how each side stands there, for people; of None what is to be
    told of a decision whose conflict is gone. `say`: says headings and words in a language.
    """
    entries = [(told(c), c.decision, c.key) for c in clashes]
    entries += [(told(None), made, key) for key, made in gone.items()]
    header = [heading(_NAME, name, say) for name in (*_TOLD, "decision", *ClashKey._fields)]
    rows = ((*t, _said(d, say), *_key_said(key, say)) for t, d, key in entries)
    return to_csv(header, ([*map(neutral, row)] for row in rows))


def _said(decision: str, say: Say) -> str:
    """A decision in the words of a language."""
    for made in ("both", RENAME):
        if decision.startswith(made):
            words = say(Message(f"decided.{made.strip()}")).partition("|")[0]
            return f"{words} {decision.removeprefix(made)}".strip()
    return decision


def _key_said(key: ClashKey, say: Say) -> tuple[str, ...]:
    kind = say(Message(f"gathering.kind_{key.conflict}"))
    table = sheet_title(key.table, say) if key.table in TABLE_NAMES else key.table
    return kind, table, *key[2:]
