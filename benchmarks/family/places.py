"""An invented province: towns, a river, a border, islands and areas with a language of their own.

Number of centers -> `places` -> `Place`s. Lengths are whole metres, east and north of the corner.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import isqrt

from benchmarks.family.draw import Draw

FAMILY = "family 1"
"""Begins the text of every stream; a family with other numbers has another name."""
LANGUAGES = ("lang_a", "lang_b")
"""Skills of kind language."""
_AREA = 95_000_000
"""Square metres for each center."""
_STEP = 15_000
"""Metres northwards between the points at which the river may turn."""
_BORDER = 12_000
"""Width of the strip along the land border."""
_REGION = 9_000
"""Reach of an area in which a language is spoken, from its middle."""
_CORNER = (1_000_000, 10_500_000)
"""Latitude and longitude of the corner, in units of 0.00001 degrees."""
_DEGREE = (111_195, 109_000)
"""Metres in a degree of latitude, and about as many in one of longitude."""


@dataclass(frozen=True, slots=True)
class Place:
    """A center and the people who live around it."""

    center_id: str
    kind: str
    """ward, commune or island."""
    east: int
    north: int
    population: int
    border: bool
    """Whether it lies at the land border."""
    language: str
    """Language skill that its citizens need; empty for none."""

    @property
    def remote(self) -> bool:
        """Whether it lies on an island or at the border."""
        return self.border or self.kind == "island"

    @property
    def groups(self) -> str:
        """Cell of the column `groups`."""
        return "border" if self.border else "island" if self.kind == "island" else ""

    @property
    def capacity(self) -> int:
        """Most people in one shift."""
        return min(18, 4 + self.population // 18_000)

    @property
    def priority(self) -> str:
        """Factor on the price of empty seats: minorities, islands, borders, and many people."""
        hundredths = 100 + min(25, self.population // 6_000)
        hundredths += 50 * bool(self.language) + 50 * (self.kind == "island") + 25 * self.border
        return f"{hundredths // 100}.{hundredths % 100:02d}"

    @property
    def latitude(self) -> str:
        """Degrees with five decimals."""
        return _degrees(_CORNER[0] + self.north * 100_000 // _DEGREE[0])

    @property
    def longitude(self) -> str:
        """Degrees with five decimals."""
        return _degrees(_CORNER[1] + self.east * 100_000 // _DEGREE[1])


Point = tuple[int, int]


def stream(about: str, number: int, seed: int) -> Draw:
    """The stream of a province with so many centers; instances of the register have seed 0."""
    return Draw(FAMILY, number, about, *([f"seed {seed}"] if seed else ()))


@cache
def places(number: int, seed: int) -> tuple[Place, ...]:
    """Make a province.

    A fifth of the centers are wards, up to three around each town; one in thirty is an island,
    30 to 60 km off the southern shore; the others are communes, spread out, many along the river.
    """
    draw = stream("places", number, seed)
    side = isqrt(number * _AREA)
    river = _river(draw, side)
    num_islands, num_wards = number // 30, number // 5
    points: list[Point] = []
    towns = [_spread(draw, points, side, river) for _ in range(-(-num_wards // 3))]
    points.clear()
    kinds = ["ward"] * num_wards
    for i in range(num_wards):
        east, north = towns[i % len(towns)]
        points.append((east + draw.between(-2_500, 2_500), north + draw.between(-2_500, 2_500)))
    for _ in range(number - num_wards - num_islands):
        kinds.append("commune")
        _spread(draw, points, side, river)
    for _ in range(num_islands):
        kinds.append("island")
        points.append((draw.below(side), -draw.between(30_000, 60_000)))
    spoken = _spoken(draw, points)
    strip = side - min(_BORDER, side // 8)
    return tuple(
        Place(
            center_id=f"C{i + 1:04d}",
            kind=kind,
            east=point[0],
            north=point[1],
            population=_population(draw, kind),
            border=number >= 10 and point[1] > strip,
            language=language,
        )
        for i, (kind, point, language) in enumerate(zip(kinds, points, spoken, strict=True))
    )


def _river(draw: Draw, side: int) -> list[int]:
    """How far east the river is at each turning point, from the shore to the north."""
    east = side // 4 + draw.below(side // 2)
    turns = [east]
    for _ in range(side // _STEP + 1):
        east = min(side, max(0, east + draw.between(-8_000, 8_000)))
        turns.append(east)
    return turns


def _spread(draw: Draw, points: list[Point], side: int, river: list[int]) -> Point:
    """Add the one of five points that is farthest from all others; two in five lie by the river."""
    best, farthest = (0, 0), -1
    for _ in range(5):
        north, by_river = draw.below(side), draw.chance(40)
        if by_river:
            turn, rest = divmod(north, _STEP)
            bend = (river[turn + 1] - river[turn]) * rest // _STEP
            east = river[turn] + bend + draw.between(-5_000, 5_000)
        else:
            east = draw.below(side)
        near = min((_squared((east, north), p) for p in points), default=0)
        if near > farthest:
            best, farthest = (east, north), near
    points.append(best)
    return best


def _spoken(draw: Draw, points: list[Point]) -> list[str]:
    """Language of each point, empty for none; one area for each twelve points, at least one."""
    spoken = [""] * len(points)
    for area in range(max(1, len(points) // 12)):
        middle = draw.pick(points)
        for i, point in enumerate(points):
            if _squared(point, middle) <= _REGION**2:
                spoken[i] = spoken[i] or LANGUAGES[area % 2]
    return spoken


def _population(draw: Draw, kind: str) -> int:
    """People around a center; small numbers are more likely than large ones."""
    least, more = {"ward": (35_000, 125_000), "commune": (15_000, 85_000)}.get(
        kind, (1_500, 18_000)
    )
    return least + min(draw.below(more), draw.below(more))


def _squared(a: Point, b: Point) -> int:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


def _degrees(units: int) -> str:
    return f"{units // 100_000}.{units % 100_000:05d}"
