"""How the command is given: its language, its help, and what is wrong with the arguments.

Arguments and environment -> a language; a command -> the same with help in it; an error of the
parser -> lines on standard error, and exit code 2.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

import typer
from typer.core import TyperCommand

from shiftplan.errors.message import Message, languages
from shiftplan.present.words import Lang, Words
from shiftplan.problem.nearest import CUTOFF

LANGUAGE = "SHIFTPLAN_LANG"
"""Environment variable with the language of people who do not want to give --lang each time."""


def wanted(arguments: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """Language that is asked for by the last --lang, or else by the environment; else English."""
    given = environment.get(LANGUAGE, "")
    for argument, following in pairwise([*arguments, ""]):
        if argument == "--lang":
            given = following
        elif argument.startswith("--lang="):
            given = argument.partition("=")[2]
    return given if given in languages() else "en"


def settle(environment: MutableMapping[str, str]) -> None:
    """Take `VI`, `vi_VN.UTF-8` or `vn` of the environment for Vietnamese, and so with others."""
    given = environment.get(LANGUAGE, "").strip().casefold().replace("-", "_").partition(".")[0]
    for name in (given, given.partition("_")[0]):
        lang = {"vn": "vi"}.get(name, name)
        for known in languages():
            if known.casefold() == lang:
                environment[LANGUAGE] = known
                return


def asked() -> Lang:
    """Language of who gave the command, where no option has been read yet."""
    return wanted(sys.argv[1:], os.environ)


def put_help(command: Any, say: Words, name: str = "shiftplan") -> None:
    """Give a command, its options and the commands in it their help texts.

    The text of an option is `command.<command>.<parameter>` of the catalogue, or else that of all
    commands, `option.<parameter>`.
    """
    name = name.replace("-", "_")
    command.help = say(f"command.{name}")
    if command.epilog:
        command.epilog = f"{say('usage.examples')}\n\n{command.epilog}"
    about = command.make_context("", [], resilient_parsing=True)
    for parameter in (*command.params, command.get_help_option(about)):
        own, shared = f"command.{name}.{parameter.name}", f"option.{parameter.name}"
        parameter.help = say(own if say.has(own) else shared)
        kind = "options" if parameter.param_type_name == "option" else "arguments"
        parameter.rich_help_panel = say(f"usage.{kind}")
        if getattr(parameter, "is_flag", False):  # it takes no value, whose type could be told
            parameter.metavar = ""
        if parameter.name == "lang" and parameter.default is not None:
            parameter.default = wanted((), os.environ)
    for inner_name, inner in getattr(command, "commands", {}).items():
        inner.short_help = None
        inner.rich_help_panel = say("usage.commands")
        put_help(inner, say, inner_name)


class Misused(typer.BadParameter):
    """A command was given in a way that its parser cannot see to be wrong."""

    def __init__(self, said: Message, option: str = "") -> None:
        super().__init__(str(said), param_hint=option or None)
        self.said = said


class Helped:
    """What a command does to show its help in the language asked for, the parser's words too."""

    def get_usage(self, ctx: Any) -> str:
        """How the command is used, in a line."""
        say = ctx.find_root().command.say
        return str(say("usage.usage", command=" ".join(_written(ctx, say))))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Show the help."""
        from typer import rich_utils

        say = ctx.find_root().command.say
        rich_utils.REQUIRED_LONG_STRING = say("usage.required")
        rich_utils.DEFAULT_STRING = say("usage.default", value="{}")
        of_typer: Any = super()
        of_typer.format_help(ctx, formatter)


class Command(Helped, TyperCommand):
    """One command."""


def usage_text(error: Any, command: Any, say: Words) -> str:
    """What is wrong, how the command is used, and where more is told."""
    if type(error).__name__ == "NoArgsIsHelpError":  # its help is the message, if not yet shown
        return str(error.format_message())
    context, option = getattr(error, "ctx", None), _option(error)
    text = say(_what(error, command)).rstrip()
    lines = [f"{option}: {text}" if option else text]
    if context is not None:
        lines.append(say("usage.usage", command=" ".join(_written(context, say))))
        lines.append(say("usage.help", command=f"{context.command_path} --help"))
    return "\n".join(lines)


def _what(error: Any, command: Any) -> Message:
    """What is wrong, by the kind of the error and of what it is about."""
    parameter: Any = getattr(error, "param", None)
    match type(error).__name__:
        case "Misused":
            said: Message = error.said
            return said
        case "MissingParameter" if parameter.param_type_name == "argument":
            name = (parameter.metavar or parameter.name).upper()
            return Message("usage.argument", name=name, help=parameter.help or "")
        case "MissingParameter":
            return Message("usage.option", name=parameter.opts[0])
        case "NoSuchOption":
            own = [name for p in command.params for name in p.opts if name[:2] == "--"]
            near = [name for name in own if name.startswith(error.option_name)]
            near = near or sorted(get_close_matches(error.option_name, own, cutoff=CUTOFF))
            return Message("usage.no_option", name=error.option_name, maybe=maybe(near))
        case "BadOptionUsage":
            found = next((p for p in command.params if error.option_name in p.opts), None)
            if found is None or getattr(found, "is_flag", False):  # --help is of the parser
                return Message("usage.no_value", name=error.option_name)
            if found.nargs == 1:
                return Message("usage.value", name=error.option_name)
            return Message("usage.values", name=error.option_name, n=found.nargs)
        case "BadParameter" if parameter is not None:
            return _kind(parameter)
        case "UsageError":
            return Message("usage.extra", command=command.name)
    return Message("usage.other", text=error.format_message())


def _kind(parameter: Any) -> Message:
    """What a value of a parameter must be."""
    kind = parameter.type_descriptor
    low, high = kind.parameter_info.min, kind.parameter_info.max
    if kind.is_choice:
        return Message("usage.one_of", values=tuple(map(str, kind.choices)))
    if kind.is_datetime:
        return Message("usage.date")
    if kind.is_path:
        return Message("usage.unreadable")
    if "int" not in str(kind.annotation):
        return Message("usage.number")
    if low is None:
        return Message("usage.whole")
    if high is None:
        return Message("usage.whole_from", low=low)
    return Message("usage.whole_between", low=low, high=high)


def _option(error: Any) -> str:
    """The option or argument that a wrong value was given for; empty where it is in the text."""
    if type(error).__name__ not in ("BadParameter", "Misused"):
        return ""
    if error.param_hint is not None:
        return str(error.param_hint)
    parameter = error.param
    if parameter is None:
        return ""
    is_option = parameter.param_type_name == "option"
    return str(parameter.opts[0] if is_option else (parameter.metavar or parameter.name).upper())


def _written(context: Any, say: Words) -> Iterable[str]:
    """How the command is written: its name, its arguments, and that it has options."""
    yield context.command_path
    if hasattr(context.command, "commands"):
        yield say("usage.command")
    for parameter in context.command.params:
        if parameter.param_type_name == "argument":
            yield argument_text(parameter)
    yield f"[{say('usage.any_options')}]"


def argument_text(argument: Any) -> str:
    """An argument as it is written, in brackets where it may be left out."""
    name = argument.name.upper()
    return str(argument.metavar or (name if argument.required else f"[{name}]"))


def maybe(names: Iterable[str]) -> Message | str:
    """What may be meant, as the end of a sentence; empty for nothing."""
    found = tuple(names)
    return Message("usage.maybe", names=found) if found else ""
