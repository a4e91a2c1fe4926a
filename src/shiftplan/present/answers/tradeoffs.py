"""Points of a trade-off as people read them.

`Tradeoff` -> what each point is, and what it gives for what; rows of a CSV file.
"""

from __future__ import annotations

from fractions import Fraction

from shiftplan.analysis.tradeoff.points import Figures, Point, Tradeoff, serves_areas_better
from shiftplan.analysis.tradeoff.weighting import Weighting
from shiftplan.files.csv_text import to_csv
from shiftplan.present.texts import TEXTS, Lang
from shiftplan.present.texts.wording import joined, number, percent

_COLUMNS = (
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
WIDE = 0.05
"""Gap above which a point may still lie far from what its prices would buy."""


def label(point: Point, own: Weighting, lang: Lang) -> str:
    """What a point prices otherwise than the week does."""
    return (
        TEXTS[lang]["as the week says"] if point.is_week else label_of(point.weighting, own, lang)
    )


def label_of(weighting: Weighting, own: Weighting, lang: Lang) -> str:
    """What a weighting prices otherwise than the week does, and what it keeps beside service."""
    words = TEXTS[lang]
    parts = []
    if weighting.evenness == 0 == weighting.travel:
        parts.append(words["service only"])
    elif weighting.service != 1:
        parts.append(_factor(words["aim service"], weighting.service, own.service, lang))
    elif weighting.areas:
        parts.append(words["priced"].format(words["worst area"]))
    else:
        if weighting.evenness != own.evenness or weighting.travel == own.travel:
            parts.append(_factor(words["evenness"], weighting.evenness, own.evenness, lang))
        if weighting.travel != own.travel:
            parts.append(_factor(words["travel"], weighting.travel, own.travel, lang))
    if weighting.kept in ("most of the service", "evenness"):
        parts.append(words[f"kept {weighting.kept}"])
    return ", ".join(parts)


def _factor(aim: str, factor: Fraction, own: Fraction, lang: Lang) -> str:
    """An aim with the factor on its price."""
    words = TEXTS[lang]
    if factor == 0:
        return words["without"].format(aim)
    if own == 0 and factor == 1:
        return words["priced"].format(aim)
    return f"{aim} x {factor}"


def tradeoff_lines(found: Tradeoff, lang: Lang) -> list[str]:
    """The week's own point, what every other point gives for what, and what was not found."""
    words, week = TEXTS[lang], found.week
    told = []
    if week is not None:
        figures = week.figures
        parts = [
            words["empty now"].format(number(figures.empty_seats, lang)),
            words["unevenness now"].format(percent(figures.unevenness, lang, up=True)),
            words["highest now"].format(percent(figures.highest_load, lang)),
        ]
        parts += [] if figures.km is None else [f"{number(figures.km, lang)} km"]
        if figures.lowest_area is not None:
            parts.append(words["area now"].format(percent(figures.lowest_area, lang)))
        told.append(f"{week.number}. {label(week, found.own, lang)}: {', '.join(parts)}.")
        told += [
            f"{point.number}. {label(point, found.own, lang)}: "
            + exchange(week.figures, point.figures, lang)
            for point in found.points
            if point is not week
        ]
        told.append(words["unevenness told"].format(percent(found.share, lang)))
        if week.dominated:
            key = "week not proven" if week.total.gap else "week dominated"
            told.append(words[key].format(week.number, percent(week.total.gap, lang, up=True)))
    late = [p for p in found.left_out if (p.total.gap or 0.0) > WIDE]
    areas = [
        point
        for point in found.left_out
        if week is not None
        and point.weighting.areas
        and point not in late
        and not serves_areas_better(point.figures, week.figures)
    ]
    needless = [p for p in found.left_out if p not in late and p not in areas]
    for key, points in (("left out", needless), ("no area", areas), ("not found", late)):
        if points:
            names = "; ".join(label(point, found.own, lang) for point in points)
            told.append(words[key].format(names, percent(WIDE, lang)))
    wide = [str(p.number) for p in found.points if (p.total.gap or 0.0) > WIDE]
    if wide:
        told.append(words["wide gaps"].format(", ".join(wide), percent(WIDE, lang)))
    if len(found.points) + len(found.left_out) < found.wanted:
        searched = len(found.points) + len(found.left_out)
        told.append(words["points found"].format(searched, found.wanted))
    return told


def exchange(before: Figures, after: Figures, lang: Lang) -> str:
    """What a step from one point to another gives, and what for."""
    words = TEXTS[lang]
    steps = [
        (
            _change(after.empty_seats - before.empty_seats, "empty seats", lang),
            after.empty_seats > before.empty_seats,
        ),
        (
            _change(after.service_cost - before.service_cost, "service", lang),
            after.service_cost > before.service_cost,
        ),
        (
            _instead(before.unevenness, after.unevenness, "unevenness change", lang, up=True),
            after.unevenness > before.unevenness,
        ),
        (
            _change((after.km or 0) - (before.km or 0), "km", lang),
            (after.km or 0) > (before.km or 0),
        ),
        (
            _instead(before.lowest_area, after.lowest_area, "area change", lang),
            (after.lowest_area or 0) < (before.lowest_area or 0),
        ),
    ]
    losses, gains = ([text for text, worse in steps if text and worse is w] for w in (True, False))
    if not losses and not gains:
        return words["same figures"]
    if not losses:
        return words["only gains"].format(joined(gains, lang))
    if not gains:
        return words["only losses"].format(joined(losses, lang))
    key = "buys" if len(losses) == 1 and not losses[0][0].isdigit() else "buy"
    return words[key].format(joined(losses, lang), joined(gains, lang))


def _change(difference: int, unit: str, lang: Lang) -> str:
    """So many more or fewer of something; empty when there is no difference."""
    if difference == 0:
        return ""
    key = "more " if difference > 0 else "fewer "
    one = abs(difference) == 1 and unit == "empty seats"
    unit = "empty seat" if one else unit
    return TEXTS[lang][key + unit].format(number(abs(difference), lang))


def _instead(
    before: float | None, after: float | None, key: str, lang: Lang, *, up: bool = False
) -> str:
    """One share instead of another; empty where they read alike."""
    old, new = percent(before, lang, up=up), percent(after, lang, up=up)
    return "" if old == new else TEXTS[lang][key].format(new, old)


def tradeoff_csv(found: Tradeoff, lang: Lang = "en") -> str:
    """CSV text, one row a point; numbers are written for programs, labels for people."""
    return to_csv(_COLUMNS, (_row(point, found.own, lang) for point in found.points))


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
