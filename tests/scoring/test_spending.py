"""What the work of a roster is paid."""

from __future__ import annotations

from commands import run

from shiftplan import Roster, write_roster, write_week
from shiftplan.case.case import Case
from shiftplan.scoring.spending import spending_of
from shiftplan.testing.pictures import plan

PAID = {"ana": {"hourly_cost": 60, "shift_cost": 5}, "bob": {"hourly_cost": 7}}
WEEK = plan("Mm", "ana bob", 2, each=PAID)
WORKED = Roster.of([("M0", "ana"), ("m0", "bob"), ("m1", "ana")])


def test_hours_and_shifts_are_paid_at_the_centers_where_they_are_worked() -> None:
    """Ana 60 x 4 + 5 = 245 at each center, bob 7 x 4 = 28 at the far one."""
    found = spending_of(Case(WEEK, WORKED))

    assert found is not None
    assert found.money == 245 + 273
    assert [(c.center_id, c.money) for c in found.centers] == [("far", 273), ("home", 245)]


def test_where_nobody_is_paid_nothing_is_said() -> None:
    """No money is another thing than money of 0."""
    unpaid = plan("Mm", "ana bob", 2)

    assert spending_of(Case(unpaid, WORKED)) is None
    found = spending_of(Case(WEEK, Roster()))
    assert found is not None
    assert found.money == 0


def test_check_tells_what_is_paid(tmp_path) -> None:
    """In both languages, with the center where most is paid first."""
    write_week(WEEK, tmp_path / "week")
    write_roster(WEEK, WORKED, tmp_path / "roster.csv")

    for lang, says in (("en", "Paid for the work: 518"), ("vi", "Tiền trả cho người trực: 518")):
        done = run("check", tmp_path / "week", tmp_path / "roster.csv", "--lang", lang)

        assert says in done.stdout
        assert "far 273; home 245" in " ".join(done.stdout.split())


def test_weeks_without_pay_are_written_as_before() -> None:
    """So their digests stay, and earlier versions read them."""
    assert '"hourly_cost":7' in WEEK.model_dump_json()
    assert "_cost" not in plan("M", "ana", 1).model_dump_json()
