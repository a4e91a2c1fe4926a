"""Free text about when somebody can come, read by a small grammar.

Text, `Calendar`, and what its column says already -> windows, or why it is not understood.

    answer  = "any time" | "busy" | segment {(";" | "." | newline) segment}
    segment = chunk {"," chunk} | days ":" hours {"," hours} | hours ":" days {"," days}
            | word ":" chunk {"," chunk} | days ":" word
    chunk   = [word] part {"and" part} | part {"and" part} word | "the rest" word
    word    = "except" | "not" | "free" | state
    part    = days [hours] | hours [days]
    days    = day {"and" day} | day "-" day | "from" day | "all week" | "weekend"
    hours   = span {"and" span}; span = "morning" | "7h-11h" | "from 13h" | "all day"

What stands between commas says the same kinds of things: `T2, T4 sáng` is refused, since the
morning may be of one day or of both; so are words that may be meant for more than is beside them,
as in `T2, T3 bận` or `nếu cần: T3; T4`. A text is taken whole, or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from shiftplan.errors.message import Message
from shiftplan.files.answers.calendar import (
    OPEN,
    Calendar,
    NotUnderstoodError,
    Within,
    windows_within,
)
from shiftplan.files.answers.chunks import chunks_of, clean, readings_of, text_of
from shiftplan.files.answers.lexicon import Token, tokens
from shiftplan.files.answers.parts import (
    MARKS,
    SaidPart,
    Sign,
    away_or_given,
    confused,
    either,
    parts_of,
    split,
    state_of,
    two_ways,
)
from shiftplan.files.answers.windows import FreeTime, are_covered, clash, joined, without

_COLON = Token("colon", "", ":")
MOST_TEXT = 500
"""Characters of a text that is read."""


class Meaning(NamedTuple):
    """What a text says: when somebody can come, and what it takes away from other answers."""

    given: tuple[FreeTime, ...] = ()
    taken: tuple[FreeTime, ...] = ()
    is_assumed: bool = False
    """Whether it only says when somebody cannot come, so that all other times are assumed."""


def read_sentence(text: str, calendar: Calendar, within: Within = OPEN) -> tuple[FreeTime, ...]:
    """The windows of a text that stands alone; none where it says that somebody cannot come.

    NotUnderstoodError: it means nothing, or two things.
    """
    return alone(read_meaning(text, calendar, within), calendar, within)


def alone(meaning: Meaning, calendar: Calendar, within: Within = OPEN) -> tuple[FreeTime, ...]:
    """The windows of a meaning where nothing else is said: if it only takes away, all others."""
    if not meaning.taken:
        return meaning.given
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
        try:
            reader.take(segment)
            reader.before = segment
        except NotUnderstoodError as error:
            raise _readings(segment, error, calendar, within) from None
    return reader.meaning()


def _readings(
    segment: Sequence[Token], error: NotUnderstoodError, calendar: Calendar, within: Within
) -> NotUnderstoodError:
    """Why a segment is refused: with its two readings, if they differ in what commas stand for."""
    two = readings_of(segment)
    if error.said.code != "answers.two_ways" or two is None:
        return error
    try:
        found = {read_meaning(text, calendar, within) for text in two}
    except NotUnderstoodError:
        return error
    return either(text_of(segment), *two) if len(found) > 1 else error


@dataclass
class _Given:
    """Windows that a part gives, and those that an exception takes from these alone."""

    windows: tuple[FreeTime, ...]
    part: SaidPart
    is_told: bool
    """Whether a word such as `rảnh` or `nếu cần` says how welcome they are."""
    cut: list[FreeTime] = field(default_factory=list)


class _Sentence:
    """The windows of one text, segment by segment."""

    def __init__(self, calendar: Calendar, within: Within) -> None:
        self.calendar, self.within = calendar, within
        self.parts: list[_Given] = []
        self.taken: list[FreeTime] = []
        self.sign: Sign = ""  # of what was taken away last
        self.is_away = self.only_took = False  # whether the segment before ended so, or only did
        self.is_cut = False  # whether that was taken from one part alone
        self.behind: tuple[bool, bool] | None = None  # what the last words name, as of `T3 bận`
        self.has_rest = False
        self.label: list[Token] = []  # the segment before, where its first word may reach on
        self.before: list[Token] = []  # the segment before
        self.names: set[tuple[bool, bool]] = set()
        self.first = 0  # how many parts there were before the segment

    @property
    def given(self) -> list[FreeTime]:
        """All windows that are given, before anything is taken away."""
        return [window for part in self.parts for window in part.windows]

    def meaning(self) -> Meaning:
        """What is given, without what is taken away; or that, where nothing is given."""
        if self.has_rest and (self.parts or not self.taken):
            raise NotUnderstoodError(Message("answers.rest_of_what"))
        if not self.parts:
            return Meaning(taken=tuple(self.taken), is_assumed=not self.has_rest)
        if self.within.days is None and (False, True) in self.names and len(self.names) > 1:
            raise NotUnderstoodError(Message("answers.hours_of_which_day"))
        wrong = clash(self.given)
        if wrong is not None:
            raise NotUnderstoodError(Message("answers.two_states", day=wrong.start.date()))
        left = [window for part in self.parts for window in without(part.windows, part.cut)]
        return Meaning(joined(without(left, self.taken)))

    def take(self, segment: list[Token]) -> None:
        """Take what one segment says."""
        place = next((i for i, token in enumerate(segment) if token.kind == "colon"), None)
        if place is None:
            self._take_chunks(segment)
            return
        head, tail = segment[:place], segment[place + 1 :]
        if not head or not tail:
            raise confused(segment)
        kinds, said = {t.kind for t in head}, {t.kind for t in tail}
        if kinds == {"free"} or (len(head) == 1 and kinds <= {"state", *MARKS}):
            self._take_chunks(tail, head)
        elif said == {"free"} or (len(tail) == 1 and said <= {"state", "not"}):  # `T2: bận`
            self._take_chunks(head, tail)
            self.label = []
        else:
            self._take_list(segment, [t for t in head if t.kind != "free"], tail)

    def _take_list(self, segment: list[Token], head: list[Token], tail: list[Token]) -> None:
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
        part = SaidPart(days, tuple(h for p in both for h in p.hours or ()))
        self.parts.append(_Given(self._of(part), part, True))
        self.names.add((True, True))
        self.is_away = self.only_took = False
        self.label = segment if heads[0].days is None else []

    def _take_chunks(self, segment: list[Token], head: Sequence[Token] = ()) -> None:
        """Take parts between commas; `head` is the word of a label for them all."""
        self.first, follows, is_away, names = len(self.parts), self.is_away, False, set()
        label = head[0].kind if head else ""
        for chunk, is_inner in chunks_of(segment):
            said = [token for token in chunk if token.kind != "free"]
            is_told = len(said) < len(chunk) or bool(head)
            if said and said[0].kind == "rest":
                self._take_rest(chunk, is_told=is_told)
                continue
            for part in parts_of(said, self.calendar) if said else ():
                if (part.sign and is_told) or (head and (part.sign or part.state)):
                    raise two_ways(segment)
                if label == "state":
                    part = replace(part, state=state_of(head[0]))
                elif head and head[0].kind in MARKS:
                    part = replace(part, sign="except" if label == "except" else "not")
                is_marked = bool(is_told or part.sign or part.state)
                windows = self._of(part)
                is_gone = part.sign != ""
                if not is_marked:
                    self._refuse_reach(segment, part, is_first=len(self.parts) == self.first)
                if follows and not is_marked:  # `trừ T2, T3`
                    covered = are_covered(windows, self.given)
                    is_gone = is_away and covered
                    if not is_gone and (is_away or covered or self.only_took):
                        raise away_or_given(chunk)
                self._refuse_list(segment, part, is_marked=is_marked)
                if is_gone:
                    if part.state is not None or (part.sign == "except" and self.sign == "not"):
                        raise two_ways(segment)
                    self._take_away(segment, part, windows, is_inner=is_inner)
                else:
                    self.parts.append(_Given(self._of(part), part, is_marked))
                    names.add(part.names)
                follows = is_away = is_gone and not part.is_marked_behind
        given = self.parts[self.first :]
        self.is_away, self.only_took = is_away, not given
        self.names |= names
        if len(names) > 1:
            raise two_ways(segment)
        if not head and len(given) > 1 and any(part.part.state for part in given):
            raise two_ways(segment)
        is_state = segment[0].kind == "state" or label == "state"
        self.label = [*head, *([_COLON] if head else []), *segment] if is_state else []

    def _refuse_reach(self, segment: Sequence[Token], part: SaidPart, *, is_first: bool) -> None:
        """Refuse days behind a label that may be meant for them too, as in `nếu cần: T3; T4`."""
        label, self.label = self.label, []
        if not (label and is_first) or (label[0].kind != "state" and part.names != (True, False)):
            return
        place = next((i for i, token in enumerate(label) if token.kind == "colon"), 1)
        head, before, here = map(text_of, (label[:place], label, segment))
        one, other = f"{before}; {head}: {here}", f"{here}; {before}"
        raise either(f"{before}; {here}", one, other)

    def _refuse_list(self, segment: Sequence[Token], part: SaidPart, *, is_marked: bool) -> None:
        """Refuse lists of which the last word may be of one day or of all, as `T2, T3 bận`."""
        before, self.behind = self.behind, part.names if part.is_marked_behind else None
        if not is_marked and part.names == before:
            raise away_or_given(segment)
        other = self.parts[-1] if self.parts and part.is_marked_behind else None
        if other is None or other.is_told:
            return
        if len(self.parts) > self.first:
            raise two_ways(segment)
        if other.part.names == part.names:
            *days, word = segment
            one, here, said = text_of(self.before), text_of(days), word.text
            readings = f"{said}: {one}, {here}", f"{one}; {said} {here}"
            raise either(f"{one}; {here} {said}", *readings)

    def _take_rest(self, chunk: Sequence[Token], *, is_told: bool) -> None:
        """Take what is said of all other times, as in `bận T3, còn lại rảnh`."""
        kinds = {token.kind for token in chunk}
        if kinds == {"rest", "free"} and is_told:
            self.has_rest = True
        elif kinds != {"rest", "not"} or not self.parts:
            raise confused(chunk)

    def _take_away(
        self, segment: Sequence[Token], part: SaidPart, gone: Sequence[FreeTime], *, is_inner: bool
    ) -> None:
        """Take windows away, from the part before alone where no comma stands between.

        NotUnderstoodError: they may be taken from that part alone, or from more.
        """
        own, before = self.parts[self.first :], self.parts[: self.first]
        last = own[-1:] if is_inner or (self.is_cut and not part.sign) else []
        others = own[:-1] if last else []
        if (part.days is None) != bool(last) and own:
            others = [*before, *others]
        if any(without(p.windows, gone) != list(p.windows) for p in others):
            raise two_ways(segment)
        self.is_cut = bool(last)
        (last[0].cut if last else self.taken).extend(gone)
        self.sign = part.sign or self.sign

    def _of(self, part: SaidPart) -> tuple[FreeTime, ...]:
        """The windows of a part, inside what its column says."""
        days, hours = self.within
        if part.days is not None and days is not None and not part.days <= days:
            raise NotUnderstoodError(Message("answers.other_column"))
        for one in part.hours or () if hours is not None else ():
            if not any(other.start <= one.start and one.end <= other.end for other in hours or ()):
                raise NotUnderstoodError(Message("answers.other_column"))
        inner = Within(part.days if part.days is not None else days, part.hours or hours)
        return windows_within(self.calendar, inner, part.state or "available")
