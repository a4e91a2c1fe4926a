"""What users import says what it takes, in which units, and which errors it raises.

A parameter is explained in the section Parameters, by the docstring of the function referred to
("as `solve`"), or by its type, when that is a class of shiftplan with a docstring.
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
import subprocess
import sys
import typing
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import UnionType

import pytest
from pydantic import BaseModel

import shiftplan
from shiftplan import Shift

SOURCE = Path(shiftplan.__file__).parent
NAMES = [n for n in shiftplan.__all__ if callable(getattr(shiftplan, n))]
FUNCTIONS = [n for n in NAMES if inspect.isfunction(getattr(shiftplan, n))]
CLASSES = [n for n in NAMES if inspect.isclass(getattr(shiftplan, n))]
SAME = {"cancel", "lang", "on_progress"}
"""Parameters that mean the same everywhere; `solve` and `explain_seat` explain them."""
UNITS = re.compile(
    r"second|minute|hour|\bday|date|week|km|kilomet|degree|share|factor|chance|probab|percent|cost"
    r"|price|total|gap|shift|seat|people|person|volunteer|citizen|level|wish|assignment|row|column"
    r"|line|number|how many|seed|version|limit|longest|place|point|run|at most|engine|process|step"
    r"|byte|position|rank|bound|weight|gini|unit|trade",
    re.IGNORECASE,
)


def sections(text: str) -> dict[str, str]:
    """Sections of a numpydoc docstring by title; what comes first has none."""
    parts = re.split(r"^(\w[\w ]*)\n-{3,}\n", inspect.cleandoc(text), flags=re.MULTILINE)
    return {"": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}


def entries(section: str) -> Iterator[tuple[list[str], str]]:
    """The names and the text of each entry of a section."""
    pattern = re.compile(r"^(\S[^\n]*)(?:\n|\Z)((?:[ ]+[^\n]*\n?|\n)*)", re.MULTILINE)
    for head, body in pattern.findall(section):
        yield [name.strip().lstrip("*") for name in head.split(",")], body


def explained(function: typing.Any) -> dict[str, str]:
    """Parameter -> what the docstring says of it, or that of a function which it refers to."""
    parts = sections(function.__doc__ or "")
    found: dict[str, str] = {}
    for name in re.findall(r"\b(?:[Aa]s|of|those of) `(\w+)`", parts[""]):
        other = getattr(shiftplan, name, None)
        if inspect.isfunction(other) and other is not function:
            found |= explained(other)
    for names, body in entries(parts.get("Parameters", "")):
        found |= dict.fromkeys(names, body)
        for other in re.findall(r"`(\w+)`", body) if body.lstrip().startswith("As ") else ():
            further = explained(getattr(shiftplan, other)) if other in FUNCTIONS else {}
            found |= {name: further[name] for name in names if name in further}
    return found


def types_in(hint: object) -> Iterator[object]:
    """The types that an annotation is made of."""
    if typing.get_origin(hint) in (None, typing.Literal):
        yield hint
        return
    for part in typing.get_args(hint):
        yield from types_in(part)


def speaks_for_itself(hint: object) -> bool:
    """Whether each type in an annotation is a class of shiftplan with a docstring, or None."""
    return all(
        part is type(None)
        or (inspect.isclass(part) and part.__module__.startswith("shiftplan") and part.__doc__)
        for part in types_in(hint)
    )


def is_number(hint: object) -> bool:
    """Whether an annotation is a number, or one that may be None."""
    if isinstance(hint, UnionType) or typing.get_origin(hint) is typing.Union:
        return all(is_number(p) or p is type(None) for p in typing.get_args(hint))
    return hint in (int, float)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_parameters_are_explained(name: str) -> None:
    """Each is named in the docstring or has a type that is; numbers have units."""
    function = getattr(shiftplan, name)
    hints, said = typing.get_type_hints(function), explained(function)
    parameters = inspect.signature(function).parameters

    missing = [
        p for p in parameters if p not in said and p not in SAME and not speaks_for_itself(hints[p])
    ]
    bare = [p for p in said if is_number(hints.get(p)) and not UNITS.search(p + said[p])]

    assert missing == []
    assert bare == []


@pytest.mark.parametrize("name", CLASSES)
def test_fields_are_explained(name: str) -> None:
    """Each field has a docstring, or its type has; numbers have units; so have properties."""
    thing = getattr(shiftplan, name)
    if not (dataclasses.is_dataclass(thing) or issubclass(thing, BaseModel)):
        assert thing.__doc__
        return
    tree = ast.parse(Path(inspect.getfile(thing)).read_text(encoding="utf-8"))
    (body,) = [n.body for n in ast.walk(tree) if isinstance(n, ast.ClassDef) and n.name == name]
    texts = {
        n.target.id: after.value.value
        for n, after in zip(body, [*body[1:], None], strict=True)
        if isinstance(n, ast.AnnAssign) and isinstance(n.target, ast.Name)
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
    }
    own = [
        n for n in inspect.get_annotations(thing) if not n.startswith("_") and n != "model_config"
    ]
    members = {n: m for n, m in vars(thing).items() if not n.startswith("_")}
    hints = typing.get_type_hints(thing)

    assert [n for n in own if n not in texts and not speaks_for_itself(hints[n])] == []
    assert [n for n in own if is_number(hints[n]) and not UNITS.search(n + texts[n])] == []
    methods = [n for n, m in members.items() if inspect.isfunction(m) or isinstance(m, property)]
    assert [n for n in methods if not getattr(thing, n).__doc__] == []


# ---- errors


@cache
def module(name: str) -> ast.Module | None:
    """The source of a module of shiftplan."""
    path = SOURCE.parent.joinpath(*name.split("."))
    for file in (path.with_suffix(".py"), path / "__init__.py"):
        if file.exists():
            return ast.parse(file.read_text(encoding="utf-8"))
    return None


@cache
def imports(name: str) -> dict[str, tuple[str, str]]:
    """Name in a module -> module and name it was imported from."""
    tree = module(name)
    return {
        alias.asname or alias.name: (node.module or "", alias.name)
        for node in (ast.walk(tree) if tree else ())
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


@cache
def definition(name: str, function: str) -> tuple[str, ast.FunctionDef] | None:
    """Where a function that a module knows by a name is written."""
    tree = module(name)
    for node in tree.body if tree else ():
        if isinstance(node, ast.FunctionDef) and node.name == function:
            return name, node
    found = imports(name).get(function)
    return definition(*found) if found and found[0].startswith("shiftplan") else None


def guarded(node: ast.AST) -> bool:
    """Whether a statement catches InputError."""
    return isinstance(node, ast.Try) and any(
        h.type is not None and "InputError" in ast.unparse(h.type) for h in node.handlers
    )


def raises(name: str, function: str, seen: frozenset[tuple[str, str]] = frozenset()) -> bool:
    """Whether a function raises InputError, by itself or by a function that it calls."""
    found = definition(name, function)
    if found is None or (found[0], function) in seen:
        return False
    seen |= {(found[0], function)}

    def visit(node: ast.AST) -> bool:
        if guarded(node):
            return False
        if isinstance(node, ast.Raise) and node.exc is not None:
            text = ast.unparse(node.exc)
            if text.startswith(("InputError(", "file_fault(", "input_error(")):
                return True
        calls = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if calls and raises(found[0], node.func.id, seen):
            return True
        return any(visit(child) for child in ast.iter_child_nodes(node))

    return any(visit(statement) for statement in found[1].body)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_errors_are_documented(name: str) -> None:
    """Whoever raises InputError says so, or refers to a function that does."""
    function = getattr(shiftplan, name)
    if raises(function.__module__, function.__name__):
        text = inspect.cleandoc(function.__doc__)
        refers = re.search(r"errors are those of `\w+`|\b[Aa]s `\w+`", text)

        assert "InputError" in sections(text).get("Raises", "") or refers


def test_the_check_of_errors_sees_what_it_must() -> None:
    """A function that raises by a helper of another module, and one that never does."""
    assert raises("shiftplan.analysis.trades", "swap")
    assert raises("shiftplan.files.week", "read_week")
    assert not raises("shiftplan.scoring.fairness", "fairness")


SHOWN = "(*, shift_id: 'Id', center_id: 'Id', start: 'Moment', end: 'Moment',"
"""How the signature of a model begins: pydantic would show pages of limits, or no field."""


def test_help_shows_the_fields_of_a_model_before_its_first_use() -> None:
    """Types are as their source says them."""
    fresh = subprocess.run(
        [sys.executable, "-c", "import inspect, shiftplan as s; print(inspect.signature(s.Shift))"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert fresh.stdout.startswith(SHOWN)
    assert "alternative: 'Text' = ''" in fresh.stdout


@pytest.mark.skipif(
    not hasattr(BaseModel, "__pydantic_on_complete__"), reason="pydantic 2.11 tells no end of it"
)
def test_help_shows_the_same_of_a_model_in_use() -> None:
    """Its instances have no signature."""
    shift = Shift(shift_id="a", center_id="b", start="2026-12-07T07:00", end="2026-12-07T11:00")

    assert str(inspect.signature(Shift)).startswith(SHOWN)
    assert not hasattr(shift, "__signature__")
