"""A rule from outside the package works wherever those of the package do."""

from __future__ import annotations

import importlib.util
import json
import os
import pickle
import re
import subprocess
import sys
from pathlib import Path
from typing import ClassVar, Literal

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError

import shiftplan as sp
from shiftplan.cli.weeks import schema
from shiftplan.errors.message import AtCenter, AtShift, InAreas, OnDay, Person
from shiftplan.present.words import Words
from shiftplan.problem import Problem
from shiftplan.problem.validation import input_error
from shiftplan.rules import RULES, AnyRule, Rule, rule
from shiftplan.rules.base import ForPeople, Priced
from shiftplan.solving.conflict.grounds import Member
from shiftplan.solving.conflict.members import Members
from shiftplan.testing import compare, parse, plan, prove, registered
from shiftplan.week.fields import SomeNames

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "10_own_rule.py"
KIND = "shared_vehicle"
ROW = {"rule": KIND, "group": "blue motorbike"}


def load():
    """The example as a module, which registers its rule."""
    spec = importlib.util.spec_from_file_location("own_rule_example", EXAMPLE)
    module = importlib.util.module_from_spec(spec)
    sys.modules["own_rule_example"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def own():
    module = load()
    yield module
    RULES.forget(KIND)
    del sys.modules["own_rule_example"]


def week(own, *rules):
    """Three seats for two people who share a motorbike, two of them on one date."""
    return plan(**own.PAIR, requirements=own.SEATS, rules=rules)


def test_it_is_read_and_written_by_every_form(own, tmp_path):
    """A folder, a workbook and JSON give the same problem, with the parameter by either name."""
    problem = week(own, {"rule": "coverage"}, {**ROW, "max_centers": 2, "level": 1, "weight": 9})
    sp.write_week(problem, tmp_path / "week")
    sp.present.write_workbook(problem, tmp_path / "week.xlsx")
    sp.write_problem(problem, tmp_path / "week.json")

    assert isinstance(problem.rules[1], own.SharedVehicle)
    assert sp.read_week(tmp_path / "week") == problem
    assert sp.files.read_workbook(tmp_path / "week.xlsx").rules == problem.rules
    assert sp.read_problem(tmp_path / "week.json") == problem
    table = tmp_path / "week" / "rules.csv"
    table.write_text(f"rule,level,weight,group,max_centers\n{KIND},1,9,blue motorbike,2\n")
    assert sp.read_week(tmp_path / "week").rules == problem.rules[1:]
    assert json.loads(problem.to_json())["rules"][1]["value"] == 2


def test_copies_and_pickles_keep_it(own):
    """They hold the class itself, and are checked like any problem."""
    problem = week(own, ROW)

    assert pickle.loads(pickle.dumps(problem)) == problem
    assert Problem.model_validate(dict(problem)) == problem
    assert problem.model_copy(deep=True).digest == problem.digest


def test_it_is_solved_checked_and_explained(own):
    """The soft rule leaves a seat empty, and an answer names it."""
    soft = own.SharedVehicle(group=("blue motorbike",), level=1, weight=500)
    problem = week(own, {"rule": "coverage"}, soft)

    result = sp.solve(problem, workers=1)
    found = sp.check(problem, parse("ana M m\nbob m .")).priced
    answer = sp.explain_why_not(problem, result.require_roster(), "m0", "ana")

    assert result.status.value == "OPTIMAL"
    assert result.total.cost == sp.check(problem, result.roster).total
    assert [(v.rule.rule, v.at, v.cost) for v in found if v.rule == soft] == [
        (KIND, "2026-12-07", 500)
    ]
    assert any(KIND in line for line in sp.present.lines(answer))
    assert all(sp.present.lines(answer, "vi"))
    assert sp.check(problem, parse("ana M .\nbob m .")).parts[KIND] == 500


def test_it_takes_part_in_conflicts(own):
    """Hard, it is named by its sentence and its parameter, and has a way out."""
    problem = week(own, {"rule": "minimum_coverage"}, ROW)

    conflict = sp.solving.find_conflict(problem)
    member = next(m for m in conflict.members if m.rule == KIND)

    assert str(member.message).startswith("A group that shares a vehicle works at one center")
    assert "(value 1)" in str(member.message)
    assert member.message.said("vi").startswith("A group that shares a vehicle works at one center")
    ways = sp.solving.ways_out(problem)
    assert any(m.rule == KIND for way in ways for m in way.members)
    assert sp.solve(problem, workers=1).roster is None


class EachCenter(Rule):
    """Somebody works at each center."""

    rule: Literal["each_center"] = "each_center"
    unit = "centers"
    place: ClassVar = "center"

    def check(self, case):
        worked = {s.center_id for v in case.week.volunteers for s in case.worked(v)}
        for center in case.week.centers:
            if center.center_id not in worked:
                yield self.violation("", AtCenter(center.center_id), 1)

    def post(self, model):
        number = model.arrays.num_centers
        there = model.sum_pairs(model.pairs.center, number)
        model.at_least(self, there, 1, where=np.arange(number), place=self.place)


def test_a_conflict_names_a_center():
    """As `check` does, by its id and in the sentence by its name."""
    with registered(EachCenter):
        rows = [{"rule": "each_center"}, {"rule": "max_shifts"}]
        centers = [{"center_id": "home"}, {"center_id": "far", "name": "Far away"}]
        week = {"people": "ana", "days": 1, "each": {"ana": {"max_shifts": 1}}}
        problem = plan("Mm", **week, centers=centers, rules=rows)

        found = sp.solving.find_conflict(problem).members

    own = {str(m.where): str(m.message) for m in found if m.rule == "each_center"}
    assert own.keys() == {"home", "far"}
    assert "Far away" in own["far"]


def test_a_conflict_names_areas_of_any_rule_that_is_of_areas():
    """Where its rows name no place of their own."""

    class MuchThere(Rule):
        """More work is done in some areas than anybody can do."""

        rule: Literal["much_there"] = "much_there"
        group: SomeNames
        unit = "shifts"
        is_of_areas = True

        def check(self, case):
            yield from ()

        def post(self, model):
            model.at_least(self, model.sum_pairs(0 * model.pairs.center, 1), 9)

    with registered(MuchThere):
        rules = [{"rule": "much_there", "group": "remote"}]
        found = sp.solving.find_conflict(plan("M", "ana", 1, rules=rules)).members

    assert [m.where for m in found] == [InAreas(("remote",))]


def test_an_unknown_place_of_a_row_is_refused_when_it_is_posted(monkeypatch):
    """Not only once a conflict is looked for."""
    monkeypatch.setattr(EachCenter, "place", "centre")
    with registered(EachCenter):
        problem = plan("M", "ana", 1, rules=[{"rule": "each_center"}])

        with pytest.raises(ValueError, match=r"no place 'centre'; places are shift, .*center"):
            sp.solve(problem, workers=1)


def test_it_is_proven_by_the_harness(own):
    """As the example does it; a wrong amount, a wrong post and a useless mutant are told."""
    given = own.SharedVehicle, own.BLUE, [own.PAIR]

    assert prove(*given, own.ROWS, own.WRONG) == 512
    with pytest.raises(AssertionError):
        prove(*given, [("ana M m\nbob m .", 2)])
    with pytest.raises(AssertionError, match="no roster tells"):
        prove(*given, own.ROWS, [("post", "exact=False", "exact=True")])


def test_a_rule_that_sees_more_than_it_says_is_told(own, monkeypatch):
    """With all members of its groups, or everything, it is right; with a part it is not."""
    given = own.SharedVehicle, own.BLUE, [own.PAIR], own.ROWS

    monkeypatch.setattr(own.SharedVehicle, "sees", "roster")
    prove(*given)
    monkeypatch.setattr(own.SharedVehicle, "sees", "part")
    with pytest.raises(AssertionError, match="SharedVehicle sees more than its 'part'"):
        prove(*given)


def test_a_post_that_says_something_else_is_told():
    """The first roster on which the two differ is shown as a picture."""

    class Wrong(Priced):
        """Nobody works on the first day."""

        rule: Literal["wrong_first_day"] = "wrong_first_day"
        unit = "shifts"

        def check(self, case):
            for person in case.week.volunteers:
                for shift in case.worked(person):
                    if shift.day == case.horizon.start:
                        yield self.violation(person.volunteer_id, AtShift(shift.shift_id), 1)

        def post(self, model):
            """Forgets to say it."""

    with registered(Wrong), pytest.raises(AssertionError, match="check: infeasible"):
        compare(plan("M", "ana", 2, rules=[{"rule": "wrong_first_day"}]))
    assert "wrong_first_day" not in RULES


def test_the_schema_and_the_reference_have_it(own):
    """The form of JSON as the process knows it, and docs/make_rules.py with a module."""
    code = (
        f"import sys; sys.path.insert(0, {str(EXAMPLE.parent)!r}); sys.argv[1:] = ['10_own_rule']"
    )
    code += (
        f"; import runpy; runpy.run_path({str(ROOT / 'docs/make_rules.py')!r}, {{}}, '__main__')"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")

    assert "SharedVehicle" in schema("problem")["$defs"]
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("### `shared_vehicle`\n\n**A group that shares a vehicle works")
    assert (
        "| `max_centers` or `value` | whole number | `1` | Most centers on a date. |" in done.stdout
    )


def test_the_page_shows_what_the_example_does():
    """Each piece of code of the page stands in the example."""
    page = (ROOT / "docs" / "own_rules.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)

    assert len(blocks) == 3
    assert all(block in EXAMPLE.read_text(encoding="utf-8") for block in blocks)


def test_it_may_bring_its_own_words():
    """A name in each language, and why; what it lacks is said by its kind and its sentence."""

    class Wordy(ForPeople):
        """Evenings are for the family."""

        rule: Literal["wordy_evenings"] = "wordy_evenings"
        words: ClassVar = {"vi": {"rule.wordy_evenings": "Buổi tối ở nhà"}}

        def check(self, case):
            yield from ()

        def post(self, model):
            """Nothing to post."""

    with registered(Wordy):
        assert Words("en")("rule.wordy_evenings") == "wordy_evenings"
        assert Words("vi")("rule.wordy_evenings") == "Buổi tối ở nhà"
        assert Words("vi")("why.wordy_evenings") == "Evenings are for the family"


def make(name, kind, module=__name__, **fields):
    """A class of rules that finds what it is given, on no rows."""
    fields = {"__annotations__": {"rule": Literal[kind]}, "rule": kind, "unit": "wings", **fields}
    found = fields.pop("found", ())
    methods = {
        "check": lambda self, case: (self.violation(*given, **facts) for *given, facts in found),
        "post": lambda self, model: None,
    }
    return type(Rule)(
        name, (Rule,), {"__module__": module, "__qualname__": name, **fields, **methods}
    )


def test_a_conflict_says_the_values_of_its_parameters():
    """In one pass, as people write them, whatever signs and names they hold; a dash for none."""

    class Odd(Priced):
        """Of `crews` {n} `most` work, `some` `others`, `share` and `strict`, `unknown`."""

        rule: Literal["odd"] = "odd"
        crews: tuple[str, ...] = ("g `most` h", "{n}")
        most: int = 1234
        some: tuple[str, ...] = ()
        others: int | None = None
        share: float = 0.5
        strict: bool = True

        def check(self, case):
            yield from ()

        def post(self, model):
            """Nothing to post."""

    with registered(Odd):
        problem = plan("M", "ana", 1, rules=[{"rule": "odd"}])
        (index,) = (i for i, r in enumerate(problem.active_rules) if r.rule == "odd")
        message = Members(problem).member(Member(index, 0, -1, "")).message

        assert message.said("en") == (
            "Of g `most` h, {n} {n} 1234 work, – –, 0.5 and true, `unknown`: ana."
        )
        assert message.said("vi") == message.said("en").replace("0.5", "0,5")
        assert message.params["at"] == (Person("ana"),)


def test_a_conflict_says_its_own_words():
    """`sentence.<kind>` in a language, with gaps for the parameters; the docstring elsewhere."""
    words = {"vi": {"sentence.late": "Không trực muộn"}}
    late = make("Late", "late", __doc__="Nobody works late.", words=words)

    with registered(late):
        problem = plan("M", "ana", 1, rules=[{"rule": "late"}])
        (index,) = (i for i, r in enumerate(problem.active_rules) if r.rule == "late")
        message = Members(problem).member(Member(index, -1, -1, "")).message

        assert message.said("vi") == "Không trực muộn."
        assert message.said("en") == "Nobody works late."


def findings(cls, kind, lang="en"):
    """What `check` says of a roster by one rule, in a language."""
    with registered(cls):
        problem = plan("M", "ana", 1, rules=[{"rule": kind}])
        broken = sp.check(problem, parse("ana M")).broken
        return [v.message.said(lang) for v in broken if v.rule.rule == kind]


def test_facts_may_be_called_like_what_every_sentence_may_name():
    """A fact `n`, `unit` or `rule` stands in the place of the usual one."""
    facts = {"n": 7, "unit": "crates", "rule": "the law"}
    words = {"en": {"rules.boxes": "{rule}: {n} {unit} for {who}"}}

    boxes = make("Boxes", "boxes", found=[("ana", None, 1, "rules.boxes", facts)], words=words)

    assert findings(boxes, "boxes") == ["the law: 7 crates for ana"]


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_sentence_in_place_of_a_code_is_shown(lang):
    """As it stands, in every language, behind the person and the place."""
    found = [("", None, 1, text, {}) for text in ("Too late {n}.", "late")]
    found += [("ana", AtShift("M0"), 1, "Không được trễ", {})]

    said = findings(make("Late", "late", found=found), "late", lang)

    assert said[:2] == ["Too late {n}.", "late"]
    assert all(part in said[2] for part in ("ana", "M0", "Không được trễ"))


def test_a_finding_takes_people_shifts_and_dates_as_the_case_has_them():
    """The same as their id and their place."""
    problem = plan("M", "ana", 1, rules=[{"rule": "wish"}])
    (ana,), (morning,), wish = problem.volunteers, problem.shifts, problem.rules[0]

    assert wish.violation(ana, morning, 1) == wish.violation("ana", AtShift("M0"), 1)
    assert wish.violation("", morning.day, 1) == wish.violation("", OnDay(morning.day), 1)


def test_a_code_without_words_is_told_by_the_harness():
    """As one that is spelt in another way than in `words`."""
    known = make("Spelt", "spelt", found=[("ana", None, 1, "rules.spelled", {})])

    with pytest.raises(AssertionError, match="no words say"):
        prove(known, {}, [{"people": "ana", "days": 1}], [("ana M", 1)])


@pytest.mark.parametrize(
    ("amount", "unit", "said"),
    [(1, "shifts", "1 shift"), (2, "shifts", "2 shifts"), (2000, "km", "2,000 km"), (3, "", "3")],
)
def test_a_finding_without_words_says_the_number_before_the_unit(amount, unit, said):
    """In its form for that number, and nothing for no unit."""
    found = [("", None, amount, "", {}), ("ana", AtShift("M0"), amount, "", {})]

    counting = make("Counting", "counting", found=found, unit=unit)

    assert findings(counting, "counting") == [f"counting: {said}", f"ana, M0: counting, {said}"]


def test_a_rule_without_a_unit_is_told_by_the_harness():
    """With what is missing, and not with an empty error."""
    bare = make("Bare", "bare", found=[("ana", None, 1, "", {})], unit="")

    with pytest.raises(AssertionError, match="Bare does not say what its amounts count"):
        prove(bare, {}, [{"people": "ana", "days": 1}], [("ana M", 1)])


def test_a_rule_that_goes_leaves_others_their_unit():
    """Two rules that count the same; one is forgotten."""
    found = [("ana", None, 2, "", {})]
    with registered(make("Left", "left_wing", found=found)):
        with registered(make("Right", "right_wing", found=found)):
            pass
        assert Words("en")("unit.wings") == "wings"
    assert not Words("en").has("unit.wings")


def test_a_rule_that_is_defined_once_more_has_its_new_words_only():
    """As in a notebook, where a cell runs again."""
    with registered(make("Twice", "twice", words={"en": {"rules.old": "old", "why.twice": "a"}})):
        rule(make("Twice", "twice", words={"en": {"why.twice": "b"}}))

        assert Words("en")("why.twice") == "b"
        assert not Words("en").has("rules.old")
    assert not Words("en").has("why.twice")


# ---- where it is known

MODULE = '''
from typing import Literal

from shiftplan.errors.message import AtShift
from shiftplan.rules.base import Rule


class Installed(Rule):
    """Nobody works on the last day."""

    rule: Literal["installed_last_day"] = "installed_last_day"
    unit = "shifts"

    def check(self, case):
        for person in case.week.volunteers:
            for shift in case.worked(person):
                if shift.day == case.horizon.dates[-1]:
                    yield self.violation(person.volunteer_id, AtShift(shift.shift_id), 1)

    def forbid(self, arrays):
        last = arrays.day == arrays.num_days - 1
        return last[None, :].repeat(arrays.num_volunteers, axis=0)

    def post(self, model):
        """Nothing to post: the pairs are not in the model."""
'''


@pytest.fixture
def installed(tmp_path):
    """Environment of a process in which a package with entry points is installed."""
    site = tmp_path / "site"
    info = site / "last_day-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "last_day_rules.py").write_text(MODULE, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: last-day\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[shiftplan.rules]\n"
        "installed_last_day = last_day_rules:Installed\n"
        "broken_rule = no_such_module:Broken\n"
    )
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(site), *sys.path])}


def command(environment, *arguments):
    line = [sys.executable, "-m", "shiftplan", *map(str, arguments)]
    return subprocess.run(line, env=environment, capture_output=True, encoding="utf-8")


def written(folder, kind):
    """A week that names a kind of rule, and a roster that breaks it."""
    problem = plan("M", "ana", 2, rules=[{"rule": "max_distance"}])
    sp.write_week(problem, folder)
    table = folder / "rules.csv"
    table.write_text(table.read_text().replace("max_distance", kind))
    sp.write_roster(problem, sp.Roster.of([("M1", "ana")]), folder / "roster.csv")
    return folder


def test_the_command_knows_rules_of_installed_packages(installed, tmp_path):
    """Entry points are found; without the package the week is refused."""
    folder = written(tmp_path / "week", "installed_last_day")

    known = command(installed, "check", folder, folder / "roster.csv", "--json")
    unknown = command(os.environ, "check", folder, folder / "roster.csv")

    assert json.loads(known.stdout)["hard"] == {"installed_last_day": 1}, known.stderr
    assert unknown.returncode == 2
    assert "unknown rule" in unknown.stderr
    assert "shiftplan.rules" in " ".join(unknown.stderr.split())


def test_a_rule_that_cannot_be_loaded_is_named_with_the_reason(installed, tmp_path):
    """The rest of the rules still works."""
    folder = written(tmp_path / "week", "broken_rule")

    done = command(installed, "check", folder, folder / "roster.csv")

    assert done.returncode == 2
    assert "no_such_module" in " ".join(done.stderr.split())


def test_importing_the_package_loads_no_entry_points():
    """They are read when a rule is first looked up."""
    code = "import shiftplan.cli; from shiftplan.rules import RULES; print(RULES._complete)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")

    assert done.stdout.strip() == "False"


# ---- what is refused


def test_two_rules_of_one_kind_are_an_error():
    """A class that is defined once more replaces itself, as in a notebook."""

    kind = "two_of_a_kind"
    with registered(make("First", kind)):
        rule(make("First", kind))
        with pytest.raises(ValueError, match="two rules are of the kind 'two_of_a_kind'"):
            rule(make("Second", kind))
    with pytest.raises(ValueError, match="Coverage"):
        rule(make("Coverage", "coverage"))
    with pytest.raises(ValueError, match="something else"):
        rule(make("Order", "order"))
    with pytest.raises(TypeError, match="needs its kind"):
        rule(make("Dashed", "one-two"))


def test_a_class_that_is_no_complete_rule_is_an_error():
    """No rule, no kind, no statement."""

    class Half(Rule):
        rule: Literal["half_a_rule"] = "half_a_rule"

        def check(self, case):
            yield from ()

    with pytest.raises(TypeError, match="no subclass"):
        rule(int)
    with pytest.raises(TypeError, match="needs a method post"):
        rule(Half)
    with pytest.raises(TypeError, match="needs its kind"):
        rule(Priced)
    assert "half_a_rule" not in RULES


@pytest.mark.filterwarnings("ignore:Field name:UserWarning")
@pytest.mark.parametrize("name", ["parameter", "hard", "price", "columns", "unit", "check", "copy"])
def test_a_field_that_hides_what_every_rule_has_is_an_error(name):
    """It would be lost where weeks are written, or called where it is a number."""
    hidden = make("Hidden", "hidden")
    own = type(Rule)("Own", (hidden,), {"__annotations__": {name: int}, name: 3})

    with pytest.raises(TypeError, match=f"hide what every rule has: {name}"):
        rule(own)
    assert "hidden" not in RULES


def test_fields_may_narrow_those_that_every_rule_has():
    """The level, the note and the weight are fields of the base; attributes are no fields."""

    class Narrow(Priced):
        """Nobody minds."""

        rule: Literal["narrow"] = "narrow"
        level: Literal[2] = 2
        weight: Literal[5] = 5
        note: Literal[""] = ""
        unit = "shifts"
        sees = "part"

        def check(self, case):
            yield from ()

        def post(self, model):
            """Nothing to post."""

    with registered(Narrow):
        assert "narrow" in RULES


@pytest.mark.parametrize("text", ["{who works", "who} works", ["one", "many"]])
def test_words_that_cannot_be_filled_are_an_error(text):
    """People would see the raw template."""
    wordy = make("Open", "open_brace", words={"vi": {"rules.open_brace": text}})

    with pytest.raises(ValueError, match=r"rules\.open_brace"):
        rule(wordy)
    assert "open_brace" not in RULES


@pytest.mark.parametrize(
    ("given", "remedy"),
    [("coverag", "Did you mean 'coverage'?"), ("a_rule_of_mine", "Maybe it is a rule of your")],
)
def test_an_unknown_kind_has_a_way_out(given, remedy):
    """The nearest name, or where rules of one's own are known."""
    with pytest.raises(ValidationError) as error:
        TypeAdapter(tuple[AnyRule, ...]).validate_python([{"rule": given}])

    fault = input_error(error.value, Problem).faults[0]
    assert fault.code == "unknown_rule"
    assert remedy in str(fault)
