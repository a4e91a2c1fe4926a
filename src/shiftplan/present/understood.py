"""What answers were understood as, as people read it: windows as words, and a table of everything.

`Replies` of a week -> texts, and the table `availability.understood.csv`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from shiftplan.errors.message import Message
from shiftplan.files.answers.records import Replies, Reply, source_of
from shiftplan.files.answers.windows import FreeTime
from shiftplan.files.csv_text import neutral, to_csv
from shiftplan.present.naming import Names, lang_of
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.problem.by_name import words_of

_HEADER = (
    "result",
    "volunteer_id",
    "name",
    "center",
    "source",
    "row",
    "answered_by",
    "answered_at",
    "answer",
    "windows",
    "reason",
)


def windows_text(windows: Iterable[FreeTime], say: Words) -> str:
    """Windows by day, such as `Mon 07 Dec 07:00–11:00, 13:00–17:00; Tue 08 Dec 07:00–11:00`."""
    days = []
    for day, own in groupby(windows, lambda w: w.start.date()):
        hours = []
        for window in own:
            span = say.hours(window.start, window.end)
            state = f" ({say(f'word.{window.state}')})" if window.state != "available" else ""
            hours.append(span + state)
        days.append(f"{say.day(day)} {', '.join(hours)}")
    return "; ".join(days) or say("answers.not_at_all")


def reason_text(reply: Reply, say: Words) -> str:
    """Why an answer does not count, and what may be meant."""
    parts = [say(told) for told in (reply.reason, reply.doubt) if told is not None]
    if isinstance(reply.remedy, Message):
        parts.append(say(reply.remedy))
    return ". ".join(part[:1].upper() + part[1:].rstrip(".") for part in parts if part)


def is_other_name(reply: Reply, name: str) -> bool:
    """Whether an answer counts for somebody whose name in the week has other letters or accents."""
    written = reply.person.partition(", ")[0]
    is_id = written == reply.volunteer_id
    return bool(name) and not is_id and "@" not in written and words_of(written) != words_of(name)


def silent_by_center(problem: Problem, replies: Replies) -> list[tuple[str, int, int]]:
    """Id of a center, people of it who have not answered, and all its people; worst first."""
    homes = {v.volunteer_id: v.home_center_id or "" for v in problem.volunteers}
    everybody, silent = Counter(homes.values()), Counter(homes[who] for who in replies.silent)
    return sorted(
        ((center, n, everybody[center]) for center, n in silent.items()),
        key=lambda row: (-row[1] / row[2], -row[1], row[0]),
    )


def understood_csv(problem: Problem, replies: Replies, lang: Lang) -> str:
    """The table of all answers, and of who has not answered, as CSV text."""
    return to_csv(_HEADER, _rows(problem, replies, lang))


def _rows(problem: Problem, replies: Replies, lang: Lang) -> Iterator[list[str]]:
    names, say = Names(problem, lang), Words(lang_of(problem, lang))
    homes = {v.volunteer_id: v.home_center_id for v in problem.volunteers}

    def person(who: str | None) -> list[str]:
        home = homes.get(who or "")
        return [who or "", names.name(who or ""), names.center(home) if home else ""]

    for reply in sorted(replies.replies, key=lambda r: r.fate == "understood"):
        counts = reply.fate == "understood"
        row = [
            say(f"answers.fate_{reply.fate}"),
            *person(reply.volunteer_id),
            source_of(reply),
            str(reply.row),
            reply.person,
            "" if reply.at is None else reply.at.isoformat(sep=" ", timespec="minutes"),
            reply.text,
            windows_text(reply.windows, say) if counts else "",
            reason_text(reply, say),
        ]
        yield list(map(neutral, row))
    for who in replies.silent:
        yield list(map(neutral, [say("answers.fate_silent"), *person(who), *[""] * 7]))
