"""Count the rooms of the package, the imports between them, circles, and lines.

`python .ci/rooms.py` prints the counts; `--pairs` also each pair of rooms. A room is a module or
package right below `shiftplan`; imports inside functions and for types only count too.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src" / "shiftplan"


def modules(source: Path = SOURCE) -> list[Path]:
    """All modules below the package, its own `__init__` and `__main__` left out."""
    doors = {source / "__init__.py", source / "__main__.py"}
    return sorted(path for path in source.rglob("*.py") if path not in doors)


def room_of(path: Path, source: Path = SOURCE) -> str:
    """The room that a module is in."""
    return path.relative_to(source).with_suffix("").parts[0]


def imports(path: Path, source: Path = SOURCE) -> Iterator[str]:
    """Modules of the package that a file imports anywhere, such as `shiftplan.week.roster`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.startswith("shiftplan."))
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            if node.module.split(".")[0] != "shiftplan":
                continue
            for alias in node.names:
                inner = source.parent.joinpath(*node.module.split("."), alias.name)
                is_module = node.module == "shiftplan" or inner.is_dir()
                is_module = is_module or inner.with_suffix(".py").exists()
                yield f"{node.module}.{alias.name}" if is_module else node.module


def pairs(source: Path = SOURCE) -> Mapping[tuple[str, str], list[Path]]:
    """(importing room, imported room) -> the modules that do it."""
    found: dict[tuple[str, str], list[Path]] = defaultdict(list)
    for path in modules(source):
        own = room_of(path, source)
        for room in sorted({name.split(".")[1] for name in imports(path, source)} - {own}):
            found[own, room].append(path)
    return found


def circle(source: Path = SOURCE) -> list[str]:
    """Rooms that import each other in a circle; empty where none do."""
    inside: dict[str, set[str]] = {room_of(path, source): set() for path in modules(source)}
    for own, other in pairs(source):
        inside[own].add(other)
    return _circle(inside)


def inner_circle(source: Path = SOURCE) -> list[str]:
    """Modules that import each other in a circle, also within a room; empty where none do."""
    named = {_name_of(path, source): path for path in modules(source)}
    return _circle(
        {name: {*imports(path, source)} & {*named} - {name} for name, path in named.items()}
    )


def _name_of(path: Path, source: Path) -> str:
    """The name by which a module is imported."""
    return ".".join(path.relative_to(source.parent).with_suffix("").parts).removesuffix(".__init__")


def _circle(inside: Mapping[str, set[str]]) -> list[str]:
    """The way around a circle in what imports what; empty where there is none."""
    try:
        list(TopologicalSorter(inside).static_order())
    except CycleError as found:
        return list(found.args[1])
    return []


def lines(source: Path = SOURCE) -> int:
    """Lines of all files of the package but its catalogues."""
    files = (p for p in source.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return sum(len(p.read_bytes().splitlines()) for p in files if p.suffix not in (".po", ".typed"))


def main() -> None:
    """Print the counts."""
    found = pairs()
    rooms = {room_of(path) for path in modules()}
    print(f"rooms {len(rooms)}: {', '.join(sorted(rooms))}")
    print(f"imports between rooms {len(found)}, circle: {' -> '.join(circle()) or 'none'}")
    print(f"circle of modules: {' -> '.join(inner_circle()) or 'none'}")
    print(f"lines {lines():,} in {len(modules())} modules")
    if "--pairs" in sys.argv:
        for (own, other), paths in sorted(found.items()):
            names = ", ".join(str(p.relative_to(SOURCE)) for p in paths[:3])
            print(f"{own} -> {other}: {len(paths)} ({names})")


if __name__ == "__main__":
    main()
