"""Proof that a rule says on values and in the model what its sentence says.

For authors of rules, in shiftplan and outside of it; not used by planning. `prove` does it in three
ways, and the rest are its parts:

- tables: rosters as pictures, with the amounts that were worked out by hand;
- agreement: `check` and `post` say the same of every roster of tiny problems;
- mutants: a wrong statement is told from the right one by some of these problems.
"""

from shiftplan.testing.agreement import Judge, compare
from shiftplan.testing.pictures import carried, draw, parse, plan
from shiftplan.testing.proof import alone, is_rejected, judge, levels_of, mutated, prove, registered

__all__ = [
    "Judge",
    "alone",
    "carried",
    "compare",
    "draw",
    "is_rejected",
    "judge",
    "levels_of",
    "mutated",
    "parse",
    "plan",
    "prove",
    "registered",
]
