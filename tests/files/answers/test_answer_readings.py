"""No text that is read has two readings: a slow reader finds every way to take its words.

What stands between commas may share the hours, the days or the word for how welcome it is of what
stands beside it. A text is read only where all ways to share them come to the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from shiftplan.files.answers.calendar import Calendar, DayHours, NotUnderstoodError
from shiftplan.files.answers.sentence import read_sentence

MONDAY = date(2026, 12, 7)
HALVES = {"sáng": (7, 11), "chiều": (13, 17)}
"""The two sessions of each day."""
WEEK = Calendar(
    [MONDAY + timedelta(i) for i in range(7)],
    [DayHours(timedelta(hours=a), timedelta(hours=b)) for a, b in HALVES.values()],
)
DAYS = {f"T{i + 2}": i for i in range(6)}
ALL = frozenset(range(7))
BOTH = frozenset(HALVES)
Times = dict[tuple[int, str], str]
"""Day and half of it -> `yes` or `maybe`."""


@dataclass(frozen=True)
class Piece:
    """What stands between two commas or semicolons."""

    days: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    hours_first: bool = False
    mark: str = ""
    mark_last: bool = False
    is_label: bool = False
    """Whether a colon makes its mark that of all pieces up to the next semicolon."""
    cut: str = ""
    """Half that `trừ` takes from it."""
    ends: str = ""
    """The sign behind it."""

    @property
    def text(self) -> str:
        """It as it is written."""
        days, hours = " và ".join(self.days), " và ".join(self.hours)
        body = [hours, days] if self.hours_first else [days, hours]
        mark = f"{self.mark}:" if self.is_label else self.mark
        words = [*body, mark] if self.mark_last else [mark, *body]
        return " ".join(filter(None, [*words, f"trừ {self.cut}" if self.cut else ""]))

    @property
    def shape(self) -> tuple[bool, bool]:
        """Whether it names days, and hours."""
        return bool(self.days), bool(self.hours)


@dataclass(frozen=True)
class Taken:
    """One way to take a piece."""

    days: frozenset[int]
    hours: frozenset[str]
    mark: str
    cuts_before: bool
    """Whether what `trừ` takes from it is also taken from the pieces before."""
    whole: frozenset[int] = frozenset()
    """Days that are taken away whole, while its hours are those of the day beside them alone."""


def ways(pieces: tuple[Piece, ...]) -> Iterator[tuple[Taken, ...]]:
    """Yield every way to take all pieces."""
    places = range(len(pieces))
    for days, hours, marks in product(
        choices(pieces, "days"), choices(pieces, "hours"), choices(pieces, "mark")
    ):
        for cuts in product(*([True, False] if pieces[i].cut and i else [False] for i in places)):
            for whole in product(*(wholes(pieces[i], str(marks[i] or "")) for i in places)):
                yield tuple(
                    Taken(
                        frozenset(DAYS[d] for d in days[i]) if days[i] else ALL,
                        frozenset(hours[i]) or BOTH,
                        str(marks[i] or ""),
                        cuts[i],
                        whole[i],
                    )
                    for i in places
                )


def wholes(piece: Piece, mark: str) -> list[frozenset[int]]:
    """No day, and the days of `bận T2 và T4 sáng` that may be taken away whole."""
    found = [DAYS[day] for day in piece.days]
    if mark not in ("bận", "trừ") or len(found) < 2 or not piece.hours:
        return [frozenset()]
    return [frozenset(), frozenset(found[1:] if piece.hours_first else found[:-1])]


def choices(pieces: tuple[Piece, ...], kind: str) -> list[tuple[object, ...]]:
    """What each piece has of a kind: its own, else nothing, or that of a piece beside it."""
    found: list[tuple[object, ...]] = []
    own = [getattr(piece, kind) for piece in pieces]
    for sources in product(range(3), repeat=len(pieces)):
        if any(source and own[i] for i, source in enumerate(sources)):
            continue
        place_of = [source_of(pieces, i, sources, kind) for i in range(len(pieces))]
        if None not in place_of:
            chosen = tuple(own[place] for place in place_of if place is not None)
            found.append(chosen if kind != "mark" else labelled(pieces, chosen))
    return list(dict.fromkeys(found))


def labelled(pieces: tuple[Piece, ...], marks: tuple[object, ...]) -> tuple[object, ...]:
    """Marks of pieces, of which a label says that of all pieces up to the next semicolon."""
    found = list(marks)
    for i in range(1, len(pieces)):
        if pieces[i - 1].ends == "," and segment_of(pieces, i)[0].is_label:
            found[i] = segment_of(pieces, i)[0].mark
    return tuple(found)


def source_of(pieces: tuple[Piece, ...], i: int, sources: tuple[int, ...], kind: str) -> int | None:
    """The piece from which another has something, if need be through those between them."""
    step = {0: 0, 1: -1, 2: 1}[sources[i]]
    if not step:
        return i
    j = i + step
    while 0 <= j < len(pieces) and sources[j] == sources[i]:
        j += step
    if not 0 <= j < len(pieces) or sources[j] or not getattr(pieces[j], kind):
        return None
    between = [pieces[k].ends for k in range(min(i, j), max(i, j))]
    if kind == "mark" and ";" in between and pieces[j].mark in ("bận", "trừ"):
        own = [piece for piece in segment_of(pieces, j) if piece.mark not in ("bận", "trừ")]
        if own:  # `T2, trừ 7/12; T3`: what is taken from days beside it ends with them
            return None
    return j if reaches(pieces[j], pieces[i], step, kind, between) else None


def segment_of(pieces: tuple[Piece, ...], i: int) -> tuple[Piece, ...]:
    """The pieces between the semicolons on both sides of one."""
    first = next((k + 1 for k in range(i - 1, -1, -1) if pieces[k].ends == ";"), 0)
    last = next((k for k in range(i, len(pieces)) if pieces[k].ends == ";"), len(pieces) - 1)
    return pieces[first : last + 1]


def reaches(source: Piece, piece: Piece, step: int, kind: str, between: list[str]) -> bool:
    """Whether something of one piece may be meant for another, on the side where it stands."""
    is_split = ";" in between
    if kind == "mark":
        if source.mark == "rảnh" or source.mark_last == (step < 0):
            return False
        return not is_split or step < 0 or source.shape == piece.shape
    if source.mark and (piece.mark or (step > 0 and not source.mark_last)):  # `T2, bận sáng`
        return False
    if piece.mark in ("bận", "trừ") and (is_split or not piece.mark_last):
        return False  # `T2, T3, trừ sáng`: from all that is given
    if is_split:  # a semicolon ends what belongs together, but for hours without any day
        return kind == "days" and step < 0
    return kind == "days" or not source.days or source.hours_first == (step < 0)


def meant(pieces: tuple[Piece, ...], taken: tuple[Taken, ...]) -> Times | None:
    """When somebody can come if pieces are taken so; None where that makes no sense."""
    found: Times = {}
    gone: set[tuple[int, str]] = set()
    for i, (piece, one) in enumerate(zip(pieces, taken, strict=True)):
        cells = set(product(one.days, one.hours))
        if one.mark in ("bận", "trừ"):
            gone |= cells | set(product(one.whole, BOTH))
            continue
        state = "maybe" if one.mark == "nếu cần" else "yes"
        if any(found.get(cell, state) != state for cell in cells):
            return None
        last = pieces[i - 1] if i and pieces[i - 1].ends == "," else None
        is_after = last is not None and (
            bool(last.cut) or (taken[i - 1].mark in ("bận", "trừ") and not last.mark_last)
        )
        if not piece.mark and is_after and cells <= found.keys():  # said already
            return None
        if piece.cut:
            first = next((k + 1 for k in range(i - 1, -1, -1) if pieces[k].ends == ";"), 0)
            for before in taken[first:i] if one.cuts_before else ():
                found = {
                    c: s
                    for c, s in found.items()
                    if c not in set(product(before.days, [piece.cut]))
                }
            cells -= set(product(one.days, [piece.cut]))
        found |= dict.fromkeys(cells, state)
    if not found and gone:
        found = dict.fromkeys(product(ALL, BOTH), "yes")
    return {cell: state for cell, state in found.items() if cell not in gone}


def read(text: str) -> Times | None:
    """The halves of days that a text gives; None where it is refused."""
    try:
        windows = read_sentence(text, WEEK)
    except NotUnderstoodError:
        return None
    found = {}
    for day, (half, (start, end)) in product(range(7), HALVES.items()):
        midnight = datetime.combine(MONDAY + timedelta(day), time())
        for window in windows:
            if window.start <= midnight + timedelta(hours=start) < window.end:
                assert midnight + timedelta(hours=end) <= window.end
                found[day, half] = "yes" if window.state == "available" else "maybe"
    return found


DAY_LISTS = st.lists(st.sampled_from(sorted(DAYS)), min_size=1, max_size=2, unique=True).map(sorted)
HOUR_LISTS = st.sampled_from([(), ("sáng",), ("chiều",), ("sáng", "chiều")])


@st.composite
def pieces(draw: st.DrawFn) -> Piece:
    """Days, hours or both, with a word for how welcome they are."""
    hours = draw(HOUR_LISTS)
    days = draw(DAY_LISTS) if not hours or draw(st.integers(0, 4)) else []
    mark = draw(st.sampled_from(["", "", "", "bận", "nếu cần", "rảnh", "trừ"]))
    is_last = mark not in ("", "trừ") and draw(st.booleans())
    cut = draw(st.sampled_from(["", "", "sáng"])) if days and not (hours or mark) else ""
    return Piece(tuple(days), hours, draw(st.booleans()) and bool(hours), mark, is_last, cut=cut)


@st.composite
def texts(draw: st.DrawFn) -> tuple[Piece, ...]:
    """Up to three pieces, with commas and semicolons between."""
    found = draw(st.lists(pieces(), min_size=1, max_size=3))
    return tuple(Piece(**{**vars(piece), "ends": draw(st.sampled_from(",,;"))}) for piece in found)


@given(texts())
@settings(max_examples=150)
def test_a_text_is_read_only_if_all_ways_to_take_it_are_one(said: tuple[Piece, ...]) -> None:
    """Else it is refused, whatever the reader would have made of it."""
    text = " ".join(piece.text + piece.ends for piece in said).strip(",;")
    found = read(text)
    if found is None:
        return

    possible = [m for taken in ways(said) if (m := meant(said, taken)) is not None]

    assert found in possible, (text, found, possible)
    assert all(other == found for other in possible), (text, found, possible)
