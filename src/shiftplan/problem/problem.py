"""The whole input of a planning problem, immutable: a week and its rules.

Files, JSON or Python values -> `Problem` -> check and model.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar, Literal, Self

from pydantic import ValidationInfo, field_validator, model_validator

from shiftplan.errors import Fault, InputError, kept
from shiftplan.problem.changes import AnyChange, with_changes
from shiftplan.problem.crosscheck import find_faults
from shiftplan.problem.known import Known, holds_for_nothing
from shiftplan.rules import ALWAYS, UNLESS_NAMED, AnyRule, Mentor, Mentored, Rule
from shiftplan.rules.given import windows_that_hold
from shiftplan.week.horizon import Horizon
from shiftplan.week.rates import Rate
from shiftplan.week.roster import Roster
from shiftplan.week.week import Week

_NOT_PLANNED: Any = {
    "centers": {"__all__": {"phone", "contact", "extra"}},
    "volunteers": {"__all__": {"phone", "contact", "extra"}},
    "shifts": {"__all__": {"extra"}},
    "requirements": {"__all__": {"reason"}},
    "horizon": {"country", "mentor_skill", "kind"},
    "stand_by": True,
    "officials": True,
    "shift_types": True,
    "breaks": True,
}
"""What a plan does not depend on; the skill of mentors is also in their rules."""


_NOT_SHARED = ("pins", "published")
"""Tables in which problems may differ that share what is made of all others."""
_DIGESTED = "digest"
"""Where problems that share tables keep the digest of these, to which the others are added."""


class Shared(dict[str, Any]):
    """What is made of most tables of a problem; a problem that is read from a pickle has none."""

    def __reduce__(self) -> tuple[type[Shared], tuple[()]]:
        return Shared, ()


class Problem(Week):
    """The whole input: the tables of a week (`Week`), and which rules hold.

    Made from keywords, or by `model_validate` from nested mappings. Raises
    `pydantic.ValidationError` where a field by itself is not allowed, and `InputError`, with every
    fault, where rows do not fit together. `read_week` raises `InputError` for both.
    """

    made_of: ClassVar[Mapping[str, tuple[str, ...]]] = {
        **Week.made_of,
        "shared": tuple(name for name in Week.model_fields if name not in _NOT_SHARED),
    }
    """What is kept of a problem -> fields that it is made of."""
    rules: tuple[AnyRule, ...] = ()
    """What holds, and what it costs where it does not."""
    rates: tuple[Rate, ...] = ()
    """Factors of levels in the total, where they differ from the default."""
    order: Literal["total", "strict"] = "total"
    """Whether levels are added with rates, or each level is minimised before the next."""

    @field_validator("rules")
    @classmethod
    def _of_the_horizon(cls, rules: tuple[Rule, ...], info: ValidationInfo) -> tuple[Rule, ...]:
        """Give rules about mentors that name no skill that of the horizon."""
        horizon = info.data.get("horizon", Horizon)
        skill = {"skill": horizon.mentor_skill} if isinstance(horizon, Horizon) else {}
        return tuple(
            rule.model_copy(update=skill)
            if isinstance(rule, (Mentor, Mentored)) and rule.skill is None
            else rule
            for rule in rules
        )

    @model_validator(mode="after")
    def _references(self) -> Self:
        self.need_fit()
        return self

    @cached_property
    def _faults(self) -> tuple[Fault, ...]:
        return tuple(kept(find_faults(self)))

    def __repr__(self) -> str:
        """One line: name and numbers of rows; `to_json` has everything."""
        rows = {name: vars(self).get(name) for name in type(self).model_fields}
        sizes = {name: len(found) for name, found in rows.items() if isinstance(found, tuple)}
        counts = ", ".join(f"{n} {name}" for name, n in sizes.items() if n)
        return f"<Problem {rows['name']!r}: {counts}>"

    def __str__(self) -> str:
        return repr(self)

    def need_fit(self) -> None:
        """Raise `InputError` where rows do not fit together, as in a copy with changed fields."""
        if self._faults:
            raise InputError(self._faults)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """As of all input models; the copy has the same as `shared` where it may."""
        _ = self.shared  # made now, if it was not before
        return super().model_copy(update=update, deep=deep)

    def fitting(self, **tables: Any) -> Self:
        """A copy with tables that are known to fit together with the others, if these do."""
        copied = self.model_copy(update=tables)
        vars(copied)["_faults"] = self._faults
        return copied

    @cached_property
    def shared(self) -> Shared:
        """Where others keep what they make of the tables without pins and what was published.

        Copies with the same of these tables have the same, whatever their rules are.
        """
        return Shared()

    @cached_property
    def levels(self) -> tuple[int, ...]:
        """Cost levels in use, dearest first."""
        return tuple(sorted({r.level for r in self.rules if isinstance(r.level, int)}))

    @cached_property
    def rate_of(self) -> Mapping[int, int]:
        """Level -> factor in the total: 1 for the last level, 10 times as much one level up."""
        rates = {level: 10**i for i, level in enumerate(reversed(self.levels))}
        rates |= {r.level: r.rate for r in self.rates if r.level in rates}
        return rates

    @cached_property
    def active_rules(self) -> tuple[Rule, ...]:
        """The rules that hold without being named, then those of the problem that are not off.

        A rule that names only what this week lacks, such as a type of shifts, is left out.
        """
        known = Known(self)
        named = {rule.rule for rule in self.rules}
        unnamed = (rule for rule in UNLESS_NAMED if rule.rule not in named)
        own = (r for r in self.rules if r.level != "off" and not holds_for_nothing(r, known))
        first, *others = ALWAYS
        return (first, *windows_that_hold(self.rules), *others, *unnamed, *own)

    def with_changes(self, *changes: AnyChange, roster: Roster | None = None) -> Problem:
        """The problem after absences, closings, needs and arrivals: `changes.with_changes`."""
        return with_changes(self, *changes, roster=roster)

    def without_contacts(self) -> Problem:
        """The problem without phones, contacts and columns of people's own; its digest stays."""
        blank = {"phone": "", "contact": "", "extra": ()}
        tables = {
            "centers": tuple(c.model_copy(update=blank) for c in self.centers),
            "volunteers": tuple(v.model_copy(update=blank) for v in self.volunteers),
            "shifts": tuple(s.model_copy(update={"extra": ()}) for s in self.shifts),
        }
        return self.model_copy(update=tables)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the problem, 64 hexadecimal digits: the same for the same problem.

        Reasons of requirements are left aside, because they are told in the language of whoever
        asked, and so are phones, contacts, columns of one's own, offers to stand by, officials,
        types of shifts, breaks and those fields of the horizon that no plan depends on. Blank
        tables that the format did not have in its first versions are left out too: a week has the
        digest that it had then.
        """
        blank = [
            name
            for name in ("journeys", "citizen_kinds", "travel", "occupied")
            if not getattr(self, name)
        ]
        left_out: Any = _NOT_PLANNED | dict.fromkeys(blank, True)
        names = [*type(self).model_fields]
        first = names.index(_NOT_SHARED[0])
        if _DIGESTED not in self.shared:  # most of the text, in order, is that of shared tables
            head = self.model_dump_json(include={*names[:first]}, exclude=left_out)
            self.shared[_DIGESTED] = hashlib.sha256(head[:-1].encode())
        found = self.shared[_DIGESTED].copy()
        rest = self.model_dump_json(include={*names[first:]}, exclude=left_out)
        found.update(f",{rest[1:]}".encode())
        return str(found.hexdigest())

    def to_json(self) -> str:
        """JSON text of the whole problem.

        `Problem.model_validate_json` reads it back as an equal problem, `read_week` from a file.
        """
        return self.model_dump_json(indent=1)
