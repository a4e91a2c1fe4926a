"""Answers to questions as the page shows them, in the language asked for.

`Errand` of a question -> `AnswerShown`; a lead of centers reads nothing of people elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby

from shiftplan.analysis.explain import Answer, SeatReasons
from shiftplan.errors import InputError
from shiftplan.present.answers.advice import AdviceWords
from shiftplan.present.answers.reasons import RepairWords, answer_lines, repair_lines, seat_parts
from shiftplan.present.faults import fault_lines
from shiftplan.present.headline import headline
from shiftplan.present.naming import Names, lang_of, rule_name
from shiftplan.present.words import Lang, Words
from shiftplan.record.entries import Changed, RecordEntry
from shiftplan.record.saying import entry_message
from shiftplan.scoring.check import Score, beside
from shiftplan.web.errands import Errand, ErrandState
from shiftplan.web.questions import Afterwards, HelpFound, Posed, Question
from shiftplan.web.steps import MoveStep
from shiftplan.web.visitor import Visitor
from shiftplan.week.fields import Frozen
from shiftplan.week.roster import Assignment

_MOST_PEOPLE = 50


class CostShown(Frozen):
    """A cost before and after."""

    name: str
    """The rule; empty for the total."""
    rule: str = ""
    """Id of the rule; empty for the total."""
    before: int
    """Before."""
    after: int
    """After."""


class SeatsShown(Frozen):
    """Seats of all requirements before and after."""

    filled: int
    """Filled before."""
    seats: int
    """All before."""
    filled_after: int
    """Filled afterwards."""
    seats_after: int
    """All afterwards."""


class LinesShown(Frozen):
    """Sentences under a title."""

    title: str
    """The title."""
    lines: tuple[str, ...]
    """The sentences."""


class AnswerShown(Frozen):
    """A question and how it stands."""

    id: str
    """Its id."""
    asked: Question
    """What was asked."""
    version: int | None
    """The version of the roster that it is about; None for a week without one."""
    state: ErrandState
    """How it stands."""
    seconds: float
    """How long it took, or has taken so far."""
    lines: tuple[str, ...] = ()
    """The answer."""
    groups: tuple[LinesShown, ...] = ()
    """More of it, in groups: for a what-if by person, at most 50."""
    total: CostShown | None = None
    """The total before and after, in a what-if with a roster."""
    costs: tuple[CostShown, ...] = ()
    """Rules whose cost changes, in units of the total, the greatest change first."""
    seats: SeatsShown | None = None
    """Seats before and after, in a what-if with a roster."""
    changes: tuple[MoveStep, ...] = ()
    """What a roster near by takes away and adds, to do what was asked; empty for a lead."""
    recorded: bool = False
    """Whether the changes of a what-if were recorded."""
    proposal: int | None = None
    """The version that the roster of a what-if became; None if it became none."""


def answer_shown(errand: Errand, visitor: Visitor, lang: Lang) -> AnswerShown:
    """A question and its answer, as far as it is there, in words."""
    posed: Posed = errand.asked
    told: Mapping[str, object] = {}
    match errand.found:
        case SeatReasons() as seat:
            told = _of_seat(seat, visitor, lang)
        case Answer() as answer:
            told = _of_person(answer, posed.people, visitor, lang)
        case HelpFound() as helped:
            told = _of_help(helped, lang)
        case Afterwards() as after:
            told = _of_changes(after, lang)
        case _:
            told = {"lines": unanswered(errand, lang)}
    shown = AnswerShown(
        id=errand.id,
        asked=posed.question,
        version=posed.version,
        state=errand.state,
        seconds=round(errand.seconds, 2),
        recorded=posed.is_recorded,
        proposal=posed.proposal,
    )
    return shown.model_copy(update=told)


def unanswered(errand: Errand, lang: Lang) -> tuple[str, ...]:
    """Why there is no answer; nothing while there may be one."""
    say = Words(lang)
    if isinstance(errand.error, InputError):
        return tuple(line for fault in errand.error.faults for line in fault_lines(fault, lang))
    if errand.error is not None:
        return tuple(errand.error.said(say).splitlines())
    said = {"failed": "web.unexpected", "stopped": "web.stopped"}.get(errand.state)
    return () if said is None else (say(said),)


def _of_seat(seat: SeatReasons, visitor: Visitor, lang: Lang) -> Mapping[str, object]:
    """Who could fill a seat, by what keeps them from it; a lead reads no names."""
    head, *rest = seat_parts(seat, lang, named=visitor.role == "province")
    if len(rest) < 2:
        return {"lines": (head, *rest)}
    return {"lines": (head,), "groups": (LinesShown(title=rest[0], lines=tuple(rest[1:])),)}


def _of_person(
    answer: Answer, people: frozenset[str], visitor: Visitor, lang: Lang
) -> Mapping[str, object]:
    if visitor.role != "province":
        return {"lines": tuple(_for_lead(answer, people, visitor, lang))}
    changes = tuple(map(MoveStep.of, answer.changes))
    return {"lines": tuple(answer_lines(answer, lang)), "changes": changes}


def _for_lead(
    answer: Answer, people: frozenset[str], visitor: Visitor, lang: Lang
) -> Iterator[str]:
    """Yield the answer without people and shifts elsewhere, and how many of them there are."""
    problem = answer.problem
    shifts = problem.shift_by_id

    def is_theirs(pair: Assignment) -> bool:
        at = shifts.get(pair.shift_id)
        return pair.volunteer_id in people and at is not None and visitor.sees_shift(at)

    own = tuple(change for change in answer.changes if is_theirs(change.assignment))
    known = tuple(
        m
        for m in answer.because
        if m.who in ("", answer.volunteer_id)
        and visitor.sees_places(problem, (m.where, m.message))
        and m.center_id in ("", *visitor.ids)
    )
    yield from answer_lines(replace(answer, changes=own, because=known, conflict=()), lang)
    if others := len(answer.changes) - len(own) + len(answer.because) - len(known):
        yield Words(lang_of(problem, lang))("web.more_elsewhere", n=others)


def _of_help(helped: HelpFound, lang: Lang) -> Mapping[str, object]:
    """Steps after which more people are in the shift, then the others."""
    advice = helped.advice
    words, say = AdviceWords(advice.problem, lang), Words(lang_of(advice.problem, lang))
    here = tuple(map(words.gain, helped.here))
    rest = tuple(words.gain(gain) for gain in advice.gains if gain not in helped.here)
    groups = [LinesShown(title=say("web.help_here"), lines=here or (say("web.help_nothing_here"),))]
    groups += [LinesShown(title=say("web.help_week"), lines=rest)] if rest else []
    nothing = () if advice.gains else (words.none(advice),)
    return {"lines": (*nothing, *words.trials(advice)), "groups": tuple(groups)}


def _of_changes(after: Afterwards, lang: Lang) -> Mapping[str, object]:
    """What changes make of costs, seats and people."""
    found = after.found
    lang = lang_of(found.problem, lang)
    if found.roster is None or found.score is None:
        return {"lines": tuple(headline(found.result, lang))}
    words = RepairWords(found, lang)
    people = [(who, [*own]) for who, own in groupby(found.notices, lambda n: n.volunteer_id)]
    groups = [
        LinesShown(title=words.names.person(who), lines=tuple(words.lines(own)))
        for who, own in people[:_MOST_PEOPLE]
    ]
    total = CostShown(name="", before=found.before.total, after=found.score.total)
    seats = None
    if (now := found.result.equity) is not None:
        both = now.overall.both
        seats = SeatsShown(
            filled=after.filled,
            seats=after.seats,
            filled_after=both.filled,
            seats_after=both.target,
        )
    return {
        "seats": seats,
        "lines": (_supposed(after, words.names), *repair_lines(found, lang)),
        "groups": tuple(groups),
        "total": total,
        "costs": costs_shown(found.problem.rate_of, found.before, found.score, lang),
    }


def _supposed(after: Afterwards, names: Names) -> str:
    """What is supposed to change, as the history of the week would say it."""
    entry = RecordEntry(number=1, at=datetime.now(UTC), body=Changed(changes=after.changes))
    shifts = after.found.problem.shift_by_id
    return names.say(entry_message(entry, shifts=shifts)) + "."


def costs_shown(
    rate_of: Mapping[int, int], before: Score, after: Score, lang: Lang
) -> tuple[CostShown, ...]:
    """Rules whose cost is different in two scores, in units of the total, to whose change they add.

    `rate_of`: level -> its rate in the total.
    """
    found = beside(_shares(rate_of, before), _shares(rate_of, after))
    rows = sorted(found.items(), key=lambda row: (-abs(row[1].change), row[0]))
    return tuple(
        CostShown(name=rule_name(rule, lang), rule=rule, before=cost.before, after=cost.after)
        for rule, cost in rows
        if cost.change
    )


def _shares(rate_of: Mapping[int, int], score: Score) -> Mapping[str, int]:
    """Soft rule -> its share of the total."""
    shares = Counter[str]()
    for found in score.priced:
        if isinstance(found.rule.level, int):
            shares[found.rule.rule] += found.cost * rate_of[found.rule.level]
    return shares
