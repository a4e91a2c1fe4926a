"""Weeks under assumptions: what can be varied, what a sweep writes, and how it goes on."""

from __future__ import annotations

import csv
import threading
from pathlib import Path

import pytest
from commands import make_problem, run
from towns import town

from shiftplan import InputError, Problem, Status, check, read_problem, read_roster, write_week
from shiftplan.batch.sweep import plan_sweep, running
from shiftplan.batch.sweep.running import folder_name
from shiftplan.batch.sweep.shown import label_of
from shiftplan.files.assumptions import assuming, read_axes, variants_of
from shiftplan.present.words import Words
from shiftplan.week.demand import Demand, Service

TOWN = town(1, 6)


def under(problem: Problem, *vary: str) -> Problem:
    """A problem under a single variant."""
    (variant,) = variants_of(read_axes(vary))
    return assuming(problem, variant)


def with_forecast(arrivals: float = 20.0) -> Problem:
    """A tiny week with a forecast."""
    plain = make_problem(3, 1, 2, services=[Service(service_id="x", minutes_per_citizen=10)])
    first = plain.shifts[0]
    row = Demand(
        center_id=first.center_id,
        start=first.start,
        end=first.end,
        service_id="x",
        arrivals=arrivals,
    )
    return plain.model_copy(update={"demand": (row,)})


def test_every_combination_of_values_is_a_variant() -> None:
    """The last axis varies fastest."""
    axes = read_axes(["volunteers.share=1,0.5", "rules.fairness.weight=1, 2"])

    assert [" ".join(map(str, variant)) for variant in variants_of(axes)] == [
        "volunteers.share=1 rules.fairness.weight=1",
        "volunteers.share=1 rules.fairness.weight=2",
        "volunteers.share=0.5 rules.fairness.weight=1",
        "volunteers.share=0.5 rules.fairness.weight=2",
    ]


@pytest.mark.parametrize(
    ("vary", "code"),
    [
        (["demand=1"], "not_one_of"),
        (["rules.fairness=1"], "not_one_of"),
        (["rules.fairnes.weight=1"], "unknown_rule"),
        (["demand.factor"], "missing_value"),
        (["demand.factor=1,"], "missing_value"),
        (["demand.factor=0"], "out_of_range"),
        (["demand.factor=much"], "out_of_range"),
        (["volunteers.share=1.1"], "out_of_range"),
        (["volunteers.share=1,1"], "duplicate_row"),
        (["demand.factor=1", "demand.factor=2"], "duplicate_row"),
        ([f"rules.fairness.weight={','.join(map(str, range(201)))}"], "out_of_range"),
    ],
)
def test_what_cannot_be_varied_is_a_fault(vary: list[str], code: str) -> None:
    """It names the option, before any week is read."""
    with pytest.raises(InputError) as caught:
        read_axes(vary)

    assert [(f.code, f.table, f.column) for f in caught.value.faults] == [(code, "options", "vary")]


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("rules.fairness.weight=-1", "out_of_range"),
        ("rules.fairness.level=hard", "not_one_of"),
        ("rules.fairness.km=3", "not_a_parameter"),
        ("demand.factor=2", "nothing_to_staff"),
    ],
)
def test_an_assumption_that_does_not_fit_a_week_is_a_fault(key: str, code: str) -> None:
    """A table of rules with the value would be refused alike; a week without forecast has none."""
    with pytest.raises(InputError) as caught:
        under(TOWN, key)

    assert caught.value.faults[0].code == code


def test_a_parameter_of_a_rule_is_varied_in_all_its_rows_and_nowhere_else() -> None:
    """Weight 77 is that of fairness only; everything else is as before."""
    changed = under(TOWN, "rules.fairness.weight=77")

    before = {rule.rule: rule for rule in TOWN.rules}
    for rule in changed.rules:
        expected = before[rule.rule]
        if rule.rule == "fairness":
            expected = expected.model_copy(update={"weight": 77})
        assert rule == expected
    assert len(changed.rules) == len(TOWN.rules)


def test_a_rule_is_switched_off_and_added() -> None:
    """Off leaves the row out; a rule without a row begins with its defaults."""
    without = under(TOWN, "rules.fairness.level=off")
    again = under(without, "rules.fairness.weight=5")

    assert "fairness" not in {rule.rule for rule in without.rules}
    (added,) = (rule for rule in again.rules if rule.rule == "fairness")
    assert (added.level, added.weight) == (2, 5)


def test_a_parameter_may_have_the_name_that_files_give_it() -> None:
    """Files give `chance_percent` in the column `value`."""
    by_value, by_name = (
        under(TOWN, f"rules.show_up.{name}=80") for name in ("value", "chance_percent")
    )

    assert by_value.rules == by_name.rules
    assert any(rule.rule == "show_up" and rule.parameter == 80 for rule in by_value.rules)


def test_more_citizens_need_more_people() -> None:
    """Requirements are made anew of the forecast; without a change they are those of `staff`."""
    same, thrice = (under(with_forecast(), f"demand.factor={x}") for x in (1, 3))

    assert thrice.demand[0].arrivals == 60
    assert max(r.target for r in thrice.requirements) > max(r.target for r in same.requirements)


def test_those_of_a_smaller_share_are_among_those_of_a_larger_one() -> None:
    """Of 6 people 3 and 2 come: half and a third; the same seed draws the same."""

    def coming(share: str) -> set[str]:
        return {a.volunteer_id for a in under(TOWN, f"volunteers.share={share}").availability}

    everybody = {a.volunteer_id for a in TOWN.availability}
    assert coming("1") == everybody
    assert len(coming("0.5")) == 3
    assert coming("0.34") < coming("0.5") < everybody


def test_a_sweep_keeps_what_it_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same again searches nothing; another limit or value searches what that concerns."""
    found: list[str] = []
    solve = running.solve_within

    def noted(problem: Problem, *args: object, **options: object) -> object:
        found.append(problem.digest)
        return solve(problem, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "solve_within", noted)

    def sweep(*values: str, **options: object) -> tuple[int, int]:
        found.clear()
        made = plan_sweep(
            {"town": TOWN},
            [f"rules.fairness.weight={','.join(values)}"],
            tmp_path,
            time_limit=None,
            workers=1,
            **options,  # type: ignore[arg-type]
        )
        return len(found), len(made.rows)

    assert sweep("1", "2") == (2, 2)
    assert sweep("1", "2") == (0, 2)
    assert sweep("1", "2", "3") == (1, 3)
    assert sweep("1", seed=7) == (1, 1)


def test_a_variant_is_a_week_with_its_roster(tmp_path: Path) -> None:
    """Its files are read like any week; the roster is also priced by the week as it is."""
    made = plan_sweep(
        {"town": TOWN}, ["rules.fairness.weight=0"], tmp_path, time_limit=None, workers=1
    )

    (row,) = made.rows
    week, roster = read_problem(row.folder / "week.json"), read_roster(row.folder / "roster.csv")
    assert row.kept.figures is not None
    assert check(week, roster).total == row.kept.figures.cost
    assert check(TOWN, roster).total == row.kept.own_cost
    assert made.is_complete


def test_a_variant_without_a_roster_is_told(tmp_path: Path) -> None:
    """Four seats that must be filled, by two people and then by one."""
    hard = under(make_problem(2, 1, 1), "rules.shortage.level=hard")

    made = plan_sweep({"w": hard}, ["volunteers.share=1,0.5"], tmp_path, time_limit=None, workers=1)

    assert [row.kept.status for row in made.rows] == [Status.OPTIMAL, Status.INFEASIBLE]
    assert made.rows[1].kept.figures is None
    assert not made.is_complete


def test_a_cancelled_sweep_has_the_rows_before(tmp_path: Path) -> None:
    """What is searched when somebody cancels counts for nothing."""
    cancel = threading.Event()
    made = plan_sweep(
        {"town": TOWN},
        ["rules.fairness.weight=1,2,3"],
        tmp_path,
        time_limit=None,
        workers=1,
        cancel=cancel,
        on_progress=lambda _week, _variant, number, _of: cancel.set() if number == 2 else None,
    )

    assert (len(made.rows), made.wanted) == (1, 3)


def test_names_of_folders_are_distinct_and_fit_every_system() -> None:
    """Signs that a system forbids become blanks, and a digest tells such names apart."""
    names = [folder_name(text) for text in ("a=1", "a|1", "a/1", "x" * 300, "x" * 301, "..")]

    assert names[0] == "a=1"
    assert len(set(names)) == len(names)
    assert all(len(name.encode()) <= 120 and not set(name) & set('/\\:*?"<>|') for name in names)


def test_labels_are_sentences_of_both_languages() -> None:
    """A rule has its name, a share its percent."""
    (variant,) = variants_of(
        read_axes(["rules.mentor.level=off", "demand.factor=1.1", "volunteers.share=0.9"])
    )

    assert label_of(variant, Words("en")).endswith(
        "expected citizens × 1.1; 90% of the people come"
    )
    assert label_of(variant, Words("vi")).endswith("dự kiến × 1,1; 90% số người có thể đến")


@pytest.mark.parametrize(("lang", "says"), [("en", "Seats filled"), ("vi", "đã có người")])
def test_sweep_writes_table_picture_and_page(tmp_path: Path, lang: str, says: str) -> None:
    """A row for each of two weeks and two values, and all of it in one language."""
    for name in ("first", "second"):
        write_week(TOWN, tmp_path / name)
    out = tmp_path / "out"

    done = run(
        "sweep", tmp_path / "first", tmp_path / "second", "--vary", "rules.fairness.weight=1,9",
        "--out", out, "--workers", 1, "--lang", lang,
    )  # fmt: skip

    assert done.exit_code == 0, done.output
    with (out / "sweep.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["week"], row["rules.fairness.weight"]) for row in rows] == [
        ("first", "1"), ("first", "9"), ("second", "1"), ("second", "9"),
    ]  # fmt: skip
    assert all((out / row["folder"] / "roster.csv").is_file() for row in rows)
    assert (out / "sweep.png").read_bytes().startswith(b"\x89PNG")
    page = (out / "sweep.html").read_text(encoding="utf-8")
    assert page.count("<tr>") == 5
    assert says in page


def test_a_sweep_of_nothing_known_is_bad_input(tmp_path: Path) -> None:
    """Exit code 2, and the message names what can be varied."""
    write_week(TOWN, tmp_path / "week")

    done = run("sweep", tmp_path / "week", "--vary", "people=1", "--out", tmp_path / "out")

    assert done.exit_code == 2
    assert "demand.factor" in done.stderr
