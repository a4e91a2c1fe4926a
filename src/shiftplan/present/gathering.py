"""What was gathered from many teams, in words: who delivered, who is missing, what is open.

`Gathered` -> tables and lines on a console, the table of deliveries, the table of decisions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from rich.console import Console
from rich.text import Text

from shiftplan.errors import Fault
from shiftplan.errors.faults import place_of
from shiftplan.errors.message import Message, shown
from shiftplan.files.csv_text import neutral, to_csv
from shiftplan.files.gathering import USUAL, Clash, Delivered, Gathered, decisions_text
from shiftplan.files.gathering.sources import TABLE_ENDINGS
from shiftplan.files.headings import heading, sheet_title
from shiftplan.present.display import make_table, print_indented, print_items, print_more
from shiftplan.present.faults import fault_advice, fault_text
from shiftplan.present.words import Lang, Words

_MOST_ROWS, _MOST_CLASHES, _MOST_NAMES, _MOST_NAMESAKES = 40, 20, 30, 5
"""Deliveries, conflicts, names in a row, and pairs of namesakes that a terminal shows."""
_HEADS = ("file", "center", "people", "able", "state", "notes")
_LABELS = ("people", "able", "only", "changed")
_WORST_FIRST = ("faulty", "disputed", "doubtful", "left_out", "delivered")


class GatheredWords:
    """Says what was gathered, in one language."""

    def __init__(self, gathered: Gathered, lang: Lang) -> None:
        self.gathered, self.lang, self.say = gathered, lang, Words(lang)

    def center(self, center_id: str) -> str:
        """A center as its id and name."""
        return f"{center_id} {self.gathered.centers.get(center_id, '')}".strip()

    def notes(self, delivery: Delivered) -> list[str]:
        """What is wrong with a delivery, or worth a look."""
        found = [self._advice(fault) for fault in delivery.faults]
        return [*found, *map(self._advice, self._once(delivery.notes))]

    def doubts(self, deliveries: Iterable[Delivered]) -> Iterator[str]:
        """Yield what is worth a look of some deliveries; what is the same of several once."""
        alike: dict[tuple[object, ...], list[tuple[str, Fault]]] = defaultdict(list)
        for delivery in deliveries:
            for note in self._once(n for n in delivery.notes if n.code not in USUAL):
                alike[note.alike, _code(note)].append((shown(delivery.name), note))
        for (name, note), *others in alike.values():
            names = list(dict.fromkeys(other for other, _ in others if other != name))
            line = f"{name}: {self._advice(note)}"
            if names:
                told = Message("gathering.alike", n=len(names), names=tuple(names[:_MOST_NAMES]))
                line += f" ({self.say(told)})"
            yield line

    @staticmethod
    def _once(notes: Iterable[Fault]) -> Iterable[Fault]:
        """Notes of one kind and place as one, which counts the others."""
        alike: dict[tuple[object, ...], Fault] = {}
        for note in notes:
            key = note.alike, note.sheet, note.cell, _code(note)
            first = alike.get(key)
            more = 0 if first is None else first.more + 1
            alike[key] = replace(first or note, more=note.more + more)
        return alike.values()

    def _advice(self, fault: Fault) -> str:
        seen, row, column = fault.seen(), "", ""
        if seen.row is not None:
            row = self.say("place.row", name=seen.row)
        if row and seen.column and not seen.sheet:
            title = dict(seen.headings).get(seen.column)
            column = self.say("place.column", name=f"“{title}”" if title else seen.column)
        place = ", ".join(filter(None, (seen.sheet, seen.cell or row, column)))
        title = repr(seen.value) if seen.value and seen.row == 1 else ""  # others may be private
        return ": ".join(filter(None, (place, title, fault_advice(fault, self.lang))))

    def clash(self, clash: Clash) -> tuple[str, str, str]:
        """What a conflict is, and how each side stands there."""
        ids: tuple[str, ...] = clash.about
        if clash.kind == "versions":
            ids = tuple(map(self.center, ids))
        table = sheet_title(clash.table, self.say)
        what = self.say(f"gathering.clash_{clash.kind}", ids=ids, table=table)
        sides = [self._side(clash, place, side) for side, place in enumerate(clash.sides)]
        return what, sides[0], sides[1]

    def namesakes(self, clash: Clash) -> str:
        """Two people of one name on a line: ids, centers and files."""
        said = {column: values for column, *values in clash.said}
        homes = map(self.center, said.get("home_center_id", ("", "")))
        people = zip(clash.about, homes, (shown(side.file) for side in clash.sides), strict=True)
        told = ("{} ({})".format(who, ", ".join(filter(None, rest))) for who, *rest in people)
        return f"{shown(said['name'][0])}: {'; '.join(told)}"

    def _side(self, clash: Clash, place: Fault, side: int) -> str:
        said = (
            f"{self._label(clash.table, column)}: {values[side] or '–'}"
            for column, *values in clash.said
        )
        where = shown(place.file) if place.row is None else place_of(place, self.say)
        return "; ".join((where, *said))

    def _label(self, table: str, column: str) -> str:
        """What a conflict calls a column, or what it counts."""
        if column in _LABELS:
            return self.say(f"gathering.head_{column}")
        return heading(table, column, self.say)

    def decisions(self) -> str:
        """The table in which conflicts are decided, as CSV."""

        def told(clash: Clash | None) -> Sequence[str]:
            return (self.say("gathering.gone"), "", "") if clash is None else self.clash(clash)

        return decisions_text(self.gathered.clashes, self.gathered.gone, told, self.say)

    def deliveries(self) -> str:
        """The table of who delivered what, as CSV: files first, then centers that are missing."""
        say, rows = self.say, []
        for delivery in self.gathered.deliveries:
            figures = [str(delivery.people), str(delivery.able)]
            state, notes = say(f"gathering.state_{delivery.state}"), self.notes(delivery)
            names = shown(delivery.name), self.center(delivery.center_id)
            row = [*names, *figures, state, " | ".join(notes)]
            rows.append([neutral(cell) for cell in row])
        others = [("", center, "missing") for center in self.gathered.missing]
        others += [(shown(name), "", "unread") for name in self.gathered.unread]
        for name, center, state in others:
            texts = neutral(name), neutral(self.center(center))
            rows.append([*texts, "", "", say(f"gathering.state_{state}"), ""])
        return to_csv([say(f"gathering.head_{head}") for head in _HEADS], rows)


def _code(note: Fault) -> str:
    return getattr(note.message, "code", "")


def show_gathered(console: Console, gathered: Gathered, lang: Lang) -> None:
    """Who delivered, who is missing, what is doubtful, and the conflicts that are open."""
    words, say = GatheredWords(gathered, lang), Words(lang)
    counts = {"people": gathered.people, "able": gathered.able}
    print_items(console, Text(say("gathering.read", n=len(gathered.deliveries), **counts)))
    centers = len(gathered.centers)
    came = centers - len(gathered.missing)
    print_items(console, Text(say("gathering.came", came=came, n=centers)))
    rows = [d for d in gathered.deliveries if d.state != "delivered"]
    rows.sort(key=lambda d: (_WORST_FIRST.index(d.state), d.name))
    if rows:
        heads = [say(f"gathering.head_{head}") for head in ("file", "state", "people", "able")]
        table = make_table(*heads, left=2)
        for row in rows[:_MOST_ROWS]:
            figures = map(say.number, (row.people, row.able))
            table.add_row(Text(shown(row.name)), say(f"gathering.state_{row.state}"), *figures)
        print_items(console, "", table)
        print_more(console, len(rows) - _MOST_ROWS, lang)
    lines = [fault_text(note, lang) for note in gathered.notes]
    lines += words.doubts([d for d in rows if d.state in ("doubtful", "disputed", "left_out")])
    if lines:
        print_items(console, "", Text(say("gathering.doubts"), style="bold"))
        print_indented(console, (f"- {line}" for line in lines[:_MOST_ROWS]))
        print_more(console, len(lines) - _MOST_ROWS, lang)
    if any(note.code in USUAL for d in gathered.deliveries for note in d.notes):
        print_items(console, "", Text(say("gathering.notes_beside")))
    for names, code in (
        ([words.center(c) for c in gathered.missing], "gathering.missing"),
        (list(gathered.unread), "gathering.unread"),
    ):
        if names:
            listed = names[:_MOST_NAMES]
            if len(names) > _MOST_NAMES:
                listed.append(say("form.more", n=len(names) - _MOST_NAMES))
            print_items(console, "", Text(say(code, n=len(names), names=tuple(listed))))
    if any(name.lower().endswith(TABLE_ENDINGS) for name in gathered.unread):
        print_items(console, Text(say("gathering.unread_tables")))
    _show_clashes(console, words)


def _show_clashes(console: Console, words: GatheredWords) -> None:
    say, gathered = words.say, words.gathered
    doubts = gathered.namesakes
    settled = len(gathered.clashes) - len(gathered.open) - len(doubts)
    if settled:
        print_items(console, "", Text(say("gathering.decided", n=settled)))
    if gathered.gone:
        print_items(console, "", Text(say("gathering.decisions_gone", n=len(gathered.gone))))
        if gathered.open:
            lines = (f"- {key.about}: {key.first}; {key.second}" for key in gathered.gone)
            print_indented(console, islice(lines, _MOST_NAMESAKES))
            print_more(console, len(gathered.gone) - _MOST_NAMESAKES, words.lang)
        lost = sum("?" in " ".join(key[2:]) for key in gathered.gone)
        if lost:
            print_items(console, Text(say("gathering.letters_lost", n=lost)))
    if doubts:
        print_items(console, "", Text(say("gathering.namesakes", n=len(doubts))))
        print_indented(console, (f"- {words.namesakes(c)}" for c in doubts[:_MOST_NAMESAKES]))
        print_more(console, len(doubts) - _MOST_NAMESAKES, words.lang)
    if not gathered.open:
        return
    title = say("gathering.open", n=len(gathered.open))
    print_items(console, "", Text(title, style="bold"))
    for clash in gathered.open[:_MOST_CLASHES]:
        what, first, second = words.clash(clash)
        print_indented(console, (f"- {what}", f"  1. {first}", f"  2. {second}"))
    print_more(console, len(gathered.open) - _MOST_CLASHES, words.lang)
