"""What the report shows, as plain values: the template only lays it out.

Parts made by the other modules of this package -> `Content` -> template.
"""

from __future__ import annotations

from dataclasses import dataclass

from shiftplan.present.report.roster_data import Data


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the large figures at the top."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Label:
    """A name beside a mark on the map."""

    x: float
    y: float
    anchor: str
    """`start`, `middle` or `end`, as SVG names it."""
    text: str
    is_minor: bool
    """Whether narrow screens leave it out."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One center on the map."""

    center: int
    """Place in the problem's list of centers."""
    x: float
    y: float
    radius: float
    step: int
    """Class of fill, see `steps`."""
    title: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One drawing of the map; lengths are in units of its own drawing."""

    name: str
    width: float
    height: float
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    around: float
    """Radius of the pale area around each center."""
    scale_left: float
    """Where the bar of the scale begins."""
    scale: float
    """Length of the bar of `scale_km` km."""
    scale_km: int


@dataclass(frozen=True, slots=True)
class Map:
    """The map of centers, with far-off ones in a drawing of their own."""

    panels: tuple[Panel, ...]
    unplaced: int
    """Centers without coordinates."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One center in one session."""

    step: int
    """Class of fill, see `steps`; -1 where there is no shift or nobody is asked for."""
    empty: int
    """Seats that are empty."""
    told: str
    """What is filled and what is missing, in words."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One center in all sessions."""

    center: int
    name: str
    share: str
    empty: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The heat map of coverage."""

    days: tuple[tuple[str, int], ...]
    """Day and number of its sessions."""
    hours: tuple[str, ...]
    """Hours of each session."""
    rows: tuple[GridRow, ...]
    """Lowest share of seats filled first."""


@dataclass(frozen=True, slots=True)
class Share:
    """Seats filled of seats wanted."""

    text: str
    counts: str
    per_cent: float
    """0 to 100, for the length of a bar."""


@dataclass(frozen=True, slots=True)
class AreaRow:
    """Seats of all centers of one class of area."""

    area: str
    centers: str
    shares: tuple[Share | None, ...]
    """People, then each skill; None without such seats."""


@dataclass(frozen=True, slots=True)
class Areas:
    """Seats by area."""

    columns: tuple[str, ...]
    rows: tuple[AreaRow, ...]
    """The classes of area, then all centers."""

    @property
    def is_telling(self) -> bool:
        """Whether there are areas, skills or languages to compare, and seats in any of them."""
        has_seats = any(share for row in self.rows for share in row.shares)
        return has_seats and (len(self.rows) > 2 or len(self.columns) > 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a distribution."""

    label: str
    count: str
    per_cent: float
    """0 to 100, relative to the longest."""


@dataclass(frozen=True, slots=True)
class Heavy:
    """Somebody with one of the highest loads."""

    name: str
    load: str
    reason: str


@dataclass(frozen=True, slots=True)
class Loads:
    """How the work is shared."""

    sentences: tuple[str, ...]
    is_first_week: bool
    """Whether nothing is known of earlier weeks."""
    shifts: tuple[Bar, ...]
    loads: tuple[Bar, ...]
    bands: tuple[tuple[str, ...], ...]
    """Shifts offered, people, lowest tenth, median, highest tenth."""
    worst: tuple[Heavy, ...]


@dataclass(frozen=True, slots=True)
class Shortage:
    """Empty seats of one requirement, and why they are empty."""

    center: str
    time: str
    seats: str
    """People there of people wanted, and whom the requirement counts."""
    minimum: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shortages:
    """The worst shortages."""

    shown: tuple[Shortage, ...]
    more: int
    """Further requirements with empty seats."""


@dataclass(frozen=True, slots=True)
class Content:
    """All that the report shows."""

    title: str
    subtitle: str
    is_public: bool
    figures: tuple[Figure, ...]
    sentences: tuple[str, ...]
    problems: tuple[str, ...]
    """Broken hard rules; empty when the roster can be worked."""
    map: Map | None
    """None without coordinates, or where nobody is asked for."""
    grid: Grid | None
    """None where nobody is asked for."""
    areas: Areas
    loads: Loads
    shortages: Shortages
    data: Data

    @property
    def has_homes(self) -> bool:
        """Whether the home center of anybody is known."""
        return any(person["h"] >= 0 for person in self.data["people"])
