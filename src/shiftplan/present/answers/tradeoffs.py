"""Points of a trade-off as people read them.

`Tradeoff` -> what each point is, and what it gives for what; rows of a CSV file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from shiftplan.analysis.tradeoff.points import Point, PointFigures, Tradeoff, serves_areas_better
from shiftplan.analysis.tradeoff.weighting import Weighting
from shiftplan.files.csv_text import to_csv
from shiftplan.present.words import Lang, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes


WIDE = 0.05
"""Gap above which a point may still lie far from what its prices would buy."""
_OWN, _OTHER, _DOMINATED = "#d55e00", "#0072b2", "#7f7f7f"
"""Colours that can be told apart by people who do not see all colours."""
_SMALL = 10.5
"""Size of the type of the legend and of numbers; pictures are shown at two thirds of their size."""
_SIDES = (("left", 9, -4), ("right", -9, -4), ("center", 0, 9), ("center", 0, -17))
"""Where the number of a mark may stand: how it is set, and how far right and up, in points."""
_ROOM = 11
"""Points from the middle of a number to that of another number or mark."""


def label(point: Point, own: Weighting, lang: Lang) -> str:
    """What a point prices otherwise than the week does."""
    said = "tradeoffs.as_the_week_says"
    return Words(lang)(said) if point.is_week else label_of(point.weighting, own, lang)


def label_of(weighting: Weighting, own: Weighting, lang: Lang) -> str:
    """What a weighting prices otherwise than the week does, and what it keeps beside service."""
    say = Words(lang)
    parts = []
    if weighting.evenness == 0 == weighting.travel:
        parts.append(say("tradeoffs.service_only"))
    elif weighting.service != 1:
        parts.append(_factor(say, "aim_service", weighting.service, own.service))
    elif weighting.areas:
        parts.append(say("tradeoffs.priced", aim=say("tradeoffs.worst_area")))
    else:
        if weighting.evenness != own.evenness or weighting.travel == own.travel:
            parts.append(_factor(say, "evenness", weighting.evenness, own.evenness))
        if weighting.travel != own.travel:
            parts.append(_factor(say, "travel", weighting.travel, own.travel))
    if weighting.kept in ("most of the service", "evenness"):
        parts.append(say(f"tradeoffs.kept_{weighting.kept.replace(' ', '_')}"))
    return ", ".join(parts)


def _factor(say: Words, aim: str, factor: Fraction, own: Fraction) -> str:
    name = say(f"tradeoffs.{aim}")
    if factor == 0:
        return say("tradeoffs.without", aim=name)
    if own == 0 and factor == 1:
        return say("tradeoffs.priced", aim=name)
    return f"{name} x {factor}"


def tradeoff_lines(found: Tradeoff, lang: Lang) -> list[str]:
    """The week's own point, what every other point gives for what, and what was not found."""
    say, week = Words(lang), found.week
    told = [] if week is None else _against(found, week, say)
    late = [p for p in found.left_out if (p.total.gap or 0.0) > WIDE]
    others = [p for p in found.left_out if p not in late]
    areas = [
        p
        for p in others
        if week and p.weighting.areas and not serves_areas_better(p.figures, week.figures)
    ]
    needless = [p for p in others if p not in areas]
    for code, points in (("left_out", needless), ("no_area", areas), ("not_found", late)):
        if points:
            names = "; ".join(label(point, found.own, lang) for point in points)
            told.append(say(f"tradeoffs.{code}", points=names, wide=WIDE))
    wide = [str(p.number) for p in found.points if (p.total.gap or 0.0) > WIDE]
    if wide:
        told.append(say("tradeoffs.wide_gaps", points=", ".join(wide), wide=WIDE))
    searched = len(found.points) + len(found.left_out)
    if searched < found.wanted:
        told.append(say("tradeoffs.points_found", found=searched, wanted=found.wanted))
    return told


def _against(found: Tradeoff, week: Point, say: Words) -> list[str]:
    figures = week.figures
    parts = [
        say("tradeoffs.empty_now", seats=figures.empty_seats),
        say("tradeoffs.unevenness_now", share=figures.unevenness),
        say("tradeoffs.highest_now", load=figures.highest_load),
    ]
    parts += [] if figures.km is None else [f"{say.number(figures.km)} km"]
    if figures.lowest_area is not None:
        parts.append(say("tradeoffs.area_now", share=figures.lowest_area))
    told = [f"{week.number}. {label(week, found.own, say.lang)}: {', '.join(parts)}."]
    for point in found.points:
        if point is not week:
            name = f"{point.number}. {label(point, found.own, say.lang)}"
            told.append(f"{name}: {exchange(figures, point.figures, say.lang)}")
    told.append(say("tradeoffs.unevenness_told", share=found.share))
    if week.dominated:
        code = "week_not_proven" if week.total.gap else "week_dominated"
        told.append(say(f"tradeoffs.{code}", point=week.number, gap=week.total.gap))
    return told


def exchange(before: PointFigures, after: PointFigures, lang: Lang) -> str:
    """What a step from one point to another gives, and what for."""
    say = Words(lang)
    empty = after.empty_seats - before.empty_seats
    cost, km = after.service_cost - before.service_cost, (after.km or 0) - (before.km or 0)
    uneven, area = (before.unevenness, after.unevenness), (before.lowest_area, after.lowest_area)
    steps = [  # in words, how many things these words name, whether it is worse
        (_change(say, empty, "empty_seats"), abs(empty), empty > 0),
        (_change(say, cost, "service"), 1, cost > 0),
        (_instead(say, *uneven, "unevenness_change", up=True), 1, uneven[1] > uneven[0]),
        (_change(say, km, "km"), abs(km), km > 0),
        (_instead(say, *area, "area_change"), 2, (area[1] or 0) < (area[0] or 0)),
    ]
    losses, gains = ([step for step in steps if step[0] and step[2] is w] for w in (True, False))
    lost, gained = (say.list(text for text, *_ in found) for found in (losses, gains))
    if not losses and not gains:
        return say("tradeoffs.same_figures")
    if not losses:
        return say("tradeoffs.only_gains", gains=gained)
    if not gains:
        return say("tradeoffs.only_losses", losses=lost)
    return say("tradeoffs.buys", n=sum(n for _, n, _ in losses), losses=lost, gains=gained)


def _change(say: Words, difference: int, unit: str) -> str:
    code = f"tradeoffs.{'more' if difference > 0 else 'fewer'}_{unit}"
    return say(code, n=abs(difference)) if difference else ""


def _instead(
    say: Words, before: float | None, after: float | None, code: str, *, up: bool = False
) -> str:
    """One share instead of another; empty where they read alike."""
    old, new = say.percent(before, up=up), say.percent(after, up=up)
    return "" if old == new else say(f"tradeoffs.{code}", after=new, before=old)


_COLUMNS: Mapping[str, Callable[[Point], str]] = {
    "point": lambda p: str(p.number),
    "evenness": lambda p: f"{float(p.weighting.evenness):g}",
    "travel": lambda p: f"{float(p.weighting.travel):g}",
    "areas": lambda p: f"{float(p.weighting.areas):g}",
    "service": lambda p: f"{float(p.weighting.service):g}",
    "kept": lambda p: "" if p.is_week else p.weighting.kept,
    "empty_seats": lambda p: str(p.figures.empty_seats),
    "service_cost": lambda p: str(p.figures.service_cost),
    "unevenness": lambda p: f"{p.figures.unevenness:.6f}",
    "gini": lambda p: f"{p.figures.gini:.4f}",
    "highest_load": lambda p: f"{p.figures.highest_load:.4f}",
    "km": lambda p: "" if p.figures.km is None else str(p.figures.km),
    "lowest_area": lambda p: (
        "" if p.figures.lowest_area is None else f"{p.figures.lowest_area:.3f}"
    ),
    "cost": lambda p: str(p.total.cost),
    "bound": lambda p: str(p.total.bound),
    "gap": lambda p: "" if p.total.gap is None else f"{p.total.gap:.6f}",
    "dominated": lambda p: str(int(p.dominated)),
}
"""Factors on prices, what is kept, the figures, cost and bound of the point's own weighting."""


def tradeoff_csv(found: Tradeoff, lang: Lang = "en") -> str:
    """CSV text, one row a point; numbers are written for programs, labels for people."""
    rows = (
        [*(write(p) for write in _COLUMNS.values()), label(p, found.own, lang)]
        for p in found.points
    )
    return to_csv([*_COLUMNS, "label"], rows)


def can_draw() -> bool:
    """Whether the plotting library is installed (the extra `plots`)."""
    return find_spec("matplotlib") is not None


def draw(found: Tradeoff, path: Path, lang: Lang = "en") -> None:
    """Draw the points into a PNG file; one that others dominate is hollow."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D
    from matplotlib.ticker import MaxNLocator

    say, points = Words(lang), found.points
    kinds: list[tuple[str, Callable[[Point], float]]]
    kinds = [("empty_axis", lambda p: p.figures.empty_seats)]
    if any(point.figures.km is not None for point in points):
        kinds.append(("km_axis", lambda p: p.figures.km or 0))
    if any(point.figures.lowest_area is not None for point in points):
        kinds.append(("area_axis", lambda p: 100 * (p.figures.lowest_area or 0.0)))
    figure = Figure(figsize=(3 + 4 * len(kinds), 6), layout="constrained", dpi=120)
    FigureCanvasAgg(figure)
    panels = figure.subplots(1, len(kinds), squeeze=False, sharey=True)[0]
    numbers = []
    for axes, (key, right) in zip(panels, kinds, strict=True):
        numbers.append(_panel(axes, points, right, say(f"tradeoffs.{key}")))
        whole = key != "area_axis"
        axes.xaxis.set_major_locator(MaxNLocator(5, integer=whole, min_n_ticks=1))
    panels[0].set_ylabel(say("tradeoffs.unevenness_axis"))
    figure.suptitle(say("tradeoffs.tradeoff_title"))
    rows = [
        f"{p.number}  {label(p, found.own, lang)} ({say('plans.gap')} "
        f"{say.percent(p.total.gap, up=True)}"
        f"{'; ' + say('tradeoffs.dominated') if p.dominated else ''})"
        for p in points
    ]
    marks = [
        Line2D([], [], marker="o", linestyle="", color=edge, markerfacecolor=fill)
        for edge, fill in map(_look, points)
    ]
    figure.legend(marks, rows, loc="outside lower center", ncols=2, fontsize=_SMALL)
    figure.draw_without_rendering()  # only then is it known where marks are
    for axes, texts in zip(panels, numbers, strict=True):
        _number(axes, texts, 72 / figure.dpi)
    figure.savefig(path, format="png")


def _look(point: Point) -> tuple[str, str]:
    """Colour of a point's edge, and of its inside."""
    color = _OWN if point.is_week else _DOMINATED if point.dominated else _OTHER
    return color, "none" if point.dominated else color


def _panel(
    axes: Axes, points: tuple[Point, ...], right: Callable[[Point], float], name: str
) -> dict[tuple[float, float], str]:
    """Unevenness in percent upwards, something else to the right; points in one place share a mark.

    Returns the numbers of the points at each mark.
    """
    places: dict[tuple[float, float], list[Point]] = {}
    for point in points:
        places.setdefault((right(point), 100 * point.figures.unevenness), []).append(point)
    for (x, y), here in places.items():
        shown = min(here, key=lambda p: (not p.is_week, p.dominated))
        color, fill = _look(shown)
        axes.plot([x], [y], "o", color=color, markerfacecolor=fill, markersize=8)
    few = [right(point) for point in points]
    room = max(1.0, 0.12 * (max(few) - min(few)))
    axes.set_xlim(min(few) - room, max(few) + room)
    axes.set_xlabel(name)
    axes.margins(y=0.12)
    axes.grid(alpha=0.3)
    return {place: ", ".join(str(p.number) for p in here) for place, here in places.items()}


def _number(axes: Axes, texts: dict[tuple[float, float], str], points: float) -> None:
    """Write a number at each mark, on the first side where it covers neither mark nor number.

    `points`: points of type in a pixel.
    """
    marks = {place: axes.transData.transform(place) * points for place in texts}
    taken: list[tuple[tuple[float, float] | None, float, float]]
    taken = [(place, x, y) for place, (x, y) in marks.items()]
    for place, text in texts.items():
        x, y = marks[place]
        half = {"left": 3 * len(text), "right": -3 * len(text), "center": 0}
        spots = [(side, x + right + half[side], y + up + 4) for side, right, up in _SIDES]
        free = [
            all(max(abs(a - c), abs(b - d)) >= _ROOM for other, c, d in taken if other != place)
            for _, a, b in spots
        ]
        chosen = free.index(True) if any(free) else 0
        side, right, up = _SIDES[chosen]
        taken.append((None, spots[chosen][1], spots[chosen][2]))
        axes.annotate(
            text, place, (right, up), textcoords="offset points", fontsize=_SMALL, ha=side
        )
