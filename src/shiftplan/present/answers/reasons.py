"""Why a seat is empty, and why somebody works a shift or not, as people read it.

`SeatReasons` or `Answer` -> lines, and JSON with them.
"""

from __future__ import annotations

from typing import Any

from shiftplan.analysis.explain import Answer, PersonReason, SeatReasons
from shiftplan.analysis.explain.seats import Kind
from shiftplan.present.naming import Names
from shiftplan.present.summary import conflict_lines
from shiftplan.present.texts import TEXTS, Lang
from shiftplan.present.texts.wording import in_both, number, why
from shiftplan.problem import Problem
from shiftplan.scoring.costs import cost_parts
from shiftplan.scoring.moves import Effect


def seat_lines(found: SeatReasons, lang: Lang, *, named: bool = True) -> list[str]:
    """A line about the seats, and a paragraph about those who could fill them, in groups.

    `named`: with the name of whoever is nearest to filling the seat, in each group.
    """
    problem = found.problem
    words, names, need = TEXTS[lang], Names(problem, lang), found.requirement
    counts = (number(n, lang) for n in (found.filled, need.target))
    least, empty = number(need.minimum, lang), number(found.empty, lang)
    place = names.shift(need.shift_id)
    head = words["seat head"].format(place, *counts, names.counted(need), least, empty)
    if not found.empty:
        return [head, words["seat full"]]
    if not found.people:
        return [head, words["seat nobody"]]
    parts = [
        _group(problem, names, kind, rule, group, lang, named=named)
        for (kind, rule), group in found.groups.items()
    ]
    key = "seat qualified several" if any(len(p.rules) > 1 for p in found.people) else ""
    qualified = words[key or "seat qualified"].format(number(len(found.people), lang))
    return [head, f"{qualified} {'; '.join(parts)}."]


def _group(
    problem: Problem,
    names: Names,
    kind: Kind,
    rule: str,
    group: tuple[PersonReason, ...],
    lang: Lang,
    *,
    named: bool,
) -> str:
    """How many people have a reason, and who of them is nearest to filling the seat."""
    words, count = TEXTS[lang], number(len(group), lang)
    told = words["seat against"].format(count, why(rule, lang))
    if not rule:
        told = words[f"seat {kind}"].format(count)
    first = group[0]
    if kind == "in_it" or not named:
        return told
    who = names.person(first.volunteer_id)
    if first.effect is None:
        near = words["seat such as"].format(who)
    else:
        cost = _cost(first.effect, problem, lang)
        if first.instead is None:
            near = words["seat by coming"].format(who, cost)
        elif first.instead.volunteer_id == first.volunteer_id:
            left = names.shift(first.instead.shift_id)
            near = words["seat by leaving"].format(who, left, cost)
        else:
            member = names.person(first.instead.volunteer_id)
            near = words["seat in place"].format(who, member, cost)
    return f"{told} [{near}]"


def answer_lines(answer: Answer, lang: Lang) -> list[str]:
    """What it takes to do otherwise: the price, and who would move; or what stands against it.

    Where the week has no roster at all, the rules and pins that contradict each other instead.
    """
    words, names = TEXTS[lang], Names(answer.problem, lang)
    who, where = names.person(answer.volunteer_id), names.shift(answer.shift_id)
    lines = [words[f"answer {answer.verdict} {answer.question}"].format(who, where)]
    if answer.conflict:
        lines.append(words["conflict"])
    if answer.because:
        reasons = "each alone" if answer.each_alone else "together"
        lines.append(words[f"answer {reasons if len(answer.because) > 1 else 'reason'}"])
    lines += conflict_lines(answer.because or answer.conflict, lang)
    if not answer.minimal:
        lines.append(words["conflict: not minimal"])
    if answer.total is None:
        return lines
    costs = cost_parts(answer.problem, answer.costs or {}, answer.levels or {}, lang)
    amount = number(abs(answer.total), lang)
    if answer.total > 0:
        lines.append(words["answer dearer"].format(amount, costs))
    elif answer.total < 0:
        lines.append(words["answer cheaper"].format(amount, costs))
    else:
        lines.append(words["answer equal by"].format(costs) if costs else words["answer equal"])
    if answer.proven:
        lines.append(words["answer proven near"].format(answer.stay))
    lines.append(words["answer changes"])
    for change in answer.changes:
        key = "answer comes" if change.added else "answer leaves"
        person = names.person(change.assignment.volunteer_id)
        lines.append("  " + words[key].format(person, names.shift(change.assignment.shift_id)))
    return lines


def _cost(effect: Effect, problem: Problem, lang: Lang) -> str:
    parts = cost_parts(problem, effect.costs, effect.levels, lang)
    key = "seat costs by" if effect.total >= 0 else "seat saves by"
    if not parts:
        return TEXTS[lang]["seat costs"].format(number(effect.total, lang))
    return TEXTS[lang][key].format(number(abs(effect.total), lang), parts)


def seat_json(found: SeatReasons) -> dict[str, Any]:
    """The reasons as JSON has them, with the sentences in each language."""
    return {**found.as_dict(), "sentences": in_both(lambda lang: seat_lines(found, lang))}


def answer_json(answer: Answer) -> dict[str, Any]:
    """The answer as JSON has it, with the sentences in each language."""
    return {**answer.as_dict(), "sentences": in_both(lambda lang: answer_lines(answer, lang))}
