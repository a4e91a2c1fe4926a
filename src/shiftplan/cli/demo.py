"""`demo`: the example week that the package brings, planned and shown.

Nothing -> a folder with the week, its draft and a report, which a browser shows.
"""

from __future__ import annotations

import sys
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated

import typer

from shiftplan.cli import browser, common
from shiftplan.cli.commands import command
from shiftplan.cli.common import Language, Out
from shiftplan.cli.plan import plan
from shiftplan.files.text import is_there
from shiftplan.present.outputs import REPORT
from shiftplan.present.words import Words

WEEK = "week"
"""Folder of the week, in that of its draft."""
_USUAL = Path("shiftplan-demo")


@command("demo", "shiftplan demo", "shiftplan demo --out first --lang vi")
def demo(
    out: Out = _USUAL,
    no_browser: Annotated[bool, typer.Option("--no-browser")] = False,
    lang: Language = "en",
) -> None:
    """Plan the bundled example week, and open its report.

    Exit codes: 0 a roster was written, 2 bad input, 3 to 5 as for `plan`.
    """
    week = out / WEEK
    if not is_there(week):
        tables = example()
        common.make_folder(*(week / name for name in tables), lang=lang)
        for name, text in tables.items():
            (week / name).write_bytes(text)
    try:
        plan(week, out, lang=lang)
    except typer.Exit as ended:
        if ended.exit_code != common.EXIT_OK:
            raise
    say = Words(lang)
    print()
    print(say("demo.change", week=common.typed(week), out=common.typed(out)))
    print(say("demo.serve", week=common.typed(week)))
    if not no_browser and is_terminal() and browser.has_display():
        browser.show((out / REPORT).resolve().as_uri())


def is_terminal() -> bool:
    """Whether somebody reads what is printed, as it is printed."""
    return sys.stdout.isatty()


def example() -> dict[str, bytes]:
    """The tables of a commune: name of the file -> its bytes.

    The wheel has them beside this module; a checkout has them among its examples only.
    """
    folder: Traversable = files("shiftplan") / "cli" / "commune"
    if not folder.is_dir():
        folder = Path(__file__).parents[3] / "examples" / "data" / "commune"
    return {f.name: f.read_bytes() for f in folder.iterdir() if f.name.endswith(".csv")}
