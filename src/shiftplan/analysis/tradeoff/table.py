"""Points of a trade-off as rows of a CSV file.

(`Tradeoff`, language) -> CSV text.
"""

from __future__ import annotations

from shiftplan.analysis.tradeoff.points import Point, Tradeoff
from shiftplan.analysis.tradeoff.sentences import label
from shiftplan.analysis.tradeoff.weighting import Weighting
from shiftplan.files.csv_text import to_csv
from shiftplan.present.texts import Lang

COLUMNS = (
    "point",
    "evenness",
    "travel",
    "areas",
    "service",
    "kept",
    "empty_seats",
    "service_cost",
    "unevenness",
    "gini",
    "highest_load",
    "km",
    "lowest_area",
    "cost",
    "bound",
    "gap",
    "dominated",
    "label",
)
"""Factors on prices, what is kept, the figures, cost and bound of the point's own weighting."""


def as_csv(found: Tradeoff, lang: Lang = "en") -> str:
    """CSV text, one row a point; numbers are written for programs, labels for people."""
    return to_csv(COLUMNS, (_row(point, found.own, lang) for point in found.points))


def _row(point: Point, own: Weighting, lang: Lang) -> list[str]:
    figures, total = point.figures, point.total
    return [
        str(point.number),
        f"{float(point.weighting.evenness):g}",
        f"{float(point.weighting.travel):g}",
        f"{float(point.weighting.areas):g}",
        f"{float(point.weighting.service):g}",
        "" if point.is_week else point.weighting.kept,
        str(figures.empty_seats),
        str(figures.service_cost),
        f"{figures.unevenness:.6f}",
        f"{figures.gini:.4f}",
        f"{figures.highest_load:.4f}",
        "" if figures.km is None else str(figures.km),
        "" if figures.lowest_area is None else f"{figures.lowest_area:.3f}",
        str(total.cost),
        str(total.bound),
        "" if total.gap is None else f"{total.gap:.6f}",
        str(int(point.dominated)),
        label(point, own, lang),
    ]
