"""What rules name, and which rules have no effect since a week lacks what they name.

`Known` and rules -> names, and what is to be told of those that this week lacks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shiftplan.errors import Fault
from shiftplan.problem.crosscheck.known import NOTHING_UNREAD, Known, Named

if TYPE_CHECKING:
    from shiftplan.problem import Problem
    from shiftplan.rules import Rule

_SETS: dict[str, Named] = {"shifts": "sets", "first": "before", "then": "sets"}


def names_in(rule: Rule) -> Iterator[tuple[str, tuple[str, ...], Named]]:
    """Yield each column of a rule that names something: the names, and of what they are."""
    if group := getattr(rule, "group", ()):
        yield "group", group, "areas" if rule.is_of_areas else "groups"
    for column, of in _SETS.items():
        if names := getattr(rule, column, ()):
            yield column, names, of
    if isinstance(skill := getattr(rule, "skill", None), str):
        yield "skill", (skill,), "skills"


def holds_for_nothing(rule: Rule, known: Known) -> bool:
    """Whether some column of a rule names only what this week lacks.

    Such a rule is as absent: no name that is left must mean that all are meant.
    """
    return any(getattr(known, of).isdisjoint(names) for _, names, of in names_in(rule))


def lacking_names(problem: Problem) -> Iterator[Fault]:
    """Yield what is to be told of names in rules that this week lacks; it is no fault."""
    known = Known(problem, NOTHING_UNREAD)
    for i, rule in enumerate(problem.rules):
        effect = f", so rule {rule.rule} has no effect"
        if not holds_for_nothing(rule, known):
            effect = f"; rule {rule.rule} applies to the others"
        for column, names, of in names_in(rule):
            for name in names:
                if name not in getattr(known, of):
                    message = f"nothing in this week has the name {name!r}{effect}"
                    remedy = "Maybe nothing is wrong: the rule applies again once a week has it."
                    yield Fault(
                        "unknown_name", "rules", column, name, message, remedy=remedy, index=i
                    )
