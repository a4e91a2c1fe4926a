"""What answers about a roster say: sentences for people, and JSON with these sentences.

Results of `shiftplan.analysis` -> `lines`, `json_of`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from shiftplan.analysis.advice import Advice
from shiftplan.analysis.explain import Answer, SeatReasons
from shiftplan.analysis.repair import Repair
from shiftplan.analysis.tradeoff import Tradeoff
from shiftplan.analysis.trades import Suggestion, Trade, Trades
from shiftplan.errors.options import check_options, lang_option
from shiftplan.present.answers import advice, reasons, repairs, tradeoffs, trades
from shiftplan.present.words import Lang

__all__ = ["json_of", "lines"]
Judged: TypeAlias = Advice | Answer | SeatReasons | Suggestion | Trade | Trades
_SAID: Mapping[type, Callable[[Any, Lang], list[str]]] = {
    Advice: advice.advice_lines,
    Answer: reasons.answer_lines,
    Repair: repairs.repair_lines,
    SeatReasons: reasons.seat_lines,
    Suggestion: trades.suggestion_lines,
    Trade: trades.trade_lines,
    Tradeoff: tradeoffs.tradeoff_lines,
    Trades: trades.trades_lines,
}
_JSON: Mapping[type, Callable[[Any], dict[str, Any]]] = {
    Advice: advice.advice_json,
    Answer: reasons.answer_json,
    SeatReasons: reasons.seat_json,
    Suggestion: trades.suggestion_json,
    Trade: trades.trade_json,
    Trades: trades.trades_json,
}


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
    return _SAID[type(found)](found, lang)


def json_of(found: Judged) -> dict[str, Any]:
    """What `as_dict` of an answer tells, with sentences in each language beside the facts."""
    return _JSON[type(found)](found)
