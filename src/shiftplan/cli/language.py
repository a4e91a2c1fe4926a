"""The language of the command: which one is asked for, and the help in it.

Arguments and environment -> a language; a command -> the same with its help texts.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, MutableMapping, Sequence
from itertools import pairwise
from typing import Any

from shiftplan.errors.message import languages
from shiftplan.present.words import Lang, Words

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
    command.help = say(f"command.{name}")
    if command.epilog:
        command.epilog = f"{say('usage.examples')}\n\n{command.epilog}"
    about = command.make_context("", [], resilient_parsing=True)
    for parameter in (*command.params, command.get_help_option(about)):
        own, shared = f"command.{name}.{parameter.name}", f"option.{parameter.name}"
        parameter.help = say(own if say.has(own) else shared)
        kind = "options" if parameter.param_type_name == "option" else "arguments"
        parameter.rich_help_panel = say(f"usage.{kind}")
    for inner_name, inner in getattr(command, "commands", {}).items():
        inner.short_help = None
        inner.rich_help_panel = say("usage.commands")
        put_help(inner, say, inner_name.replace("-", "_"))
