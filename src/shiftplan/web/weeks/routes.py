"""Routes of many weeks: which there are, new ones, their faults, and cells that are mended.

Requests -> `WeekShelf` -> `WeekListed`, `WeekState`, `TableShown`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import Field

from shiftplan.errors.message import languages
from shiftplan.errors.message.catalogue import catalogue
from shiftplan.files.mending import CellText, mend_cells, put_back, rename_table
from shiftplan.present.sheets import write_template
from shiftplan.present.sheets.starting import first_date
from shiftplan.present.words import Words
from shiftplan.web.bodies import RequestBody
from shiftplan.web.refusals import refused
from shiftplan.web.routes.words import AskedLang, chosen_words
from shiftplan.web.visitor import Province
from shiftplan.web.weeks.arriving import add_table, free_place, take_in
from shiftplan.web.weeks.places import WeekPlace
from shiftplan.web.weeks.sending import content_of
from shiftplan.web.weeks.shelf import WeekShelf
from shiftplan.web.weeks.shown import (
    TableShown,
    WeekListed,
    WeekState,
    listed,
    state_of_week,
    table_shown,
)
from shiftplan.week.kinds import KINDS, USUAL_KIND

if TYPE_CHECKING:
    KnownKind: TypeAlias = str
else:
    KnownKind = Literal[KINDS]
router = APIRouter(tags=["weeks"])
MOST_WEEKS = 1_000
"""Weeks that a folder holds before it takes no more."""
_MOST_CELLS = 200
"""Cells that are changed at once."""
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_Row = Annotated[int, Field(ge=1, le=_LAST_ROW)]


class CellMended(RequestBody):
    """A new text for a cell."""

    row: _Row
    """Row, from 1."""
    column: Annotated[int, Field(ge=1, le=_LAST_COLUMN)]
    """Column, from 1."""
    was: str
    """What the cell showed; if it now shows something else, nothing is changed."""
    text: str
    """What it will hold; empty for nothing."""


class CellsMended(RequestBody):
    """New texts for cells of a table; all or none are put there."""

    title: Annotated[str, Field(max_length=255)]
    """Sheet or file."""
    cells: Annotated[tuple[CellMended, ...], Field(min_length=1, max_length=_MOST_CELLS)]
    """Its cells."""


class TableRenamed(RequestBody):
    """A new name for a sheet or file."""

    title: Annotated[str, Field(max_length=255)]
    """Its name now."""
    to: Annotated[str, Field(max_length=255)]
    """Its new name."""


class ExampleWanted(RequestBody):
    """Which example to begin with."""

    kind: KnownKind = USUAL_KIND
    """Kind of work."""


def _shelf(request: Request) -> WeekShelf:
    shelf: WeekShelf = request.app.state.shelf
    return shelf


AtShelf = Annotated[WeekShelf, Depends(_shelf)]
"""The weeks of the app."""


def _week(week_id: str, shelf: AtShelf, _: Province) -> WeekPlace:
    return shelf.need(week_id)


OfWeek = Annotated[WeekPlace, Depends(_week)]
"""The week of the path."""


@router.get("/words")
def words() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Language -> code -> its text, or its texts by number."""
    return {lang: chosen_words(catalogue(lang)) for lang in languages()}


@router.get("/weeks")
def weeks(shelf: AtShelf, _: Province) -> tuple[WeekListed, ...]:
    """All weeks, the one used last first."""
    return tuple(listed(week) for week in shelf.places.all())


@router.post(
    "/weeks",
    status_code=201,
    openapi_extra={"requestBody": {"content": {"application/octet-stream": {}}, "required": True}},
)
async def send_week(
    request: Request,
    shelf: AtShelf,
    _: Province,
    name: Annotated[str, Query(max_length=255)],
    into: Annotated[str | None, Query(max_length=255)] = None,
) -> WeekListed:
    """Make a week of a file: a workbook, JSON, a zip of CSV files, or one CSV file.

    The body is the file, `name` its name, whose ending says what it is. `into` names the week of a
    folder that gets a CSV file more.
    """
    body = await request.body()
    return listed(await run_in_threadpool(_taken, shelf, name, body, into))


def _taken(shelf: WeekShelf, name: str, body: bytes, into: str | None) -> WeekPlace:
    with shelf.lock:
        if into is not None:
            week = shelf.need(into)
            add_table(week.path, name, body)
            return week
        _need_room(shelf)
        return shelf.places.remember(take_in(shelf.places.folder, name, body))


@router.get("/examples")
def examples(_: Province) -> tuple[KnownKind, ...]:
    """Kinds of work that have an example."""
    return KINDS


@router.post("/examples", status_code=201)
def begin_example(
    wanted: ExampleWanted, shelf: AtShelf, _: Province, lang: AskedLang = "en"
) -> WeekListed:
    """Make the small example week of a kind of work, as a workbook."""
    with shelf.lock:
        _need_room(shelf)
        folder = shelf.places.folder
        folder.mkdir(parents=True, exist_ok=True)
        place = free_place(folder, Words(lang)("web.example_file"), ".xlsx")
        start = first_date(wanted.kind, dt.date.today())
        write_template(place, start, lang, kind=wanted.kind, example=True)
        return listed(shelf.places.remember(place))


@router.get(
    "/blank",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}}},
)
def blank(_: Province, kind: KnownKind = USUAL_KIND, lang: AskedLang = "en") -> Response:
    """A workbook to be filled in for next week, with help, examples and lists to choose from."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / f"{Words(lang)('web.blank_file')}.xlsx"
        write_template(place, first_date(kind, dt.date.today()), lang, kind=kind)
        return _handed_out(*content_of(place))


def _handed_out(name: str, body: bytes) -> Response:
    """A file that a browser saves."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(body, media_type="application/octet-stream", headers=headers)


def _need_room(shelf: WeekShelf) -> None:
    if sum(week.is_own for week in shelf.places.all()) >= MOST_WEEKS:
        raise refused(409, "web.many_weeks", most=MOST_WEEKS)


@router.get("/weeks/{week_id}")
def week_state(week: OfWeek, shelf: AtShelf, lang: AskedLang = "en") -> WeekState:
    """A week as its files are now, with every fault at its cell."""
    with shelf.lock:
        return state_of_week(week, shelf.read(week), lang)


@router.delete("/weeks/{week_id}", status_code=204)
def forget_week(week_id: str, shelf: AtShelf, _: Province) -> None:
    """Forget the place of a week that lies elsewhere; its files stay."""
    week = shelf.places.find(week_id)
    if week is None or week.is_own:
        raise refused(404, "web.no_week")
    shelf.places.forget(week)


@router.get("/weeks/{week_id}/table")
def week_table(
    week: OfWeek,
    shelf: AtShelf,
    title: Annotated[str, Query(max_length=255)],
    start: Annotated[_Row | None, Query()] = None,
) -> TableShown:
    """Rows of a sheet or file: those near faults, or with `start` up to 500 from this row on."""
    with shelf.lock:
        return table_shown(week, shelf.read(week), title, start)


@router.put("/weeks/{week_id}/cells")
def mend(asked: CellsMended, week: OfWeek, shelf: AtShelf, lang: AskedLang = "en") -> WeekState:
    """Put texts into cells, save the file, and read the week again.

    The first time a copy of the file is made beside it, `NAME.before.xlsx`.
    """
    cells = [CellText(cell.row, cell.column, cell.was, cell.text) for cell in asked.cells]
    with shelf.lock:
        mend_cells(week.path, asked.title, cells)
        return state_of_week(week, shelf.read(week), lang)


@router.post("/weeks/{week_id}/rename")
def rename(asked: TableRenamed, week: OfWeek, shelf: AtShelf, lang: AskedLang = "en") -> WeekState:
    """Give a sheet or file the name of its table, and read the week again."""
    with shelf.lock:
        rename_table(week.path, asked.title, asked.to)
        return state_of_week(week, shelf.read(week), lang)


@router.post("/weeks/{week_id}/put-back")
def put_week_back(week: OfWeek, shelf: AtShelf, lang: AskedLang = "en") -> WeekState:
    """Undo all that was mended: the files are as they were before."""
    with shelf.lock:
        put_back(week.path)
        return state_of_week(week, shelf.read(week), lang)


@router.get(
    "/weeks/{week_id}/file",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}}},
)
def week_file(week: OfWeek, shelf: AtShelf) -> Response:
    """The file of a week as it is now; of a folder, a zip of its CSV files."""
    with shelf.lock:
        return _handed_out(*content_of(week.path))
