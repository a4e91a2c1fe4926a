"""The first lines about a result: what was found, what is proven, why the search ended; conflicts.

`Result`, `ConflictMember`s, `WayOut`s -> sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from shiftplan.errors.message import Message
from shiftplan.present.naming import named, rule_name
from shiftplan.present.words import Lang, Words
from shiftplan.rules.base import counted
from shiftplan.solving.result import ConflictMember, Cost, Result, Status, WayOut

_MOST_PLACES = 5
"""Centers or dates named in a sentence, at most."""


def proof(result: Result, lang: Lang) -> list[str]:
    """What is proven about the roster: by how much another one could be cheaper at most."""
    say = Words(lang)
    if result.roster is None:
        return []
    if any(cost.bound is not None for cost in result.levels.values()):
        return [
            f"{say('plans.level', level=level)}: {_proof(cost, lang)}"
            for level, cost in result.levels.items()
        ]
    return [_proof(result.total, lang)]


def _proof(cost: Cost, lang: Lang) -> str:
    say = Words(lang)
    if cost.gap is None or (cost.cost and cost.gap >= 1):
        return say("plans.nothing_proven")
    if cost.gap == 0:
        return say("plans.best")
    return say("plans.at_most_cheaper", gap=cost.gap)


def headline(result: Result, lang: Lang) -> list[str]:
    """Status, cost, what is proven, and why the search ended; one sentence a line."""
    say = Words(lang)
    first = _first_line(result, lang)
    lines = [first]
    if result.roster is not None:
        levels = "; ".join(
            f"{say('plans.level', level=level)}: {say.number(cost.cost)}"
            for level, cost in result.levels.items()
        )
        total = say("plans.total", cost=result.total.cost)
        lines[0] += f" {total}" + (f" ({levels})." if levels else ".")
        lines += [] if first == say("status.first") else proof(result, lang)
        lines += _nobody_lines(result, lang)
    if result.status is Status.INFEASIBLE:
        known = result.conflict_confirmed
        lines += contradiction_lines(lang, confirmed=known, named=bool(result.conflict))
    seconds = say.number(result.seconds, 1 if result.seconds < 9.95 else 0)
    reason = "by_itself" if result.stopped_by is None else result.stopped_by.value.lower()
    lines.append(say(f"stopped.{reason}", seconds=seconds))
    if result.hint is not None:
        kept, given = result.hint.kept, result.hint.assignments
        lines.append(say("plans.hint_used", kept=kept, given=given))
    return lines


def contradiction_lines(lang: Lang, *, confirmed: bool, named: bool = True) -> list[str]:
    """How certain a contradiction is, and whether its rules could be named; a sentence a line."""
    say = Words(lang)
    lines = [say("conflict.confirmed" if confirmed else "conflict.not_confirmed")]
    return lines if named else [*lines, say("conflict.unnamed")]


def _first_line(result: Result, lang: Lang) -> str:
    """What was found, and first of all whether it can be used."""
    say = Words(lang)
    if result.poor is not None:
        return result.poor.message.said(lang)
    # A repair tells no history: it is of what was minimised there, and so is what was proven.
    if result.history and proof(result, lang) == [say("plans.nothing_proven")]:
        return say("status.first")
    return say(f"status.{result.status.value.lower()}")


def _nobody_lines(result: Result, lang: Lang) -> list[str]:
    """Centers and dates at which nobody can take any shift, a sentence for each of the two."""
    say, lines = Words(lang), []
    known = () if result.equity is None else result.equity.centers
    names = {center.center_id: center.name for center in known}
    centers = [named(names.get(place, ""), place) for place in result.nobody_at]
    dates = [say.date(date.fromisoformat(text)) for text in result.nobody_on]
    for code, places in (("plans.nobody_at", centers), ("plans.nobody_on", dates)):
        if places:
            shown = places[:_MOST_PLACES]
            if len(places) > _MOST_PLACES:
                shown.append(say("form.more", n=len(places) - _MOST_PLACES))
            lines.append(say(code, places=tuple(shown)))
    return lines


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
