"""Tables of each rule, one module for each module of rules."""

from __future__ import annotations

from tables import (
    always,
    balance,
    counts,
    coverage,
    days,
    equity,
    evenness,
    learning,
    place,
    placement,
    rest,
    share,
    show_up,
    stability,
    team,
    wishes,
)

FAMILIES = (
    coverage,
    show_up,
    equity,
    placement,
    share,
    place,
    team,
    counts,
    rest,
    days,
    learning,
    evenness,
    balance,
    wishes,
    stability,
    always,
)
TABLES = [table for family in FAMILIES for table in family.TABLES]
