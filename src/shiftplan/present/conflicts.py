"""Rules and pins that contradict each other, and what to give up.

`ConflictMember`s and `WayOut`s -> lines; very many members are told by rule and center.
"""

from __future__ import annotations

from collections.abc import Sequence

from shiftplan.errors.message import Message
from shiftplan.present.texts import Lang
from shiftplan.present.texts.wording import rule_name
from shiftplan.present.words import Words
from shiftplan.rules.base import counted
from shiftplan.solving.result import ConflictMember, WayOut

_MOST_MEMBERS = 10
"""Members of a way out up to which people read each of them."""
_MOST_LINES = 20
_MOST_SHOWN = 20


def conflict_lines(conflict: Sequence[ConflictMember], lang: Lang) -> list[str]:
    """The rules and pins that contradict each other, a sentence each with the kind of rule."""
    first = conflict[:_MOST_SHOWN]
    shown = [f"  - {member.message.said(lang)} [{member.rule}]" for member in first]
    if len(conflict) > _MOST_SHOWN:
        shown.append("  " + Words(lang)("form.more", n=len(conflict) - _MOST_SHOWN))
    return shown


def way_out_lines(ways: Sequence[WayOut], lang: Lang) -> list[str]:
    """What to give up, a numbered way after the other.

    Each member has a sentence, unless they are many: then they are told by rule and center.
    """
    say = Words(lang)
    lines = []
    for count, way in enumerate(ways, 1):
        if len(way.members) > _MOST_MEMBERS:
            first, *rest = _tally_lines(way, lang)
        else:
            first, *rest = (
                say(
                    "conflict.and_give_up" if place else "conflict.give_up",
                    what=f"{member.message.said(lang)} [{member.rule}]",
                )
                for place, member in enumerate(way.members)
            )
        lines += [f"  {count}. {first}", *(f"     {line}" for line in rest)]
    return lines


def _tally_lines(way: WayOut, lang: Lang) -> list[str]:
    """How much is given up in all, and then by rule and center: amounts, and how many members."""
    say = Words(lang)
    amounts: dict[tuple[str, str, str], list[int]] = {}
    for member, amount in zip(way.members, way.amounts, strict=True):
        amounts.setdefault((member.rule, member.center, member.unit), []).append(amount)
    lines = [say("conflict.give_up_many", places=len(way.members))]
    worst = sorted(amounts.items(), key=lambda item: (-sum(item[1]), -len(item[1]), item[0]))
    for (rule, center, unit), found in worst[:_MOST_LINES]:
        about = ", ".join(part for part in (rule_name(rule, lang), center) if part)
        told = say(
            "conflict.tally",
            about=about,
            amount=sum(found),
            unit=counted(unit),
            count=len(found),
            places=Message("plans.places"),
        )
        lines.append(f"- {told}")
    if len(worst) > _MOST_LINES:
        lines.append(say("form.more", n=len(worst) - _MOST_LINES))
    return lines
