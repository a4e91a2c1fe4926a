"""How the work is shared: distributions, and those with the highest loads.

`Facts` -> `Loads`; a public report names nobody.
"""

from __future__ import annotations

from collections.abc import Sequence

from shiftplan.present.report.content import Bar, Heavy, Loads
from shiftplan.present.report.facts import Facts
from shiftplan.present.summary import load_bins, load_lines, share_bins
from shiftplan.present.texts.wording import number, percent


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
        loads=_bars(facts, _in_use(share_bins(found))),
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


def _in_use(rows: Sequence[tuple[str, int]]) -> Sequence[tuple[str, int]]:
    """Rows from the first that counts anybody to the last."""
    used = [i for i, (_, count) in enumerate(rows) if count]
    return rows[used[0] : used[-1] + 1] if used else []


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
