"""The parts of a sentence about time: which days, which hours of them, given or taken away.

`Token`s between two commas -> `SaidPart`s, or why their order means nothing, or two things.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from shiftplan.errors.message import Message
from shiftplan.files.answers.calendar import Calendar, DayHours, NotUnderstoodError
from shiftplan.files.answers.lexicon import Token
from shiftplan.files.answers.windows import State

OF_DAYS = ("weekday", "days", "date")
"""Kinds of tokens that name days."""
OF_HOURS = ("part", "whole", "span", "clock", "from", "until")
"""Kinds of tokens that name hours."""
Sign = Literal["", "except", "not"]


@dataclass(frozen=True)
class SaidPart:
    """Days, hours of them, how welcome they are, and whether they are given or taken away."""

    days: frozenset[date] | None = None
    """None where it names none."""
    hours: tuple[DayHours, ...] | None = None
    """None where it names none."""
    state: State | None = None
    """None where it says nothing of it."""
    sign: Sign = ""
    """What it takes away with; empty where it gives."""

    @property
    def names(self) -> tuple[bool, bool]:
        """Whether it names days, and whether hours."""
        return self.days is not None, self.hours is not None


def confused(said: Iterable[Token]) -> NotUnderstoodError:
    """Known words in an order that means nothing."""
    return NotUnderstoodError(Message("answers.order", text=" ".join(t.text for t in said)))


def two_ways(said: Iterable[Token]) -> NotUnderstoodError:
    """Known words that mean two things."""
    return NotUnderstoodError(Message("answers.two_ways", text=" ".join(t.text for t in said)))


def split(said: Sequence[Token], kind: str) -> Iterator[list[Token]]:
    """Yield what stands between the tokens of a kind, blanks left out."""
    part: list[Token] = []
    for token in said:
        if token.kind != kind:
            part.append(token)
        elif part:
            yield part
            part = []
    if part:
        yield part


def parts_of(
    said: Sequence[Token], calendar: Calendar, *, by_start: bool = False
) -> list[SaidPart]:
    """The parts that a chunk without commas says; several where `and` stands between whole ones.

    `by_start`: whether a clock time alone names the session that starts then, as in a poll's head.
    """
    left = list(said)
    sign: Sign = "except" if left[0].kind == "except" else "not" if left[0].kind == "not" else ""
    if sign:
        left.pop(0)
    state = None
    if left and left[0].kind == "state":
        state = state_of(left.pop(0))
    elif [t.kind for t in left[-3:]] == ["open", "state", "close"]:
        state = state_of(left[-2])
        del left[-3:]
    elif left and left[-1].kind == "state":
        state = state_of(left.pop())
    if not left:
        raise confused(said)
    groups = [_group(group, calendar, by_start) for group in split(left, "and")]
    return [replace(p, sign=sign, state=state) for p in _joined(groups, said)]


def state_of(token: Token) -> State:
    """How welcome a word says that a shift is."""
    return "preferred" if token.value == "preferred" else "undesired"


def _joined(groups: Sequence[SaidPart], said: Sequence[Token]) -> Sequence[SaidPart]:
    """Parts between which `and` stands: lists of days or hours, or parts of their own."""
    names = [group.names for group in groups]
    if len(groups) == 1 or set(names) == {(True, True)}:
        return groups
    whole = [group for group in groups if group.names == (True, True)]
    days = frozenset().union(*(g.days for g in groups if g.days is not None))
    hours = tuple(h for g in groups for h in g.hours or ())
    if len(set(names)) == 1:
        return [SaidPart(days or None, hours or None)]
    kinds = [_kinds(token) for token in said if _kinds(token)]
    runs = "".join(kind for i, kind in enumerate(kinds) if i == 0 or kinds[i - 1] != kind)
    if len(whole) != 1 or runs not in ("dh", "hd"):
        raise two_ways(said)
    return [SaidPart(days, hours)]


def _kinds(token: Token) -> str:
    return "d" if token.kind in OF_DAYS else "h" if token.kind in OF_HOURS else ""


def _group(said: Sequence[Token], calendar: Calendar, by_start: bool) -> SaidPart:
    """Days and hours that stand side by side, as `thứ 2 sáng` or `sáng thứ 2`."""
    reader = _Atoms(list(said), calendar, by_start)
    days: list[frozenset[date]] = []
    hours: list[DayHours] = []
    order = ""
    while reader.left:
        if reader.kind in OF_DAYS or reader.is_range:
            days.append(reader.take_days())
            order += "d"
        elif reader.kind in OF_HOURS:
            hours.append(reader.take_hours())
            order += "h"
        elif [t.text for t in reader.left[:1]] == ["-"] and order in ("", "d", "h"):
            reader.left.pop(0)
        else:
            raise confused(said)
    if not order or "dhd" in order or "hdh" in order:
        raise confused(said)
    if days and hours and len(order) > 2:
        raise two_ways(said)
    return SaidPart(frozenset().union(*days) if days else None, tuple(hours) or None)


class _Atoms:
    """The tokens of a group, from which one day or span after the other is taken."""

    def __init__(self, left: list[Token], calendar: Calendar, by_start: bool) -> None:
        self.left, self.calendar, self.by_start = left, calendar, by_start

    @property
    def kind(self) -> str:
        """Kind of the next token; empty at the end."""
        return self.left[0].kind if self.left else ""

    @property
    def is_range(self) -> bool:
        """Whether `from` stands before days, as in `từ thứ 2 đến thứ 6`."""
        return self._follows(("from",), ("weekday", "date"))

    def _follows(self, *kinds: Sequence[str]) -> bool:
        """Whether the next tokens are each of some kinds."""
        next_ones = self.left[: len(kinds)]
        pairs = zip(next_ones, kinds, strict=False)
        return len(next_ones) == len(kinds) and all(t.kind in kind for t, kind in pairs)

    def take_days(self) -> frozenset[date]:
        """Take a day, a day with its date, or the days from one to another."""
        is_range = self.is_range
        if is_range:
            self.left.pop(0)
        first = self.left.pop(0)
        if first.kind == "weekday":
            for form in ((("date",),), (("dash",), ("date",)), (("open",), ("date",), ("close",))):
                if self._follows(*form):
                    told = next(t for t in self.left[: len(form)] if t.kind == "date")
                    del self.left[: len(form)]
                    first = self._dated(first, told)
                    break
        elif first.kind == "date" and self._follows(("open",), ("weekday",), ("close",)):
            first = self._dated(self.left[1], first)
            del self.left[:3]
        if not self._follows(("dash",), ("weekday", "date")):
            if is_range:
                raise confused([first, *self.left])
            return self.calendar.days_of(first)
        self.left.pop(0)
        last = self.left.pop(0)
        if last.kind == "weekday" and self._follows(("date",)):
            last = self._dated(last, self.left.pop(0))
        return self.calendar.days_between(first, last)

    def _dated(self, name: Token, told: Token) -> Token:
        """The date that stands beside the name of its day."""
        day = self.calendar.date_of(told.text)
        if str(day.weekday()) != name.value:
            text = f"{name.text} {told.text}"
            raise NotUnderstoodError(Message("answers.other_weekday", text=text, day=day))
        return told

    def take_hours(self) -> DayHours:
        """Take the hours of a word, of clock times, or of a word that clock times make exact."""
        first = self.left.pop(0)
        if first.kind in ("from", "until"):
            if self.kind != "clock":
                raise confused([first, *self.left[:1]])
            return self.calendar.open_hours(first, self.left.pop(0))
        if first.kind == "clock" and self.by_start:
            return self.calendar.session_at(first)
        if first.kind == "clock":
            raise NotUnderstoodError(Message("answers.one_clock", text=first.text))
        hours = self.calendar.hours_of(first)
        exact = None
        if self._follows(("open",), ("span",), ("close",)):
            exact = self.left[1]
            del self.left[:3]
        elif first.kind == "part" and self._follows(("dash",), ("span",)):
            exact = self.left[1]
            del self.left[:2]
        elif first.kind == "part" and self.kind == "span":
            exact = self.left.pop(0)
        if exact is None:
            return hours
        told = self.calendar.hours_of(exact)
        if told.end <= hours.start or hours.end <= told.start:
            text = f"{first.text} {exact.text}"
            raise NotUnderstoodError(Message("answers.other_hours", text=text))
        return told
