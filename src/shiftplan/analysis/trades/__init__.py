"""Who can take a shift, and which shifts people may trade; judged without a solver."""

from __future__ import annotations

from shiftplan.analysis.candidates import Exchange
from shiftplan.analysis.trades.suggest import Candidate, Suggestion, suggest
from shiftplan.analysis.trades.swap import Handover, Trade, Trades, chains, partners, swap

__all__ = [
    "Candidate",
    "Exchange",
    "Handover",
    "Suggestion",
    "Trade",
    "Trades",
    "chains",
    "partners",
    "suggest",
    "swap",
]
