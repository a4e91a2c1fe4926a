"""What a text has said so far, and what cannot be said next without having two readings.

Parts of a sentence -> what is given and taken away, or why it is unclear which of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from shiftplan.errors.message import Message
from shiftplan.files.answers.calendar import (
    Calendar,
    Meaning,
    NotUnderstoodError,
    Within,
    without_idle,
)
from shiftplan.files.answers.chunks import reach_of, text_of
from shiftplan.files.answers.lexicon import Token
from shiftplan.files.answers.parts import SaidPart, Sign, away_or_given, either, two_ways
from shiftplan.files.answers.windows import FreeTime, are_covered, clash, joined, without

Names = tuple[bool, bool]
"""Whether a part names days, and hours."""


@dataclass
class Given:
    """Windows that a part gives, and those that an exception takes from these alone."""

    part: SaidPart
    windows: tuple[FreeTime, ...]
    is_told: bool
    """Whether a word such as `rảnh` or `nếu cần` says how welcome they are."""
    cut: list[FreeTime] = field(default_factory=list)


@dataclass
class Statements:
    """What the segments of a text have given and taken away."""

    parts: list[Given] = field(default_factory=list)
    taken: list[FreeTime] = field(default_factory=list)
    """Windows that are taken away from all parts."""
    has_rest: bool = False
    """Whether all other times are said to be free."""
    before: list[Token] = field(default_factory=list)
    """The segment before."""
    label: list[Token] = field(default_factory=list)
    """The end of the segment before, if its first word may reach on."""
    gone: set[Names] = field(default_factory=set)
    """Kinds of parts that are taken away."""
    _loose: list[FreeTime] = field(default_factory=list)
    """Hours that may be taken only from the days before."""
    _last: Names = (False, False)
    """Kind of what was taken away last."""
    _sign: Sign = ""
    """With which it was."""
    _is_cut: bool = False
    """Whether it was taken from one part alone."""
    _behind: Names | None = None
    """What the last words name if they are marked behind, as of `T3 bận`."""
    _first: int = 0
    """Parts before the segment."""
    _is_away: bool = False
    """Whether the last part was taken away, of this segment or, at its start, of the one before."""
    _follows: bool = False
    """The same, but at the start of this segment false."""
    _only_took: bool = False
    """Whether the segment before gave nothing."""

    @property
    def given(self) -> list[FreeTime]:
        """All windows that are given, before anything is taken away."""
        return [window for part in self.parts for window in part.windows]

    @property
    def cuts(self) -> list[FreeTime]:
        """All windows that are taken from one part alone."""
        return [window for part in self.parts for window in part.cut]

    @property
    def own(self) -> list[Given]:
        """What the segment gives."""
        return self.parts[self._first :]

    def meaning(self, calendar: Calendar, within: Within) -> Meaning:
        """What is given, without what is taken away; or that, where nothing is given."""
        if self.has_rest and (self.parts or not self.taken):
            raise NotUnderstoodError(Message("answers.rest_of_what"))
        names = {part.part.names for part in self.parts} or self.gone
        if within.days is None and (False, True) in names and len(names) > 1:
            raise NotUnderstoodError(Message("answers.hours_of_which_day"))
        if not self.parts:
            return Meaning(taken=tuple(self.taken), is_assumed=not self.has_rest)
        wrong = clash(self.given)
        if wrong is not None:
            raise NotUnderstoodError(Message("answers.two_states", day=wrong.start.date()))
        left, idle = list[FreeTime](), frozenset[date]()
        for part in self.parts:
            given, out = without(without(part.windows, part.cut), self.taken), frozenset[date]()
            if within.days is None and (part.part.is_loose or part.part.days is None):
                given, out = without_idle(given, calendar)
            left, idle = [*left, *given], idle | out
        return Meaning(joined(left), idle=idle - {window.start.date() for window in left})

    def begin(self) -> None:
        """Begin a segment."""
        self._first, self._follows = len(self.parts), False

    def end(self, label: list[Token]) -> None:
        """End a segment, of which a label may reach on."""
        self.label, self._only_took = label, not self.own
        self._is_away = self._follows

    def give(self, part: SaidPart, windows: tuple[FreeTime, ...], *, is_told: bool) -> None:
        """Add what a part gives."""
        self.parts.append(Given(part, windows, is_told or part.state is not None))
        self._is_away = self._follows = False

    def is_gone(
        self,
        segment: Sequence[Token],
        chunk: Sequence[Token],
        part: SaidPart,
        windows: tuple[FreeTime, ...],
        *,
        is_told: bool,
        is_first: bool,
    ) -> bool:
        """Whether a part is taken away: it says so, or what stands before it does.

        NotUnderstoodError: it may be given too.
        """
        is_marked = is_told or part.sign != "" or part.state is not None
        is_gone = part.sign != ""
        if not is_marked:
            self._refuse_reach(segment, part)
        if self._is_away and not is_marked:  # `trừ T2, T3`
            covered = are_covered(windows, without(self.given, self.cuts))
            is_gone = self._follows and covered and part.names == self._last
            has_day = self._last[0] and part.days is None  # `sáng, trừ sáng T2; chiều`
            if not is_gone and (self._follows or covered or self._only_took or has_day):
                raise away_or_given(chunk)
        before = [*(self._loose if is_marked else self.taken), *self.cuts]
        is_lost = without(windows, before) != [*windows] or are_covered(windows, self.taken)
        if is_lost and not is_gone:  # `T3, trừ sáng; T2`
            raise away_or_given(chunk)
        self._refuse_list(segment, part, is_marked=is_marked, is_first=is_first)
        return is_gone

    def _refuse_reach(self, segment: Sequence[Token], part: SaidPart) -> None:
        """Refuse days behind a label that may be meant for them too, as in `nếu cần: T3; T4`."""
        label, self.label = self.label, []
        if not label or self.own or (label[0].kind != "state" and part.names != (True, False)):
            return
        raise either(*reach_of(label, segment))

    def _refuse_list(
        self, segment: Sequence[Token], part: SaidPart, *, is_marked: bool, is_first: bool
    ) -> None:
        """Refuse lists of which the last word may be of one day or of all, as `T2, T3 bận`."""
        before, self._behind = self._behind, part.names if part.is_marked_behind else None
        is_list = not is_marked and (part.names == before or not is_first)
        if before and (is_list or (before[0] and part.days is None)):
            raise away_or_given(segment)
        other = self.parts[-1] if self.parts and part.is_marked_behind else None
        if other is None or other.is_told:
            return
        if self.own:
            raise two_ways(segment)
        if other.part.names == part.names:
            *days, word = segment
            one, here, said = text_of(self.before), text_of(days), word.text
            readings = f"{said}: {one}, {here}", f"{one}; {said} {here}"
            raise either(f"{one}; {here} {said}", *readings)

    def take_away(
        self, segment: Sequence[Token], part: SaidPart, gone: Sequence[FreeTime], *, is_inner: bool
    ) -> None:
        """Take windows away, from the part before alone where no comma stands between.

        NotUnderstoodError: they may be taken from that part alone, or from more.
        """
        if part.sign == "except" and self._sign == "not":
            raise two_ways(segment)
        if is_inner and self._is_away:  # `T2, trừ T3, T2 trừ sáng`
            raise two_ways(segment)
        own, before = self.own, self.parts[: self._first]
        last = own[-1:] if is_inner or (self._is_cut and not part.sign) else []
        others = own[:-1] if last else []
        if (part.days is None) != bool(last) and own:
            others = [*before, *others]
        if any(without(p.windows, gone) != list(p.windows) for p in others):
            raise two_ways(segment)
        self._is_cut = bool(last)
        self._loose += gone if self.parts and part.days is None and not last else ()
        self._last = part.names
        self.gone.add(part.names)
        (last[0].cut if last else self.taken).extend(gone)
        self._sign = part.sign or self._sign
        self._is_away = self._follows = not part.is_marked_behind
