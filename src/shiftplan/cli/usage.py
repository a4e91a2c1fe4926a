"""A command that was not given as it must be: what is wrong, in the language of who gave it.

Error of the parser of commands -> lines on standard error, and exit code 2.
"""

from __future__ import annotations

import re
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from shiftplan.cli.vietnamese import asked
from shiftplan.texts import TEXTS, Lang

_WRONG = re.compile(r"Invalid value(?: for (?P<place>[^:]*(?:'[^']*')?))?: (?P<what>.*)", re.DOTALL)
_KNOWN = [
    (re.compile(pattern, re.DOTALL), key)
    for pattern, key in {
        r"Missing argument '(.*?)'\.": "usage argument",
        r"Missing option '(.*?)'\.": "usage option",
        r"No such command '(.*)'\.(?: Did you mean (?P<maybe>.*)\?)?": "usage no command",
        r"No such option: (\S*)(?: \(Possible options: (?P<maybe>.*)\))?": "usage no option",
        r"Option '(.*)' requires an argument\.": "usage value",
        r"Option '(.*)' does not take a value\.": "usage no value",
        r"Got unexpected extra argument(?:\(s\)|s)? \((.*)\)": "usage extra",
        r"Input should be a valid number.*|Input should be a finite number": "usage number",
        r"Input should be a valid integer.*": "usage whole",
        r"Input should be greater than or equal to (.*)": "usage at least",
        r"Input should be less than or equal to (.*)": "usage at most",
        r"Value error, '(.*)' does not match the formats? .*": "usage date",
        r"Value error, '.*?' is not one of (.*)\.": "usage one of",
    }.items()
]
"""Sentences of the parser -> keys of ours. Others are shown as they are."""


class Commands(TyperGroup):
    """The commands; what is wrong with one is said in our words."""

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run a command, and end with its exit code where it stands alone."""
        try:
            code = super().main(*args, standalone_mode=False, **extra)
        except typer.Abort:
            sys.exit(1)
        except Exception as error:
            if not hasattr(error, "format_message"):
                raise
            if type(error).__name__ != "NoArgsIsHelpError":  # its help was shown already
                print(usage_text(error, asked()), file=sys.stderr)
            sys.exit(2)
        if standalone_mode:
            sys.exit(code if isinstance(code, int) else 0)
        return code


def usage_text(error: Any, lang: Lang) -> str:
    """What is wrong, how the command is used, and where more is told."""
    words, context = TEXTS[lang], error.ctx
    lines = [sentence(error.format_message(), lang)]
    if context is not None:
        usage = context.get_usage().partition(":")[2].strip()
        lines.append(words["usage"].format(usage))
        lines.append(words["usage help"].format(f"{context.command_path} --help"))
    return "\n".join(lines)


def sentence(message: str, lang: Lang) -> str:
    """A sentence of the parser in our words; as it is where it is not known."""
    if wrong := _WRONG.fullmatch(message):
        place, what = (wrong["place"] or "").strip("'"), sentence(wrong["what"], lang)
        return f"{place}: {what}" if place else what
    for pattern, key in _KNOWN:
        if found := pattern.fullmatch(message):
            details = found.groupdict()
            text = TEXTS[lang][key].format(*(found.groups() or ("",)))
            maybe = details.get("maybe")
            return f"{text} {_maybe(maybe, lang)}" if maybe else text
    return message


def _maybe(names: str, lang: Lang) -> str:
    listed = ", ".join(name.strip("' ") for name in names.split(","))
    return TEXTS[lang]["usage maybe"].format(listed)
