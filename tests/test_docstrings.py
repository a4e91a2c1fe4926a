"""What docstrings tell of is there: parameters that are not gone, errors with a reference.

Unlike `test_public_docs.py`, which asks whether enough is told, this reads the whole source.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from test_public_docs import SOURCE, entries, sections

ERRORS = (Path(__file__).parents[1] / "docs" / "api" / "errors.md").read_text(encoding="utf-8")
REFERENCE = set(re.findall(r"autoexception:: shiftplan(?:\.errors)?\.(\w+)$", ERRORS, re.MULTILINE))
"""Errors that have a place in the reference."""
STALE = '''
def f(here, *rest):
    """Do.

    Parameters
    ----------
    here, old
        Two.
    *rest
        More.
    """

class C:
    """A thing.

    Parameters
    ----------
    field
        One.
    here
        Another.
    was
    """

    field: int

    def __init__(self, here): ...
'''
"""Docstrings of which one parameter each is gone."""
UNKNOWN = '''
def f():
    """Do.

    Raises
    ------
    ToldError
        If so.
    other.Error
        If not.
    """
    raise InputError([])
    raise ValueError
    raise error
    raise RaisedError("so") from None
    raise InnerError
'''
"""Errors of which two have no place in the reference, if `CATCHING` stands beside it."""
CATCHING = "try:\n    f()\nexcept (OSError, InnerError):\n    pass\n"


@cache
def trees() -> dict[Path, ast.Module]:
    """Each module of the source, parsed when the first test asks for them."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCE.rglob("*.py")}


def gone(tree: ast.Module) -> Iterator[str]:
    """Parameters that a docstring of a module explains and its function or class does not have."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        inside = node.body if isinstance(node, ast.ClassDef) else []
        makers = [n for n in inside if isinstance(n, ast.FunctionDef) and n.name == "__init__"]
        given = [n.args for n in ([node] if not isinstance(node, ast.ClassDef) else makers)]
        known = {a.arg for args in given for a in ast.walk(args) if isinstance(a, ast.arg)}
        known |= {ast.unparse(n.target) for n in inside if isinstance(n, ast.AnnAssign)}
        for names, _ in entries(sections(ast.get_docstring(node) or "").get("Parameters", "")):
            yield from (f"{node.name}: {name}" for name in names if name not in known)


def test_no_parameter_is_explained_that_is_gone() -> None:
    """In the whole source a section Parameters names only what there is."""
    found = {
        path.relative_to(SOURCE).as_posix(): list(gone(tree)) for path, tree in trees().items()
    }

    assert {path: names for path, names in found.items() if names} == {}


def test_a_parameter_that_is_gone_is_seen() -> None:
    """In functions and classes, beside another one or alone, with a text or without."""
    assert list(gone(ast.parse(STALE))) == ["f: old", "C: was"]


def caught(tree: ast.Module) -> Iterator[str]:
    """Names of the errors that a module catches."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and node.type is not None:
            yield from re.findall(r"\w+", ast.unparse(node.type))


def thrown(tree: ast.Module) -> Iterator[str]:
    """Names of the classes of errors that a module raises, and of those its docstrings tell."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and node.exc is not None:
            error = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            if isinstance(error, ast.Name) and error.id.lstrip("_")[:1].isupper():
                yield error.id
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            for names, _ in entries(sections(ast.get_docstring(node) or "").get("Raises", "")):
                yield from names


def strange(trees: Iterable[ast.Module]) -> set[str]:
    """Errors that modules raise or tell of, and that are neither Python's nor in the reference.

    An error that the modules themselves catch reaches nobody, and needs no place there; one of
    another package is told with its package, as `typer.Exit`.
    """
    all_trees = list(trees)
    inner = {name for tree in all_trees for name in caught(tree)}
    told = {name for tree in all_trees for name in thrown(tree) if "." not in name}
    told -= {"Misused"}  # of the parser of commands, which ends with it
    return {n for n in told if n not in REFERENCE and n not in inner and not hasattr(builtins, n)}


def test_every_error_has_a_place_in_the_reference() -> None:
    """What is raised or documented can be looked up, and so can each kind of ShiftplanError."""
    assert strange(trees().values()) == set()
    errors = trees()[SOURCE / "errors" / "__init__.py"]
    kinds = {
        n.name for n in errors.body if isinstance(n, ast.ClassDef) and n.name.endswith("Error")
    }
    assert kinds == REFERENCE


def test_an_error_without_a_place_is_seen() -> None:
    """Where it is raised, and where a docstring tells of it; not where it is caught."""
    assert strange([ast.parse(UNKNOWN), ast.parse(CATCHING)]) == {"ToldError", "RaisedError"}
