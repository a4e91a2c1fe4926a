"""A command that was not given as it must be: what is wrong, in the language of who gave it.

Error of the parser of commands -> lines on standard error, and exit code 2.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

import typer
from typer.core import TyperGroup

from shiftplan.cli.language import put_help, wanted
from shiftplan.errors.message import Message
from shiftplan.present.words import Words


class Misused(typer.BadParameter):
    """A command was given in a way that its parser cannot see to be wrong."""

    def __init__(self, said: Message, option: str = "") -> None:
        super().__init__(str(said), param_hint=option or None)
        self.said = said


class Commands(TyperGroup):
    """The commands; what is wrong with one is said in our words."""

    def main(self, args: Any = None, *others: Any, **options: Any) -> Any:
        """Run a command, and end with its exit code where it stands alone."""
        words = sys.argv[1:] if args is None else list(args)
        say = Words(wanted(words, os.environ))
        put_help(self, say)
        stands_alone = options.get("standalone_mode", True)
        try:
            code = super().main(args, *others, **options | {"standalone_mode": False})
        except Exception as error:
            if not (stands_alone and hasattr(error, "format_message")):
                raise
            first = next((self.commands[w] for w in words if w in self.commands), self)
            command = getattr(getattr(error, "ctx", None), "command", None) or first
            print(usage_text(error, command, say), file=sys.stderr)
            sys.exit(getattr(error, "exit_code", 1))
        if stands_alone:
            sys.exit(code if isinstance(code, int) else 0)
        return code

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is meant; an unknown one is told with those nearly of its name."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            near = get_close_matches(args[0], self.commands)
            said = Message("usage.no_command", name=args[0], maybe=_maybe(near))
            error = Misused(said)
            error.ctx = ctx
            raise error
        return super().resolve_command(ctx, args)


def usage_text(error: Any, command: Any, say: Words) -> str:
    """What is wrong, how the command is used, and where more is told."""
    if type(error).__name__ == "NoArgsIsHelpError":  # its help is the message, if not yet shown
        return str(error.format_message())
    context, option = getattr(error, "ctx", None), _option(error)
    text = say(_what(error, command)).rstrip()
    lines = [f"{option}: {text}" if option else text]
    if context is not None:
        lines.append(say("usage.usage", command=" ".join(_written(context))))
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
            near = near or sorted(error.possibilities or ())
            return Message("usage.no_option", name=error.option_name, maybe=_maybe(near))
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


def _written(context: Any) -> Iterable[str]:
    """How the command is written: its name, its arguments, and that it has options."""
    yield context.command_path
    if hasattr(context.command, "commands"):
        yield "COMMAND"
    for parameter in context.command.params:
        if parameter.param_type_name == "argument":
            name = (parameter.metavar or parameter.name).upper().strip("[]")
            yield name if parameter.required else f"[{name}]"
    yield "[OPTIONS]"


def _maybe(names: Iterable[str]) -> Message | str:
    """What may be meant, as the end of a sentence; empty for nothing."""
    found = tuple(names)
    return Message("usage.maybe", names=found) if found else ""
