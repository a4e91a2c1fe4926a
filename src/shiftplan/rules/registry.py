"""All kinds of rules: those of the package, of other packages, and of the program that runs.

Classes registered by `rule`, or named by entry points of the group `shiftplan.rules` -> `RULES`,
the one list that input, check, model, documentation and tests read.
"""

from __future__ import annotations

import inspect
import logging
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import entry_points
from string import Formatter
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, TypeVar, Union, overload

import numpy as np
from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter
from pydantic_core import CoreSchema, core_schema

from shiftplan.case.arrays import Array, Arrays
from shiftplan.errors.message import add_words, drop_words
from shiftplan.rules.base import Rule, counted

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue

    from shiftplan.week.week import Week

log = logging.getLogger("shiftplan")

GROUP = "shiftplan.rules"
"""Group of entry points of installed packages: kind -> the class, or the module that has it."""
_KIND = re.compile(r"[a-z][a-z0-9_]*")
_OTHER_ROWS = {"rate", "order"}
"""What stands in the column `rule` and is no rule."""
_TAKEN = frozenset(dir(Rule))
"""Attributes of every rule; its fields are none of them."""
_Class = TypeVar("_Class", bound=type[Rule])


class _Kinds(Mapping[str, type[Rule]]):
    """Kind -> class, in the order of the documentation; entry points are read when one is asked."""

    def __init__(self) -> None:
        self._classes: dict[str, type[Rule]] = {}
        self._order: dict[str, float] = {}
        self._union: TypeAdapter[Rule] | None = None
        self._complete = False
        self.broken: dict[str, str] = {}
        """Entry point that cannot be loaded -> why."""

    def __getitem__(self, kind: str) -> type[Rule]:
        return self._all()[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    @property
    def union(self) -> TypeAdapter[Rule]:
        """A rule of any kind, told apart by `rule`."""
        classes = tuple(self._all().values())
        if self._union is None:
            any_of: Any = Union[classes]  # noqa: UP007 - of a tuple
            self._union = TypeAdapter(Annotated[any_of, Field(discriminator="rule")])
        return self._union

    def add(self, cls: type[Rule], order: float) -> None:
        """Register a class; a class that is defined once more replaces itself."""
        kind = _checked(cls)
        known = self._classes.get(kind)
        if known is not None and _name(known) != _name(cls):
            raise ValueError(
                f"two rules are of the kind {kind!r}, {_name(known)} and {_name(cls)}: rename one"
            )
        order = self._order.get(kind, order)
        if known is not None:
            self.forget(kind)
        self._order[kind], self._classes[kind], self._union = order, cls, None
        by_place = sorted(self._classes, key=lambda name: (self._order[name], name))
        self._classes = {name: self._classes[name] for name in by_place}
        self._add_words(kind)

    def forget(self, kind: str) -> None:
        """Make a kind unknown again, as after the tests of a rule."""
        for lang, words in _words(kind, self._classes.pop(kind)).items():
            drop_words(lang, words)
        del self._order[kind]
        self._union = None
        self._add_words(*self._classes)  # another rule may count in the same unit

    def _add_words(self, *kinds: str) -> None:
        for kind in kinds:
            for lang, words in _words(kind, self._classes[kind]).items():
                add_words(lang, words)

    def _all(self) -> Mapping[str, type[Rule]]:
        if not self._complete:
            self._complete = True  # before loading: a module may ask for rules itself
            for entry in entry_points(group=GROUP):
                try:
                    found: Any = entry.load()
                    if isinstance(found, type):
                        self.add(found, math.inf)
                except Exception as error:  # another's code: the rest of the rules still works
                    self.broken[entry.name] = f"{type(error).__name__}: {error}"
                    log.warning("cannot load the rule %s: %s", entry.value, error)
        return self._classes


RULES = _Kinds()
"""Kind -> class, for every rule that a problem may name."""


@overload
def rule(cls: _Class) -> _Class: ...
@overload
def rule(*, order: float) -> Callable[[_Class], _Class]: ...
def rule(cls: _Class | None = None, *, order: float = math.inf) -> Any:
    """Register a class of rules, so that weeks may name its kind.

    Use it as a decorator, `@rule` above a class with a field `rule` that holds the kind, and the
    methods `check` and `post`. The kind is known in the process that runs the decorator; other
    processes, such as those of the command line or of jobs of a batch, know it by an entry point of
    the group `shiftplan.rules` of an installed package.

    Parameters
    ----------
    cls
        The class.
    order
        Place among all kinds in documentation and lists; without it the rule comes last.

    Raises
    ------
    TypeError
        The class is no complete rule, or a field hides an attribute that every rule has.
    ValueError
        Another class has the kind already, rows of the table `rules` mean something else by it, or
        a brace in its `words` does not close.

    """

    def registered(cls: _Class) -> _Class:
        RULES.add(cls, order)
        return cls

    return registered if cls is None else registered(cls)


def _checked(cls: type[Rule]) -> str:
    """The kind of a class that is a complete rule."""
    if not (inspect.isclass(cls) and issubclass(cls, Rule)):
        raise TypeError(f"{cls!r} is no subclass of shiftplan.rules.Rule")
    kind = cls.model_fields["rule"].default
    if not isinstance(kind, str) or _KIND.fullmatch(kind) is None:
        example = 'rule: Literal["max_evenings"] = "max_evenings"'
        raise TypeError(f"{_name(cls)} needs its kind, small letters, digits and _: {example}")
    if kind in _OTHER_ROWS:
        raise ValueError(f"rows of the table rules mean something else by {kind!r}")
    if taken := sorted(cls.model_fields.keys() & _TAKEN):
        raise TypeError(
            f"{_name(cls)} has fields that hide what every rule has: {', '.join(taken)}. Name them"
            " otherwise; what all rules of the class have alike is a ClassVar"
        )
    for code, text in (said for texts in cls.words.values() for said in texts.items()):
        try:
            list(Formatter().parse(text))
        except (TypeError, ValueError) as error:
            raise ValueError(
                f"{_name(cls)}: the words {code!r} are no text with gaps such as {{who}} ({error}):"
                f" {text!r}; a brace that people shall see is written twice"
            ) from None
    for method in ("check", "post"):
        if getattr(cls, method) is getattr(Rule, method):
            raise TypeError(f"{_name(cls)} needs a method {method}")
    return kind


def _words(kind: str, cls: type[Rule]) -> dict[str, Mapping[str, str]]:
    """Language -> the words that a class brings; one from elsewhere has a name and a sentence."""
    if cls.__module__.startswith("shiftplan."):
        return dict(cls.words)
    sentence = cls.sentence().rstrip(".") or kind
    own = {f"rule.{kind}": kind, f"why.{kind}": sentence}
    own[f"sentence.{kind}"] = _with_gaps(cls, sentence)
    own[counted(cls.unit).code] = cls.unit
    return {**cls.words, "en": {**own, **cls.words.get("en", {})}}


def _with_gaps(cls: type[Rule], sentence: str) -> str:
    """A docstring as an entry of a catalogue, with the parameters that it names as gaps."""

    def gap(found: re.Match[str]) -> str:
        if found[0] in "{}":
            return found[0] * 2
        return f"{{{found[1]}}}" if found[1] in cls.model_fields else found[0]

    text, value = re.sub(r"[{}]|`(\w+)`", gap, sentence), cls.columns().get("value")
    return text if value is None or f"`{value}`" in sentence else f"{text} (value {{{value}}})"


def _name(cls: type[Rule]) -> str:
    return f"{cls.__module__}.{cls.__qualname__}"


class _AnyKind:
    """Annotation of a field that holds a rule of any kind that is registered when it is read."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            lambda given: RULES.union.validate_python(given),
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda given: given, return_schema=core_schema.any_schema()
            ),
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(RULES.union.core_schema)


AnyRule: TypeAlias = Annotated[Rule, _AnyKind()]
"""Any rule a problem may name, told apart by `rule`."""


def forbidden_pairs(rules: Iterable[Rule], arrays: Arrays) -> Array:
    """Pairs that some rule forbids by itself, bool of shape (num_volunteers, num_shifts)."""
    forbidden = np.zeros((arrays.num_volunteers, arrays.num_shifts), dtype=bool)
    for own in (one.forbid(arrays) for one in rules):
        if own is not None:
            forbidden |= own
    return forbidden


def forbidden_among(
    rules: Iterable[Rule], week: Week, pairs: Iterable[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Those of some pairs (shift id, volunteer id) that a rule forbids by itself."""
    arrays = Arrays(week)
    forbidden = forbidden_pairs(rules, arrays)
    who, where = arrays.volunteer_index, arrays.shift_index
    return {(s, v) for s, v in pairs if s in where and v in who and forbidden[who[v], where[s]]}


def exclusive_classes(rules: Iterable[Rule], arrays: Arrays) -> Array:
    """Classes of shifts of which nobody works two, int of shape (num_shifts,).

    They are those of the rule that has the fewest; without such a rule each shift is one.
    """
    classes: Array = np.arange(arrays.num_shifts)
    for own in (one.exclusive(arrays) for one in rules):
        if own is not None and len(np.unique(own)) < len(np.unique(classes)):
            classes = own
    return classes
