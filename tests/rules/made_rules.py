"""Rules made for a test: a class that finds what it is given, and what it says."""

from __future__ import annotations

from typing import Literal

import shiftplan as sp
from shiftplan.rules import Rule
from shiftplan.testing import parse, plan, registered


def make(name, kind, module=__name__, **fields):
    """A class of rules that finds what it is given, on no rows."""
    fields = {"__annotations__": {"rule": Literal[kind]}, "rule": kind, "unit": "wings", **fields}
    found = fields.pop("found", ())
    methods = {
        "check": lambda self, case: (self.violation(*given, **facts) for *given, facts in found),
        "post": lambda self, model: None,
    }
    return type(Rule)(
        name, (Rule,), {"__module__": module, "__qualname__": name, **fields, **methods}
    )


def findings(cls, kind, lang="en"):
    """What `check` says of a roster by one rule, in a language."""
    with registered(cls):
        problem = plan("M", "ana", 1, rules=[{"rule": kind}])
        broken = sp.check(problem, parse("ana M")).broken
        return [v.message.said(lang) for v in broken if v.rule.rule == kind]
