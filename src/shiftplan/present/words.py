"""Words for people: messages, numbers, dates and names in the language of who reads them.

`Message`s -> text. How a room says something:

1. It states facts: `Message("repair.moved", who=Person("V7"), shift=AtShift("S1"), n=3)`. Text of
   the user is a parameter, never a part of the code. Sentences inside sentences are messages too.
2. `present/locale/en.po` has the English text, `vi.po` the Vietnamese one, entries sorted by code:

       msgid "repair.moved"
       msgid_plural "repair.moved"
       msgstr[0] "{who} keeps {n:,} shift, {shift}"
       msgstr[1] "{who} keeps {n:,} shifts, {shift}"

   An entry with several texts chooses by its parameter `n`. Most need one `msgstr` and a counted
   noun: `{days:days}` is the entry `count.days`, `1 day` or `3 days`.
3. What shows it: `say = Words(lang, names)`, then `say(message)` or `say("plans.total", cost=5)`.
   Without `names` people, shifts and centers are their ids, and days are dates as files have them.

A gap is `{name}`, with the form after a colon where the usual one of its type does not do:

    {n:,}  {n:+,}         12,345 and with its sign; None is a dash
    {x:,.1f}              rounded to one decimal
    {x:decimal} {x:decimal.2}    at most one or two decimals, without zeros at the end
    {x:tenths}            one decimal, cut off
    {x:figure}            three digits that count
    {share:.1%} {share:.1%up}    percent, cut off or rounded up: never flattering
    {day:day} {day:date} {day:iso} {at:time}      Mon 07 Dec; the date alone; 2026-12-07; 07:30
    {day:weekday}         Mon
    {names:and} {names:or} {names:unit}           a, b and c; a, b or c; a, b, c
    {text:quoted}         in quotation marks, as Python writes it; `{names:quoted or}` quotes each
    {table:named}         with what it is: `the table pins`, in a workbook `the sheet Pins`
    {n:people}            any entry `count.<noun>`

A code without an entry in the language is said in English; a code unknown there too is shown with
its parameters. `form.*` are the forms of numbers, dates and lists; a language without them has
those of CLDR.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from string import Formatter
from typing import Protocol, TypeAlias

from shiftplan.errors import message as told
from shiftplan.errors.message import (
    Message,
    Param,
    Place,
    in_short,
    is_longer_than_day,
    shown,
)
from shiftplan.errors.message.catalogue import by_number, catalogue
from shiftplan.present.forms import Forms, is_finite
from shiftplan.week.requirements import Ability, Condition, conditions_of
from shiftplan.week.skill_names import name_of_level

USUAL_LANG = "en"
"""Language of commands by default, and of texts that no other language has."""


class Named(Protocol):
    """Names of what one week holds, looked up by id; an id that it does not know stays an id."""

    def person(self, volunteer_id: str) -> str: ...
    def shift(self, shift_id: str) -> str: ...
    def center(self, center_id: str) -> str: ...
    def skill(self, skill_id: str, level: int | None = None) -> str: ...


class Words(Forms):
    """What is said in one language.

    Parameters
    ----------
    lang
        Language; what it has no words for is said in English.
    names
        Names of people, shifts, centers and skills; None shows their ids. With methods `table`,
        `column` and `word` it also names what a workbook has in the reader's language.
    """

    __slots__ = ("names",)

    def __init__(self, lang: str = "en", names: Named | None = None) -> None:
        super().__init__(lang)
        self.names = names

    def __call__(self, said: Message | str, /, **params: object) -> str:
        """Say a message, or a code with its parameters."""
        message = Message(said, **params) if isinstance(said, str) else said
        found = self._texts(message.code)
        if found is None:
            return in_short(message)
        texts, lang = found
        values = message.params
        n = values.get("n", 0)
        text = by_number(texts, n if isinstance(n, (int, float)) else 0, lang)
        return self._filled(text, values)

    def has(self, code: str) -> bool:
        """Whether there are words for a code."""
        return self._texts(code) is not None

    def table(self, name: str) -> str:
        """A table in words; English has the names of the format."""
        code = f"sheet.{name}"
        return self(code) if self.language != "en" and self.has(code) else name

    def show(self, value: Param, form: str = "") -> str:
        """A value as people read it, in one of the forms of gaps."""
        if isinstance(value, Message):
            text = self(value)
            return self.quoted(text) if form == "quoted" else text
        if isinstance(value, tuple):
            inner, _, kind = form.rpartition(" ")
            return self.list((self.show(part, inner) for part in value), kind or "unit")
        if form == "quoted":
            return self.quoted(value if isinstance(value, str) else self.show(value))
        if isinstance(value, str):
            return shown(value)
        if isinstance(value, Place):
            text = shown(self.place(value))
            if form != "named":
                return text
            is_sheet = getattr(self.names, "is_sheet", None)
            return self("form.sheet" if is_sheet and is_sheet(value) else "form.table", name=text)
        if isinstance(value, (dt.date, dt.time, dt.timedelta)):
            return self.moment(value, form)
        if not is_finite(value):
            return self.figure_of(None, form)
        if found := self._texts(f"count.{form}"):
            texts, lang = found
            return self._filled(by_number(texts, abs(value), lang), {"n": value})
        return self.figure_of(value, form)

    def skills(self, conditions: Iterable[Condition]) -> str:
        """What one person holds and lacks, such as `Khmer or Cham, Portal 2 and no Driver`."""
        return self.list(map(self._condition, conditions), "and")

    def seat(self, conditions: Sequence[Condition]) -> str:
        """Whom a seat that is not for every head counts: `Portal 2`, or `people without Driver`."""
        if any(condition.held for condition in conditions):
            return self.skills(conditions)
        lacked = (ability for one in conditions for ability in one.abilities)
        return self("form.people_without", skill=self.either(lacked))

    def _condition(self, condition: Condition) -> str:
        skills = self.either(condition.abilities)
        return skills if condition.held else self("form.no_skill", skill=skills)

    def either(self, abilities: Iterable[Ability]) -> str:
        """Skills of which one is enough, such as `Khmer or Portal 2`; by name where it is known."""
        name = name_of_level if self.names is None else self.names.skill
        named = (name(*ability) for ability in abilities)
        return self.list(named, "or")

    def place(self, place: Place) -> str:
        """A thing of the week: by name and in the words of the language where names are known."""
        names = self.names
        if names is None:
            if isinstance(place, told.Person) and place.name not in ("", place.volunteer_id):
                return self("name.with_id", name=place.name, id=place.volunteer_id)
            return str(place)
        match place:
            case told.Person(volunteer_id):
                return names.person(volunteer_id)
            case told.AtShift(shift_id):
                return names.shift(shift_id)
            case told.AtSeat(shift_id, skill_id, level, further):
                skills = self.seat(conditions_of(skill_id, level, further))
                return f"{names.shift(shift_id)}, {skills}"
            case told.AtTimes(center_id, skill_id=skill_id, min_level=level, with_skills=further):
                held = conditions_of(skill_id, level, further)
                parts = [names.center(center_id), *map(self.show, told.parts_of(place))]
                return ", ".join([*parts, self.seat(held)] if held else parts)
            case told.AtCenter(center_id):
                return names.center(center_id)
            case told.CenterDay(center_id, date):
                return f"{names.center(center_id)}, {self.day(date)}"
            case told.OfSkill(skill_id, level):
                return names.skill(skill_id, level)
            case told.OfRule(rule):
                return self(f"rule.{rule}") if self.has(f"rule.{rule}") else rule
            case told.InAreas(areas):
                return self.list(areas, "and")
            case told.Table() | told.Column() | told.Word():
                of_sheet = getattr(names, type(place).__name__.lower(), None)
                return str(place) if of_sheet is None else str(of_sheet(place))
            case told.OnDay(date):
                return self.day(date)
            case told.FromDay(date):
                return self("form.from", day=date)
            case told.InWeek(year, week):
                return self("form.week", week=week, year=str(year))
            case told.InMonth(year, month):
                return self("form.month", month=f"{month:02d}", year=str(year))
            case told.ShiftsOn(date, shifts):
                return f"{self.day(date)}, {self.list(shifts, 'or')}"
            case told.Span(start, end) if is_longer_than_day(start, end):
                return self("name.moments", start=start, end=end)
            case told.Span(start, end):
                return self("form.span", day=start.date(), start=start.time(), end=end.time())
        return str(place)

    def _texts(self, code: str) -> tuple[tuple[str, ...], str] | None:
        for lang in dict.fromkeys((self.lang, self.lang.replace(self.language, "en", 1))):
            texts = catalogue(lang).get(code)
            if texts is not None:
                return texts, lang
        return None

    def _filled(self, text: str, values: Mapping[str, Param]) -> str:
        said = []
        for literal, name, form in _parts(text):
            said.append(literal)
            if name is not None:
                said.append(self.show(values[name], form) if name in values else f"{{{name}}}")
        return "".join(said)


@lru_cache(maxsize=4096)
def _parts(text: str) -> tuple[tuple[str, str | None, str], ...]:
    """Words and gaps of a text; a text whose braces do not close is all words."""
    try:
        return tuple((words, name, form or "") for words, name, form, _ in Formatter().parse(text))
    except ValueError:
        return ((text, None, ""),)


def said_in(message: Message, lang: str) -> str:
    """A message in a language, without names but those that it holds."""
    return _words(str(lang))(message)  # what is no text is no language either


@cache
def _words(lang: str) -> Words:
    if lang != "en":
        # The English line of an error shall load no other room.
        from shiftplan.errors.options import check_options, lang_option

        check_options(lang_option(lang))
    return Words(lang)


Lang: TypeAlias = str
"""A language that has a catalogue; behind `@` perhaps a kind of work whose words it uses."""
