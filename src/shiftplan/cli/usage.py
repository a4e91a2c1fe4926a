"""A command that was not given as it must be: what is wrong, in the language of who gave it.

Error of the parser of commands -> lines on standard error, and exit code 2.
"""

from __future__ import annotations

import re
import sys
from typing import Any

from typer.core import TyperGroup

from shiftplan.cli.vietnamese import asked
from shiftplan.present.texts import TEXTS, Lang

_WRONG = re.compile(r"Invalid value(?: for (?P<place>'[^']*'|[^:]*))?: (?P<what>.*)", re.DOTALL)
_OR = "' / '"
"""What the parser puts between the names of an option that has several; the first is enough."""
_QUOTED = "['\"](.*)['\"]"
_KNOWN = [
    (re.compile(pattern, re.DOTALL), key)
    for pattern, key in {
        rf"Missing argument {_QUOTED}\.": "usage argument",
        rf"Missing option {_QUOTED}\.": "usage option",
        rf"No such command {_QUOTED}\.": "usage no command",
        rf"No such command {_QUOTED}\. Did you mean (?P<maybe>.*)\?": "usage no command",
        r"No such option: (.*)": "usage no option",
        rf"Option {_QUOTED} requires an argument\.": "usage value",
        rf"Option {_QUOTED} requires ([0-9]+) arguments\.": "usage values",
        rf"Option {_QUOTED} does not take a value\.": "usage no value",
        r"Got unexpected extra argument(?:\(s\)|s)? \((.*)\)": "usage extra",
        r"Input should be a valid number.*|Input should be a finite number": "usage number",
        r"Input should be a valid integer.*": "usage whole",
        r"Input should be greater than or equal to (.*)": "usage at least",
        r"Input should be less than or equal to (.*)": "usage at most",
        rf"Value error, {_QUOTED} does not match the formats? .*": "usage date",
        r"Value error, .* is not one of (.*)\.": "usage one of",
        rf"[^ ]* {_QUOTED} is not readable\.": "usage unreadable",
    }.items()
]
"""Sentences of the parser -> keys of ours. Others are shown as they are."""
_LONGEST = 2_000
"""Characters of a sentence that are looked at."""


class Commands(TyperGroup):
    """The commands; what is wrong with one is said in our words."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run a command, and end with its exit code where it stands alone."""
        stands_alone = options.get("standalone_mode", True)
        try:
            code = super().main(*args, **options | {"standalone_mode": False})
        except Exception as error:
            if not (stands_alone and hasattr(error, "format_message")):
                raise
            print(usage_text(error, asked()), file=sys.stderr)
            sys.exit(getattr(error, "exit_code", 1))
        if stands_alone:
            sys.exit(code if isinstance(code, int) else 0)
        return code


def usage_text(error: Any, lang: Lang) -> str:
    """What is wrong, how the command is used, and where more is told."""
    words, context = TEXTS[lang], getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":  # its help is the message, if not yet shown
        return str(error.format_message())
    wanted = getattr(error, "option_name", "")
    message = error.message if wanted else error.format_message()
    lines = [sentence(message, lang)]
    argument = getattr(error, "param", None)
    if argument is not None and message.startswith("Missing argument"):
        lines[0] = words["usage argument"].format((argument.metavar or argument.name).upper())
        lines[0] += f" {argument.help}" if argument.help else ""
    if context is not None:
        lines[0] += _nearest(wanted, context, error, lang)
        usage = re.sub(r"\{(.*?)\}", lambda found: found[1].upper(), context.get_usage())
        lines.append(words["usage"].format(usage.partition(":")[2].strip()))
        lines.append(words["usage help"].format(f"{context.command_path} --help"))
    return "\n".join(lines)


def sentence(message: str, lang: Lang) -> str:
    """A sentence of the parser in our words; as it is where it is not known."""
    message = message[:_LONGEST]
    if wrong := _WRONG.fullmatch(message):
        place = (wrong["place"] or "").partition(_OR)[0].strip("'")
        what = _known(wrong["what"], lang)
        return f"{place}: {what}" if place else what
    return _known(message, lang)


def _known(message: str, lang: Lang) -> str:
    for pattern, key in _KNOWN:
        if found := pattern.fullmatch(message):
            details = [detail and detail.partition(_OR)[0] for detail in found.groups()]
            text = TEXTS[lang][key].format(*(details or ("",)))
            maybe = found.groupdict().get("maybe")
            return f"{text} {_maybe(maybe.split(', '), lang)}" if maybe else text
    return message


def _nearest(wanted: str, context: Any, error: Any, lang: Lang) -> str:
    """Known options that start with the unknown one, or else the closest matches."""
    if not hasattr(error, "possibilities"):
        return ""
    names = [name for option in context.command.params for name in option.opts if name[:2] == "--"]
    near = [name for name in names if name.startswith(wanted)] or error.possibilities
    return f" {_maybe(sorted(near), lang)}" if near else ""


def _maybe(names: list[str], lang: Lang) -> str:
    return TEXTS[lang]["usage maybe"].format(", ".join(name.strip("' ") for name in names))
