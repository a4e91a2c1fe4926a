"""`check`: the score of a roster, what it shows of findings, and rosters nobody can read."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from commands import make_problem, run

from shiftplan import Preference, Problem, check, read_roster, write_week
from shiftplan.scoring import equity, fairness


def test_check_scores_a_roster(tiny: Problem, week: Path, good: Path) -> None:
    """Exit code 0 when no hard rule is broken, whatever it costs."""
    done = run("check", week, good)

    assert done.exit_code == 0
    assert "No hard rule is broken." in done.output
    assert f"{check(tiny, read_roster(good)).total:,}" in done.output
    assert "1 of 4" in done.output


def test_check_tells_who_comes(tiny: Problem, good: Path, tmp_path: Path) -> None:
    """One of four seats is planned, for somebody who comes four times out of five."""
    people = [v.model_copy(update={"show_rate": 0.8}) for v in tiny.volunteers]
    fields = {name: getattr(tiny, name) for name in Problem.model_fields}
    write_week(Problem(**{**fields, "volunteers": people}), tmp_path / "unsure")

    done = run("check", tmp_path / "unsure", good)

    assert "0.8 of 4 seats are filled on average" in " ".join(done.output.split())
    figures = json.loads(run("check", tmp_path / "unsure", good, "--json").output)
    # Two shifts need one person each: one comes with a chance of 0.8, the other never.
    assert figures["attendance"] == {"seats": 4, "expected": 0.8, "minimums": 2, "likely": 0}


@pytest.mark.parametrize(
    ("lang", "says"), [("en", "No rule shares the work"), ("vi", "Không có quy định nào chia đều")]
)
@pytest.mark.parametrize(("more", "times"), [((), 1), (("--recommended",), 0)])
def test_a_missing_usual_rule_is_said_once(
    tiny: Problem, good: Path, tmp_path: Path, lang: str, says: str, more: list[str], times: int
) -> None:
    """One person may get all of the work where no rule shares it: `check` and `plan` say so."""
    rules = tuple(rule for rule in tiny.rules if rule.rule != "fairness")
    week = tmp_path / "unshared"
    write_week(Problem.model_validate({**dict(tiny), "rules": rules}), week)

    checked = run("check", week, good, "--lang", lang, *more)
    planned = run("plan", week, "--out", tmp_path / "out", "--lang", lang, *more)

    for done in (checked, planned):
        assert done.output.count(says) == times


@pytest.mark.parametrize(("more", "told"), [((), True), (("--recommended",), False)])
def test_preferences_that_no_rule_reads_are_told(
    tiny: Problem, good: Path, tmp_path: Path, more: tuple[str, ...], told: bool
) -> None:
    """Not where the recommended rules are added: they read them."""
    wish = Preference(volunteer_id="v0", shift_id=tiny.shifts[0].shift_id, state="for")
    fields = {name: getattr(tiny, name) for name in Problem.model_fields}
    write_week(Problem(**{**fields, "preferences": (wish,)}), tmp_path / "wished")

    done = run("check", tmp_path / "wished", good, *more)

    assert ("no rule reads the table preferences" in done.stderr) is told


@pytest.mark.parametrize(
    ("lang", "says"), [("en", "nobody in x0: unknown id"), ("vi", "nobody ở x0")]
)
def test_check_json_names_every_finding(
    tiny: Problem, week: Path, bad: Path, lang: str, says: str
) -> None:
    """Who, where, how much and what it costs, with a sentence; sums are those of the figures."""
    done = run("check", week, bad, "--json", "--lang", lang)

    content = json.loads(done.stdout)
    hard, soft = Counter(), Counter()
    for found in content["violations"]:
        (hard if found["level"] == "hard" else soft)[found["rule"]] += (
            found["amount"] if found["level"] == "hard" else found["cost"]
        )
    assert (hard, soft) == (content["hard"], content["parts"])
    first = content["violations"][0]
    assert (first["rule"], first["who"], first["where"]) == ("input", "nobody", "x0")
    assert (first["amount"], first["unit"], first["cost"]) == (1, "assignments", 0)
    assert says in first["sentence"]
    assert any(
        found["level"] == 1 and found["where"] and found["cost"] for found in content["violations"]
    )


def test_check_json_equals_check(tiny: Problem, week: Path, good: Path, bad: Path) -> None:
    """The same figures, for programs."""
    for file, code in ((good, 0), (bad, 1)):
        score = check(tiny, read_roster(file))

        done = run("check", week, file, "--json")

        assert done.exit_code == code
        content = json.loads(done.stdout)
        assert len(content.pop("violations")) == len(score.broken) + len(score.priced)
        assert content == {
            "schema_version": 1,
            "hard": dict(score.hard),
            "levels": {str(level): cost for level, cost in score.levels.items()},
            "parts": dict(score.parts),
            "total": score.total,
            "attendance": None,
            "fairness": fairness(tiny, read_roster(file)).as_dict(),
            "equity": equity(tiny, read_roster(file)).as_dict(),
            "spending": None,
        }


def test_check_shows_a_few_findings_of_each_rule(week: Path, bad: Path) -> None:
    """Exit code 1; the first findings in sentences, and how many more there are."""
    done = run("check", week, bad, "--most", 2)

    assert done.exit_code == 1
    assert "(input): 3 assignments, 3 places" in done.output
    assert "nobody in x0: unknown id" in done.output
    assert "nobody in x2" not in done.output
    assert "... and 1 more" in done.output


def test_check_speaks_vietnamese(week: Path, bad: Path) -> None:
    """Rules, units and tables."""
    done = run("check", week, bad, "--lang", "vi")

    assert done.exit_code == 1
    assert "Các quy định bắt buộc bị vi phạm:" in done.output
    assert "Mã không có trong dữ liệu hoặc ghi trùng (input): 3 lượt trực" in done.output


@pytest.mark.parametrize("text", [None, "", "shift_id\nx\n", "shift_id,volunteer_id\n,v0\n"])
def test_an_unreadable_roster_is_bad_input(text: str | None, week: Path, tmp_path: Path) -> None:
    """A missing or broken file is told apart from a roster that breaks rules."""
    file = tmp_path / "roster.csv"
    if text is not None:
        file.write_text(text, encoding="utf-8")

    done = run("check", week, file)

    assert done.exit_code == 2
    assert "roster.csv" in done.stderr
    assert done.stdout == ""


def test_one_is_told_as_one_and_faults_have_the_words_of_the_work(tmp_path: Path) -> None:
    """A roster of a food bank is at sites, also where it is refused."""
    problem = make_problem(1, 2, 1)
    kind = problem.horizon.model_copy(update={"kind": "food-bank"})
    write_week(problem.model_copy(update={"horizon": kind}), tmp_path / "week")
    first, *_ = problem.shifts
    rows = f"{first.shift_id},c1,v0\n{first.shift_id},c0,v0\n"
    (tmp_path / "roster.csv").write_text(f"shift_id,center_id,volunteer_id\n{rows}")
    files = (tmp_path / "week", tmp_path / "roster.csv")
    found = run("check", *files).output
    (tmp_path / "absent.csv").write_text("volunteer_id\nv0\n")
    refused = run("what-if", *files, "--absent", tmp_path / "absent.csv").output

    assert "(input): 1 assignment, 1 place\n" in found
    assert "is at the site c0 in this week" in found
    assert "is at the site c0 in this week" in refused
