"""The command: a week, those of the published tables, or one for each province.

Arguments -> `Recipe`s -> folders.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from benchmarks.weeks.recipes import MONDAY, NAMED, Recipe, make, nation
from benchmarks.weeks.units import AN_GIANG, VIETNAM


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when all is well, 2 for bad input."""
    parser = _parser()
    options = parser.parse_args(arguments)
    recipes = {options.out / name: NAMED[name] for name in options.named or ()}
    if options.nation:
        recipes |= {options.out / name: made for name, made in nation().items()}
    try:
        for folder, recipe in (recipes or {options.out: _recipe(options)}).items():
            print(make(recipe, folder), flush=True)
        if options.nation:
            rows = [
                f"{folder.name},{recipe.monday},{folder.name}\n"
                for folder, recipe in recipes.items()
            ]
            text = "".join(["province,week,path\n", *rows])
            (options.out / "batch.csv").write_text(text, encoding="utf-8")
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _recipe(options: argparse.Namespace) -> Recipe:
    units = options.units or (VIETNAM if options.province else AN_GIANG)
    return Recipe(
        units=units,
        province=options.province,
        seed=options.seed,
        volunteers=options.volunteers,
        monday=options.monday,
        supply=options.supply,
        simple=options.simple,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.weeks",
        description="Make planning weeks: real places, invented people and visits.",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where they go")
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--named",
        nargs="+",
        choices=list(NAMED),
        metavar="NAME",
        help=f"instead of other options, weeks of the published tables: {', '.join(NAMED)}; "
        "each in a folder of its name",
    )
    which.add_argument(
        "--nation",
        action="store_true",
        help="instead, a folder for each of the 34 provinces, and a batch.csv of them",
    )
    parser.add_argument(
        "--units",
        type=Path,
        metavar="CSV",
        help="table of units; by default those of An Giang, or with --province of the country",
    )
    parser.add_argument("--province", metavar="NAME", help="only its units, as 'Tỉnh Cà Mau'")
    parser.add_argument("--seed", type=int, default=1, help="random seed (default 1)")
    parser.add_argument("--volunteers", type=_many, help="how many; else 13.265 a center")
    parser.add_argument(
        "--monday", type=_monday, default=MONDAY, help=f"first day (default {MONDAY})"
    )
    parser.add_argument(
        "--supply",
        type=_positive,
        default=1.0,
        help="times the usual availability: 0.65 is scarce, 1.5 plenty (default 1)",
    )
    parser.add_argument("--simple", action="store_true", help="only the flow-like rules")
    return parser


def _many(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is no whole number from 1 on")
    return int(text)


def _positive(text: str) -> float:
    with suppress(ValueError):
        if 0 < (number := float(text)) < float("inf"):
            return number
    raise argparse.ArgumentTypeError(f"{text} is no number above 0")


def _monday(text: str) -> dt.date:
    with suppress(ValueError):
        if (date := dt.date.fromisoformat(text)).weekday() == 0:
            return date
    raise argparse.ArgumentTypeError(f"{text} is no Monday, such as {MONDAY}")
