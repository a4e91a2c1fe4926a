"""Whose forbidden pairs could help a member of a contradiction to hold.

(`Arrays`, `Rule`, `Member`) -> `Scope`s to open.
"""

from __future__ import annotations

import numpy as np

from shiftplan.case.arrays import Arrays
from shiftplan.rules.always import Pins
from shiftplan.rules.base import Rule
from shiftplan.rules.stability import Stability
from shiftplan.solving.conflict.grounds import Member, Scope


def scopes_of(arrays: Arrays, rule: Rule, member: Member) -> set[Scope]:
    """The person or the shift of a member of a rule, and what else helps it.

    None where it speaks of a single pair, which is opened in any case.
    """
    if isinstance(rule, (Pins, Stability)):
        return set()
    helpers = rule.helpers(arrays)
    scopes: set[Scope] = set()
    if helpers is not None:
        kind, axis = ("person", 1) if member.who >= 0 else ("shift", 0)
        scopes = {Scope(kind, one) for one in np.flatnonzero(helpers.any(axis)).tolist()}
    if member.who >= 0:
        return scopes | {Scope("person", member.who)}
    if member.place == "need":
        need = arrays.week.requirements[member.where]
        return scopes | {Scope("shift", arrays.shift_index[need.shift_id])}
    return scopes | ({Scope("shift", member.where)} if member.place == "shift" else set())
