"""A way out with very many members, told by rule and center.

`WayOut` -> sums -> lines of English or Vietnamese, the most first.
"""

from __future__ import annotations

from shiftplan.present.texts import TEXTS, UNITS_VI, Lang
from shiftplan.present.texts.wording import number, rule_name
from shiftplan.solving.result import WayOut

MOST_MEMBERS = 10
"""Members of a way out up to which people read each of them."""
_MOST_LINES = 20


def tally_lines(way: WayOut, lang: Lang) -> list[str]:
    """How much is given up in all, and then by rule and center: amounts, and how many members."""
    words = TEXTS[lang]
    amounts: dict[tuple[str, str, str], list[int]] = {}
    for member, amount in zip(way.members, way.amounts, strict=True):
        amounts.setdefault((member.rule, member.center, member.unit), []).append(amount)
    lines = [words["conflict: give up many"].format(number(len(way.members), lang))]
    worst = sorted(amounts.items(), key=lambda item: (-sum(item[1]), -len(item[1]), item[0]))
    for (rule, center, unit), found in worst[:_MOST_LINES]:
        about = ", ".join(part for part in (rule_name(rule, lang), center) if part)
        counted = UNITS_VI.get(unit, unit) if lang == "vi" else unit
        told = words["conflict: tally"].format(
            about=about,
            amount=number(sum(found), lang),
            unit=counted,
            count=number(len(found), lang),
            places=words["places"],
        )
        lines.append(f"- {told}")
    if len(worst) > _MOST_LINES:
        lines.append(words["more"].format(number(len(worst) - _MOST_LINES, lang)))
    return lines
