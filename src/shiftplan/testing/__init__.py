"""Proof that a rule says on values and in the model what its sentence says.

For authors of rules, in shiftplan and outside of it; not used by planning. `prove` does it in three
ways, and the rest are its parts:

- tables: rosters as pictures, with the amounts that were worked out by hand;
- agreement: `check` and `post` say the same of every roster of tiny problems;
- mutants: a wrong statement is told from the right one by some of these problems.
"""

from shiftplan.testing.agreement import compare as compare
from shiftplan.testing.judging import Judge as Judge
from shiftplan.testing.pictures import carried as carried
from shiftplan.testing.pictures import draw as draw
from shiftplan.testing.pictures import parse as parse
from shiftplan.testing.pictures import plan as plan
from shiftplan.testing.proof import alone as alone
from shiftplan.testing.proof import is_rejected as is_rejected
from shiftplan.testing.proof import judge as judge
from shiftplan.testing.proof import levels_of as levels_of
from shiftplan.testing.proof import mutated as mutated
from shiftplan.testing.proof import prove as prove
from shiftplan.testing.proof import registered as registered

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
