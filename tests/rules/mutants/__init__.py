"""Wrong statements of each rule, one module for each module of rules."""

from __future__ import annotations

from mutants import (
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
    shared,
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
    shared,
)
WRONG_POSTS = [mutant for family in FAMILIES for mutant in family.WRONG_POSTS]
WRONG_CHECKS = [mutant for family in FAMILIES for mutant in family.WRONG_CHECKS]
