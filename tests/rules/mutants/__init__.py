"""Wrong statements of each rule, one module for each module of rules, and of what all share."""

from __future__ import annotations

from families import legs

WRONG_POSTS = [mutant for family in legs("mutants", "shared") for mutant in family.WRONG_POSTS]
WRONG_CHECKS = [mutant for family in legs("mutants", "shared") for mutant in family.WRONG_CHECKS]
