"""`shiftplan anonymize`: a week that can be shown to others.

Week, perhaps a roster -> the same under made-up names.

Exit codes: 0 all was written, 2 bad input.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from shiftplan.cli.common import app, exit_codes, fail, make_folder
from shiftplan.cli.options import Language, Week, place
from shiftplan.cli.reading import read
from shiftplan.errors.allowed import MOST_SEED
from shiftplan.files import read_roster, write_roster, write_week
from shiftplan.files.csv_text import neutral, to_csv
from shiftplan.files.text import is_there, real_path
from shiftplan.files.whole import write_texts
from shiftplan.present.outputs import ROSTER
from shiftplan.present.words import Words
from shiftplan.seasons.anonymous import anonymize


@app.command("anonymize")
def anonymize_week(
    week: Week,
    out: Annotated[Path, typer.Option(parser=place, metavar="PATH")],
    roster: Path | None = None,
    seed: Annotated[int | None, typer.Option(min=0, max=MOST_SEED)] = None,
    keep_groups: Annotated[bool, typer.Option("--keep-groups")] = False,
    least_at_home: Annotated[int, typer.Option(min=1)] = 1,
    key: Path | None = None,
    lang: Language = "en",
) -> None:
    """Replace the names and ids of people; no notes, no names of groups, another order."""
    with exit_codes(lang):
        if key is not None and real_path(key).is_relative_to(real_path(out)):
            raise fail(Words(lang)("weeks.anonymous_key_place", key=key, out=out))
        problem = read(week, lang)
        planned = None if roster is None else read_roster(roster)
        made = anonymize(
            problem,
            planned,
            seed=seed,
            keep_groups=keep_groups,
            least_at_home=least_at_home,
            person=Words(lang)("weeks.anonymous_person"),
        )
        if is_there(out) and (not out.is_dir() or any(out.iterdir())):
            raise fail(Words(lang)("weeks.anonymous_folder", out=out))
        if key is not None:
            make_folder(key, lang=lang)
        make_folder(out / ROSTER, lang=lang)
        write_week(made.problem, out)
        if made.roster is not None:
            write_roster(made.problem, made.roster, out / ROSTER)
        if key is not None:
            write_texts({key: to_csv(["volunteer_id", "made_up_id"], _rows(made.key))})
    print(Words(lang)("weeks.anonymous", key=len(made.key)))
    if key is not None:
        print(Words(lang)("weeks.anonymous_key", key=key))
    print(Words(lang)("plans.written", out=out))


def _rows(key: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Who is who; no id is taken for a formula."""
    for known, made_up in key.items():
        yield neutral(known), made_up
