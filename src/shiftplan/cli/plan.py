"""`plan`: a week in, the roster and its proven bound out.

Week -> a draft: roster.csv, result.json, reserves.csv, roster.xlsx, report.html and a summary.
"""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path
from typing import Annotated

import typer

from shiftplan.cli import common
from shiftplan.cli.commands import command
from shiftplan.cli.common import Language, Out, Recommended, Seed, Staff, Workers
from shiftplan.cli.drafts import need_other_folder, show_draft
from shiftplan.cli.keeping import keep_inputs_in
from shiftplan.cli.reading import read_live
from shiftplan.cli.usage import Misused
from shiftplan.errors.message import Message
from shiftplan.files import read_roster
from shiftplan.present.answers.reasons import changes_csv
from shiftplan.present.display import make_console, show_progress
from shiftplan.present.display.results import show_finding, show_result
from shiftplan.present.naming import lang_of
from shiftplan.present.outputs import CHANGES, RESULT, workbooks_ahead, write_outputs
from shiftplan.present.words import Words
from shiftplan.problem.known_ids import known_part
from shiftplan.record.planning import Keep, now_in
from shiftplan.solving.result import Progress, Result, Status

_USUAL_SECONDS = 60.0


@command(
    "plan",
    "shiftplan plan examples/data/an_giang --out out --time-limit 60",
    "shiftplan plan week --out out --lang vi --hint last/roster.csv",
    "shiftplan plan week --out out --quiet --json > figures.json",
)
def plan(
    week: common.Argument,
    out: Out,
    time_limit: Annotated[float | None, typer.Option(show_default="60")] = None,
    idle_limit: float | None = None,
    least_gain: float = 0.0,
    work_limit: Annotated[int | None, typer.Option(min=1)] = None,
    workers: Workers = None,
    seed: Seed = 0,
    gap: float = 0.0,
    hint: Path | None = None,
    staff: Staff = False,
    design: Annotated[bool, typer.Option("--design")] = False,
    recommended: Recommended = False,
    keep: Keep = "firmly",
    replace: common.Replace = False,
    quiet: common.Quiet = False,
    as_json: common.AsJson = False,
    lang: Language = "en",
) -> None:
    """Plan a week: write the roster, its cost and bound, and whom to call if somebody fails.

    Exit codes: 0 a roster was written, 1 internal error, 2 bad input, 3 hard rules contradict each
    other, 4 no roster was found in time, 5 the roster is empty or very poor: not for handing out,
    130 ended by a second Ctrl-C or SIGTERM.
    """
    start = time.monotonic()
    if time_limit is None and work_limit is None:
        time_limit = _USUAL_SECONDS
    if time_limit is not None and not time_limit >= 0:
        raise Misused(Message("usage.must_be_from_0_on"), "--time-limit")
    if idle_limit is not None and not idle_limit > 0:
        raise Misused(Message("usage.must_be_above_0"), "--idle-limit")
    if not 0 <= least_gain < 1:
        raise Misused(Message("usage.must_be_0_to_below_1"), "--least-gain")
    if not 0 <= gap < 1:
        raise Misused(Message("usage.must_be_0_to_below_1"), "--gap")
    if design and staff:
        raise Misused(Message("usage.design_or_staff"), "--design")
    keep_inputs_in(out, week)
    console, cancel = make_console(stderr=True), threading.Event()
    if design:
        from shiftplan.cli.designed import design_first

        how = {"replaced": replace, "told": not (quiet or as_json)}
        search = {"workers": workers, "seed": seed}
        week = design_first(week, out, lang, time_limit, cancel, search, **how)
        if time_limit is not None:
            time_limit = max(0.0, time_limit - (time.monotonic() - start))
            start = time.monotonic()
        if cancel.is_set():  # the first Ctrl-C was for all of it: a quick roster ends it
            cancel, time_limit = threading.Event(), 0.0
    live = read_live(
        week, lang, anew=staff, recommended=recommended, out=out, quiet=quiet, to_plan=True
    )
    problem, known_already = live.now.problem, live.now.told
    lang = lang_of(problem, lang)
    if not replace:
        need_other_folder(live, out)
    known = None if hint is None else read_roster(hint, of=problem, lenient=True)
    if hint is not None and known and not quiet and not known_part(problem, known):
        print(Words(lang)("plans.hint_unknown", name=hint.name), file=sys.stderr)
    common.make_place(out, lang)
    read, begun = time.monotonic() - start, time.monotonic()
    shown = show_progress(console, cancel, begun, lang, limit=time_limit, quiet=quiet)
    # With promises a roster may still be found: some of them are let go.
    tells = not (quiet or as_json or live.now.promised) and known_already is None
    told = False

    def hear(progress: Progress) -> None:
        nonlocal told
        watch(progress)
        if progress.conflict is not None and tells:
            show_finding(console, progress.conflict, lang)
            told = True

    with (
        common.interrupts(cancel, console),
        workbooks_ahead(problem, time_limit) as ahead,
        shown as watch,
    ):
        made = live.plan(
            keep=keep,
            now=now_in(live.files.horizon),
            time_limit=time_limit,
            idle_limit=idle_limit,
            least_gain=least_gain,
            work_limit=work_limit,
            workers=workers,
            seed=seed,
            gap=gap,
            on_progress=hear,
            cancel=cancel,
            hint=known,
        )
        watch.write_files()
        if made.problem is not problem:  # some promises were let go
            ahead = None
        result, problem = made.result, made.problem
        beside = {RESULT: result.to_json() + "\n"}
        if made.repair is not None and made.repair.roster is not None:
            beside[CHANGES] = changes_csv(made.repair, lang)
        try:
            compared = known if known_already is None else known_already
            written = write_outputs(
                problem,
                result,
                out,
                lang,
                beside=beside,
                compared=compared,
                before_shifts=live.now.state.shifts_told,
                called=live.now.state.times_called,
                ahead=ahead,
            )
        except OSError as error:
            raise common.unwritable(error, out, lang) from None
    if as_json:
        version = {} if made.version is None else {"version_of_roster": made.version.number}
        files = [str(file) for file in written]
        designed = {"designed_week": str(week)} if design else {}
        common.print_json({**result.as_dict(), **version, **designed, "written": files})
    elif quiet and result.poor is not None:
        print(result.poor.message.said(lang), file=sys.stderr)
    elif result.roster is None or not quiet:
        show_result(problem, result, written, lang, read=read, told=told)
    if design and not (quiet or as_json):
        print(Words(lang)("plans.designed", week=common.typed(week)))
    show_draft(live, made, week, lang, quiet=quiet or as_json)
    raise typer.Exit(exit_code_of(result))


def exit_code_of(result: Result) -> int:
    """How a command ends that planned."""
    if result.status is Status.INFEASIBLE:
        return common.EXIT_INFEASIBLE
    if result.roster is None:
        return common.EXIT_NO_ROSTER
    return common.EXIT_OK if result.poor is None else common.EXIT_POOR
