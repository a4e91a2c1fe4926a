"""What notebooks show of rosters, scores and results: HTML that needs nothing else, text escaped.

`Roster`, `Score` or `Result` -> sentences and the first rows of a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from shiftplan.errors.options import check_options, lang_option
from shiftplan.present.headline import cost_figures
from shiftplan.present.naming import rule_name
from shiftplan.present.summary import center_cells, totals
from shiftplan.present.words import Lang, Words
from shiftplan.scoring.check import Score
from shiftplan.solving.result import Result
from shiftplan.week.roster import Roster

_ROWS = 10
_CELL = 'style="text-align:left;padding:0.2em 1em 0.2em 0"'


def html_of(thing: Roster | Score | Result, lang: Lang) -> str:
    """A few rows and the totals of a roster; hard rules broken and costs by rule of a score;
    status, cost, bound and gap of a result.
    """
    check_options(lang_option(lang))
    say = Words(lang)
    rows: Sequence[Sequence[str]]
    if isinstance(thing, Roster):
        people, shifts = len(thing.shifts_of), len(thing.people_in)
        counts = {"assignments": len(thing.assignments), "people": people, "shifts": shifts}
        lines = [say("charts.roster_totals", **counts)]
        heads, rows = ["charts.shift", "ledgers.volunteer"], thing.assignments
    elif isinstance(thing, Score):
        hard = thing.hard.items()
        lines = [f"{rule_name(rule, lang)}: {say.number(amount)}" for rule, amount in hard]
        broken = say("fault.broken_rules")
        lines = [f"{broken[0].upper()}{broken[1:]}:", *lines] if lines else [say("plans.feasible")]
        heads, rows = ["plans.rule", "plans.cost"], totals(thing, lang)
    else:
        code, poor = f"status.{thing.status.value.lower()}", thing.poor
        lines = [say(code) if poor is None else poor.message.said(lang)]
        if thing.total.cost is not None:
            lines.append("; ".join(cost_figures(thing.total.cost, thing.total.bound, say)))
        lines += [member.message.said(lang) for member in thing.conflict]
        lines += [thing.conflict_count.message.said(lang)] if thing.conflict_count else []
        heads = [f"plans.{name}" for name in ("center", "people", "skilled", "filled_both")]
        centers = () if thing.equity is None else thing.equity.centers
        rows = [center_cells(row, lang) for row in centers]
    parts = [f"<p>{'<br>'.join(map(escape, lines))}</p>"]
    if rows:
        head = "".join(f'<th scope="col" {_CELL}>{escape(say(code))}</th>' for code in heads)
        body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows[:_ROWS])
        parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
    if len(rows) > _ROWS:
        parts.append(f"<p>{escape(say('form.more', n=len(rows) - _ROWS))}</p>")
    return f"<div>{''.join(parts)}</div>"


def _cell(text: str) -> str:
    return f"<td {_CELL}>{escape(text)}</td>"
