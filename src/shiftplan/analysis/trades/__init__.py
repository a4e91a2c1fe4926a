"""Who can take a shift, and which shifts people may trade; judged by `Moves`, without a solver."""

from __future__ import annotations

from shiftplan.analysis.trades.candidate import Candidate, Exchange, Suggestion
from shiftplan.analysis.trades.offers import Trades, chains, partners
from shiftplan.analysis.trades.sentences import Sentences
from shiftplan.analysis.trades.suggest import suggest
from shiftplan.analysis.trades.swap import swap
from shiftplan.analysis.trades.trade import Handover, Trade

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
