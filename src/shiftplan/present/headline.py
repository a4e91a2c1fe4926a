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
from shiftplan.solving.result import Conflict, ConflictMember, Cost, Result, Status, WayOut

_MOST_PLACES = 5
"""Centers or dates named in a sentence, at most."""
_MOST_MEMBERS = 10
"""Members of a way out up to which people read each of them."""
_MOST_LINES = 20


def headline(result: Result, lang: Lang, *, told: bool = False) -> list[str]:
    """Status, cost, what is proven, and why the search ended; one sentence a line.

    Without the lines of `finding` where they were told before.
    """
    say, proven = Words(lang), proof(result, lang)
    is_unproven = result.poor is None and proven == [say("plans.nothing_proven")]
    is_best = result.status is Status.OPTIMAL
    # Where an earlier roster was kept, what was proven and the history of it are of another aim.
    is_kept = is_unproven and is_best and not result.history
    is_first = is_unproven and not is_best and result.history
    code = "kept" if is_kept else "first" if is_first else result.status.value.lower()
    if is_kept:
        proven = [say("plans.not_reckoned")]
    lines = [say(f"status.{code}") if result.poor is None else result.poor.message.said(lang)]
    if result.roster is not None:
        levels = "; ".join(
            f"{say('plans.level', level=level)}: {say.number(cost.cost)}"
            for level, cost in result.levels.items()
        )
        total = say("plans.total", cost=result.total.cost)
        lines[0] += f" {total}" + (f" ({levels})." if levels else ".")
        lines += [] if is_first else proven
        known = () if result.equity is None else result.equity.centers
        names = {center.center_id: center.name for center in known}
        centers = [named(names.get(place, ""), place) for place in result.nobody_at]
        dates = [say.date(date.fromisoformat(text)) for text in result.nobody_on]
        for code, places in (("plans.nobody_at", centers), ("plans.nobody_on", dates)):
            if more := places[_MOST_PLACES:]:
                places = [*places[:_MOST_PLACES], say("form.more", n=len(more))]
            lines += [say(code, places=tuple(places))] if places else []
    if result.status is Status.INFEASIBLE:
        lines = [] if told else finding(conflict_of(result), lang)
    lines.append(ending(result, say, say.number(result.seconds, int(result.seconds < 9.95))))
    if result.hint is not None:
        kept, given = result.hint.kept, result.hint.assignments
        lines.append(say("plans.hint_used", kept=kept, given=given))
    return lines


def conflict_of(result: Result) -> Conflict:
    """The conflict that a result holds."""
    minimal, confirmed = result.conflict_minimal, result.conflict_confirmed
    return Conflict(result.conflict, minimal, confirmed, result.conflict_count)


def finding(conflict: Conflict, lang: Lang) -> list[str]:
    """That there is no roster, and how certain that is; a sentence a line."""
    named = bool(conflict)
    certain = contradiction_lines(lang, confirmed=conflict.confirmed, named=named)
    return [Words(lang)("status.infeasible"), *certain]


def ending(result: Result, say: Words, seconds: str) -> str:
    """Why the search ended, and after how many seconds."""
    reason = "by_itself" if result.stopped_by is None else result.stopped_by.value.lower()
    return say(f"stopped.{reason}", seconds=seconds)


def proof(result: Result, lang: Lang) -> list[str]:
    """What is proven about the roster: by how much another one could be cheaper at most."""
    say = Words(lang)
    if result.roster is None:
        return []
    if any(cost.bound is not None for cost in result.levels.values()):
        return [
            f"{say('plans.level', level=level)}: {_proof(cost, say)}"
            for level, cost in result.levels.items()
        ]
    return [_proof(result.total, say)]


def _proof(cost: Cost, say: Words) -> str:
    if cost.gap is None or (cost.cost and cost.gap >= 1):
        return say("plans.nothing_proven")
    return say("plans.at_most_cheaper", gap=cost.gap) if cost.gap else say("plans.best")


def cost_figures(cost: int | None, bound: int | None, say: Words) -> list[str]:
    """Cost, bound and gap, as far as they are known."""
    figures = {"cost": cost, "bound": bound}
    parts = [f"{say(f'plans.{k}')} {say.number(n)}" for k, n in figures.items() if n is not None]
    gap = Cost(cost, bound).gap
    return parts if gap is None else [*parts, f"{say('plans.gap')} {say.percent(gap, up=True)}"]


def contradiction_lines(lang: Lang, *, confirmed: bool, named: bool = True) -> list[str]:
    """How certain a contradiction is, and whether its rules could be named; a sentence a line."""
    say = Words(lang)
    lines = [say("conflict.confirmed" if confirmed else "conflict.not_confirmed")]
    return lines if named else [*lines, say("conflict.unnamed")]


def conflict_lines(conflict: Sequence[ConflictMember], lang: Lang) -> list[str]:
    """The rules and pins that contradict each other, a sentence each with the kind of rule."""
    lines = [f"  - {_member(member, lang)}" for member in conflict[:_MOST_LINES]]
    if more := conflict[_MOST_LINES:]:
        lines.append("  " + Words(lang)("form.more", n=len(more)))
    return lines


def _member(member: ConflictMember, lang: Lang) -> str:
    return f"{member.message.said(lang)} [{member.rule}]"


def way_out_lines(ways: Sequence[WayOut], lang: Lang) -> list[str]:
    """What to give up, a numbered way after the other.

    Each member has a sentence, unless they are many: then they are told by rule and center.
    """
    say, lines = Words(lang), []
    for count, way in enumerate(ways, 1):
        if len(way.members) > _MOST_MEMBERS:
            first, *rest = _tally_lines(way, say)
        else:
            one, *others = (_member(member, lang) for member in way.members)
            first = say("conflict.give_up", what=one)
            rest = [say("conflict.and_give_up", what=other) for other in others]
        lines += [f"  {count}. {first}", *(f"     {line}" for line in rest)]
    return lines


def _tally_lines(way: WayOut, say: Words) -> list[str]:
    """How much is given up in all, and then by rule and center: amounts, and how many members."""
    amounts: dict[tuple[str, str, str, str], list[int]] = {}
    for member, amount in zip(way.members, way.amounts, strict=True):
        about = member.rule, member.center, member.center_id, member.unit
        amounts.setdefault(about, []).append(amount)
    lines = [say("conflict.give_up_many", n=len(way.members))]
    worst = sorted(amounts.items(), key=lambda item: (-sum(item[1]), -len(item[1]), item[0]))
    for (rule, center, _, unit), found in worst[:_MOST_LINES]:
        told = say(
            "conflict.tally",
            about=", ".join(filter(None, (rule_name(rule, say.lang), center))),
            amount=sum(found),
            unit=counted(unit),
            count=len(found),
            places=Message("plans.places"),
        )
        lines.append(f"- {told}")
    if more := worst[_MOST_LINES:]:
        lines.append(say("form.more", n=len(more)))
    return lines
