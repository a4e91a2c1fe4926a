"""Why a seat is empty, and why somebody works a shift or not, as people read it.

`SeatReasons` or `Answer` -> lines, and JSON with them.
"""

from __future__ import annotations

from typing import Any

from shiftplan.analysis.explain import Answer, PersonReason, SeatReasons
from shiftplan.errors.message import AtShift, Person
from shiftplan.present.answers.trades import cost_parts
from shiftplan.present.headline import conflict_lines
from shiftplan.present.naming import Names, why
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.week.json_form import by_language


def seat_lines(found: SeatReasons, lang: Lang, *, named: bool = True) -> list[str]:
    """A line about the seats, and a paragraph about those who could fill them, in groups.

    `named`: with the name of whoever is nearest to filling the seat, in each group.
    """
    names, need = Names(found.problem, lang), found.requirement
    say = Words(lang, names)
    head = say(
        "seat.head",
        shift=AtShift(need.shift_id),
        filled=found.filled,
        target=need.target,
        counted=names.counted(need),
        minimum=need.minimum,
        empty=found.empty,
    )
    if not found.empty:
        return [head, say("seat.full")]
    if not found.people:
        return [head, say("seat.nobody")]
    parts = []
    for (kind, rule), group in found.groups.items():
        n, reason = len(group), why(rule, lang) if rule else ""
        told = say("seat.against", n=n, why=reason) if rule else say(f"seat.{kind}", n=n)
        if named and kind != "in_it":
            told += f" [{_nearest(say, found.problem, group[0])}]"
        parts.append(told)
    several = "_several" if any(len(p.rules) > 1 for p in found.people) else ""
    return [head, f"{say(f'seat.qualified{several}', n=len(found.people))} {'; '.join(parts)}."]


def _nearest(say: Words, problem: Problem, person: PersonReason) -> str:
    """Who of a group is nearest to filling the seat, and at what cost."""
    who, instead = Person(person.volunteer_id), person.instead
    if person.effect is None:
        return say("seat.such_as", who=who)
    effect = person.effect
    if parts := cost_parts(problem, effect.costs, effect.levels, say):
        code = "seat.costs_by" if effect.total >= 0 else "seat.saves_by"
        cost = say(code, cost=abs(effect.total), parts=parts)
    else:
        cost = say("seat.costs", cost=effect.total)
    if instead is None:
        return say("seat.by_coming", who=who, cost=cost)
    if instead.volunteer_id == person.volunteer_id:
        return say("seat.by_leaving", who=who, left=AtShift(instead.shift_id), cost=cost)
    return say("seat.in_place", who=who, member=Person(instead.volunteer_id), cost=cost)


def answer_lines(answer: Answer, lang: Lang) -> list[str]:
    """What it takes to do otherwise: the price, and who would move; or what stands against it.

    Where the week has no roster at all, the rules and pins that contradict each other instead.
    """
    say = Words(lang, Names(answer.problem, lang))
    who, shift = Person(answer.volunteer_id), AtShift(answer.shift_id)
    lines = [say(f"answer.{answer.verdict}_{answer.question}", who=who, shift=shift)]
    if answer.conflict:
        lines.append(say("conflict.title"))
    if answer.because:
        reasons = "each_alone" if answer.each_alone else "together"
        lines.append(say(f"answer.{reasons if len(answer.because) > 1 else 'reason'}"))
    lines += conflict_lines(answer.because or answer.conflict, lang)
    if not answer.minimal:
        lines.append(say("conflict.not_minimal"))
    if answer.total is None:
        return lines
    parts = cost_parts(answer.problem, answer.costs or {}, answer.levels or {}, say)
    code = "dearer" if answer.total > 0 else "cheaper" if answer.total else "equal_by"
    if answer.total or parts:
        lines.append(say(f"answer.{code}", cost=abs(answer.total), parts=parts))
    else:
        lines.append(say("answer.equal"))
    if answer.proven:
        lines.append(say("answer.proven_near", stay=answer.stay))
    lines.append(say("answer.changes"))
    for change in answer.changes:
        code = "answer.comes" if change.added else "answer.leaves"
        shift_id, volunteer_id = change.assignment
        lines.append("  " + say(code, who=Person(volunteer_id), shift=AtShift(shift_id)))
    return lines


def seat_json(found: SeatReasons) -> dict[str, Any]:
    """The reasons as JSON has them, with the sentences in each language."""
    return {**found.as_dict(), "sentences": by_language(lambda lang: seat_lines(found, lang))}


def answer_json(answer: Answer) -> dict[str, Any]:
    """The answer as JSON has it, with the sentences in each language."""
    return {
        **answer.as_dict(),
        "sentences": by_language(lambda lang: answer_lines(answer, lang)),
    }
