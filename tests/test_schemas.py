"""The forms of JSON files: schemas are up to date, and what is written fits them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from commands import DAY, make_problem, run

from shiftplan.citizens.simulate import as_json, simulate
from shiftplan.errors import InputError
from shiftplan.files import read_ledger, read_problem, read_roster, write_problem, write_roster
from shiftplan.files.result_file import ResultPart, read_result_part
from shiftplan.ledger import Ledger
from shiftplan.problem import Problem
from shiftplan.schemas import FORMS, schema, schema_text
from shiftplan.schemas.base import Written
from shiftplan.solving.solve import solve

FOLDER = Path(__file__).parents[1] / "docs" / "schemas"


def fits(form: str, text: str) -> None:
    """Whether a text has the form: by the committed schema, and without a key it does not name."""
    committed = json.loads((FOLDER / f"{form}-1.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(committed).validate(json.loads(text))
    FORMS[form].model_validate_json(text)


@pytest.mark.parametrize("form", FORMS)
def test_committed_schemas_are_up_to_date(form: str) -> None:
    """docs/schemas/ holds what `shiftplan schema FORM` prints now, a valid schema."""
    jsonschema.Draft202012Validator.check_schema(schema(form))

    assert (FOLDER / f"{form}-1.json").read_text(encoding="utf-8") == schema_text(form)
    assert run("schema", form).stdout == schema_text(form)


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
    fits("ledger", Ledger().record(problem, found).to_json())
    fits("simulation", as_json(simulate(problem, found, runs=2)))


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
    fits("result", result.to_json("vi"))


def test_readers_may_meet_keys_that_they_do_not_know() -> None:
    """Schemas of what is only written let keys be added; those of input do not."""
    for form, model in FORMS.items():
        assert schema(form).get("additionalProperties", True) is issubclass(model, Written)


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
    assert "newer version" in fault.remedy
