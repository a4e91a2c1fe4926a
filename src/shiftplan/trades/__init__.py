"""Who can take a shift, and which shifts people may trade; judged by `Moves`, without a solver."""

from __future__ import annotations

from shiftplan.trades.candidate import Candidate, Exchange, Suggestion
from shiftplan.trades.offers import Trades, chains, partners
from shiftplan.trades.sentences import Sentences
from shiftplan.trades.suggest import suggest
from shiftplan.trades.swap import swap
from shiftplan.trades.trade import Handover, Trade

__all__ = [
    "Candidate",
    "Exchange",
    "Handover",
    "Sentences",
    "Suggestion",
    "Trade",
    "Trades",
    "chains",
    "partners",
    "suggest",
    "swap",
]
