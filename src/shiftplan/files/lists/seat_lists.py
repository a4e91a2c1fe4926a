"""Lists and typed texts about people in their shifts, read together.

Files or texts, the week, the roster that was told -> rows of a model, such as `Turnout`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import AtShift, Message
from shiftplan.files.cells import Bad
from shiftplan.files.lists.known import KnownRows, in_words_of
from shiftplan.files.lists.seat_forms import SeatForm, answers_by
from shiftplan.files.lists.seats import Model, SeatRows
from shiftplan.files.lists.typed import Given, lists_of, what_and_state, who_and_what
from shiftplan.problem import Problem
from shiftplan.problem.known_ids import read_pair
from shiftplan.week.roster import Assignment, Roster


def read_seats(
    model: type[Model],
    given: Given,
    form: SeatForm,
    week: Problem,
    told: Roster | None,
    on_note: Callable[[Fault], None] | None = None,
    before: Iterable[Model] = (),
) -> tuple[Model, ...]:
    """Read what files and texts tell of people in shifts, as `SeatRows.models` makes it.

    `before`: what was given already, with which these may not agree; the last one counts.

    InputError: with every fault of them. MissingExtraError: one is a workbook, and the package
    openpyxl is missing.
    """
    named = ("shift_id", "volunteer_id", form.column)
    known = [tuple(getattr(one, name) for name in named) for one in before]
    lists = _read(given, form, week, told, {(shift, who): state for shift, who, state in known})
    if on_note is not None:
        for note in in_words_of(week, (n for rows in lists for n in rows.sheet.notes.values())):
            on_note(note)
    return tuple(made for rows in lists for made in rows.models(model))


def read_assignment(text: str, week: Problem, roster: Roster) -> Assignment:
    """The assignment that a text names: ids such as `V1:S1`, or `Nguyễn Văn An: T5`.

    InputError: it names none, or several.
    """
    try:
        return read_pair(week, text, roster)
    except InputError as error:
        if error.faults[0].code != "unknown_id":
            raise
    (rows,) = _read(text, replace(answers_by("confirmed"), option=""), week, roster, {})
    found = [Assignment(seat.shift_id, seat.volunteer_id) for seat in rows.found]
    if len(found) > 1:
        shifts = tuple(AtShift(pair.shift_id) for pair in found)
        said = Message("files.one_shift_needed", shifts=shifts)
        raise InputError(in_words_of(week, [Fault("invalid_value", "", value=text, message=said)]))
    return found[0]


def read_pair_named(text: str, week: Problem) -> Assignment:
    """The person and the shift of a text such as `V1:S1` or `Nguyễn Văn An: S1`.

    InputError: it names none, or several.
    """
    known = KnownRows(week)
    who, what = who_and_what(text, known)
    found = known.people.find(who) if what else who
    if isinstance(found, Bad) and found.code == "ambiguous_name":
        fault = Fault(found.code, "", value=text, message=found.message, remedy=found.remedy)
        raise InputError(in_words_of(week, [fault]))
    return read_pair(week, f"{found}:{what}" if isinstance(found, str) and what else text)


def _read(
    given: Given,
    form: SeatForm,
    week: Problem,
    told: Roster | None,
    states: dict[tuple[str, str], str],
) -> list[SeatRows]:
    """The lists that files and texts are, without a fault; `states` get what they tell."""
    known = KnownRows(week)

    def parts(text: str) -> Mapping[str, str]:
        who, what = who_and_what(text, known)
        cells = {"volunteer_id" if who in known.names else "volunteer": who}
        if not form.in_option:
            what, cells[form.column] = what_and_state(what, known, form.is_state)
        of_shift = what in known.shifts or form.needs_shift
        return cells | {"shift_id" if of_shift else "date": what}

    lists = lists_of(given, form.list_form, known, option=form.option, told=parts)
    read = [SeatRows(sheet, week, form=form, told=told, states=states) for sheet in lists]
    faults = [fault for rows in read for fault in rows.sheet.faults]
    if faults:
        order = {sheet.file: i for i, sheet in enumerate(lists)}
        found = in_words_of(week, faults)
        raise InputError(sorted(found, key=lambda f: (order.get(f.file, -1), f.row or 0)))
    return read
