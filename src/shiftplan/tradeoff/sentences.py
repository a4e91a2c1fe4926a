"""Points of a trade-off in words.

`Tradeoff` -> what each point is, and what it gives for what, in English or Vietnamese.
"""

from __future__ import annotations

from fractions import Fraction

from shiftplan.texts import TEXTS, Lang
from shiftplan.texts.wording import joined, number, percent
from shiftplan.tradeoff.points import Figures, Point, Tradeoff
from shiftplan.tradeoff.weighting import Weighting

WIDE = 0.05
"""Gap above which a point may still lie far from what its prices would buy."""


def label(point: Point, own: Weighting, lang: Lang) -> str:
    """What a point prices otherwise than the week does."""
    words, weighting = TEXTS[lang], point.weighting
    if point.is_week:
        return words["as the week says"]
    if weighting.evenness == 0 == weighting.travel:
        return words["service only"]
    parts = [
        _factor(words[aim], mine, theirs, lang)
        for aim, mine, theirs in (
            ("evenness", weighting.evenness, own.evenness),
            ("travel", weighting.travel, own.travel),
        )
        if mine != theirs
    ]
    return ", ".join(parts)


def _factor(aim: str, factor: Fraction, own: Fraction, lang: Lang) -> str:
    """An aim with the factor on its price."""
    words = TEXTS[lang]
    if factor == 0:
        return words["without"].format(aim)
    if own == 0 and factor == 1:
        return words["priced"].format(aim)
    return f"{aim} x {factor}"


def lines(found: Tradeoff, lang: Lang) -> list[str]:
    """The week's own point, what every other point gives for what, and what was not found."""
    words, week = TEXTS[lang], found.week
    told = []
    if week is not None:
        figures = week.figures
        parts = [
            words["empty now"].format(number(figures.empty_seats, lang)),
            words["inequality now"].format(inequality(figures, lang)),
            words["highest now"].format(percent(figures.highest_load, lang)),
        ]
        parts += [] if figures.km is None else [f"{number(figures.km, lang)} km"]
        told.append(f"{week.number}. {label(week, found.own, lang)}: {', '.join(parts)}.")
        told += [
            f"{point.number}. {label(point, found.own, lang)}: "
            + exchange(week.figures, point.figures, lang)
            for point in found.points
            if point is not week
        ]
    wide = [str(p.number) for p in found.points if (p.total.gap or 0.0) > WIDE]
    if wide:
        told.append(words["wide gaps"].format(", ".join(wide), percent(WIDE, lang)))
    if len(found.points) < found.wanted:
        told.append(words["points found"].format(len(found.points), found.wanted))
    return told


def exchange(before: Figures, after: Figures, lang: Lang) -> str:
    """What a step from one point to another gives, and what for."""
    words = TEXTS[lang]
    seats = _change(after.empty_seats - before.empty_seats, "empty seats", lang)
    km = _change((after.km or 0) - (before.km or 0), "km", lang)
    loads = ""
    if inequality(after, lang) != inequality(before, lang):
        loads = words["inequality change"].format(inequality(after, lang), inequality(before, lang))
    steps = [
        (seats, after.empty_seats > before.empty_seats),
        (loads, after.gini > before.gini),
        (km, (after.km or 0) > (before.km or 0)),
    ]
    losses, gains = ([text for text, worse in steps if text and worse is w] for w in (True, False))
    if not losses and not gains:
        return words["same figures"]
    if not losses:
        return words["only gains"].format(joined(gains, lang))
    if not gains:
        return words["only losses"].format(joined(losses, lang))
    key = "buys" if len(losses) == 1 and losses[0] == loads else "buy"
    return words[key].format(joined(losses, lang), joined(gains, lang))


def _change(difference: int, unit: str, lang: Lang) -> str:
    """So many more or fewer of something; empty when there is no difference."""
    if difference == 0:
        return ""
    key = "more " if difference > 0 else "fewer "
    one = abs(difference) == 1 and unit == "empty seats"
    unit = "empty seat" if one else unit
    return TEXTS[lang][key + unit].format(number(abs(difference), lang))


def inequality(figures: Figures, lang: Lang) -> str:
    """The Gini coefficient with three decimals."""
    text = f"{figures.gini:.3f}"
    return text if lang == "en" else text.replace(".", ",")
