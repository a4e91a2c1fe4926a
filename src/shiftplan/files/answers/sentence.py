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
from dataclasses import replace

from shiftplan.errors.message import Message
from shiftplan.files.answers.calendar import (
    OPEN,
    Calendar,
    Meaning,
    NotUnderstoodError,
    Within,
    alone,
    windows_within,
    without_idle,
)
from shiftplan.files.answers.chunks import (
    chunks_of,
    clean,
    readings_of,
    refuse_shared,
    text_of,
    without_whole,
)
from shiftplan.files.answers.lexicon import Token, tokens
from shiftplan.files.answers.parts import (
    MARKS,
    SaidPart,
    confused,
    either,
    parts_of,
    split,
    state_of,
    two_ways,
)
from shiftplan.files.answers.statements import Statements
from shiftplan.files.answers.windows import FreeTime

_COLON = Token("colon", "", ":")
_WELCOME = {"free", "state"}
"""Kinds of words that name no times."""
MOST_TEXT = 500
"""Characters of a text that is read."""


def read_sentence(text: str, calendar: Calendar, within: Within = OPEN) -> tuple[FreeTime, ...]:
    """The windows of a text that stands alone; none where it says that somebody cannot come.

    NotUnderstoodError: it means nothing, or two things.
    """
    return alone(read_meaning(text, calendar, within), calendar, within).given


def read_meaning(
    text: str, calendar: Calendar, within: Within = OPEN, *, takes: bool = False
) -> Meaning:
    """What a text says; it takes something away only where it gives nothing itself.

    `takes`: whether what it names is taken away by whoever reads it, as in a list of absences.

    NotUnderstoodError: it means nothing, or two things.
    """
    if len(text) > MOST_TEXT:
        raise NotUnderstoodError(Message("answers.too_long", most=MOST_TEXT))
    found = [token for token in tokens(text) if token.kind != "link"]
    welcome = [token for token in found if token.kind == "state"]
    kinds = {t.kind for t in found if (t.kind, t.value) != ("always", "time")}
    if within != OPEN and found and len(welcome) < 2 and not kinds - _WELCOME:
        state = state_of(welcome[0]) if welcome else "available"  # `đc ạ` below `Thứ 2`
        return Meaning(windows_within(calendar, within, state))
    said = clean(tokens(text))
    said = without_whole(said) if within.hours is None else said
    whole = [token for token in said if token.kind != "stop"]
    if [token.kind for token in whole] in (["never"], ["not"]):
        return Meaning()
    if [(t.kind, t.value) for t in whole] == [("state", "stand_by")]:  # for the whole week
        days, idle = without_idle(windows_within(calendar, within, "stand_by"), calendar)
        return Meaning(tuple(days), idle=idle)
    reader = _Sentence(calendar, within, takes=takes)
    for segment in split(said, "stop"):
        if all(token.kind == "comma" for token in segment):
            continue
        try:
            reader.take(segment)
            reader.said.before = segment
        except NotUnderstoodError as error:
            raise _readings(segment, error, calendar, within) from None
    return reader.said.meaning(calendar, within)


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


class _Sentence:
    """The windows of one text, segment by segment."""

    def __init__(self, calendar: Calendar, within: Within, *, takes: bool) -> None:
        self.calendar, self.within, self.takes = calendar, within, takes
        self.said = Statements()

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
            self.said.label = []
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
        part = replace(part, is_loose=all(p.is_loose for p in both if p.days is not None))
        self.said.begin()
        self.said.give(part, self._of(part), is_told=True)
        self.said.end(segment if heads[0].days is None else [])

    def _take_chunks(self, segment: list[Token], head: Sequence[Token] = ()) -> None:
        """Take parts between commas; `head` is the word of a label for them all."""
        label, chunks = head[0] if head else None, chunks_of(segment)
        self.said.begin()
        for chunk, is_inner in chunks:
            words = [token for token in chunk if token.kind != "free"]
            is_told = len(words) < len(chunk) or label is not None
            if words and words[0].kind == "rest":
                self._take_rest(chunk, is_told=is_told)
                continue
            if self.takes or any(t.kind in MARKS for t in (*words, *head)):
                refuse_shared(words)
            for part in parts_of(words, self.calendar) if words else ():
                if (part.sign and is_told) or (label and (part.sign or part.state)):
                    raise two_ways(segment)
                marked = _labelled(part, label)
                is_first = chunk is chunks[0].tokens
                is_gone = self.said.is_gone(
                    segment, chunk, marked, self._of(marked), is_told=is_told, is_first=is_first
                )
                if is_gone:
                    refuse_shared(words)
                if not is_gone:
                    self.said.give(marked, self._of(marked), is_told=is_told)
                elif marked.state is not None:
                    raise two_ways(segment)
                else:
                    self.said.take_away(segment, marked, self._of(marked), is_inner=is_inner)
        own = self.said.own
        if len({given.part.names for given in own}) > 1:
            raise two_ways(segment)
        if label is None and len(own) > 1 and any(given.part.state for given in own):
            raise two_ways(segment)
        last = list(split(segment, "comma"))[-1]
        if label is not None:
            last = [label, _COLON, *segment]
        self.said.end(last if last[0].kind == "state" else [])

    def _take_rest(self, chunk: Sequence[Token], *, is_told: bool) -> None:
        """Take what is said of all other times, as in `bận T3, còn lại rảnh`."""
        kinds = {token.kind for token in chunk}
        if kinds == {"rest", "free"} and is_told:
            self.said.has_rest = True
        elif kinds != {"rest", "not"} or not self.said.parts:
            raise confused(chunk)

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


def _labelled(part: SaidPart, label: Token | None) -> SaidPart:
    """A part with what the word of its label says of it."""
    if label is None or label.kind == "free":
        return part
    if label.kind == "state":
        return replace(part, state=state_of(label))
    return replace(part, sign="except" if label.kind == "except" else "not")
