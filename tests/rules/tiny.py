"""Tiny problems that exercise each rule: grounds to stand on, times parameters, times levels.

`cases` maps the kind of a rule to problems in which it is the only rule, hard and soft. Every one
is small enough to enumerate all of its rosters.
"""

from __future__ import annotations

from functools import cache

from grounds import alternatives, given, optional, plans

from shiftplan.errors import InputError
from shiftplan.problem import Problem
from shiftplan.testing import alone, levels_of


@cache
def cases() -> dict[str, list[Problem]]:
    """Kind -> problems in which it is the only rule; those that always hold have some too."""
    always = {**given.ALWAYS, **alternatives.ALWAYS, **optional.ALWAYS}
    found = {kind: [alone(**ground) for ground in some] for kind, some in always.items()}
    for kind, params, grounds in plans():
        for ground in grounds:
            for rule in (r for p in params for r in levels_of(kind, p)):
                try:
                    found.setdefault(kind, []).append(alone(rule, **ground))
                except InputError as error:
                    # A ground without the group or shift type that the parameters name.
                    if {f.code for f in error.faults} - {"unknown_name", "unknown_id"}:
                        raise
    return found
