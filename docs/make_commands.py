"""Write docs/commands.md from the command's own help.

    python docs/make_commands.py

A test compares the file with what this makes of the commands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer.main

from shiftplan.cli import app
from shiftplan.cli.usage import argument_text, put_help
from shiftplan.present.words import Words

HEAD = """<!-- Made by `python docs/make_commands.py` from the help of the command; edit that. -->

# Commands

`shiftplan COMMAND --help` shows the same in a terminal. `--lang vi`, before or after the command,
switches to Vietnamese; `SHIFTPLAN_LANG=vi` makes it the default for all commands. Every command
ends with exit code 1 after an internal error or a lack of memory, and, unless stated otherwise,
with 130 after Ctrl-C or SIGTERM. `shiftplan --version` prints the version, and `shiftplan
--install-completion` installs completion for the shell.
"""
GROUPS = {
    "First look": "demo",
    "In the browser": "serve",
    "Plan a week": "template availability forecast staff design plan check report charts",
    "Many hands": "split gather",
    "Tell people": "publish record status history undo calendars",
    "Live with changes": "repair what-if diff explain suggest swap",
    "Look ahead": "simulate tradeoff sweep",
    "Week after week": "shifts ways ledger new-week batch",
    "For other programs and people": "anonymize schema mcp",
}
"""Commands by what they are for, in the order in which they are used."""
TYPES = {
    "int": "whole number",
    "int range": "whole number",
    "float": "number",
    "str": "text",
    "str,str,int": "two texts, a number",
    "PATH": "path",
    "list[Path]": "paths",
}
CODES = re.compile(r"Exit codes: (.+?)\s*\Z", re.DOTALL)


def commands() -> dict[str, Any]:
    """All commands by name."""
    command: Any = typer.main.get_command(app)
    put_help(command, Words())
    return dict(command.commands)


def _range(fact: str) -> str:
    """What numbers may be, as people say it."""
    fact = re.sub(r"^x>=(\d+)$", r"\1 or more", fact)
    return re.sub(r"^(\d+)<=x<=(\d+)$", r"\1 to \2", fact)


def _row(parameter: Any, about: Any) -> str:
    """A row of the table: how it is written, what it does, what it is by default and may be."""
    record, told = parameter.get_help_record(about)
    kind = record.rpartition(", ")[2].partition(" ")[2].strip("<>. ")
    takes = TYPES.get(kind, kind)
    if "|" in takes:
        takes = ", ".join(f"`{choice}`" for choice in takes.split("|"))
    text = " ".join((parameter.help or "").split())
    facts = told.removeprefix(parameter.help or "").strip().strip("[]").split("; ")
    default = next((f.removeprefix("default: ") for f in facts if f.startswith("default: ")), "")
    default = default.strip("()")  # of what is left open, and what it is then
    ranges = [_range(f) for f in facts if f and f != "required" and not f.startswith("default: ")]
    written = ", ".join((*parameter.opts, *parameter.secondary_opts))
    is_needed = parameter.required
    if parameter.param_type_name == "argument":
        written, is_needed = (
            argument_text(parameter).strip("[]"),
            argument_text(parameter)[0] != "[",
        )
    default = f"`{default}`" if default else ""
    allowed = ", ".join(part for part in (takes, *ranges) if part)
    cells = (f"`{written}`", text, "needed" if is_needed else default, allowed)
    return "| " + " | ".join(re.sub(r"([|*<])", r"\\\1", cell) for cell in cells) + " |"


def section(name: str, command: Any) -> str:
    """The section of one command."""
    about = command.make_context(name, [], resilient_parsing=True)
    rows = [
        _row(parameter, about)
        for parameter in command.params
        if not parameter.hidden and parameter.get_help_record(about)
    ]
    paragraphs = [" ".join(part.split()) for part in command.help.split("\n\n")]
    arguments = [argument_text(p) for p in command.params if p.param_type_name == "argument"]
    text = [f"## `{name}`", "", *(line for part in paragraphs for line in (part, ""))]
    text += ["```text", " ".join(["shiftplan", name, *arguments, "[OPTIONS]"]), "```", ""]
    text += ["| option | what it does | default | allowed |", "|---|---|---|---|", *rows, ""]
    codes = CODES.search(command.callback.__doc__ or "")
    if codes:
        text += [f"Exit codes: {' '.join(codes[1].split())}", ""]
    tried = re.findall(r"^ +(shiftplan .+)$", command.epilog or "", re.MULTILINE)
    if tried:
        text += ["```sh", *tried, "```", ""]
    return "\n".join(text)


def contents(found: Mapping[str, Any]) -> str:
    """The table at the top: each command with its sentence, by what it is for."""
    rows = []
    for title, names in GROUPS.items():
        rows.append(f"| **{title}** | |")
        for name in names.split():
            sentence = " ".join(found[name].help.split("\n\n")[0].split())
            rows.append(f"| [`{name}`](#{name}) | {sentence} |")
    return "\n".join(["| command | what it does |", "|---|---|", *rows, ""])


def page() -> str:
    """The whole page."""
    found = commands()
    grouped = " ".join(GROUPS.values()).split()
    if sorted(grouped) != sorted(found):
        raise ValueError(f"in no group, or gone: {set(grouped) ^ set(found)}")
    return "\n".join([HEAD, contents(found), *(section(name, found[name]) for name in grouped)])


if __name__ == "__main__":
    Path(__file__).with_name("commands.md").write_text(page(), encoding="utf-8")
