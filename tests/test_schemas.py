"""The forms of JSON files: schemas are up to date, and what is written fits them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from commands import DAY, make_problem, run
from json_forms import FOLDER, fits, parts
from pydantic import ValidationError

from shiftplan.citizens.simulate import simulate
from shiftplan.cli.weeks import FORMS, schema
from shiftplan.errors import InputError
from shiftplan.files import read_ledger, read_problem, read_roster, write_problem, write_roster
from shiftplan.present.result_file import ResultPart, read_result_part
from shiftplan.problem import Problem
from shiftplan.seasons.ledger import Ledger
from shiftplan.solving.solve import solve
from shiftplan.week.json_form import Written
from shiftplan.week.roster import Roster


@pytest.mark.parametrize("form", FORMS)
def test_committed_schemas_are_up_to_date(form: str) -> None:
    """docs/schemas/ holds what `shiftplan schema FORM` prints now, a valid schema."""
    jsonschema.Draft202012Validator.check_schema(schema(form))

    now, there = run("schema", form).stdout, (FOLDER / f"{form}-1.json").read_text(encoding="utf-8")
    assert now == there, f"out of date: run `shiftplan schema {form} > docs/schemas/{form}-1.json`"


def test_schemas_have_a_page_and_no_others_lie_about() -> None:
    """docs/compatibility.md lists each."""
    page = (FOLDER.parent / "compatibility.md").read_text(encoding="utf-8")

    assert {path.name for path in FOLDER.iterdir()} == {f"{form}-1.json" for form in FORMS}
    assert all(f"schemas/{form}-1.json" in page for form in FORMS)


def test_written_files_fit_their_schemas(tmp_path: Path) -> None:
    """A problem, its roster, result, score, ledger and simulation."""
    problem = make_problem(
        3,
        1,
        2,
        services=[{"service_id": "x", "minutes_per_citizen": 10}],
        demand=[
            {"center_id": "c0", "service_id": "x", "arrivals": 9}
            | {"start": DAY + dt.timedelta(hours=7), "end": DAY + dt.timedelta(hours=11)}
        ],
    )
    week, roster = tmp_path / "week.json", tmp_path / "roster.csv"
    result = solve(problem, workers=1)
    found = result.require_roster()
    write_problem(problem, week)
    write_roster(problem, found, roster)

    fits("problem", week.read_text(encoding="utf-8"))
    fits("roster", found.to_json())
    fits("result", result.to_json())
    fits("check", run("check", week, roster, "--json").stdout)
    write_roster(problem, Roster.of([*found.assignments, ("x", "nobody")]), roster)
    fits("check", run("check", week, roster, "--json").stdout)
    fits("ledger", Ledger().record(problem, found).to_json())
    fits("simulation", simulate(problem, found, runs=2).to_json())


def test_a_contradiction_fits_its_schema() -> None:
    """No roster, a conflict and ways out."""
    problem = make_problem(3, 1, 2)
    person, shift = problem.volunteers[0].volunteer_id, problem.shifts[0].shift_id
    twice = {"rule": "max_shift_count", "value": 0}
    pin = {"volunteer_id": person, "shift_id": shift, "state": "must"}
    result = solve(
        Problem.model_validate({**problem.model_dump(), "rules": [twice], "pins": [pin]}), workers=1
    )

    assert result.roster is None
    fits("result", result.to_json())


def test_readers_may_meet_keys_that_they_do_not_know() -> None:
    """Schemas of what is only written let keys be added; those of input do not."""
    for form, model in FORMS.items():
        assert schema(form).get("additionalProperties", True) is issubclass(model, Written)


WEEK = {
    "horizon": {"start": "2026-12-07", "days": 7},
    "centers": [{"center_id": "c", "groups": ["border"]}],
    "volunteers": [{"volunteer_id": "v"}],
    "shifts": [
        {"shift_id": "s", "center_id": "c", "start": "2026-12-07T08:00", "end": "2026-12-07T12:00"}
    ],
    "requirements": [{"shift_id": "s", "target": 1}],
    "rules": [{"rule": "area_floor", "group": ["border"]}],
}


@pytest.mark.parametrize(
    ("table", "field", "good", "bad"),
    [
        ("volunteers", "volunteer_id", ["v" * 200], ["v" * 201, "", " v", "v\tw"]),
        ("volunteers", "name", ["v" * 10_000, ""], ["v" * 10_001, "\x00"]),
        ("volunteers", "group", [["g" * 200], []], [["g" * 201], ["a|b"]]),
        ("volunteers", "show_rate", [0, 1], [-0.1, 1.1]),
        ("volunteers", "wish_percent", [0, 10_000], [-1, 10_001]),
        ("volunteers", "max_shifts", [0, 10**9], [-1, 10**9 + 1]),
        ("centers", "priority", [1_000], [0, 1_001]),
        ("requirements", "target", [0, 100_000], [-1, 100_001]),
        ("rules", "group", [["border", "remote"]], [[], ["g" * 201]]),
        ("rules", "value", [0, 0.9, 90, 100, None], [-0.1, 101]),
        ("rules", "weight", [0, 1_000_000], [-1, 1_000_001]),
        (
            "shifts",
            "start",
            ["2026-12-07T07:59:00"],
            ["2026-12-07T08:00:30", "2026-12-07T08:00:00Z", "1969-12-31T08:00:00", "8:00"],
        ),
    ],
)
def test_schema_and_reader_have_the_same_limits(
    table: str, field: str, good: list[object], bad: list[object]
) -> None:
    """What a field may hold at its limits fits the schema and is read; beyond them, neither."""
    validator = jsonschema.Draft202012Validator(schema("problem"))
    for value in [*good, *bad]:
        (record,) = WEEK[table]
        week = json.dumps({**WEEK, table: [{**record, field: value}]})
        try:
            read = bool(Problem.model_validate_json(week))
        except ValidationError:
            read = False

        assert (validator.is_valid(json.loads(week)), read) == (value in good, value in good), value


@pytest.mark.parametrize("form", FORMS)
def test_limits_are_keywords_of_schemas(form: str) -> None:
    """No limit has a name or a type by which validators would leave it aside."""
    of = {"minLength": "string", "maxLength": "string", "pattern": "string"}
    of |= {"minItems": "array", "maxItems": "array"}
    for part in parts(schema(form)):
        assert not {"ge", "gt", "le", "lt", "min_length", "max_length"} & part.keys()
        assert all(part["type"] == kind for key, kind in of.items() if key in part)


def _read_result(path: Path) -> ResultPart:
    return read_result_part(ResultPart, path)


@pytest.mark.parametrize("read", [read_problem, read_roster, read_ledger, _read_result])
def test_a_newer_form_is_refused(read: Callable[[Path], object], tmp_path: Path) -> None:
    """The fault names the version and what is wrong with it."""
    file = tmp_path / "newer.json"
    file.write_text('{"schema_version": 2, "weather": "fine"}', encoding="utf-8")

    with pytest.raises(InputError) as caught:
        read(file)

    (fault,) = [f for f in caught.value.faults if "schema_version" in (f.table, f.column)]
    assert (fault.code, fault.value) == ("not_one_of", "2")
    assert "newer version" in str(fault.remedy)
