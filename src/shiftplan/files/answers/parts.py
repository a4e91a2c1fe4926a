"""The parts of a sentence about time: which days, which hours of them, given or taken away.

`Token`s between two commas -> `SaidPart`s, or why their order means nothing, or two things.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

from shiftplan.errors.message import Message
from shiftplan.files.answers.calendar import Calendar, DayHours, NotUnderstoodError
from shiftplan.files.answers.lexicon import Token
from shiftplan.files.answers.windows import State

OF_DAYS = ("weekday", "days", "date", "dates")
"""Kinds of tokens that name days."""
OF_HOURS = ("part", "whole", "span", "clock", "from", "until")
"""Kinds of tokens that name hours."""
MARKS = ("except", "not")
"""Kinds of tokens that take away."""
_ENGLISH = ("until", "till", "to")
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
    is_marked_behind: bool = False
    """Whether the word for its state or sign stands behind it, as in `T3 bận`."""
    is_loose: bool = False
    """Whether its days are all of the week, or all on one side of a day."""

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


def either(text: str, one: str, other: str) -> NotUnderstoodError:
    """A text with two readings, each in words that have only one."""
    return NotUnderstoodError(Message("answers.either", text=text, one=one, other=other))


def away_or_given(said: Iterable[Token]) -> NotUnderstoodError:
    """Days behind some that are taken away, of which nothing is said."""
    text = " ".join(token.text for token in said)
    return NotUnderstoodError(Message("answers.away_or_given", text=text))


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
    state, is_behind = None, False
    if left and left[0].kind == "state":
        state = state_of(left.pop(0))
    elif [t.kind for t in left[-3:]] == ["open", "state", "close"]:
        state = state_of(left[-2])
        del left[-3:]
    elif left and left[-1].kind == "state":
        state, is_behind = state_of(left.pop()), True
    elif left and left[-1].kind == "not" and not sign:
        left.pop()
        sign, is_behind = "not", True
    if not left:
        raise confused(said)
    groups = [_group(group, calendar, by_start) for group in split(left, "and")]
    parts = _joined(groups, said)
    return [replace(p, sign=sign, state=state, is_marked_behind=is_behind) for p in parts]


def state_of(token: Token) -> State:
    """How welcome a word says that a shift is, or that somebody stands by."""
    found: State = next(state for state in get_args(State) if state == token.value)
    return found


def _joined(groups: Sequence[SaidPart], said: Sequence[Token]) -> Sequence[SaidPart]:
    """Parts between which `and` stands: lists of days or hours, or parts of their own."""
    names = [group.names for group in groups]
    if len(groups) == 1 or set(names) == {(True, True)}:
        return groups
    whole = [group for group in groups if group.names == (True, True)]
    days = frozenset().union(*(g.days for g in groups if g.days is not None))
    hours = tuple(h for g in groups for h in g.hours or ())
    if len(set(names)) == 1:
        is_loose = all(group.is_loose for group in groups)
        return [SaidPart(days or None, hours or None, is_loose=is_loose)]
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
        is_days = order == "d" and [t.kind for t in reader.left[1:2] if t.kind in OF_DAYS]
        if [t.text for t in reader.left[:1]] == ["-"] and order in ("", "d", "h") and not is_days:
            reader.left.pop(0)
            if order.endswith("h") and reader.kind == "part":
                later = calendar.hours_of(reader.left[0])
                if any(hours[-1].end <= s.start < later.start for s in calendar.sessions):
                    raise two_ways(said)  # `sáng - tối` with an afternoon between
        elif reader.kind in OF_DAYS or reader.is_range:
            days.append(reader.take_days())
            order += "d"
        elif reader.kind in OF_HOURS:
            hours.append(reader.take_hours())
            order += "h"
        else:
            raise confused(said)
    if not order or "dhd" in order or "hdh" in order or (reader.has_dates and "dd" in order):
        raise confused(said)
    is_until = reader.is_open and bool(hours)  # `từ T4 sáng`, but not `sáng từ T4`
    is_until &= order != "hd" or not reader.is_from or reader.has_open_hours
    if is_until or (days and hours and len(order) > 2):
        raise two_ways(said)
    if len(hours) > 1 and reader.has_open_hours:  # `sáng sau 9h`
        raise two_ways(said)
    found = frozenset().union(*days) if days else None
    return SaidPart(found, tuple(hours) or None, is_loose=reader.is_loose)


class _Atoms:
    """The tokens of a group, from which one day or span after the other is taken."""

    def __init__(self, left: list[Token], calendar: Calendar, by_start: bool) -> None:
        self.left, self.calendar, self.by_start = left, calendar, by_start
        self.has_dates = any(token.kind in ("dates", "days") for token in left)
        self.is_open = self.is_from = self.has_open_hours = False
        """Whether days reach to the end of the week, or back to its start; whether `từ` says so;
        whether hours reach to the end of the day, or back to its start."""
        self.has_all = any(token.kind == "days" and token.value == "all" for token in left)

    @property
    def kind(self) -> str:
        """Kind of the next token; empty at the end."""
        return self.left[0].kind if self.left else ""

    @property
    def is_range(self) -> bool:
        """Whether a word for a range stands before a day, as in `từ thứ 2 đến thứ 6`."""
        return self._follows(("from", "until", "dash"), ("weekday", "date"))

    def _follows(self, *kinds: Sequence[str]) -> bool:
        """Whether the next tokens are each of some kinds."""
        next_ones = self.left[: len(kinds)]
        pairs = zip(next_ones, kinds, strict=False)
        return len(next_ones) == len(kinds) and all(t.kind in kind for t, kind in pairs)

    @property
    def is_loose(self) -> bool:
        """Whether the days taken are all of the week, or all on one side of a day."""
        return self.is_open or self.has_all

    def take_days(self) -> frozenset[date]:
        """Take a day, the days from one to another, or those up to the end of the week."""
        word = self.left.pop(0) if self.is_range else None
        first = self._take_day()
        is_from = word is None or (word.kind, word.value) == ("from", "")
        if is_from and self._follows(("dash",), ("weekday", "date")):
            self.left.pop(0)
            return self.calendar.days_between(first, self._take_day())
        is_onward = is_from and self.kind == "onward"
        if is_onward:
            self.left.pop(0)
        if word is None and not is_onward:
            return self.calendar.days_of(first)
        self.is_open, self.is_from = True, word is not None and is_from
        if word is not None and word.text == "-":
            raise confused([word, first])
        if word is not None and not is_from and word.value == "":
            text = f"{word.text} {first.text}"  # `until Friday`, `đến thứ 6`
            words = ("through", "before") if word.text in _ENGLISH else ("đến hết", "trước")
            raise either(text, *(f"{one} {first.text}" for one in words))
        side = "from" if word is None or is_from else word.value
        return self.calendar.days_beside(side, first)

    def _take_day(self) -> Token:
        """Take a day, also with the date or the weekday beside it."""
        first = self.left.pop(0)
        if first.kind == "weekday":
            for form in ((("date",),), (("dash",), ("date",)), (("open",), ("date",), ("close",))):
                if self._follows(*form):
                    told = next(t for t in self.left[: len(form)] if t.kind == "date")
                    del self.left[: len(form)]
                    return self._dated(first, told)
        elif first.kind == "date" and self._follows(("open",), ("weekday",), ("close",)):
            first = self._dated(self.left[1], first)
            del self.left[:3]
        return first

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
            self.has_open_hours = True
            hours = self.calendar.open_hours(first, self.left.pop(0))
            if first.kind == "from" and self.kind == "onward":
                self.left.pop(0)
            return hours
        if first.kind == "clock" and self.kind == "onward":
            self.left.pop(0)
            self.has_open_hours = True
            return self.calendar.open_hours(Token("from", "", ""), first)
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
