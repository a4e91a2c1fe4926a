"""What public functions are about, a problem and its rosters, checked before anything runs.

A function -> the same function, which refuses other values with an `InputError` that names them.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from os import PathLike
from typing import ParamSpec, TypeVar

from shiftplan.errors import Fault, InputError
from shiftplan.errors.faults import value_text
from shiftplan.errors.message import Message
from shiftplan.problem.problem import Problem
from shiftplan.week.roster import Roster

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
_KINDS: dict[str, tuple[type | tuple[type, ...], str]] = {
    "Problem": (Problem, "options.problem"),
    "Problem | None": ((Problem, type(None)), "options.maybe_problem"),
    "Roster": (Roster, "options.some_roster"),
    "Roster | None": ((Roster, type(None)), "options.roster"),
}
"""Annotation -> what a value of it is, and the message about others."""


def takes_week(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Let a function refuse what is no `Problem` or `Roster` where its annotations ask for one.

    A path, arguments in the wrong order or a `Result` are named, with a way out, instead of an
    `AttributeError` far inside.
    """
    asked = [
        (place, name, *_KINDS[kind])
        for place, (name, kind) in enumerate(inspect.get_annotations(function).items())
        if kind in _KINDS and name != "return"
    ]

    @wraps(function)
    def checked(*args: Given.args, **named: Given.kwargs) -> Answer:
        wrong = []
        for place, name, kind, code in asked:
            if place < len(args):
                value = args[place]
            elif name in named:
                value = named[name]
            else:  # left at its default, or missed by Python itself
                continue
            if not isinstance(value, kind):
                wrong.append(_fault(name, value, code))
        if wrong:
            raise InputError(wrong)
        return function(*args, **named)

    return checked


def _fault(name: str, value: object, code: str) -> Fault:
    """The fault of an argument; objects are shown by their type, not by their whole text."""
    is_plain = value is None or isinstance(value, str | int | float | PathLike)
    text = value_text(value) if is_plain else type(value).__name__
    remedy: Message | str = ""
    if hasattr(value, "require_roster"):
        remedy = Message("options.require_roster")
    elif isinstance(value, str | PathLike):
        remedy = Message("options.read_first")
    return Fault("out_of_range", "options", name, text, Message(code, option=name), remedy=remedy)
