"""Tiny problems that exercise each rule: grounds to stand on, times parameters, times levels.

`cases` maps the kind of a rule to problems in which it is the only rule, hard and soft. Every one
is small enough to enumerate all of its rosters.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from families import Fields
from grounds import plans
from grounds.always import ALWAYS
from pictures import plan
from pydantic import TypeAdapter, ValidationError

from shiftplan.errors import InputError
from shiftplan.problem import Problem
from shiftplan.rules import RULES, UNLESS_NAMED, AnyRule

WEIGHT = 7


def as_rules(kind: str, params: Fields) -> Iterator[Fields]:
    """The rule hard and soft, as far as its class allows."""
    for level in ("hard", 2):
        rule = {"rule": kind, "level": level, **params}
        if level != "hard" and "weight" in RULES[kind].model_fields:
            rule.setdefault("weight", WEIGHT)
        try:
            TypeAdapter(AnyRule).validate_python(rule)
        except ValidationError as error:
            if all(e["loc"][-1] == "level" for e in error.errors()):
                continue
            raise
        yield rule


def unhelped(*rules: Fields) -> tuple[Fields, ...]:
    """The rules, with those switched off that hold unless they are named."""
    named = {rule["rule"] for rule in rules}
    silent = [{"rule": r.rule, "level": "off"} for r in UNLESS_NAMED if r.rule not in named]
    return (*rules, *silent)


@cache
def cases() -> dict[str, list[Problem]]:
    """Kind -> problems in which it is the only rule; `pins` and `available` have some too."""
    found = {
        kind: [plan(**ground, rules=unhelped()) for ground in some] for kind, some in ALWAYS.items()
    }
    for kind, params, grounds in plans():
        for ground in grounds:
            for rule in (r for p in params for r in as_rules(kind, p)):
                try:
                    found.setdefault(kind, []).append(plan(**ground, rules=unhelped(rule)))
                except InputError as error:
                    # A ground without the group or shift type that the parameters name.
                    if {f.code for f in error.faults} - {"unknown_name", "unknown_id"}:
                        raise
    return found
