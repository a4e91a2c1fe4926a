"""The application: its commands in the order of a planner's work.

Command line -> the command, whose module is imported only then.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from typer.core import TyperGroup
from typer.main import get_command_from_info
from typer.models import CommandInfo

from shiftplan.cli.common import Known, exit_codes
from shiftplan.cli.starting import started
from shiftplan.cli.usage import Command, Helped, Misused, maybe, put_help, usage_text, wanted
from shiftplan.errors.message import Message
from shiftplan.present.words import Words
from shiftplan.problem.nearest import CUTOFF
from shiftplan.solving.versions import __version__

MODULES = {
    "demo": "demo",
    "plan": "plan",
    "check": "rosters",
    "explain": "ask",
    "report": "rosters",
    "charts": "rosters",
    "calendars": "rosters",
    "suggest": "ask",
    "swap": "ask",
    "publish": "publish",
    "repair": "repair",
    "what-if": "repair",
    "undo": "drafts",
    "record": "record",
    "status": "record",
    "history": "record",
    "diff": "rosters",
    "serve": "serve",
    "mcp": "agents",
    "template": "weeks",
    "availability": "answers",
    "shifts": "shifts",
    "ways": "ways",
    "gather": "gather",
    "split": "gather",
    "new-week": "new_week",
    "ledger": "ledger",
    "forecast": "forecast",
    "staff": "citizens",
    "design": "design",
    "simulate": "citizens",
    "tradeoff": "tradeoff",
    "sweep": "sweep",
    "batch": "batch",
    "anonymize": "weeks",
    "schema": "weeks",
}
"""Command -> its module, in the order of a planner's work."""
_INFOS: dict[str, CommandInfo] = {}
"""Commands whose modules are imported."""
Function = TypeVar("Function", bound=Callable[..., None])


def examples(*commands: str) -> str:
    """What stands at the end of a help page: commands to try, each on a line."""
    return "\n\n".join(f"  {command}" for command in commands)


def command(name: str, *tried: str) -> Callable[[Function], Function]:
    """Make a function a command; `tried` are the examples of its help.

    What it raises of shiftplan's own errors becomes a message and an exit code.
    """

    def add(function: Function) -> Function:
        @wraps(function)
        def run(**given: Any) -> None:
            started()
            week = given.get("week")
            with exit_codes(given.get("lang", "en"), week if isinstance(week, Path) else None):
                function(**given)

        epilog = examples(*tried) or None
        _INFOS[name] = CommandInfo(name, cls=Command, callback=run, epilog=epilog)
        return function

    return add


class _Made(Mapping[str, Any]):
    """Name -> command, made when it is first asked for."""

    def __init__(self, say: Words | None) -> None:
        self._made: dict[str, Any] = {}
        self.say = say

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            import_module(f"shiftplan.cli.{MODULES[name]}")
            made: Any = get_command_from_info(
                _INFOS[name], pretty_exceptions_short=False, rich_markup_mode="rich"
            )
            if self.say is not None:
                put_help(made, self.say, name)
            self._made[name] = made
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(MODULES)

    def __len__(self) -> int:
        return len(MODULES)


class Commands(Helped, TyperGroup):
    """The commands; what is wrong with one is said in our words."""

    say = Words()

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.commands: Any = _Made(None)

    def main(self, args: Any = None, *others: Any, **options: Any) -> Any:
        """Run a command, and end with its exit code where it stands alone."""
        words = sys.argv[1:] if args is None else list(args)
        self.say = self.commands.say = Words(wanted(words, os.environ))
        stands_alone = options.get("standalone_mode", True)
        try:
            code = super().main(args, *others, **options | {"standalone_mode": False})
        except Exception as error:
            if not (stands_alone and hasattr(error, "format_message")):
                raise
            first = next((self.commands[w] for w in words if w in self.commands), self)
            command = getattr(getattr(error, "ctx", None), "command", None) or first
            print(usage_text(error, command, self.say), file=sys.stderr)
            sys.exit(getattr(error, "exit_code", 1))
        if stands_alone:
            sys.exit(code if isinstance(code, int) else 0)
        return code

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that is meant; an unknown one is told with those nearly of its name."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            near = get_close_matches(args[0], self.commands, cutoff=CUTOFF)
            error = Misused(Message("usage.no_command", name=args[0], maybe=maybe(near)))
            error.ctx = ctx
            raise error
        name, found, rest = super().resolve_command(ctx, args)
        lang = ctx.params.get("lang")
        if lang and found and any(parameter.name == "lang" for parameter in found.params):
            rest = ["--lang", lang, *rest]  # one that is given after the command comes later
        return name, found, rest

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Show the help, for which no command need be made."""
        self._tell()
        super().format_help(ctx, formatter)

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Commands that begin so, each with a sentence."""
        self._tell()
        return super().shell_complete(ctx, incomplete)

    def _tell(self) -> None:
        """Put the texts of commands in place of these."""
        self.commands = {name: Command(name=name, callback=None) for name in MODULES}
        put_help(self, self.say)


app = typer.Typer(
    name="shiftplan",
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    epilog=examples(
        "shiftplan plan examples/data/an_giang --out out",
        "shiftplan check examples/data/an_giang out/roster.csv",
        "shiftplan charts examples/data/an_giang out/roster.csv --out slides",
        "shiftplan plan --help",
    ),
)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"shiftplan {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True)
    ] = False,
    lang: Annotated[Known | None, typer.Option()] = None,
) -> None:
    """Fair volunteer shift rosters for many service centers, with a proven bound."""
