"""What notebooks show of rosters and results: HTML that needs nothing else, all text escaped.

`Roster` or `Result` -> sentences and the first rows of a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import islice

from shiftplan.errors.options import check_options, lang_option
from shiftplan.present.summary import center_cells
from shiftplan.present.words import Lang, Words
from shiftplan.solving.result import Result
from shiftplan.week.roster import Roster

_ROWS = 10
_CELL = "text-align:left;padding:0.2em 1em 0.2em 0"


def html_of(thing: Roster | Result, lang: Lang) -> str:
    """A few rows and the totals of a roster; status, cost, bound and gap of a result."""
    check_options(lang_option(lang))
    return _roster(thing, lang) if isinstance(thing, Roster) else _result(thing, lang)


def _roster(roster: Roster, lang: Lang) -> str:
    say = Words(lang)
    people, shifts = len(roster.shifts_of), len(roster.people_in)
    counts = {"assignments": len(roster.assignments), "people": people, "shifts": shifts}
    line = say("charts.roster_totals", **counts)
    return as_html(
        [line], (say("charts.shift"), say("ledgers.volunteer")), roster.assignments, lang
    )


def _result(result: Result, lang: Lang) -> str:
    say, total = Words(lang), result.total
    poor = result.poor
    lines = [
        say(f"status.{result.status.value.lower()}") if poor is None else poor.message.said(lang)
    ]
    if total.cost is not None:
        parts = [f"{say('plans.cost')} {say.number(total.cost)}"]
        if total.bound is not None:
            parts.append(f"{say('plans.bound')} {say.number(total.bound)}")
            parts.append(f"{say('plans.gap')} {say.percent(total.gap, up=True)}")
        lines.append("; ".join(parts))
    lines += [member.message.said(lang) for member in result.conflict]
    heads = [say(f"plans.{name}") for name in ("center", "people", "skilled", "filled_both")]
    centers = () if result.equity is None else result.equity.centers
    return as_html(lines, heads, [center_cells(row, lang) for row in centers], lang)


def as_html(
    lines: Iterable[str], heads: Sequence[str], rows: Sequence[Sequence[str]], lang: Lang = "en"
) -> str:
    """Sentences, then the first rows of a table, then how many more there are."""
    parts = [f"<p>{'<br>'.join(escape(line) for line in lines)}</p>"]
    if rows:
        head = "".join(f'<th scope="col" style="{_CELL}">{escape(text)}</th>' for text in heads)
        body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in islice(rows, _ROWS))
        parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
    if len(rows) > _ROWS:
        more = Words(lang)("form.more", n=len(rows) - _ROWS)
        parts.append(f"<p>{escape(more)}</p>")
    return f"<div>{''.join(parts)}</div>"


def _cell(text: str) -> str:
    return f'<td style="{_CELL}">{escape(text)}</td>'
