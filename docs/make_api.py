"""Write docs/api/*.md: the public names, by what they are for; Sphinx takes the docstrings in.

`docs/api/index.md` lists the pages.

    python docs/make_api.py

Public is what `shiftplan` and the packages named here export. Tests compare the files with what
this makes, and hold that every public name stands on exactly one page, pages and names in the
order of `shiftplan.__all__`.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, NamedTuple


class Page(NamedTuple):
    """A page: its title, what it is about, names of `shiftplan`, and packages with further ones."""

    title: str
    about: str
    names: str
    packages: tuple[str, ...] = ()


PAGES: Mapping[str, Page] = {
    "files": Page(
        "Files",
        "Weeks, rosters, ledgers and stand-by lists in and out; reports, calendars and messages.",
        "read_problem read_tables read_week read_workbook read_roster read_changes read_days "
        "read_attendance read_ledger read_reserves write_problem write_week write_workbook "
        "write_template write_requirements write_roster write_reserves write_ledger "
        "write_history write_roster_workbook "
        "write_report calendars messages write_handouts",
        ("files", "present.handouts", "present.report"),
    ),
    "problem": Page(
        "The problem",
        "All input is one `Problem`, which cannot be changed: `model_copy(update=...)` gives "
        "another one. The rules of a problem are classes of `shiftplan.rules`; "
        "[each has its own section](../rules.md).",
        "Problem Horizon Center Skill SkillGrant Volunteer Availability Shift Requirement Pin "
        "Preference History Published Service Demand LanguageShare Policy Setting "
        "with_recommended",
    ),
    "staffing": Page(
        "From a forecast to people",
        "Requirements from expected citizens, and the queues behind them "
        "([the mathematics](../staffing.md)).",
        "staff Staffing",
        ("citizens.staffing", "citizens.queueing"),
    ),
    "solving": Page(
        "Solve and check",
        "One door, `solve`; `check` scores any roster and needs no solver.",
        "solve find_conflict ways_out Result Status StoppedBy Progress Poor PoorReason Conflict "
        "WayOut Roster Assignment check Score",
        ("analysis.leximin",),
    ),
    "judging": Page(
        "Judge a roster",
        "How a roster shares the work, whom it serves, and what it would cost to be fairer "
        "([how these are measured](../measures.md)).",
        "fairness FairnessMeasures equity EquityMeasures compare_rosters Comparison simulate "
        "Conduct Experience compare_experiences tradeoff Tradeoff",
        ("citizens.simulate", "analysis.tradeoff", "present.charts"),
    ),
    "changing": Page(
        "Live with changes",
        "Repairs after late changes, stand-by lists, and trades of shifts.",
        "repair Repair what_if WhatIf Absence Closing Cancellation Need Arrival Offer Update "
        "reserves Reserve suggest Suggestion Candidate swap Trade partners chains Trades",
        ("analysis.repair", "problem.changes", "analysis.trades"),
    ),
    "asking": Page(
        "Ask why",
        "Why a seat is empty, why somebody is here, and what would help "
        "([what each answer claims](../explain.md)).",
        "emptiest explain_seat SeatReasons explain_why_not explain_why_here Answer advise Advice",
        ("analysis.explain", "analysis.advice"),
    ),
    "weeks": Page(
        "Week after week",
        "The ledger, the next week, and seasons ([fairness over the weeks](../fairness.md), "
        "[seasons](../season.md)).",
        "Ledger Turnout Memory new_week NewWeek Day Workdays with_holidays anonymize Anonymous",
        ("seasons.ledger", "seasons.rollover", "seasons.joined"),
    ),
    "batch": Page(
        "Batches",
        "Many provinces, week after week ([folders, states, exit codes](../batch.md)).",
        "plan_batch Batch preview_batch",
        ("batch",),
    ),
    "errors": Page(
        "Errors",
        "Every exception that shiftplan raises on purpose. [All faults](../faults.md) of the input "
        "have a code of their own.",
        "ShiftplanError InputError NoRosterError MissingExtraError ClusterError ModelError Fault "
        "fault_text",
    ),
}
MADE = "<!-- Made by `python docs/make_api.py` from docstrings; edit those. -->"
ABOUT = """Everything that `shiftplan` and its packages export, with the docstrings. Input is
immutable, `solve` is the one door to a roster, and `check` scores any roster without a solver. A
[first roster](../start.md#in-python) takes a few lines; [apps](../apps.md) tells how to embed it,
[compatibility](../compatibility.md) what stays the same."""
GROUPS = ("analysis", "citizens", "present", "problem", "seasons", "solving")
"""Packages of packages: those inside are public or internal, each for itself."""
INTERNAL = (
    "analysis.reserves",
    "case",
    "cli",
    "engines",
    "model",
    "present.display",
    "present.sheets",
    "present.texts",
    "problem.crosscheck",
    "scoring",
    "solving.conflict",
    "week",
)
"""Packages that are no interface, or whose names `shiftplan` exports all."""


def exported(module: ModuleType) -> dict[str, Any]:
    """What a module exports: its `__all__`, or else what it imports under its own name."""
    names = getattr(module, "__all__", None)
    if names is None:
        body = ast.parse(inspect.getsource(module)).body
        aliases = [a for node in body if isinstance(node, ast.ImportFrom) for a in node.names]
        names = [alias.name for alias in aliases if alias.name == alias.asname]
        names += [x.name for x in body if isinstance(x, ast.FunctionDef | ast.ClassDef)]
    return {name: getattr(module, name) for name in names if not name.startswith("_")}


def further(package: str) -> list[str]:
    """Classes and functions that a package exports and `shiftplan` does not."""
    known = {id(thing) for thing in exported(import_module("shiftplan")).values()}
    found = exported(import_module(f"shiftplan.{package}"))
    kinds = (type, FunctionType)
    return [name for name, x in found.items() if isinstance(x, kinds) and id(x) not in known]


def _directives(module: str, names: list[str]) -> Iterator[str]:
    """A directive for each name of a module."""
    for name in names:
        thing = getattr(import_module(module), name)
        kind = "function"
        if isinstance(thing, type):
            kind = "exception" if issubclass(thing, Exception) else "class"
        yield f".. auto{kind}:: {module}.{name}\n"


def _names(module: str, names: list[str]) -> str:
    """An entry of the list at the top: a module, and its names, which lead to their docstrings."""
    links = ", ".join(f":py:obj:`{name} <{module}.{name}>`" for name in names)
    return f"``{module}``\n    {links}\n"


def page(key: str) -> str:
    """The text of one page: its names in short, then each with its docstring."""
    found = PAGES[key]
    named = found.names.split()
    more = {package: names for package in found.packages if (names := further(package))}
    text = [MADE, "", f"# {found.title}", "", found.about, ""]
    text += ["```{eval-rst}", _names("shiftplan", named)]
    text += [_names(f"shiftplan.{package}", names) for package, names in more.items()]
    text += [*_directives("shiftplan", named), "```", ""]
    for package, names in more.items():
        text += [f"## `shiftplan.{package}`", "", "```{eval-rst}"]
        text += [*_directives(f"shiftplan.{package}", names), "```", ""]
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
        "| page | what it is about |",
        "|---|---|",
    ]
    for key, found in PAGES.items():
        text.append(f"| [{found.title}]({key}.md) | {found.about} |")
    return "\n".join([*text, "", "```{toctree}", ":hidden:", "", *PAGES, "```", ""])


def pages() -> dict[str, str]:
    """Every page by the name of its file."""
    return {"index.md": index(), **{f"{key}.md": page(key) for key in PAGES}}


if __name__ == "__main__":
    for file, written in pages().items():
        Path(__file__).with_name("api").joinpath(file).write_text(written, "utf-8")
