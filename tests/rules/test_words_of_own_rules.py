"""What a rule from outside the package says: its words, its docstring, or the usual words."""

from __future__ import annotations

from typing import ClassVar, Literal

import pytest
from made_rules import findings, make

from shiftplan.errors.message import AtShift, OnDay, Person
from shiftplan.present.words import Words
from shiftplan.rules import rule
from shiftplan.rules.base import ForPeople, Priced
from shiftplan.solving.conflict.grounds import Member
from shiftplan.solving.conflict.members import Members
from shiftplan.testing import plan, prove, registered


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
