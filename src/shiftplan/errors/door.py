"""The names of a room, imported when one is first used.

`__init__.pyi` beside the room's `__init__.py` -> its `__getattr__`, `__dir__` and `__all__`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from pkgutil import get_data
from typing import Any

import lazy_loader


def door(package: str) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """What a room gives for its module's attributes, also where the package is in an archive."""
    text = get_data(package, "__init__.pyi")
    assert text is not None, f"{package} has no list of its names"
    modules: list[str] = []
    names: dict[str, list[str]] = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.ImportFrom):
            found = [alias.name for alias in node.names]
            if node.module is None:
                modules += found
            else:
                names.setdefault(node.module, []).extend(found)
    found, listed, public = lazy_loader.attach(package, modules, names)
    return found, listed, public
