"""Reasons as people read them, in English and Vietnamese.

`SeatReasons` or `Answer` -> lines of text.
"""

from __future__ import annotations

from collections.abc import Mapping

from shiftplan.explain.asked import Answer
from shiftplan.explain.seat import Kind, PersonReason, SeatReasons
from shiftplan.moves import Effect
from shiftplan.naming import Names
from shiftplan.problem import Problem
from shiftplan.summary import rule_name
from shiftplan.texts import TEXTS, Lang
from shiftplan.wording import number


def seat_lines(
    problem: Problem, found: SeatReasons, lang: Lang, *, named: bool = True
) -> list[str]:
    """A line about the seats, and a paragraph about those who could fill them, in groups.

    `named`: with the name of whoever is nearest to filling the seat, in each group.
    """
    words, names, need = TEXTS[lang], Names(problem, lang), found.requirement
    counts = (number(n, lang) for n in (found.filled, need.target))
    least, empty = number(need.minimum, lang), number(found.empty, lang)
    place = names.shift(need.shift_id)
    head = words["seat head"].format(place, *counts, names.counted(need), least, empty)
    if not found.people:
        return [head, words["seat nobody"]]
    parts = [
        _group(problem, names, kind, rule, group, lang, named=named)
        for (kind, rule), group in found.groups.items()
    ]
    qualified = words["seat qualified"].format(number(len(found.people), lang))
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
    text = words.get(f"seat {kind} {rule}".rstrip())
    told = (
        words[f"seat {kind}"].format(count, rule_name(rule, lang))
        if text is None
        else text.format(count)
    )
    first = group[0]
    if kind == "in it" or not named:
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


def answer_lines(problem: Problem, answer: Answer, lang: Lang) -> list[str]:
    """What it takes to do otherwise: the price, and who would move; or what stands against it."""
    words, names = TEXTS[lang], Names(problem, lang)
    who, where = names.person(answer.volunteer_id), names.shift(answer.shift_id)
    lines = [words[f"answer {answer.verdict} {answer.question}"].format(who, where)]
    lines += [f"  - {member.say(lang)} [{member.rule}]" for member in answer.because]
    if answer.cost is None:
        return lines
    costs = _parts(problem, answer.costs or {}, answer.levels or {}, lang)
    amount = number(abs(answer.cost), lang)
    if answer.cost > 0:
        lines.append(words["answer dearer"].format(amount, costs))
    elif answer.cost < 0:
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
    parts = _parts(problem, effect.costs, effect.levels, lang)
    key = "seat costs by" if effect.total >= 0 else "seat saves by"
    if not parts:
        return TEXTS[lang]["seat costs"].format(number(effect.total, lang))
    return TEXTS[lang][key].format(number(abs(effect.total), lang), parts)


def _parts(
    problem: Problem, costs: Mapping[str, int], levels: Mapping[int, int], lang: Lang
) -> str:
    """What makes up a total, the greatest part first; in units of the total, so that it adds up.

    By rule; by level where a kind of rule stands at several levels.
    """
    at: dict[str, set[int]] = {}
    for rule in problem.rules:
        if rule.level != "hard":
            at.setdefault(rule.rule, set()).add(rule.level)
    if all(len(at[kind]) == 1 for kind in costs):
        of_kind = {kind: problem.rate_of[min(at[kind])] * cost for kind, cost in costs.items()}
        parts = {rule_name(kind, lang): cost for kind, cost in of_kind.items()}
    else:
        named = TEXTS[lang]["level"]
        parts = {named.format(n): problem.rate_of[n] * cost for n, cost in levels.items()}
    order = sorted(filter(parts.get, parts), key=lambda name: (-abs(parts[name]), name))
    return ", ".join(
        f"{name} {'+' if parts[name] > 0 else '−'}{number(abs(parts[name]), lang)}"
        for name in order
    )
