"""Names on the map, where they fit.

Marks in order of importance -> labels that cover neither marks nor each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shiftplan.present.report.content import Label, Mark

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
_LETTER = 0.56
"""Mean width of a letter by the size of its type."""


def place_labels(
    wanted: Sequence[tuple[Mark, str]],
    marks: Iterable[Mark],
    size: tuple[float, float],
    *,
    major: int,
    text_sizes: tuple[float, float],
) -> tuple[Label, ...]:
    """Labels of the wanted marks, the first first, as far as there is room.

    Parameters
    ----------
    wanted
        Marks with their names, the most important first.
    marks
        All marks that labels must not cover.
    size
        Width and height of the drawing.
    major
        So many of the labels placed are for narrow screens too.
    text_sizes
        Height of the type of those, as large as it gets on narrow screens, and of the others.
    """
    taken: list[Box] = [_around(mark) for mark in marks]
    placed: list[Label] = []
    for mark, text in wanted:
        own = _around(mark)
        text_size = text_sizes[len(placed) >= major]
        for x, y, anchor in _places(mark, text_size):
            box = _box(x, y, anchor, text, text_size)
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= size[0] and box[3] <= size[1]
            if inside and not any(_meet(box, other) for other in taken if other != own):
                placed.append(Label(x, y, anchor, text, len(placed) >= major))
                taken.append(box)
                break
    return tuple(placed)


def _places(mark: Mark, size: float) -> list[tuple[float, float, str]]:
    """Where a label may stand: right, left, below, above."""
    gap, down = mark.radius + 3, mark.y + size * 0.35
    return [
        (round(mark.x + gap, 1), round(down, 1), "start"),
        (round(mark.x - gap, 1), round(down, 1), "end"),
        (round(mark.x, 1), round(mark.y + gap + size * 0.8, 1), "middle"),
        (round(mark.x, 1), round(mark.y - gap, 1), "middle"),
    ]


def _box(x: float, y: float, anchor: str, text: str, size: float) -> Box:
    width = _LETTER * size * len(text)
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    return left, y - size * 0.9, left + width, y + size * 0.25


def _around(mark: Mark) -> Box:
    reach = mark.radius
    return mark.x - reach, mark.y - reach, mark.x + reach, mark.y + reach


def _meet(one: Box, other: Box) -> bool:
    across = one[0] < other[2] and other[0] < one[2]
    return across and one[1] < other[3] and other[1] < one[3]
