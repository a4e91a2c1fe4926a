"""What answers about a roster say: sentences for people, and JSON with these sentences.

Results of `shiftplan.analysis` -> `lines`, `json_of`.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from shiftplan.analysis.advice import Advice
from shiftplan.analysis.explain import Answer, SeatReasons
from shiftplan.analysis.repair import Repair
from shiftplan.analysis.tradeoff import Tradeoff
from shiftplan.analysis.trades import Suggestion, Trade, Trades
from shiftplan.errors.options import check_options, lang_option
from shiftplan.present.answers.advice import AdviceWords, advice_json
from shiftplan.present.answers.reasons import answer_lines, repair_lines, seat_lines
from shiftplan.present.answers.tradeoffs import tradeoff_lines
from shiftplan.present.answers.trades import TradeWords, suggestion_json, trade_json, trades_json
from shiftplan.present.words import Lang
from shiftplan.week.json_form import by_language

__all__ = ["json_of", "lines"]
Judged: TypeAlias = Advice | Answer | SeatReasons | Suggestion | Trade | Trades


def lines(found: Judged | Repair | Tradeoff, lang: Lang = "en") -> list[str]:
    """What an answer says, as sentences: the reasons, and what it would cost.

    Parameters
    ----------
    found
        What `explain_seat`, `explain_why_not`, `explain_why_here`, `suggest`, `swap`, `partners`,
        `chains`, `advise`, `repair` or `tradeoff` found.
    lang
        Language of the sentences.

    Raises
    ------
    InputError
        If there is no such language.
    """
    check_options(lang_option(lang))
    match found:
        case Advice():
            return list(AdviceWords(found.problem, lang).advice(found))
        case Answer():
            return answer_lines(found, lang)
        case Repair():
            return repair_lines(found, lang)
        case SeatReasons():
            return seat_lines(found, lang)
        case Suggestion():
            return list(map(TradeWords(found.problem, lang).candidate, found.candidates))
        case Trade():
            return [TradeWords(found.problem, lang).trade(found)]
        case Trades():
            return [line for trade in found.trades for line in lines(trade, lang)]
        case Tradeoff():
            return tradeoff_lines(found, lang)


def json_of(found: Judged) -> dict[str, Any]:
    """What `as_dict` of an answer tells, with sentences in each language beside the facts."""
    match found:
        case Advice():
            return advice_json(found)
        case Suggestion():
            return suggestion_json(found)
        case Trade():
            return trade_json(found)
        case Trades():
            return trades_json(found)
    return {**found.as_dict(), "sentences": by_language(lambda lang: lines(found, lang))}
