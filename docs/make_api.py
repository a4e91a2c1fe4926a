"""Write docs/api/*.md: the public names, by what they are for; Sphinx takes the docstrings in.

One page, `search.md`, lists the parameters of the search from their models.

`docs/api/index.md` lists the pages.

    python docs/make_api.py

Public is what `shiftplan` and its rooms export: the names of every day at the top, all others one
level down under their room. Tests compare the files with what this makes, and hold that every
public name stands on exactly one page.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, NamedTuple, get_args

from shiftplan.engines.params import DEFAULTS, SearchParams
from shiftplan.errors.allowed import MOST, Range
from shiftplan.errors.described import field_docs
from shiftplan.errors.options import Options


class Page(NamedTuple):
    """A page: its title, what it is about, and the packages inside the room that add names."""

    title: str
    about: str
    packages: tuple[str, ...] = ()


PAGES: Mapping[str, Page] = {
    "week": Page("Week", "The records of a week, and the roster that answers it."),
    "problem": Page(
        "Problem",
        "All input is one `Problem`, which cannot be changed: `model_copy(update=...)` gives "
        "another one. The rules of a problem are classes of `shiftplan.rules`; "
        "[each has its own section](../rules.md), as has [one of your own](../own_rules.md).",
        ("problem.changes",),
    ),
    "testing": Page(
        "Prove a rule",
        "A [rule of your own](../own_rules.md) held against itself: pictures, all rosters of tiny "
        "problems, wrong statements.",
    ),
    "solving": Page("Solve", "`solve`, what it returns, and why a week has no roster."),
    "scoring": Page(
        "Check and judge",
        "`check` scores any roster and needs no solver; measures of fairness and equity "
        "([how these are measured](../measures.md)).",
    ),
    "citizens": Page(
        "Citizens",
        "Logs of visits, forecasts from them ([how](../forecast.md)), requirements from expected "
        "citizens, shifts designed from what is needed, the queues behind them, and a simulated "
        "week ([the mathematics](../queues.md)).",
        ("citizens.staffing", "citizens.queueing", "citizens.simulate"),
    ),
    "analysis": Page(
        "Ask and change",
        "Repairs after late changes, stand-by lists, trades of shifts, why a seat is empty, what "
        "would help, and what goals cost each other ([what each answer claims](../explain.md)).",
        (
            "analysis.repair",
            "analysis.trades",
            "analysis.explain",
            "analysis.advice",
            "analysis.tradeoff",
            "analysis.leximin",
        ),
    ),
    "seasons": Page(
        "Week after week",
        "The ledger, who comes, the next week, and seasons ([fairness over the "
        "weeks](../fairness.md), [seasons](../season.md)).",
        (
            "seasons.ledger",
            "seasons.shows",
            "seasons.rollover",
            "seasons.opening",
            "seasons.joined",
        ),
    ),
    "files": Page(
        "Files",
        "Weeks, rosters, ledgers, logs of visits and stand-by lists in and out; one week from the "
        "files of many teams ([how a week arrives](../arriving.md#many-hands)).",
        ("files.gathering",),
    ),
    "record": Page(
        "The life of a week",
        "A week with its record: versions told to people, changes, answers and attendance "
        "([what is recorded](../record.md)).",
        ("record.entries", "record.planning"),
    ),
    "present": Page(
        "Present",
        "Reports, printed workbooks, calendars, messages and drawings, in every language that has "
        "a catalogue.",
        ("present.report", "present.handouts", "present.charts"),
    ),
    "batch": Page("Batches", "Many weeks and places ([folders, states, exit codes](../batch.md))."),
    "web": Page(
        "The workbench",
        "A page in the browser for those who plan a week, also inside an app of yours "
        "([what it does](../workbench.md)).",
    ),
    "errors": Page(
        "Errors and messages",
        "Every exception that shiftplan raises on purpose. [All faults](../faults.md) of the input "
        "have a code of their own. What faults, violations and answers say is a code with typed "
        "parameters and places, for apps that use their own words.",
        ("errors.message",),
    ),
}
SEARCH = """`solve`, `find_conflict`, `ways_out`, `repair`, `what_if`, `leximin`, `tradeoff` and
`advise` take parameters of the search as `params`, a `SearchParams` or a mapping by name. What is
not named keeps its default:

```python
import shiftplan

problem = shiftplan.read_week("examples/data/commune")
wanted = {"line_up": {"schedule_people": 0}, "neighborhoods": {"quick": {"pairs": 800}}}
params = shiftplan.SearchParams.model_validate(wanted)
result = shiftplan.solve(problem, params=params)
result = shiftplan.solve(problem, params={"start": {"quick_seconds": 2}})
```

They change how soon good rosters and bounds are found, never what a roster costs or what a bound
proves. The defaults are tuned on weeks of a commune, a province and a country; there is seldom a
reason to change one. An unknown name or a value out of range raises an `InputError` that names it.
`result.search` holds the parameters that were used, and `result.json` has them under `search`.

Times are in seconds, and shares are parts of a whole. A pair is a person and a shift that the
person could work; entries are the nonzeros of a program's matrix. Names and defaults may change
with the [version](../compatibility.md) of shiftplan.
"""
MADE = "<!-- Made by `python docs/make_api.py` from docstrings; edit those. -->"
ABOUT = """Everything that `shiftplan` and its packages export, with the docstrings. Input is
immutable, `solve` finds rosters, and `check` scores any roster without a solver. A
[first roster](../start.md#in-python) takes a few lines; [apps](../apps.md) shows how to embed it,
[compatibility](../compatibility.md) what stays the same.

Packages are attributes of `shiftplan`, as in `shiftplan.analysis.swap`; packages inside them, such
as `shiftplan.files.gathering`, and `shiftplan.testing` are imported first. Read as files, these
pages list names only: `help(shiftplan.solve)` shows the docstring, as does the
[site](../../CONTRIBUTING.md#the-site) that `sphinx-build` makes. Fields of records, such as
`Shift`, are in their schema, `shiftplan.Shift.model_json_schema()`; `docs/schemas` has those of
whole files."""
PARTS = """## What these hold

Objects that the names above return or have as fields. Read them; their modules may move.
"""
TOLD_ELSEWHERE = (
    "shiftplan.engines.params",
    "shiftplan.rules",
    "shiftplan.citizens.shift_design.task",
    "shiftplan.problem.problem",
    "shiftplan.week.fields",
)
"""Modules whose classes have pages of their own, or are nothing for users to read."""
INTERNAL = (
    "batch.sweep",
    "case",
    "citizens.forecasting",
    "citizens.shift_design",
    "citizens.visits",
    "cli",
    "engines",
    "engines.personal",
    "files.cells",
    "files.lists",
    "files.mending",
    "files.visits",
    "files.workbook",
    "model",
    "engines.params",
    "present.answers",
    "present.certificates",
    "present.designs",
    "present.display",
    "present.forecasts",
    "present.sheets",
    "solving.conflict",
    "web.agents",
    "web.routes",
    "web.weeks",
)
"""Packages that are no interface, or whose names the door of their room exports all."""


def exported(module: ModuleType) -> dict[str, Any]:
    """What a module exports: its `__all__`, or else what it imports under its own name."""
    names = getattr(module, "__all__", None)
    if names is None:
        body = ast.parse(inspect.getsource(module)).body
        aliases = [a for node in body if isinstance(node, ast.ImportFrom) for a in node.names]
        names = [alias.name for alias in aliases if alias.name == alias.asname]
        stars = [n.module for n in body if isinstance(n, ast.ImportFrom) and n.names[0].name == "*"]
        names += [name for star in stars if star for name in import_module(star).__all__]
        names += [x.name for x in body if isinstance(x, ast.FunctionDef | ast.ClassDef)]
    return {name: getattr(module, name) for name in names if not name.startswith("_")}


def top() -> dict[int, str]:
    """Identity of what `shiftplan` exports -> its name there."""
    return {id(thing): name for name, thing in exported(import_module("shiftplan")).items()}


def members(package: str, without: set[int] | None = None) -> dict[str, Any]:
    """Classes and functions that a package exports, but those that stand elsewhere."""
    found = exported(import_module(f"shiftplan.{package}"))
    kinds = (type, FunctionType)
    known = without or set()
    return {n: x for n, x in found.items() if isinstance(x, kinds) and id(x) not in known}


def _path(package: str, name: str, thing: Any) -> str:
    """Where users import a thing from: the top where it is there, else its room."""
    return f"shiftplan.{name}" if id(thing) in top() else f"shiftplan.{package}.{name}"


def _directives(package: str, things: Mapping[str, Any]) -> Iterator[str]:
    """A directive for each thing of a package."""
    for name, thing in things.items():
        kind = "function"
        if isinstance(thing, type):
            kind = "exception" if issubclass(thing, Exception) else "class"
        yield f".. auto{kind}:: {_path(package, name, thing)}\n"


def _names(package: str, things: Mapping[str, Any]) -> Iterator[str]:
    """Rows of a table: each name, which leads to its docstring, and what that says first."""
    yield f"| `shiftplan.{package}` | |"
    yield "|---|---|"
    for name, thing in things.items():
        first = inspect.cleandoc(thing.__doc__ or "").split("\n\n")[0]
        told = " ".join(first.split()).replace("|", "\\|")
        yield f"| {{py:obj}}`{name} <{_path(package, name, thing)}>` | {told} |"
    yield ""


def _annotations(thing: Any) -> Iterator[tuple[str, Any]]:
    """Annotations of what a name gives: what a function returns, what fields and methods hold.

    Each with the name of the module in whose words it is written.
    """
    if inspect.isfunction(thing):
        yield thing.__module__, thing.__annotations__.get("return")
        return
    for cls in (c for c in thing.__mro__ if c.__module__.startswith("shiftplan")):
        fields = inspect.get_annotations(cls)
        yield from ((cls.__module__, x) for n, x in fields.items() if not n.startswith("_"))
        for name, member in [*vars(cls).items()]:  # models complete themselves
            held = getattr(member, "fget", None) or getattr(member, "func", None)
            function = held or getattr(member, "__func__", member)
            if inspect.isfunction(function) and not name.startswith("_"):
                yield from _annotations(function)


def _classes(kind: Any) -> Iterator[type]:
    """Classes of shiftplan inside a type such as `tuple[Violation, ...]`."""
    if isinstance(kind, type) and kind.__module__.startswith("shiftplan."):
        yield kind
    for part in get_args(kind):
        yield from _classes(part)


def held_by(thing: Any) -> Iterator[type]:
    """Classes of shiftplan that a public name gives; names known to type checkers only are not."""
    for module, annotation in _annotations(thing):
        with suppress(NameError):
            kind = annotation
            if isinstance(annotation, str):
                kind = eval(annotation, vars(import_module(module)))  # our own annotations
            yield from _classes(kind)


@cache
def parts() -> dict[str, dict[str, type]]:
    """Page -> path and class of what its public names give, at any depth, that no door exports."""
    named = {key: [*members(key).values()] for key in PAGES}
    for key, found in PAGES.items():
        named[key] += [x for package in found.packages for x in members(package).values()]
    rules = exported(import_module("shiftplan.rules")).values()
    known = {id(x) for things in named.values() for x in things} | {*map(id, rules)}
    made: dict[str, dict[str, type]] = {key: {} for key in PAGES}
    for key, things in named.items():
        for thing in things:  # which grows
            for cls in held_by(thing):
                is_told = cls.__module__.startswith(TOLD_ELSEWHERE) or cls.__name__[0] == "_"
                if id(cls) not in known and not is_told:
                    known.add(id(cls))
                    things.append(cls)
                    made[key][f"{cls.__module__.removeprefix('shiftplan.')}.{cls.__name__}"] = cls
    return made


def page(key: str) -> str:
    """The text of one page: its names in short, then each with its docstring."""
    found = PAGES[key]
    sections = {key: members(key)}
    known = {id(thing) for thing in sections[key].values()}
    for package in found.packages:
        if more := members(package, known):
            sections[package] = more
    text = [MADE, "", f"# {found.title}", "", found.about, ""]
    for package, things in sections.items():
        text += _names(package, things)
    for package, things in sections.items():
        text += [f"## `shiftplan.{package}`", ""] if package != key else []
        text += ["```{eval-rst}", *_directives(package, things), "```", ""]
    if held := parts()[key]:
        directives = [f".. autoclass:: shiftplan.{path}\n" for path in sorted(held)]
        text += [PARTS, "```{eval-rst}", *directives, "```", ""]
    return "\n".join(text)


def _rows(params: Options, path: str = "") -> Iterator[str]:
    """A row of the table for each parameter of a component, and of its parts."""
    told = field_docs(type(params))
    for name, field in type(params).model_fields.items():
        value = getattr(params, name)
        if isinstance(value, Options):
            yield f"| **`{path}{name}`** | {told[name]} | | |"
            yield from _rows(value, f"{path}{name}.")
        else:
            (limits,) = (part for part in field.metadata if isinstance(part, Range))
            kind = "whole number, " if field.annotation is int else ""
            allowed = f"{limits.least} {'or more' if limits.most == MOST else f'to {limits.most}'}"
            meaning = " ".join(told.get(name, "").split())
            yield f"| `{path}{name}` | {meaning} | {value:,.10g} | {kind}{allowed} |"


def search() -> str:
    """The page of all search parameters."""
    text = [MADE.replace("docstrings", "the models of `shiftplan.engines.params`"), ""]
    text += ["# Search parameters", "", SEARCH]
    for name in SearchParams.model_fields:
        params = getattr(DEFAULTS, name)
        about = " ".join(inspect.cleandoc(type(params).__doc__).split())
        text += [f"## `{name}`", "", about, "", "| parameter | meaning | default | allowed |"]
        text += ["|---|---|---|---|", *_rows(params), ""]
    return "\n".join(text)


def index() -> str:
    """The page that lists the others."""
    text = [
        MADE,
        "",
        "# Python interface",
        "",
        ABOUT,
        "",
        "| package | what it is about |",
        "|---|---|",
    ]
    for key, found in PAGES.items():
        text.append(f"| [{found.title}]({key}.md): `shiftplan.{key}` | {found.about} |")
    about = "What steers a search, with ranges and defaults."
    text.append(f"| [Search parameters](search.md) | {about} |")
    names = ", ".join(f"`{name}`" for name in top().values())
    text += ["", f"At the top, as `shiftplan.NAME`: {names}."]
    return "\n".join([*text, "", "```{toctree}", ":hidden:", "", *PAGES, "search", "```", ""])


def pages() -> dict[str, str]:
    """Every page by the name of its file."""
    named = {f"{key}.md": page(key) for key in PAGES}
    return {"index.md": index(), "search.md": search(), **named}


if __name__ == "__main__":
    for file, written in pages().items():
        Path(__file__).with_name("api").joinpath(file).write_text(written, "utf-8")
