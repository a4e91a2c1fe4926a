"""Options as frozen models; what is wrong with them is an `InputError` with all faults at once.

Values of a caller -> a model, or faults with option, value and range.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError, model_validator

from shiftplan.errors import Fault, InputError
from shiftplan.errors.allowed import values_at
from shiftplan.errors.described import Described
from shiftplan.errors.faults import value_text
from shiftplan.errors.message import OF_KIND, Message, languages


class Options(Described):
    """Base of all options: immutable, no unknown names, every value as it is allowed."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    if not TYPE_CHECKING:  # the checker knows the fields by itself

        def __init__(self, **values):
            try:
                super().__init__(**values)
            except ValidationError as error:
                raise InputError(_faults(error, type(self))) from None

        # As pydantic marks its own: it then validates nested models without calling them, so that
        # an error names the whole path to its value.
        __init__.__pydantic_base_init__ = True

    @model_validator(mode="before")
    @classmethod
    def _beside_defaults(cls, values: Any) -> Any:
        """Let a mapping for a part keep what it does not name as that part has it by default."""
        if not isinstance(values, Mapping):
            return values
        parts = {}
        for name, field in cls.model_fields.items():
            given = values.get(name)
            if isinstance(field.default, Options) and isinstance(given, Mapping | None):
                parts[name] = {**dict(field.default), **(given or {})}
        return {**values, **parts}


def check_options(*options: tuple[str, object, Any]) -> None:
    """Raise `InputError` with a fault for each option (name, value, type) that is not allowed."""
    faults: list[Fault] = []
    for name, value, kind in options:
        try:
            _adapter(kind).validate_python(value)
        except ValidationError as error:
            faults += _faults(error, kind, name)
    if faults:
        raise InputError(faults)


def lang_option(lang: object) -> tuple[str, object, Any]:
    """The option lang, as `check_options` takes it; a known kind of work may stand behind it."""
    known = languages()
    if isinstance(lang, str) and OF_KIND in lang:
        from shiftplan.errors.message.catalogue import has_kind

        language, _, kind = lang.partition(OF_KIND)
        lang = language if has_kind(kind) else lang
    return ("lang", lang, Literal[*known])


@lru_cache(maxsize=64)
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _faults(error: ValidationError, kind: Any, name: str = "") -> list[Fault]:
    """A fault for each value that a type does not allow; `name` where there is a single one."""
    faults = []
    for wrong in error.errors(include_url=False):
        column = ".".join(map(str, wrong["loc"])) or name
        context = wrong.get("ctx", {})
        value = "" if wrong["type"] == "missing" else value_text(wrong["input"])
        match wrong["type"]:
            case "option":
                message = Message(context.pop("code"), option=column, **context)
            case "literal_error":
                names = values_at(kind, wrong["loc"])
                message = Message("options.one_of", option=column, names=names)
            case "extra_forbidden":
                message = Message("options.no_parameter", option=column)
            case _:
                message = Message("options.parameters", option=column)
        faults.append(Fault("out_of_range", "options", column, value, message))
    return faults
