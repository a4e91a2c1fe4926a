"""Names on the map, where they fit.

Marks in order of importance -> labels that cover neither marks nor each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from shiftplan.scoring.equity import CenterSeats, step

MAJOR = 6
"""So many of the labels of a drawing are for narrow screens too."""
SIZES = 20.0, 13.0
"""Height of the type of those, as large as it gets on narrow screens, and of the others."""
_LETTER = 0.56
"""Mean width of a letter by the size of its type."""
_Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class LabelledMark:
    """One center on the map."""

    seats: CenterSeats
    x: float
    y: float
    radius: float

    @property
    def step(self) -> int:
        """Class of fill."""
        return step(self.seats.both.filled, self.seats.both.target)

    @property
    def box(self) -> _Box:
        """The square around it."""
        reach = self.radius
        return self.x - reach, self.y - reach, self.x + reach, self.y + reach


@dataclass(frozen=True, slots=True)
class Label:
    """A name beside a mark."""

    mark: LabelledMark
    x: float
    y: float
    anchor: str
    """`start`, `middle` or `end`, as SVG names it."""
    is_minor: bool
    """Whether narrow screens leave it out."""

    @property
    def box(self) -> _Box:
        """The room that it takes."""
        size = SIZES[self.is_minor]
        width = _LETTER * size * len(self.mark.seats.name)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return left, self.y - size * 0.9, left + width, self.y + size * 0.25


def place_labels(
    wanted: Iterable[LabelledMark], marks: Sequence[LabelledMark], size: tuple[float, float]
) -> tuple[Label, ...]:
    """Labels of the wanted marks, the most important first, as far as there is room.

    They cover none of `marks` and stay inside a drawing of a `size` (width and height).
    """
    placed: list[Label] = []
    for mark in wanted:
        taken = [*(m.box for m in marks if m.box != mark.box), *(label.box for label in placed)]
        for label in _places(mark, is_minor=len(placed) >= MAJOR):
            left, top, right, bottom = label.box
            inside = left >= 0 and top >= 0 and right <= size[0] and bottom <= size[1]
            if inside and not any(_meet(label.box, other) for other in taken):
                placed.append(label)
                break
    return tuple(placed)


def _places(mark: LabelledMark, *, is_minor: bool) -> Iterator[Label]:
    """Yield labels to the right, to the left, below, above."""
    size, gap = SIZES[is_minor], mark.radius + 3
    down = mark.y + size * 0.35
    for x, y, anchor in (
        (mark.x + gap, down, "start"),
        (mark.x - gap, down, "end"),
        (mark.x, mark.y + gap + size * 0.8, "middle"),
        (mark.x, mark.y - gap, "middle"),
    ):
        yield Label(mark, round(x, 1), round(y, 1), anchor, is_minor)


def _meet(one: _Box, other: _Box) -> bool:
    across = one[0] < other[2] and other[0] < one[2]
    return across and one[1] < other[3] and other[1] < one[3]
