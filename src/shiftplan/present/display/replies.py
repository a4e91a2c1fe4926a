"""What the command shows of answers: first what nobody may overlook, then what was understood.

`Replies` of a week -> sections on a console.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from shiftplan.errors.message import Message, shown
from shiftplan.files.answers.records import Fate, Replies, Reply, SourceRead, source_of
from shiftplan.present.display import make_table, print_indented, print_items, print_more
from shiftplan.present.naming import Names
from shiftplan.present.understood import (
    is_other_name,
    reason_text,
    silent_by_center,
    windows_text,
)
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem

_MOST, _FEW = 20, 10
_SECTIONS: tuple[Fate, ...] = ("unclear", "stranger", "conflict", "replaced")


def show_replies(console: Console, problem: Problem, replies: Replies, lang: Lang) -> None:
    """How many answers there are, what does not count and why, who is silent, what was read."""
    say, names = Words(lang), Names(problem, lang)
    print_items(console, *_summary(problem, replies, say))
    _show_notes(console, replies.sources, say)
    for fate in _SECTIONS:
        found = replies.of(fate)
        if not found:
            continue
        print_items(console, "", Text(say(f"answers.title_{fate}", n=len(found)), style="bold"))
        if fate == "conflict":
            _show_conflicts(console, found, names)
            continue
        for reply in found[:_MOST]:
            print_indented(console, _item(reply, names, say))
        print_more(console, len(found) - _MOST, lang)
    _show_doubts(console, replies.of("understood"), names)
    _show_assumed(console, replies.of("understood"), names)
    _show_other_names(console, replies.of("understood"), names)
    _show_silent(console, problem, replies, names)
    _show_understood(console, replies.of("understood"), names)
    for source in replies.sources:
        _show_source(console, source, say)


def _summary(problem: Problem, replies: Replies, say: Words) -> Iterable[str]:
    counts = {fate: len(replies.of(fate)) for fate in ("understood", *_SECTIONS)}
    windows = sum(len(reply.windows) for reply in replies.of("understood"))
    yield say("answers.summary", n=len(replies.replies), sources=len(replies.sources))
    yield say("answers.count_understood", people=counts["understood"], windows=windows)
    everybody = len(problem.volunteers)
    yield say("answers.count_silent", silent=len(replies.silent), everybody=everybody)


def _more(n: int) -> tuple[Message, ...]:
    """How many there are beyond those that are named; nothing where there are none."""
    return (Message("form.more", n=n),) if n > 0 else ()


def _show_notes(console: Console, sources: Sequence[SourceRead], say: Words) -> None:
    """Columns that may say more than was read, those that cost answers first."""
    notes = [(source, note) for source in sources for note in source.questions]
    notes += [(source, note) for source in sources for note in source.notes]
    if not notes:
        return
    print_items(console, "", Text(say("answers.title_notes", n=len(notes)), style="bold"))
    for source, note in notes:
        print_indented(console, [f"- {source_of(source)}: {say(note)}"])


def _item(reply: Reply, names: Names, say: Words) -> Iterable[str]:
    """An answer that does not count: whose it is, where it stands, what it says, and why not."""
    who = names.person(reply.volunteer_id) if reply.volunteer_id else reply.person
    facts = {"who": who or say("answers.nobody"), "place": _place(reply, say)}
    yield f"- {say('answers.who_where', **facts)}"
    is_quoted = reply.reason is not None and reply.reason.code == "answers.of_cell"
    if reply.fate in ("unclear", "stranger") and reply.text and not is_quoted:
        yield f"  {say('answers.quoted', text=reply.text)}"
    yield f"  {reason_text(reply, say)}"


def _show_conflicts(console: Console, found: Sequence[Reply], names: Names) -> None:
    """All answers of each person, side by side."""
    say, own = names.say, dict[str, list[Reply]]()
    for reply in found:
        own.setdefault(reply.volunteer_id or "", []).append(reply)
    for who, replies in list(own.items())[:_MOST]:
        print_indented(console, [f"- {names.person(who)}"])
        for reply in replies:
            facts = {"place": _place(reply, say), "text": reply.text}
            print_indented(console, [f"  - {say('answers.says', **facts)}"])
    print_more(console, len(own) - _MOST, say.lang)


def _place(reply: Reply, say: Words) -> str:
    return say("answers.place", file=source_of(reply), row=reply.row)


def _show_assumed(console: Console, replies: Sequence[Reply], names: Names) -> None:
    """Answers that count, and say less than they are taken for."""
    say, found = names.say, [reply for reply in replies if reply.reason is not None]
    if not found:
        return
    print_items(console, "", Text(say("answers.title_all_else", n=len(found)), style="bold"))
    for reply in found[:_MOST]:
        who = say(
            "answers.who_where",
            who=names.person(reply.volunteer_id or ""),
            place=_place(reply, say),
        )
        print_indented(console, [f"- {who}", f"  {say('answers.quoted', text=reply.text)}"])
    print_more(console, len(found) - _MOST, say.lang)


def _show_doubts(console: Console, replies: Sequence[Reply], names: Names) -> None:
    """Answers that count for the person of their name, but may be of somebody else."""
    say, found = names.say, [reply for reply in replies if reply.doubt is not None]
    if not found:
        return
    print_items(console, "", Text(say("answers.title_doubts", n=len(found)), style="bold"))
    for reply in found[:_MOST]:
        facts = {"who": names.person(reply.volunteer_id or ""), "place": _place(reply, say)}
        told = say(reply.doubt) if reply.doubt else ""
        print_indented(console, [f"- {say('answers.who_where', **facts)}", f"  {told}"])
    print_more(console, len(found) - _MOST, say.lang)


def _show_other_names(console: Console, replies: Sequence[Reply], names: Names) -> None:
    """Answers that count for somebody whose name is written otherwise."""
    say = names.say
    found = [r for r in replies if is_other_name(r, names.name(r.volunteer_id or ""))]
    if not found:
        return
    print_items(console, "", Text(say("answers.title_names", n=len(found)), style="bold"))
    for reply in found[:_MOST]:
        who = names.person(reply.volunteer_id or "")
        facts = {"who": who, "written": reply.person, "place": _place(reply, say)}
        print_indented(console, [f"- {say('answers.written_otherwise', **facts)}"])
    print_more(console, len(found) - _MOST, say.lang)


def _show_silent(console: Console, problem: Problem, replies: Replies, names: Names) -> None:
    say, rows = names.say, silent_by_center(problem, replies)
    if not rows:
        return
    n, has_centers = len(replies.silent), any(center for center, *_ in rows)
    title = say("answers.title_silent" if has_centers else "answers.title_silent_people", n=n)
    print_items(console, "", Text(title, style="bold"))
    if not has_centers or n <= _MOST:
        people = [*map(names.person, replies.silent[:_MOST]), *map(say, _more(n - _MOST))]
        print_indented(console, [f"  {say.list(people, 'unit')}"])
    if not has_centers:
        return
    table = make_table(say("plans.center"), say("answers.silent"), say("answers.everybody"))
    for center, silent, everybody in rows[:_FEW]:
        name = names.center(center) if center else say("answers.no_center")
        table.add_row(Text(name), say.number(silent), say.number(everybody))
    print_items(console, table)
    print_more(console, len(rows) - _FEW, say.lang)


def _show_understood(console: Console, replies: Sequence[Reply], names: Names) -> None:
    if not replies:
        return
    say = names.say
    print_items(console, "", Text(say("answers.title_understood"), style="bold"))
    heads = ("answers.person", "answers.answer", "answers.windows")
    columns = (Column(say(head), header_style="dim", overflow="fold", ratio=1) for head in heads)
    table = Table(*columns, box=None, pad_edge=False, expand=False)
    for reply in replies[:_FEW]:
        who = names.person(reply.volunteer_id or "")
        table.add_row(Text(who), Text(shown(reply.text)), Text(windows_text(reply.windows, say)))
    print_items(console, table)
    print_more(console, len(replies) - _FEW, say.lang)


def _show_source(console: Console, source: SourceRead, say: Words) -> None:
    """What a file was taken for, and which of its columns mean what."""
    program = Message(f"answers.program_{source.program}")
    head = say("answers.source", file=source_of(source), program=program, n=source.answers)
    print_items(console, "", Text(head, style="bold"))
    who = [c.heading for c in source.columns if c.role not in ("answer", "aside")]
    answers = [c.heading for c in source.columns if c.role == "answer"]
    for code, headings in (("answers.columns_who", who), ("answers.columns_answers", answers)):
        if headings:
            named = (*headings[:_FEW], *_more(len(headings) - _FEW))
            print_indented(console, [f"  {say(code, headings=named)}"])
    for heading, n in source.unread.items():
        print_indented(console, [f"  {say('answers.column_aside', heading=heading, n=n)}"])
