"""Write docs/commands.md from the command's own help.

    python docs/make_commands.py

A test compares the file with what this makes of the commands.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import typer.main

from shiftplan.cli import app

HEAD = """# Commands

Made from the command's help by `python docs/make_commands.py`; edit the commands, not this page.

`shiftplan COMMAND --help` shows the same in a terminal, and with `--lang vi` in Vietnamese.
`SHIFTPLAN_LANG=vi` makes Vietnamese the usual language of all commands. An error of shiftplan
itself ends any command with exit code 1, Ctrl-C with 130 where nothing else is said.
"""
TYPES = {
    "int": "whole number",
    "int range": "whole number",
    "float": "number",
    "str": "text",
    "str,str,int": "two texts, a number",
    "PATH": "path",
}
ABOVE = re.compile(r"Exit codes: (.+?)\n(?:\n|\Z)", re.DOTALL)


def commands() -> dict[str, Any]:
    """All commands by name, in the order of the alphabet."""
    return dict(sorted(typer.main.get_command(app).commands.items()))  # type: ignore[attr-defined]


def _usual(fact: str) -> str:
    """A default or a range, as people say it."""
    fact = re.sub(r"^x>=(\d+)$", r"\1 or more", fact.removeprefix("default: "))
    return re.sub(r"^(\d+)<=x<=(\d+)$", r"\1 to \2", fact)


def _row(parameter: Any, about: Any) -> str:
    """A row of the table: how it is written, what it takes, what it does, what is usual."""
    record, told = parameter.get_help_record(about)
    kind = record.partition(" ")[2].strip("<>. ")
    takes = TYPES.get(kind, kind)
    if "|" in takes:
        takes = ", ".join(f"`{choice}`" for choice in takes.split("|"))
    text = " ".join((parameter.help or "").split())
    facts = told.removeprefix(parameter.help or "").strip().strip("[]").split("; ")
    usual = ", ".join(_usual(fact) for fact in facts if fact != "required")
    written = ", ".join((*parameter.opts, *parameter.secondary_opts))
    if parameter.param_type_name == "argument":
        written = _argument(parameter).strip("[]")
    cells = (f"`{written}`", takes, text, "needed" if parameter.required else usual)
    return "| " + " | ".join(re.sub(r"([|*<])", r"\\\1", cell) for cell in cells) + " |"


def _argument(parameter: Any) -> str:
    """An argument as it stands in a command line; in brackets if it may be left out."""
    name = (parameter.metavar or parameter.name).upper().strip("[]")
    return name if parameter.required else f"[{name}]"


def section(name: str, command: Any) -> str:
    """The section of one command."""
    about = command.make_context(name, [], resilient_parsing=True)
    rows = [
        _row(parameter, about)
        for parameter in command.params
        if not parameter.hidden and parameter.get_help_record(about)
    ]
    paragraphs = [" ".join(part.split()) for part in command.help.split("\n\n")]
    arguments = [_argument(p) for p in command.params if p.param_type_name == "argument"]
    text = [f"## `{name}`", "", *(line for part in paragraphs for line in (part, ""))]
    text += ["```text", " ".join(["shiftplan", name, *arguments, "[OPTIONS]"]), "```", ""]
    text += ["|  | takes | what it does | usual |", "|---|---|---|---|", *rows, ""]
    codes = ABOVE.search(sys.modules[command.callback.__module__].__doc__ or "")
    if codes:
        text += [f"Exit codes: {' '.join(codes[1].split())}", ""]
    tried = re.findall(r"^ +(shiftplan .+)$", command.epilog or "", re.MULTILINE)
    if tried:
        text += ["```sh", *tried, "```", ""]
    return "\n".join(text)


def page() -> str:
    """The whole page."""
    found = commands()
    short = [f"[`{name}`](#{name})" for name in found]
    return "\n".join([HEAD, ", ".join(short), "", *(section(*item) for item in found.items())])


if __name__ == "__main__":
    Path(__file__).with_name("commands.md").write_text(page(), encoding="utf-8")
