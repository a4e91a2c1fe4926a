"""Free text about when somebody can come, read by a small grammar.

Text, `Calendar`, and what its column says already -> windows, or why it is not understood.

    answer  = "any time" | "busy" | segment {(";" | "." | newline) segment}
    segment = chunk {"," chunk} | days ":" hours {"," hours} | hours ":" days {"," days}
            | state ":" chunk {"," chunk}
    chunk   = ["except" | "not"] [state] part {"and" part}
    part    = days [hours] | hours [days]
    days    = day {"and" day} | day "-" day | "all week" | "weekend"
    hours   = span {"and" span}; span = "morning" | "7h-11h" | "from 13h" | "all day"

What stands between commas says the same kinds of things: `T2, T4 sáng` is refused, since the
morning may be of one day or of both. A text is taken whole, or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import NamedTuple

from shiftplan.errors.message import Message
from shiftplan.files.answers.calendar import Calendar, DayHours, NotUnderstoodError
from shiftplan.files.answers.chunks import chunks_of, clean
from shiftplan.files.answers.lexicon import Token, tokens
from shiftplan.files.answers.parts import SaidPart, confused, parts_of, split, state_of, two_ways
from shiftplan.files.answers.windows import (
    FreeTime,
    State,
    are_covered,
    clash,
    joined,
    without,
)

MOST_TEXT = 500
"""Characters of a text that is read."""


class Within(NamedTuple):
    """What a column says already of all its cells; None for what it leaves open."""

    days: frozenset[date] | None = None
    hours: tuple[DayHours, ...] | None = None


OPEN = Within()


class Meaning(NamedTuple):
    """What a text says: when somebody can come, and what it takes away from other answers."""

    given: tuple[FreeTime, ...] = ()
    taken: tuple[FreeTime, ...] = ()
    is_all_else: bool = False
    """Whether what is not taken away is given where nothing else is said, as by `trừ thứ 2`."""


def read_sentence(text: str, calendar: Calendar, within: Within = OPEN) -> tuple[FreeTime, ...]:
    """The windows of a text that stands alone; none where it says that somebody cannot come.

    NotUnderstoodError: it means nothing, or two things.
    """
    return alone(read_meaning(text, calendar, within), calendar, within)


def alone(meaning: Meaning, calendar: Calendar, within: Within = OPEN) -> tuple[FreeTime, ...]:
    """The windows of a meaning where nothing else is said.

    NotUnderstoodError: it only says when somebody cannot come.
    """
    if not meaning.taken:
        return meaning.given
    if not meaning.is_all_else:
        raise NotUnderstoodError(Message("answers.only_busy"))
    return joined(without(windows_within(calendar, within, "available"), meaning.taken))


def read_meaning(text: str, calendar: Calendar, within: Within = OPEN) -> Meaning:
    """What a text says; it takes something away only where it gives nothing itself.

    NotUnderstoodError: it means nothing, or two things.
    """
    if len(text) > MOST_TEXT:
        raise NotUnderstoodError(Message("answers.too_long", most=MOST_TEXT))
    said = clean(tokens(text))
    if [token.kind for token in said] in (["never"], ["not"]):
        return Meaning()
    reader = _Sentence(calendar, within)
    for segment in split(said, "stop"):
        reader.take(segment)
    return reader.meaning()


class _Sentence:
    """The windows of one text, segment by segment."""

    def __init__(self, calendar: Calendar, within: Within) -> None:
        self.calendar, self.within = calendar, within
        self.given: list[FreeTime] = []
        self.taken: list[FreeTime] = []
        self.only_excepts = True
        self.is_away = self.only_took = False  # whether the segment before ended so, or only did
        self.names: set[tuple[bool, bool]] = set()

    def meaning(self) -> Meaning:
        """What is given, without what is taken away; or that, where nothing is given."""
        if not self.given:
            return Meaning(taken=tuple(self.taken), is_all_else=self.only_excepts)
        if self.within.days is None and (False, True) in self.names and len(self.names) > 1:
            raise NotUnderstoodError(Message("answers.hours_of_which_day"))
        wrong = clash(self.given)
        if wrong is not None:
            raise NotUnderstoodError(Message("answers.two_states", day=wrong.start.date()))
        return Meaning(joined(without(self.given, self.taken)))

    def take(self, segment: list[Token]) -> None:
        """Take what one segment says."""
        place = next((i for i, token in enumerate(segment) if token.kind == "colon"), None)
        if place is None:
            self._take_chunks(segment)
            return
        head, tail = segment[:place], segment[place + 1 :]
        if not head or not tail:
            raise confused(segment)
        if [token.kind for token in head] == ["state"]:
            self._take_chunks(tail, head[0])
        else:
            self._take_list(segment, head, tail)

    def _take_list(self, segment: Sequence[Token], head: list[Token], tail: list[Token]) -> None:
        """Take days with hours of them all, or hours with the days on which they are."""
        parts = [p for chunk in split(tail, "comma") for p in parts_of(chunk, self.calendar)]
        heads = [p for chunk in split(head, "comma") for p in parts_of(chunk, self.calendar)]
        kinds = {p.names for p in parts}, {p.names for p in heads}
        if kinds not in (({(True, False)}, {(False, True)}), ({(False, True)}, {(True, False)})):
            raise confused(segment)
        if any(p.sign or p.state for p in (*parts, *heads)):
            raise confused(segment)
        both = [*heads, *parts]
        days = frozenset().union(*(p.days for p in both if p.days is not None))
        self.given += self._of(SaidPart(days, tuple(h for p in both for h in p.hours or ())))
        self.only_excepts = False
        self.names.add((True, True))

    def _take_chunks(self, segment: Sequence[Token], head: Token | None = None) -> None:
        """Take parts between commas; `head` says how welcome those are that are given."""
        given: list[SaidPart] = []
        follows, is_away = self.is_away, False
        for chunk in chunks_of(segment):
            said = [token for token in chunk if token.kind != "free"]
            is_told = len(said) < len(chunk) or head is not None
            for part in parts_of(said, self.calendar) if said else ():
                if part.sign and is_told:
                    raise two_ways(segment)
                if head is not None and part.state is not None:
                    raise two_ways(segment)
                windows = self._of(part)
                is_gone = part.sign != ""
                if follows and not (is_gone or is_told or part.state):  # `trừ T2, T3`
                    covered = are_covered(windows, self.given)
                    is_gone = is_away and covered
                    if not is_gone and (is_away or covered or self.only_took):
                        text = " ".join(token.text for token in chunk)
                        raise NotUnderstoodError(Message("answers.away_or_given", text=text))
                if part.sign:
                    self.only_excepts &= part.sign == "except"
                if is_gone:
                    if part.state is not None:
                        raise confused(chunk)
                    self.taken += windows
                else:
                    stated = part if head is None else replace(part, state=state_of(head))
                    given.append(stated)
                    self.given += self._of(stated)
                follows = is_away = is_gone
        self.is_away, self.only_took = is_away, not given
        self.names |= {part.names for part in given}
        if len({part.names for part in given}) > 1:
            raise two_ways(segment)
        if head is None and len(given) > 1 and any(part.state for part in given):
            raise two_ways(segment)

    def _of(self, part: SaidPart) -> tuple[FreeTime, ...]:
        """The windows of a part, inside what its column says."""
        days, hours = self.within
        if part.days is not None and days is not None and not part.days <= days:
            raise NotUnderstoodError(Message("answers.other_column"))
        for one in part.hours or () if hours is not None else ():
            if not any(other.start <= one.start and one.end <= other.end for other in hours or ()):
                raise NotUnderstoodError(Message("answers.other_column"))
        inner = Within(part.days or days, part.hours or hours)
        return windows_within(self.calendar, inner, part.state or "available")


def windows_within(calendar: Calendar, within: Within, state: State) -> tuple[FreeTime, ...]:
    """The windows of days and hours; all days of the week, and whole days, where none are named."""
    days = within.days if within.days is not None else frozenset(calendar.days)
    hours = within.hours if within.hours is not None else (calendar.whole,)
    midnights = [datetime.combine(day, time()) for day in sorted(days)]
    return tuple(FreeTime(at + start, at + end, state) for at in midnights for start, end in hours)
