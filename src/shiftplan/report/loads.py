"""How the work is shared: distributions, and those with the highest loads.

`Facts` -> `Loads`; a public report names nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from shiftplan.report.content import Bar, Heavy, Loads
from shiftplan.report.facts import Facts
from shiftplan.scoring.fairness import Fairness
from shiftplan.summary import load_bins, load_lines
from shiftplan.texts import Lang
from shiftplan.texts.wording import number, percent

_TENTHS = 10


def loads_of(facts: Facts) -> Loads:
    """How the work is shared."""
    found, lang = facts.fairness, facts.lang
    is_first_week = not facts.problem.history
    lines = load_lines(found, lang, named=not facts.public)
    if is_first_week and found.loads is not None:
        ends = percent(found.loads.p10, lang), percent(found.loads.p90, lang)
        told, instead = (facts.words[key].format(*ends) for key in ("spread", "report spread"))
        lines = [instead if line == told else line for line in lines]
    return Loads(
        sentences=tuple(lines),
        is_first_week=is_first_week,
        shifts=_bars(facts, load_bins(found)),
        loads=_bars(facts, _by_load(found, facts.lang)),
        bands=tuple(
            (
                _between(least, most),
                number(spread.count, lang),
                percent(spread.p10, lang),
                percent(spread.p50, lang),
                percent(spread.p90, lang),
            )
            for (least, most), spread in found.bands.items()
        ),
        worst=() if facts.public else _worst(facts),
    )


def _between(least: int, most: int | None) -> str:
    if most is None:
        return f"≥ {least}"
    return f"{least}" if least == most else f"{least}–{most}"


def _by_load(found: Fairness, lang: Lang) -> list[tuple[str, int]]:
    """Rows (load in per cent, people who offered something), a row for each tenth in use."""
    counts = Counter(min(int(p.load * _TENTHS + 1e-9), _TENTHS) for p in found.offering)
    if not counts:
        return []
    first, last = min(counts), max(counts)
    unit = " %" if lang == "en" else "%"
    labels = [f"{i * 10}–{i * 10 + 10}{unit}" for i in range(_TENTHS)] + [f"≥ 100{unit}"]
    return [(labels[i], counts[i]) for i in range(first, last + 1)]


def _bars(facts: Facts, rows: Sequence[tuple[str, int]]) -> tuple[Bar, ...]:
    most = max((count for _, count in rows), default=0) or 1
    return tuple(
        Bar(label, number(count, facts.lang), round(100 * count / most, 1)) for label, count in rows
    )


def _worst(facts: Facts) -> tuple[Heavy, ...]:
    return tuple(
        Heavy(
            name=facts.names.person(person.volunteer_id),
            load=percent(person.load, facts.lang),
            reason=person.reason(facts.lang),
        )
        for person in facts.fairness.worst
    )
