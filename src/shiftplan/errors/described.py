"""Models whose fields are described by the docstrings below them.

Class -> field -> docstring, which its JSON schema has too. Sources are read only when asked for:
doing so at the definition of each class would slow every start.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from textwrap import dedent
from typing import Any

from pydantic import BaseModel


def field_docs(cls: type) -> Mapping[str, str]:
    """Field of a class -> the docstring below it."""
    return dict(told for owner in reversed(cls.__mro__) for told in _own_docs(owner))


@cache
def _own_docs(owner: type) -> tuple[tuple[str, str], ...]:
    if owner.__module__.partition(".")[0] in ("builtins", "pydantic", "typing"):
        return ()
    try:
        (tree,) = ast.parse(dedent(inspect.getsource(owner))).body
    except (OSError, TypeError, SyntaxError):  # there is no source, as for a class of a console
        return ()
    return tuple(
        (ast.unparse(field.target), inspect.cleandoc(ast.literal_eval(below.value)))
        for field, below in pairwise(tree.body if isinstance(tree, ast.ClassDef) else ())
        if isinstance(field, ast.AnnAssign) and isinstance(below, ast.Expr)
    )


class _Signature:
    """Fields as keyword arguments, with the types as their source says them.

    pydantic gives the whole types with all limits, pages of them, and only for models that have
    been built; before 2.12 it does so for those that have been used.
    """

    def __get__(self, instance: object, owner: type[BaseModel]) -> inspect.Signature:
        if instance is not None:
            raise AttributeError("__signature__")
        written = {
            name: _plain(kind)
            for cls in reversed(owner.__mro__)
            for name, kind in inspect.get_annotations(cls).items()
        }
        only_named = inspect.Parameter.KEYWORD_ONLY
        fields = [
            inspect.Parameter(
                name,
                only_named,
                default=inspect.Parameter.empty if field.is_required() else field.get_default(),
                annotation=written.get(name, field.annotation),
            )
            for name, field in owner.__pydantic_fields__.items()
        ]
        return inspect.Signature(fields)


def _plain(kind: Any) -> Any:
    """A type without what stands beside it for the checks of pydantic."""
    tree = ast.parse(kind, mode="eval").body if isinstance(kind, str) else None
    match tree:
        case ast.Subscript(ast.Name("Annotated"), ast.Tuple([first, *_])):
            return ast.unparse(first)
    return kind


class Described(BaseModel):
    """Base of models whose docstrings feed the JSON schema, and whose fields `help` shows."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        cls.__signature__ = _Signature()  # type: ignore[assignment]

    @classmethod
    def __pydantic_on_complete__(cls) -> None:
        cls.__signature__ = _Signature()  # type: ignore[assignment]

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> Any:
        made, told = handler(schema), field_docs(cls)
        for name, field in handler.resolve_ref_schema(made).get("properties", {}).items():
            if name in told:
                field.setdefault("description", told[name])
        return made
