"""What all rules share: kind, level, weight, and the two statements `check` and `post`.

`check` states a rule on the values of a roster, `post` on the rows of a model. The two are
written apart on purpose and share only input fields: tests enumerate rosters and hold them equal.
"""

from __future__ import annotations

import datetime as dt
import inspect
import math
import operator
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self, TypeAlias, get_origin

from pydantic import AliasChoices, ConfigDict, Field
from pydantic.fields import FieldInfo

from shiftplan.errors.message import AtShift, Column, Message, OfRule, OnDay, Person, Place, Word
from shiftplan.week.fields import SPARED as SPARED
from shiftplan.week.fields import Positive, Sparing, Text
from shiftplan.week.json_form import Written
from shiftplan.week.records import Shift

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.week.records import Volunteer

Level = Literal["hard"] | Positive
SwitchableLevel = Literal["hard", "off"] | Positive
"""The level of a rule that holds where no row names it."""
SoftLevel = Positive
HIGHEST_PRICE = 1_000_000
"""The limit keeps totals exact."""
Weight = Annotated[int, Field(ge=0, le=HIGHEST_PRICE)]
"""A price."""
DECISION, SERVICE, PROMISE, SAFETY = 1, 3, 10, 30
"""Prices of giving a hard rule up: a decision that somebody made and can take back; what a team or
a center gets, and how the work is organised; what people said of themselves, and what they were
promised; health, rest, room, skill and beginners' safety."""
_CODE = re.compile(r"\w+(\.\w+)+")


def in_value(name: str, *, ge: int | None = None, le: int | None = None) -> FieldInfo:
    """Annotation of the parameter that files give in the column `value`, whatever it is named.

    Files, JSON and Python may give it by its own name as well; it is written as `value`, the form
    that all versions read.
    """
    names = AliasChoices(name, "value")
    found: FieldInfo = Field(validation_alias=names, serialization_alias="value", ge=ge, le=le)
    return found


def rnd(x: float) -> int:
    """Round half up: floor(x + 1/2), of the binary number that x is."""
    return math.floor(x + 0.5)


def counted(unit: str, amount: int = 0) -> Message:
    """What an amount counts, such as `pairs of shifts`, in any language."""
    return Message("unit." + re.sub(r"\W+", "_", unit.casefold()).strip("_"), n=amount)


@dataclass(frozen=True, slots=True)
class Violation(Written):
    """A breach of a hard rule, or what a soft rule costs, at one place."""

    json_keys = "rule=rule.rule who where=at amount unit"

    rule: Rule
    """The rule concerned."""
    who: str
    """Volunteer id; empty when it concerns a team, a center or everybody."""
    where: Place | None
    """A shift, a seat of it, a center, areas, a date or a period; None for the whole horizon."""
    amount: int
    """How much, in `unit`; positive."""
    unit: str
    """What `amount` counts, such as shifts, seats or km."""
    cost: int
    """Cost in the rule's level; 0 for a hard rule."""
    code: str
    """Entry of the catalogue that says it."""
    facts: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """What the entry names beside, or instead of, `who`, `where`, `n` (the amount), `unit` and
    `rule`."""

    @property
    def at(self) -> str:
        """The place as files have it, empty when it concerns the whole horizon.

        A shift id, or one with a skill and its level (`S1 portal 2`); a center id or names of
        areas; a date, a week (`2026-W50`), a month (`2026-12`), or days from one on
        (`from 2026-12-07`), or a center with a date (`C1 2026-12-07`).
        """
        return "" if self.where is None else str(self.where)

    @property
    def message(self) -> Message:
        """The same in a sentence; in English with ids."""
        who = Person(self.who) if self.who else None
        unit = counted(self.unit, self.amount)
        about = {"who": who, "where": self.where, "n": self.amount, "unit": unit}
        return Message(self.code, **{**about, "rule": OfRule(self.rule.rule), **self.facts})


Findings: TypeAlias = Iterator[Violation]
"""What `check` finds."""


def kinds_of(found: Iterable[Violation]) -> tuple[str, ...]:
    """Kinds of the rules concerned, each once, in the order of the violations."""
    return tuple(dict.fromkeys(violation.rule.rule for violation in found))


class Rule(Sparing):
    """A rule of the problem: a sentence people can accept or refuse."""

    model_config = ConfigDict(serialize_by_alias=True)

    rule: str
    """Kind of the rule."""
    level: SwitchableLevel = "hard"
    """`hard`, `off`, or the number of the cost level: 1 comes before 2."""
    note: Text = ""
    """A remark for people."""

    unit: ClassVar[str] = ""
    """What the amount of a violation counts."""
    example: ClassVar[str] = ""
    """A worked example, for docs/rules.md."""
    sees: ClassVar[Literal["part", "team", "groups", "roster"]] = "roster"
    """What `check` has to see to tell what a change of some people means, as the less the faster.

    `part`: these people with all their shifts, and the teams of the shifts that change; `team`: the
    same, but what it finds about a person depends on those who work beside them; `groups`: also all
    shifts of the others in its groups; `roster`: everything.
    """
    measures_distance: ClassVar[bool] = False
    """Whether it needs the coordinates of all centers, and a home of everybody not mobile."""
    measures_ways: ClassVar[bool] = False
    """Whether it needs coordinates of centers for ways that the table travel does not have."""
    is_of_areas: ClassVar[bool] = False
    """Whether its column `group` names areas of centers, not groups of people."""
    topic: ClassVar[str] = "Other rules"
    """Heading under which the documentation lists it."""
    worth: ClassVar[int | None] = SERVICE
    """Price of giving it up where hard rules contradict each other; None where nobody can."""
    serves: ClassVar[Literal["", "seats", "people", "work"]] = ""
    """What it sees to that citizens are served with: seats that are filled, people who come, or
    their work; empty for a rule about volunteers."""
    shares: ClassVar[bool] = False
    """Whether it keeps one person from all of the work and another one from none of it."""
    reads: ClassVar[tuple[str, ...]] = ()
    """Tables, and columns of volunteers and shifts, that count for nothing without such a rule."""
    words: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    """Language -> code -> text, of a rule that the catalogues of shiftplan do not know.

    `rule.<kind>` is its name, `sentence.<kind>` what it asks, with its parameters as gaps,
    `why.<kind>` what is wrong where it does not hold, and any other code that its messages have.
    What is missing is said by its docstring, or by its kind.
    """

    @classmethod
    def sentence(cls) -> str:
        """The rule in a sentence, the first of its docstring, with its parameters in backticks."""
        return " ".join(inspect.cleandoc(cls.__doc__ or "").partition("\n\n")[0].split())

    @classmethod
    def columns(cls) -> dict[str, str]:
        """Column of the table `rules` -> field, as rows are written: `value` for one of them."""
        fields = cls.model_fields.items()
        return {info.serialization_alias or name: name for name, info in fields}

    @classmethod
    def other_names(cls) -> dict[str, str]:
        """Further names of columns, as files may give them -> the column as it is written."""
        found: dict[str, str] = {}
        for column, name in cls.columns().items():
            alias = cls.model_fields[name].validation_alias
            if isinstance(alias, AliasChoices):
                found |= {str(other): column for other in alias.choices if other != column}
        return found

    @property
    def parameter(self) -> Any:
        """What the column `value` holds; None where the rule has no such parameter."""
        name = self.columns().get("value")
        return None if name is None else getattr(self, name)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """The parameter by the name that files give it, which is an old name in Python."""
            own = type(self).columns().get("value") if name == "value" else None
            if own is None:
                return super().__getattr__(name)
            warnings.warn(f"{type(self).__name__}.value is named {own} now", DeprecationWarning, 2)
            return getattr(self, own)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with some fields changed, unchecked; `value` names the parameter of that column.

        Raises TypeError for a name that is no field.
        """
        named = self.columns()
        update = {named.get(name, name): value for name, value in (update or {}).items()}
        return super().model_copy(update=update, deep=deep)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """The parameter of the column `value` may be given by either name, but not by both."""
        made: JsonSchemaValue = super().__get_pydantic_json_schema__(schema, handler)
        own = cls.columns().get("value", "value")
        if own != "value":
            inner = handler.resolve_ref_schema(made)
            both = [{"required": [own]}, {"required": ["value"]}]
            inner["properties"]["value"] = inner["properties"][own] | {"title": "Value"}
            needed = own in inner.get("required", ())
            inner |= {"oneOf": both} if needed else {"not": {"required": [own, "value"]}}
            inner["required"] = [name for name in inner.get("required", ()) if name != own]
        return made

    @classmethod
    def levels(cls) -> Message:
        """What the level of this kind of rule may be."""
        kind, allowed = cls.model_fields["rule"].default, cls.model_fields["level"].annotation
        if allowed is int:
            return Message("rules.only_costs", rule=kind, column=Column("level", "rules"))
        can_be_off = "'off'" in str(allowed)
        if get_origin(allowed) is Literal:
            code = "rules.hard_or_off" if can_be_off else "rules.hard_only"
            return Message(code, rule=kind, hard=Word("hard"), off=Word("off"))
        code = "rules.any_level" if can_be_off else "rules.hard_or_level"
        return Message(code, hard=Word("hard"), off=Word("off"))

    @staticmethod
    def instead_of(level: object) -> str | Message:
        """What to do instead of a level that this kind of rule cannot have; empty for nothing."""
        return Message("rules.leave_out") if level == "off" else ""

    @property
    def hard(self) -> bool:
        """Whether it must hold."""
        return self.level == "hard"

    def price(self, amount: int) -> int:
        """Cost of an amount where a finding names none: rules that are not `Priced` must hold."""
        return 0

    def violation(
        self,
        who: str | Volunteer,
        where: Place | Shift | dt.date | None,
        amount: int,
        code: str = "",
        cost: int | None = None,
        **facts: Any,
    ) -> Violation:
        """One finding of `check`.

        Parameters
        ----------
        who
            The person, or a volunteer id; empty for a team, a center or everybody.
        where
            The place, shift or date; None for the whole horizon.
        amount
            How much, in whole units of the rule; positive.
        code
            Entry of the catalogue, or of `words`, that says it. Without one it is `rules.<kind>`;
            where `words` have none either, it is said in general. What is no code is a sentence,
            shown as it stands, the same in every language.
        cost
            Cost in the rule's level; None for the `price` of the amount.
        facts
            What the entry names beside `who`, `where`, `n` (the amount), `unit` and `rule`; a fact
            `n`, `unit` or `rule` stands in the place of that one. No fact can be named as another
            parameter is: `who`, `where`, `amount`, `code`, `cost`.
        """
        who = who if isinstance(who, str) else who.volunteer_id
        amount = _whole(self.rule, "an amount", amount)
        if isinstance(where, Shift):
            where = AtShift(where.shift_id)
        elif isinstance(where, dt.date):
            where = OnDay(where)
        said, code = code, _code_for(type(self), code)
        if not code:
            counts = Message("rules.own_amount", n=amount, unit=counted(self.unit, amount))
            facts = {"much": counts if self.unit else amount, **facts}
            facts |= {"said": said} if said else {}
            about = "_who" * bool(who) + "_where" * (where is not None)
            code = f"rules.own{about}" + "_said" * bool(said)
        price = self.price(amount) if cost is None else _whole(self.rule, "a cost", cost)
        return Violation(self, who, where, amount, self.unit, price, code, facts)

    def check(self, case: Case) -> Findings:
        """State the rule on values: everything in a roster that breaks it or costs.

        Ask the case, such as `case.members(self.group)` and `case.worked(person, self.which)`, and
        yield a `self.violation` for each breach. It must share no helper with `post`.
        """
        raise NotImplementedError

    def forbid(self, arrays: Arrays) -> Array | None:
        """Pairs that can never be, bool of shape (num_volunteers, num_shifts); None for none.

        A pair that is forbidden is no column of the model, which makes it smaller than rows do.
        """
        return None

    def helpers(self, arrays: Arrays) -> Array | None:
        """Pairs whose work can help the rule to hold, beyond those that its rows name.

        Bool of shape (num_volunteers, num_shifts); None for none. A contradiction also names what
        forbids these.
        """
        return None

    def exclusive(self, arrays: Arrays) -> Array | None:
        """Classes of shifts of which a person can work at most one, int of shape (num_shifts,).

        Only for what this rule forbids everybody; None if it forbids nothing of the kind.
        """
        return None

    def most_of_each(self, arrays: Arrays) -> Array | None:
        """Shifts of each person at most, int of shape (num_volunteers,); None if it limits none."""
        return None

    def post(self, model: Model) -> None:
        """State the rule on a model's rows and prices; pairs of `forbid` are not in the model.

        The verbs of `Model` are in `model/model.py` and `model/columns.py`. A row names the person
        and the place (`who`, `where`, `place`) that `check` names for the same breach. If the rule
        leans on what other rules forbid, it does so only where `model.alone` is false.
        """
        raise NotImplementedError


@lru_cache(maxsize=1024)
def _code_for(cls: type[Rule], said: str) -> str:
    """The entry that says what a rule finds; empty for a sentence, and where there is none."""
    if said:
        return said if _CODE.fullmatch(said) else ""
    code = f"rules.{cls.model_fields['rule'].default}"
    is_known = cls.__module__.startswith("shiftplan.")  # all rules of the package have one
    return code if is_known or any(code in texts for texts in cls.words.values()) else ""


def _whole(kind: str, what: str, value: Any) -> int:
    """A number of a finding as an int; a TypeError where it is none."""
    try:
        return operator.index(value)
    except TypeError:
        raise TypeError(f"{kind}: {what} is a whole number, not {value!r}") from None


class Forbidding(Rule):
    """A rule that must hold, and that is all said by the pairs it forbids."""

    level: Literal["hard"] = "hard"
    sees = "part"

    def post(self, model: Model) -> None:
        """Nothing to post: what it forbids is not in the model."""


class Weighted(Rule):
    """A rule whose cost is `weight` for each unit of its amount, unless it is hard."""

    weight: Weight = 1
    """Cost of one unit of the amount, a whole number; a hard rule ignores it."""

    def price(self, amount: int) -> int:
        """Weight times amount, or 0 where the rule is hard."""
        return 0 if self.hard else self.weight * amount


class Priced(Weighted):
    """A weighted rule that is off without a row: `off` is no level of it."""

    level: Level = "hard"
    """`hard`, or the number of the cost level: 1 comes before 2."""


class SoftRule(Priced):
    """A rule that only costs."""

    level: SoftLevel = 1
    """Number of the cost level: 1 comes before 2."""


class ForPeople(SoftRule):
    """A rule about what people would like, which only costs, after service to citizens."""

    level: SoftLevel = 2
    """Number of the cost level: 1 comes before 2."""
