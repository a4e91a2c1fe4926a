"""What the command shows of a week's record: how the week stands, and its history.

`WeekStatus`, `RecordEntry`s -> lines and tables on a console.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.text import Text

from shiftplan.errors.message import Person, Table
from shiftplan.present.display import make_table, print_indented, print_items, print_more
from shiftplan.present.naming import Names
from shiftplan.present.words import Lang
from shiftplan.record.current import CurrentWeek
from shiftplan.record.entries import RecordEntry
from shiftplan.record.folding import revoked_by
from shiftplan.record.saying import entry_message
from shiftplan.record.state import ANY_WEEK
from shiftplan.record.status import EmptySeats, WeekStatus
from shiftplan.week.owner import Owner


def show_status(
    console: Console, status: WeekStatus, most: int, lang: Lang, typed: str = ""
) -> None:
    """What people know, what changed since, who has not answered, and which seats are empty.

    `typed`: the week as it is typed in commands.
    """
    names, week = Names(status.week.problem, lang), status.week
    say = names.say
    told, draft, in_commands = week.state.told, week.state.draft, typed or ANY_WEEK
    if told is None or told.told is None:
        gone = week.state.withdrawn
        if week.known is not None:
            facts = {"n": len(week.known.shifts_of), "table": Table("published")}
            print_items(console, say("record.files_know", **facts))
        elif gone is None:
            print_items(console, say("record.nobody_knows"))
        else:
            print_items(console, say("record.is_withdrawn", version=gone.number))
            if draft is None:
                facts = {"version": gone.number, "week": in_commands}
                print_items(console, say("record.after_withdrawal", **facts) + ".")
    else:
        at = week.files.horizon.local(told.told.at)
        facts = {"version": told.number, "n": status.people_told, "at": at, "who": told.told.who}
        code = "record.people_know_by" if told.told.who else "record.people_know"
        print_items(console, say(code, **facts))
    if draft is not None:
        facts = {"version": draft.number, "n": status.people_changed}
        again = "record.is_drafted_again" if facts["n"] else "record.is_drafted_same"
        print_items(console, say("record.is_drafted" if told is None else again, **facts))
    if (drafts := status.drafts_said) is not None:
        print_items(console, say(drafts))
    if (edited := status.edited_said) is not None:
        print_items(console, say(edited))
    if status.since:
        code = "record.since_told" if told is not None else "record.so_far"
        print_items(console, "", Text(say(code), style="bold"))
        if (earlier := len(status.since) - most) > 0:
            print_items(console, "  " + say("record.earlier", n=earlier, week=in_commands))
        show_entries(console, week, status.since[max(0, earlier) :], lang)
    if (untold := status.untold_said) is not None:
        print_items(console, "", say(untold))
    _show_answers(console, status, names, most)
    if status.unsent:
        print_items(console, "", say("record.unsent", n=len(status.unsent)))
        _show_people(console, [(owner, "") for owner in status.unsent], names, most)
    _show_empty(console, status, names, most)


def _show_answers(console: Console, status: WeekStatus, names: Names, most: int) -> None:
    """How many answered, and who has not, with how to reach them."""
    say, deadline = names.say, status.week.state.deadline
    if deadline is not None or status.confirmed + status.declined:
        facts = {"confirmed": status.confirmed, "declined": status.declined}
        print_items(console, "", say("record.answers", **facts))
    if deadline is None:
        return
    print_items(console, say("record.unanswered", n=len(status.unanswered), deadline=deadline))
    rows = [
        (Owner("volunteer", p.volunteer_id), say("count.shifts", n=len(p.shift_ids)))
        for p in status.unanswered
    ]
    _show_people(console, rows, names, most)


def _show_people(
    console: Console, rows: Sequence[tuple[Owner, str]], names: Names, most: int
) -> None:
    """People and centers, each with a text: their names, how to reach them, the text."""
    table = make_table("", "", "", left=3)
    table.show_header = False
    for owner, text in rows[:most]:
        is_person = owner.kind == "volunteer"
        name = names.person(owner.id) if is_person else names.center(owner.id)
        reach = names.reach(owner.id) if is_person else names.reach_there(owner.id)
        table.add_row(Text(name), Text(reach), text)
    if rows:
        print_items(console, table)
    print_more(console, len(rows) - most, names.say.lang, len(rows))


def _show_empty(console: Console, status: WeekStatus, names: Names, most: int) -> None:
    """How many people each shift lacks, in order of time, and whom to call.

    Somebody whom a shift lacks is one person, however many of its seats are empty.
    """
    say, problem = names.say, status.week.problem
    shifts = problem.shift_by_id
    if status.week.roster is None:
        return
    empty: dict[str, list[EmptySeats]] = {}
    for seats in status.empty:
        if seats.shown_at is not None:
            empty.setdefault(seats.shown_at, []).append(seats)
    calls = {call.shift_id: call for call in status.calls}
    missed = sorted(status.week.state.missed)
    lines, lacking, skilled = [], 0, 0
    for shift_id in sorted({*empty, *calls}, key=lambda s: (shifts[s].start, s)):
        own, call = empty.get(shift_id, ()), calls.get(shift_id)
        apart = sum(seats.missing for seats in own if seats.requirement.exclusive)
        others = (seats.missing for seats in own if not seats.requirement.exclusive)
        seats_empty = max(apart, *others, 0)
        people = max(seats_empty, call.missing if call is not None else 0)
        with_skill = (seats.missing for seats in own if seats.requirement.is_of_holders)
        lacking, skilled = lacking + people, skilled + min(people, sum(with_skill))
        parts = [_lacking(seats, names) for seats in own]
        if people > seats_empty:
            absent = tuple(Person(who) for s, who in missed if s == shift_id)
            missing = say("view.lacking", n=people - seats_empty)
            parts.append(say("record.did_not_come", people=absent) if absent else missing)
        lines.append([f"  {names.shift(shift_id)}: {'; '.join(parts)}"])
        if call is not None and call.volunteer_id is not None:
            reach = names.reach(call.volunteer_id)
            facts = {"who": names.person(call.volunteer_id), "reach": reach, "why": call.reason}
            lines[-1].append("    " + say("record.call" if reach else "record.ask", **facts))
    version = status.version_drafted or status.version_told
    last = status.week.problem.horizon.end
    none = "none_empty" if status.at is None or status.at.date() < last else "week_over"
    code = f"record.{'empty_skilled' if skilled else 'empty' if lacking else none}"
    print_items(console, "", say(code, n=lacking, skilled=skilled, version=version))
    print_indented(console, [line for shift in lines[:most] for line in shift])
    print_more(console, len(lines) - most, say.lang, len(lines))


def _lacking(seats: EmptySeats, names: Names) -> str:
    """Whom a requirement lacks, and whether it is below its minimum."""
    lacking = names.lacking(seats.requirement, seats.missing)
    return names.say("record.below_minimum", lacking=lacking) if seats.needed else lacking


def show_entries(
    console: Console,
    week: CurrentWeek,
    entries: Iterable[RecordEntry],
    lang: Lang,
    people: Mapping[int, int] = {},
) -> None:
    """A line for each entry: number, when, by whom, what, and why.

    `people`: number of an entry -> how many people it told anything.
    """
    names = Names(week.problem, lang)
    table = make_table(
        *(names.say(f"record.{c}") for c in ("number", "when", "by", "what")), left=4
    )
    found = list(entries)
    revoked = revoked_by(found)
    for entry in found:
        at = week.files.horizon.local(entry.at)
        told = entry_message(entry, people.get(entry.number), shifts=week.problem.shift_by_id)
        said = names.say.show(told)
        if entry.why:
            said = names.say("record.because", said=said, why=entry.why)
        style = "strike" if entry.number in revoked else ""
        table.add_row(
            str(entry.number), names.say.show(at), Text(entry.who), Text(said, style=style)
        )
    print_items(console, table)
