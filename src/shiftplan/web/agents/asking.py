"""Tools that ask about a roster: why, who could, what would help.

(`AgentDoor`, what is asked) -> functions of `shiftplan.analysis` -> sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shiftplan.analysis.advice import advise
from shiftplan.analysis.explain import (
    Answer,
    SeatReasons,
    emptiest,
    explain_seat,
    explain_why_here,
    explain_why_not,
)
from shiftplan.analysis.trades import partners, suggest
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.present.answers import lines
from shiftplan.present.answers.advice import AdviceWords
from shiftplan.present.answers.trades import TradeWords
from shiftplan.present.headline import conflict_lines, contradiction_lines, way_out_lines
from shiftplan.present.words import Words
from shiftplan.record.who_comes import as_recorded
from shiftplan.solving.beside import runner_for
from shiftplan.solving.conflict import contradiction
from shiftplan.web.agents.answers import ExplainTold, SuggestTold, ToolRow
from shiftplan.web.agents.asked import ExplainAsked, SuggestAsked
from shiftplan.web.agents.following import Following
from shiftplan.web.agents.seen import AgentDoor, SeenWeek

_SEATS = 10
"""Requirements that lack most people, at most."""


def explain(door: AgentDoor, asked: ExplainAsked, link: Following) -> ExplainTold:
    """Explain why a seat is empty, why somebody works a shift or not, or why there is no roster.

    Answers about people search near the question: `change` is the price of doing otherwise.
    """
    week = door.see(asked.week)
    if asked.about == "no_roster":
        return ExplainTold.of(_contradiction(week, asked, link), asked.page, ())
    roster = week.need_roster()
    if asked.about == "empty_seats":
        found = emptiest(week.problem, roster, _SEATS)
        rows = [ToolRow.of(s.requirement.shift_id or "", " ".join(_told(week, s))) for s in found]
        full = () if rows else (Words(week.lang)("plans.no_empty_seats"),)
        return ExplainTold.of(rows, asked.page, full)
    shift_id = _need(asked.shift_id, "shift_id")
    if asked.about == "seat":
        level = asked.min_level
        seat = explain_seat(week.problem, roster, shift_id, asked.skill_id, min_level=level)
        return ExplainTold.of((), asked.page, _told(week, seat))
    question = explain_why_here if asked.about == "why_here" else explain_why_not
    pair = shift_id, _need(asked.volunteer_id, "volunteer_id")
    limits: dict[str, Any] = {"time_limit": asked.seconds, "cancel": link.cancel}
    answer: Answer = runner_for(week.problem)(question, week.problem, roster, *pair, **limits)
    figures = {"change": answer.total, "proven": answer.proven}
    return ExplainTold.of((), asked.page, _told(week, answer), **figures)


def _told(week: SeenWeek, found: SeatReasons | Answer) -> list[str]:
    """Reasons as sentences; what the record says of people is no pin."""
    return lines(as_recorded(found, week.away), week.lang)


def suggest_steps(door: AgentDoor, asked: SuggestAsked, link: Following) -> SuggestTold:
    """Suggest who could take a shift, who could trade it, or what would improve the roster.

    Each row says what it costs or gains; nothing is changed.
    """
    week = door.see(asked.week)
    problem, roster = week.problem, week.need_roster()
    if asked.about == "improvements":
        limits: dict[str, Any] = {"time_limit": asked.seconds, "cancel": link.cancel}
        options = {"fill_seats": False, "with_courses": False}
        advice = runner_for(problem)(advise, problem, roster, **options, **limits)
        words = AdviceWords(problem, week.lang)
        rows = [ToolRow.of("", words.gain(gain), -gain.total) for gain in advice.gains]
        none = [] if rows else [words.none(advice)]
        return SuggestTold.of(rows, asked.page, [*none, *words.trials(advice)])
    shift_id = _need(asked.shift_id, "shift_id")
    trading = TradeWords(problem, week.lang)
    if asked.about == "trades":
        who = _need(asked.volunteer_id, "volunteer_id")
        trades = partners(problem, roster, shift_id, who, most=None).trades
        rows = [ToolRow.of("", trading.trade(trade), trade.effect.total) for trade in trades]
        none = [] if rows else [trading.say("agents.no_trade")]
        return SuggestTold.of(rows, asked.page, none)
    found = suggest(problem, roster, shift_id, leaving=asked.volunteer_id)
    rows = [
        ToolRow.of(
            one.volunteer_id, trading.candidate(one), one.effect.total if one.effect else None
        )
        for one in found.candidates
        if one.standing != "barred"
    ]
    can = {"n": found.num_possible, "people": found.num_people}
    return SuggestTold.of(rows, asked.page, [trading.say("agents.can_take", **can)])


def _contradiction(week: SeenWeek, asked: ExplainAsked, link: Following) -> list[ToolRow]:
    """Whether hard rules contradict each other, which, and ways out, line by line."""
    limits: dict[str, Any] = {"time_limit": asked.seconds, "cancel": link.cancel}
    found, ways = runner_for(week.problem)(contradiction, week.problem, **limits)

    def said() -> Iterator[str]:
        if found is None or not found.members:
            yield Words(week.lang)(
                f"conflict.{'not_known' if found is None else 'no_contradiction'}"
            )
            return
        yield from contradiction_lines(week.lang, confirmed=found.confirmed)
        yield from conflict_lines(found.members, week.lang)
        yield from way_out_lines(ways, week.lang)

    return [ToolRow.of("", line.strip()) for line in said()]


def _need(value: str | None, name: str) -> str:
    """An argument that the question needs; InputError if it is missing."""
    if value is None:
        fault = Fault("missing_value", "options", name, message=Message("files.value_needed"))
        raise InputError([fault])
    return value
