"""What is said of province-weeks in words.

`Outcome` and `Row`s -> sentences in English and Vietnamese.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from shiftplan.batch.job import Outcome
from shiftplan.batch.manifest import Row, tally
from shiftplan.present.texts import Lang
from shiftplan.present.words import Words

_OF_DATA = ("input", "conflict")
"""Failures whose message is in the language of who reads it."""
_PLAIN = ("no_roster", "before")
"""Failures that need no detail."""


def headline(outcome: Outcome) -> str:
    """The line of a message that says most: the first one, but the last of an error's trace.

    Of faults and notes the number of others is told beside it; lines of remedies are set in.
    """
    lines = [line for line in outcome.message.splitlines() if line.strip()] or [""]
    if outcome.failure == "internal":
        return lines[-1].strip()
    others = sum(not line.startswith(" ") for line in lines[1:])
    is_list = outcome.failure in (None, "input")
    return lines[0].strip() + (f" (+{others})" if others and is_list else "")


def remark(outcome: Outcome | None) -> str | None:
    """Why a week was not planned or is very poor, or what is worth a look; None where none is."""
    if outcome is None or not (outcome.failure or outcome.message):
        return None
    return headline(outcome)


def reason(outcome: Outcome | None, lang: Lang) -> str:
    """Why a week was not planned; of a planned one, what is worth a look in its data."""
    if outcome is None:
        return ""
    if outcome.failure is None:
        return headline(outcome)
    what, detail = Words(lang)(f"batches.failure_{outcome.failure}"), headline(outcome)
    if not detail or outcome.failure in _PLAIN:
        return what
    if lang == "vi" and outcome.failure not in _OF_DATA:
        detail = f"[{detail}]"
    return f"{what}: {detail}"


def counts(rows: Iterable[Row], lang: Lang) -> str:
    """How many are done, failed and left, in a sentence."""
    done, poor, failed, left = tally(rows)
    return Words(lang)("batches.counts", done=done, poor=poor, failed=failed, left=left)


def week_sentences(rows: Sequence[Row], lang: Lang) -> list[tuple[dt.date, list[str]]]:
    """For each week, newest first: what was planned for how many people, and what is missing."""
    weeks = sorted({row.place.week for row in rows}, reverse=True)
    return [(week, _week([r for r in rows if r.place.week == week], lang)) for week in weeks]


def _week(rows: Sequence[Row], lang: Lang) -> list[str]:
    say = Words(lang)
    planned = [row.figures for row in rows if row.figures is not None]

    def total(name: str) -> int:
        return sum(getattr(figures, name) for figures in planned)

    def filled(code: str, wanted: int, empty: int) -> str:
        full = wanted - empty
        return say(code, filled=full, wanted=wanted, empty=empty, share=full / wanted)

    lines = [say("batches.week_planned", planned=len(planned), rows=len(rows))]
    if poor := sum(row.state == "poor" for row in rows):
        lines.append(say("batches.week_poor", poor=poor))
    if planned:
        counts = {name: total(name) for name in ("volunteers", "centers", "shifts")}
        lines.append(say("batches.week_people", **counts))
    if wanted := total("seats"):
        lines.append(filled("batches.week_seats", wanted, total("empty_seats")))
    if wanted := total("minority_skilled_seats"):
        empty = total("minority_empty_skilled_seats")
        lines.append(filled("batches.week_minority", wanted, empty))
    return lines


def week_title(week: dt.date, lang: Lang) -> str:
    """The heading of a week."""
    return Words(lang)("batches.week_of", week=week)
