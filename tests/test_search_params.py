"""Parameters of the search: ranges, names, that each is read, and that they change what is done."""

from __future__ import annotations

import ast
import json
import pickle
import re
from collections.abc import Iterator
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import pytest
from towns import town
from wards import ward

import shiftplan
from shiftplan import InputError, SearchParams
from shiftplan.engines.neighborhoods import Chooser
from shiftplan.engines.params import DEFAULTS
from shiftplan.engines.search import minimise
from shiftplan.engines.task import Limits, Outcome, Task
from shiftplan.engines.worker import run_here
from shiftplan.errors.allowed import Range
from shiftplan.errors.described import field_docs
from shiftplan.errors.options import Options
from shiftplan.present.faults import fault_text
from shiftplan.solving.building import build

SOURCE = Path(shiftplan.__file__).parent
COUNTED = {"time_limit": None, "workers": 1, "work_limit": 3}


def leaves(params: Options, *path: str) -> Iterator[tuple[tuple[str, ...], Range, Any, str]]:
    """Path, range, default and meaning of every parameter."""
    for name, field in type(params).model_fields.items():
        value = getattr(params, name)
        if isinstance(value, Options):
            yield from leaves(value, *path, name)
        else:
            (allowed,) = (part for part in field.metadata if isinstance(part, Range))
            yield (*path, name), allowed, value, field_docs(type(params)).get(name, "")


EVERY = list(leaves(DEFAULTS))


def given(path: tuple[str, ...], value: object) -> dict[str, Any]:
    """A mapping with one parameter in it."""
    for name in reversed(path):
        value = {name: value}
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize(("path", "allowed"), [each[:2] for each in EVERY], ids=str)
def test_what_is_out_of_range_is_named(path: tuple[str, ...], allowed: Range) -> None:
    """Below, above, text, nothing and infinity: one fault each, with the whole path."""
    assert allowed.most is not None
    for value in (allowed.least - 1, allowed.most + 1, "3", None, float("inf"), float("nan")):
        with pytest.raises(InputError) as refused:
            SearchParams(**given(path, value))

        (fault,) = refused.value.faults
        assert (fault.code, fault.table, fault.column) == (
            "out_of_range",
            "options",
            ".".join(path),
        )
        assert fault.value == str(value)
        assert str(allowed.least) in str(fault.message)


def test_every_parameter_is_explained() -> None:
    """In a sentence, with a default in its range; a component and a part have one too."""
    assert len(EVERY) > 130
    for path, allowed, value, meaning in EVERY:
        assert re.fullmatch(r"[A-Z].*\.", meaning.strip(), re.DOTALL), path
        assert allowed.least <= value <= allowed.most
    for name in SearchParams.model_fields:
        assert type(getattr(DEFAULTS, name)).__doc__


def test_every_parameter_is_read_somewhere() -> None:
    """Outside the models that define them: none is there for show."""
    files = (path for path in SOURCE.rglob("*.py") if path.parent.name != "params")
    read = {*chain(*(re.findall(r"\.(\w+)\b", path.read_text("utf-8")) for path in files))}

    assert {name for path, *_ in EVERY for name in path} - read == set()


def test_other_numbers_of_the_search_say_what_they_mean() -> None:
    """Those that define a meaning stand outside the models, each once and with a sentence."""
    numbers = []
    for room in ("analysis", "engines", "solving"):
        for path in (SOURCE / room).rglob("*.py"):
            body = ast.parse(path.read_text("utf-8")).body
            for made, after in pairwise([*body, ast.Pass()]):
                match made:
                    case ast.Assign([ast.Name(name)], ast.Constant(int() | float() as value)):
                        numbers.append((name.strip("_"), value))
                        said = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
                        assert said, (path, name)

    assert {"OUTRANKS", "STEP_KM", "WORSE", "BONUS"} <= {name for name, _ in numbers}
    assert len(numbers) == len(set(numbers))


def test_unknown_names_and_several_faults_come_at_once() -> None:
    """With English and Vietnamese words, and whatever else is wrong with the call."""
    wrong = {"dive": {"sure": 2, "depth": 3}, "tempo": 1, "closing": 5}

    with pytest.raises(InputError) as refused:
        shiftplan.solve(town(1, 2), params=wrong, seed=-1)

    faults = {fault.column: fault for fault in refused.value.faults}
    names = {"seed", "params.dive.sure", "params.dive.depth", "params.tempo", "params.closing"}
    assert set(faults) == names
    assert "has no parameter params.tempo" in str(faults["params.tempo"])
    assert "must be a number, 0 to 1" in str(faults["params.dive.sure"])
    assert all("[" not in fault_text(fault, "vi") for fault in faults.values())


def test_they_come_back_from_json_and_from_a_pickle() -> None:
    """Workers get them pickled, and result.json holds them."""
    params = SearchParams(neighborhoods={"patient": {"pairs": 700}}, schedules={"sure": 0.8})

    assert SearchParams.model_validate_json(params.model_dump_json()) == params
    assert pickle.loads(pickle.dumps(params)) == params
    assert SearchParams(**params.model_dump()) == params != DEFAULTS


def test_what_is_not_named_keeps_its_default() -> None:
    """Also inside a part whose other values differ from those of its kind."""
    patient = SearchParams(neighborhoods={"patient": {"pairs": 700}}).neighborhoods.patient

    assert patient == DEFAULTS.neighborhoods.patient.model_copy(update={"pairs": 700})


def test_an_effort_lies_between_two_others() -> None:
    """It is the first at 0 and the second at 1 but for the gap, and grows evenly in between."""
    quick, patient = DEFAULTS.neighborhoods.helping, DEFAULTS.neighborhoods.patient

    assert quick.toward(patient, 0.0) == quick
    assert quick.toward(patient, 1.0) == patient.model_copy(update={"gap": quick.gap})
    pairs = [quick.toward(patient, share / 3).pairs for share in range(4)]
    assert pairs == [250, 500, 1_000, 2_000]


def test_they_cannot_be_changed() -> None:
    """A change is another object."""
    with pytest.raises(ValueError, match="frozen"):
        DEFAULTS.dive.sure = 0.5


def test_a_result_holds_those_that_were_used() -> None:
    """As `result.search`, and in result.json below `search`."""
    params = SearchParams(start={"quick_seconds": 0.7})

    result = shiftplan.solve(town(1, 5), params=params, **COUNTED)
    written = json.loads(result.to_json())

    assert result.search == params
    assert written["search"]["start"]["quick_seconds"] == 0.7
    assert SearchParams(**written["search"]) == params


def searched(**params: Any) -> dict[str, Any]:
    """What an engine in a process of its own says of its work on a ward's week."""
    program, layout = ward(1, people=6, days=7)
    chosen = SearchParams(**{"start": {"quick_columns": 0}, **params})
    limits = Limits(workers=1, work_limit=2, params=chosen)
    outcome = minimise(program, layout, limits, lambda _: None)
    return {name.split()[0]: said for name, said in outcome.stats.items()}


def test_an_engine_can_be_switched_off() -> None:
    """Without whole schedules, others do the work."""
    assert "pricing" in searched()
    assert "pricing" not in searched(line_up={"schedule_people": 0})


def test_workers_search_by_them() -> None:
    """Where a day has too many patterns for whole schedules, branch and cut takes over."""
    assert "rounds" in searched()["pricing"]
    assert "nodes" in searched(schedules={"day_patterns": 1})["pricing"]


def test_neighborhoods_are_as_large_as_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first one; later ones grow or shrink."""
    sizes: list[int] = []

    def pick(chooser: Chooser, values: Any, activity: Any, size: int) -> Any:
        sizes.append(size)
        return true_pick(chooser, values, activity, size)

    true_pick = Chooser.pick
    monkeypatch.setattr(Chooser, "pick", pick)
    model = build(town(2, 14))
    program = model.program()
    params = SearchParams(neighborhoods={"quick": {"pairs": 33}})
    task = Task("neighborhoods", program, model.pairs.layout(), None, 0, 60.0, 1, params=params)

    run_here(task, Outcome(program), Limits(), lambda: None, by="it")

    assert sizes == [33]
