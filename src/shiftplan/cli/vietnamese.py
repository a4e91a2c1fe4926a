"""Help in Vietnamese, for who asks for it.

Arguments and environment -> the command with help texts of the catalogue.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, MutableMapping, Sequence
from itertools import pairwise
from typing import Any

from shiftplan.errors.message import languages
from shiftplan.present.texts import Lang
from shiftplan.present.texts.help import HELP_VI

LANGUAGE = "SHIFTPLAN_LANG"
"""Environment variable with the language of people who do not want to give --lang each time."""
_OPTIONS, _ARGUMENTS, _COMMANDS = "Tùy chọn", "Tham số", "Các lệnh"


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


def translate(command: Any) -> None:
    """Put the help of a command, its options and the commands in it into Vietnamese."""
    command.help = said(command.help)
    if command.epilog:
        command.epilog = command.epilog.replace("Examples:", "Ví dụ:")
    about = command.make_context("", [], resilient_parsing=True)
    for parameter in (*command.params, command.get_help_option(about)):
        if parameter is not None and getattr(parameter, "help", None):
            parameter.help = said(parameter.help)
            is_option = parameter.param_type_name == "option"
            parameter.rich_help_panel = _OPTIONS if is_option else _ARGUMENTS
    for inner in getattr(command, "commands", {}).values():
        inner.short_help = None
        inner.rich_help_panel = _COMMANDS
        translate(inner)


def said(text: str | None) -> str | None:
    """A text of help in Vietnamese; as it is where the catalogue has none."""
    return None if text is None else HELP_VI.get(" ".join(text.split()), text)
