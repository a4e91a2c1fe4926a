"""The first lines about a result: what was found, what is proven, and why the search ended.

`Result` -> sentences in English or Vietnamese.
"""

from __future__ import annotations

from datetime import date

from shiftplan.present.texts import TEXTS, Lang
from shiftplan.present.texts.wording import day, named, number, percent
from shiftplan.solving.result import Cost, Result, Status

_MOST_PLACES = 5
"""Centers or dates named in a sentence, at most."""


def proof(result: Result, lang: Lang) -> list[str]:
    """What is proven about the roster: by how much another one could be cheaper at most."""
    words = TEXTS[lang]
    if result.roster is None:
        return []
    if any(cost.bound is not None for cost in result.levels.values()):
        return [
            words["level"].format(level) + ": " + _proof(cost, lang)
            for level, cost in result.levels.items()
        ]
    return [_proof(result.total, lang)]


def _proof(cost: Cost, lang: Lang) -> str:
    words = TEXTS[lang]
    if cost.gap is None or (cost.cost and cost.gap >= 1):
        return words["nothing proven"]
    if cost.gap == 0:
        return words["best"]
    return words["at most cheaper"].format(percent(cost.gap, lang, up=True))


def headline(result: Result, lang: Lang) -> list[str]:
    """Status, cost, what is proven, and why the search ended; one sentence a line."""
    words = TEXTS[lang]
    first = _first_line(result, lang)
    lines = [first]
    if result.roster is not None:
        levels = "; ".join(
            f"{words['level'].format(level)}: {number(cost.cost, lang)}"
            for level, cost in result.levels.items()
        )
        total = words["total"].format(number(result.total.cost, lang))
        lines[0] += f" {total}" + (f" ({levels})." if levels else ".")
        lines += [] if first == words["FIRST"] else proof(result, lang)
        lines += _nobody_lines(result, lang)
    if result.status is Status.INFEASIBLE:
        known = result.conflict_confirmed
        lines += contradiction_lines(lang, confirmed=known, named=bool(result.conflict))
    seconds = f"{result.seconds:.1f}" if result.seconds < 9.95 else f"{result.seconds:.0f}"
    if lang == "vi":
        seconds = seconds.replace(".", ",")
    reason = "ended" if result.stopped_by is None else result.stopped_by.value
    lines.append(words[reason].format(seconds))
    if result.hint is not None:
        kept, given = result.hint.kept, result.hint.assignments
        lines.append(words["hint used"].format(number(kept, lang), number(given, lang)))
    return lines


def contradiction_lines(lang: Lang, *, confirmed: bool, named: bool = True) -> list[str]:
    """How certain a contradiction is, and whether its rules could be named; a sentence a line."""
    words = TEXTS[lang]
    lines = [words["conflict: confirmed" if confirmed else "conflict: not confirmed"]]
    return lines if named else [*lines, words["conflict: unnamed"]]


def _first_line(result: Result, lang: Lang) -> str:
    """What was found, and first of all whether it can be used."""
    words = TEXTS[lang]
    if result.poor is not None:
        return result.poor.message.said(lang)
    # A repair tells no history: it is of what was minimised there, and so is what was proven.
    if result.history and proof(result, lang) == [words["nothing proven"]]:
        return words["FIRST"]
    return words[result.status.value]


def _nobody_lines(result: Result, lang: Lang) -> list[str]:
    """Centers and dates at which nobody can take any shift, a sentence for each of the two."""
    words, lines = TEXTS[lang], []
    known = () if result.equity is None else result.equity.centers
    names = {center.center_id: center.name for center in known}
    centers = [named(names.get(place, ""), place) for place in result.nobody_at]
    dates = [day(date.fromisoformat(text), lang) for text in result.nobody_on]
    for key, places in (("nobody at", centers), ("nobody on", dates)):
        if places:
            shown = places[:_MOST_PLACES]
            if len(places) > _MOST_PLACES:
                shown.append(words["more"].format(number(len(places) - _MOST_PLACES, lang)))
            lines.append(words[key].format(", ".join(shown)))
    return lines
