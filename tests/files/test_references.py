"""Ids and names that people write: what one row is meant by, and what is refused."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shiftplan.errors import InputError
from shiftplan.errors.message import Message
from shiftplan.files import read_week
from shiftplan.files.cells import Bad
from shiftplan.files.references import NamedRow, Resolver, resolver_of
from shiftplan.problem import Problem

AN_GIANG = Path(__file__).parents[2] / "examples" / "data" / "an_giang"
CENTERS = [
    ("30292", "Phường Bình Đức", ""),
    ("30337", "Xã An Phú", ""),
    ("30338", "Phường An Phú", ""),
    ("31078", "Đặc khu Phú Quốc", ""),
    ("30401", "Xã Hòa Lạc", ""),
    ("5", "Phường 7", ""),
]
PEOPLE = [
    ("V1", "Nguyễn Văn An", "Phường Mỹ Thới", "30301"),
    ("V2", "Nguyễn Văn An", "Xã An Phú", "30337"),
    ("V3", "Nguyễn Văn Ân", "Xã An Phú", "30337"),
    ("V4", "Lê Thị Hòa", "Phường Mỹ Thới", "30301"),
    ("V5", "Trần Thúy", "Phường Mỹ Thới", "30301"),
    ("V6", "Trần Thuý", "Xã An Phú", "30337"),
    ("V7", "Đỗ Một", "", ""),
    ("V8", "V1", "Xã An Phú", "30337"),
    ("V9", "v 4", "Xã An Phú", "30337"),
]


def centers() -> Resolver:
    return Resolver(CENTERS, table="centers", kinds=["khu phố"])


@pytest.mark.parametrize(
    ("text", "center"),
    [
        ("30292", "30292"),
        ("Phường Bình Đức", "30292"),
        ("phường  BÌNH đức ", "30292"),
        ("Bình Đức", "30292"),
        ("binh duc", "30292"),
        ("BinhDuc", "30292"),
        ("Xã Bình Đức", "30292"),
        ("P. Bình Đức", "30292"),
        ("P.Bình Đức", "30292"),
        ("Bình Đức Ward", "30292"),
        ("khu phố Bình Đức", "30292"),
        (unicodedata.normalize("NFD", "Bình Đức"), "30292"),
        ("Xã An Phú", "30337"),
        ("xa an phu", "30337"),
        ("ward an phu", "an phu is in two"),
        ("đặc khu phú quốc", "31078"),
        ("Hoà Lạc", "30401"),
        ("Phường 7", "5"),
        ("5", "5"),
    ],
)
def test_a_center_is_found_by_its_name(text: str, center: str) -> None:
    """Case, blanks, accents, the place of a tone and the word of kind make no difference."""
    found = centers().find(text)

    if center.isdigit():
        assert found == center
    else:
        assert isinstance(found, Bad)
        assert found.code == "ambiguous_name"


@pytest.mark.parametrize("text", ["7", "Phường", "Đức", "Bình Đức An Phú", "", " ", "x" * 9_999])
def test_a_part_of_a_name_is_no_name(text: str) -> None:
    """A number is no name either, though a ward is called by one."""
    found = centers().find(text)

    assert isinstance(found, Bad)
    assert found.code == "unknown_id"


@pytest.mark.parametrize(
    ("text", "beside", "who"),
    [
        ("V2", "", "V2"),
        ("V2", "Mỹ Thới", "V2"),
        ("Nguyễn Văn An, Mỹ Thới", "", "V1"),
        ("Nguyễn Văn An (An Phú)", "", "V2"),
        ("nguyen van an; my thoi", "", "V1"),
        ("Nguyễn Văn An, 30337", "", "V2"),
        ("Nguyễn Văn An", "Phường Mỹ Thới", "V1"),
        ("Nguyễn Văn An", "30337", "V2"),
        ("Nguyễn Văn An, An Phú", "30337", "V2"),
        ("Nguyễn Văn Ân", "", "V3"),
        ("nguyễn văn ân", "", "V3"),
        ("Lê Thị Hoà", "", "V4"),
        ("le thi hoa", "", "V4"),
        ("do mot", "", "V7"),
        ("V1", "", "V1"),
    ],
)
def test_a_person_is_found_by_name_and_center(text: str, beside: str, who: str) -> None:
    """The center is a part of the text or stands beside it; ids need none."""
    assert Resolver(PEOPLE).find(text, beside) == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Nguyễn Văn An (V2)", "V2"),
        ("nguyen van an (V1)", "V1"),
        ("V2 (Nguyễn Văn An)", "V2"),
        ("V2 (Nguyễn Văn An, Xã An Phú)", "V2"),
        ("Nguyễn Văn An, V2", "V2"),
        ("Nguyễn Văn An (V4)", ""),
        ("V4 (Nguyễn Văn An)", ""),
        ("Nguyễn Văn An (V77)", ""),
        ("Nguyễn Văn An ()", ""),
    ],
)
@pytest.mark.parametrize("has_places", [True, False])
def test_an_id_beside_a_name_tells_namesakes_apart(text: str, who: str, has_places: bool) -> None:
    """In brackets, as messages write them; an id of somebody else means nobody."""
    rows = PEOPLE if has_places else [(*row[:2], "", "") for row in PEOPLE]

    found = Resolver(rows).find(text)

    assert (found if isinstance(found, str) else "") == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Trần Văn Be", "V1"),
        ("tran van bé", "V1"),
        ("Trần Văn Bế", ""),
        ("Trần Văn Bế, Mỹ Thới", ""),
        ("Trân Văn Bé", ""),
        ("V1 (Trần Văn Bế)", "V1"),
        ("Đao Hoà", "V2"),
        ("Dào Hòa", ""),
        ("Phạm Vẩn", "V3"),
    ],
)
def test_another_accent_is_another_person(text: str, who: str) -> None:
    """One that is missing is not, and beside an id it is a slip; the suggestion names whom."""
    place = "Phường Mỹ Thới", "30301"
    rows = [("V1", "Trần Văn Bé", *place), ("V2", "Đào Hòa", *place), ("V3", "Pham Van", *place)]

    found = Resolver(rows).find(text)

    if who:
        assert found == who
    else:
        assert isinstance(found, Bad)
        assert "Did you mean" in str(found.remedy) or "," in text


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Mike O'Brien", "V1"),
        ("Mike O\u2019Brien", "V1"),
        ("mike obrien", "V1"),
        ("Anne Marie Roberts", "V2"),
        ("Anne\u2011Marie Roberts", "V2"),
        ("Annemarie Roberts", "V2"),
        ("Jean Luc", "V4"),
        ("Jean-Luc", "V3"),
        ("Team 12", ""),
    ],
)
def test_apostrophes_and_hyphens_in_names_may_be_left_out(text: str, who: str) -> None:
    """They tell people apart only where both names are in the week; between digits they stay."""
    names = ("Mike O'Brien", "Anne-Marie Roberts", "Jean-Luc", "JeanLuc", "Team 1-2")

    found = Resolver([(f"V{i}", name, "") for i, name in enumerate(names, 1)]).find(text)

    told = found if isinstance(found, str) else str(found.message)
    assert who in told
    assert bool(who) == isinstance(found, str)


@pytest.mark.parametrize(
    ("text", "beside", "could"),
    [
        ("Nguyễn Văn An", "", "V1 V2"),
        ("nguyen van an", "", "V1 V2 V3"),
        ("nguyen van an", "An Phú", "V2 V3"),
        ("Trần Thúy", "", "V5 V6"),
        ("Tran Thuy", "", "V5 V6"),
        ("v 4", "", "V4 V9"),
    ],
)
def test_namesakes_are_listed(text: str, beside: str, could: str) -> None:
    """Nobody is chosen among those who could be meant; `V4` is nearly the id of another one."""
    found = Resolver(PEOPLE).find(text, beside)

    assert isinstance(found, Bad)
    assert found.code == "ambiguous_name"
    rows = found.message.params["rows"]
    assert isinstance(rows, tuple)
    assert sorted(str(row).split()[0] for row in rows) == could.split()


def test_the_fault_of_namesakes_tells_ids_and_centers() -> None:
    """And how to write who is meant, where name and center tell it."""
    found = Resolver(PEOPLE).find("Nguyễn Văn An")

    assert isinstance(found, Bad)
    assert isinstance(found.remedy, Message)
    assert str(found.message) == (
        "more than one row matches: V1 (Nguyễn Văn An, Phường Mỹ Thới)"
        " and V2 (Nguyễn Văn An, Xã An Phú)"
    )
    assert found.remedy.said("vi") == (
        "Hãy ghi mã, hoặc ghi tên kèm nơi, như 'Nguyễn Văn An, Phường Mỹ Thới'."
    )


def test_of_many_namesakes_some_are_listed() -> None:
    """The others are counted: four and 26 more are 30."""
    found = Resolver((f"V{i}", "An", "Mỹ Thới") for i in range(30)).find("an")

    assert isinstance(found, Bad)
    assert str(found.message).endswith("V3 (An, Mỹ Thới) and 26 more")
    assert str(found.remedy) == "Write the id."


def test_somebody_of_another_center_is_not_taken() -> None:
    """The name is of one person only, but it may be somebody else who lives where it says."""
    found = Resolver(PEOPLE).find("Lê Thị Hòa, An Phú")

    assert isinstance(found, Bad)
    assert found.code == "unknown_id"
    assert "V4 (Lê Thị Hòa, Phường Mỹ Thới)" in str(found.message)


def test_a_misspelt_name_is_suggested_with_its_id() -> None:
    """The id is what to write."""
    found = centers().find("Bình Đứk")

    assert isinstance(found, Bad)
    assert str(found.remedy) == "Did you mean '30292', Phường Bình Đức?"


def test_two_rows_of_one_id_are_one() -> None:
    """A repeated id has a fault of its own."""
    rows = [("V1", "An", "Mỹ Thới"), ("V1", "An", "Mỹ Thới")]

    assert Resolver(rows).find("an") == "V1"


def plainly(text: str) -> str:
    """Letters of a name, independently of how the resolver gets them."""
    signs = unicodedata.normalize("NFD", text.casefold().replace("đ", "d").replace("_", ""))
    return "".join(s for s in signs if not unicodedata.combining(s) and not s.isspace())


WORDS = st.sampled_from(["An", "Ân", "ân", "AN", "Hòa", "Hoà", "Hoa", "Đỗ", "Do", "V1", "v1", "01"])
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
PLACES = st.sampled_from(["", "Xã An", "Phường An", "Mỹ Thới"])
IDS = st.one_of(st.sampled_from(["V1", "V2", "1", "01", "An", "Hòa An"]), NAMES)


@given(
    st.lists(st.tuples(IDS, NAMES, PLACES), max_size=6, unique_by=lambda row: row[0]),
    st.one_of(NAMES, IDS, st.builds("{}, {}".format, NAMES, PLACES)),
    st.one_of(st.just(""), PLACES),
)
@example([("V1", "An", ""), ("V2", "V1", "")], "V1", "")
@example([("V1", "An", ""), ("V2", "v1", "")], "v1", "")
def test_no_wrong_row_is_ever_taken(
    rows: Sequence[tuple[str, str, str]], text: str, beside: str
) -> None:
    """Whatever is found has that id, or alone has that name as it is written or but for accents."""
    found = Resolver(rows).find(text, beside)
    ids = [row[0] for row in rows]

    name = text.rpartition(", ")[0] or text
    like = [row[0] for row in rows if plainly(row[1]) == plainly(name)]
    exact = [r[0] for r in rows if r[1].casefold() == name.casefold()]
    if text in ids:
        assert found == text
    elif isinstance(found, str):
        assert found in like
        if not beside and name == text:
            assert len(like) == 1 or exact == [found]
    elif not beside and name == text:
        near = [key for key in ids if plainly(key).lstrip("0") == plainly(text).lstrip("0")]
        assert len(like) != 1 or near not in ([], like)


CORES = st.sampled_from(["An Phú", "An Phù", "an phu", "Hòa", "7"])
KINDS = st.sampled_from(["", "Xã ", "Phường ", "phuong "])
CENTER_NAMES = st.builds(str.__add__, KINDS, CORES)


@given(st.lists(CENTER_NAMES, min_size=1, max_size=5), CENTER_NAMES)
def test_no_wrong_center_is_ever_taken(names: list[str], text: str) -> None:
    """The rule as people read it: exactly written, else alone, else alone with accents or kind."""
    found = Resolver([(f"c{i}", n, "") for i, n in enumerate(names)], table="centers").find(text)

    def core(name: str) -> str:
        kind, _, rest = name.rpartition(" ") if name.endswith("7") else name.partition(" ")
        is_kind = plainly(kind) in ("xa", "phuong") and not name.endswith("7")
        return rest if is_kind else name

    exact = [i for i, n in enumerate(names) if n.casefold() == text.casefold()]
    like = [i for i, n in enumerate(names) if plainly(core(n)) == plainly(core(text))]
    spelled = {i for i in like if core(names[i]).casefold() == core(text).casefold()}
    if core(text) != text:
        spelled |= {i for i in like if plainly(names[i]) == plainly(text)}
    meant = exact or like
    if not exact and len(like) > 1 and len(spelled) == 1:
        meant = list(spelled)
    assert (found == f"c{meant[0]}") if len(meant) == 1 else isinstance(found, Bad)


def test_all_of_an_giang_are_found() -> None:
    """Every person by name and center: of 1,353 people, 6 share both; 194 share the name."""
    problem = read_week(AN_GIANG)
    people, places = resolver_of(problem, "volunteers"), resolver_of(problem, "centers")
    name_of = {c.center_id: c.name for c in problem.centers}
    by_name = [people.find(v.name) for v in problem.volunteers]
    by_both = [people.find(v.name, name_of[v.home_center_id or ""]) for v in problem.volunteers]

    right = [v.volunteer_id for v in problem.volunteers]
    assert sum(map(str.__eq__, map(str, by_name), right)) == len(right) - 194
    assert sum(map(str.__eq__, map(str, by_both), right)) == len(right) - 6
    for center in problem.centers:
        assert places.find(center.name) == center.center_id
        assert places.find(center.name.removeprefix(center.type.capitalize())) == center.center_id


def test_rows_may_have_the_id_of_the_place() -> None:
    """Then the place may be told by it."""
    assert Resolver([NamedRow("V1", "An", "Mỹ Thới", "30301")]).find("An, 30301") == "V1"
    assert isinstance(Resolver([NamedRow("V1", "An", "Mỹ Thới")]).find("An, 30301"), Bad)


def test_a_name_instead_of_an_id_in_python_is_told_its_id() -> None:
    """In Python and JSON ids stay ids; the fault says what to write."""
    problem = read_week(AN_GIANG)
    shift = problem.shifts[0].model_copy(update={"center_id": "Bình Đức"})

    with pytest.raises(InputError) as caught:
        Problem.model_validate({**dict(problem), "shifts": (shift, *problem.shifts[1:])})

    (fault,) = caught.value.faults
    assert str(fault.remedy) == "Did you mean '30292', Phường Bình Đức?"


@pytest.mark.parametrize(
    ("told", "other"),
    [
        *(("Nguyễn Văn A", ""), ("nguyen van a", ""), ("V1", ""), ("", "")),
        *(("Nguyen Van A, Mỹ Thới", ""), ("Nguyễn Văn B", "Nguyễn Văn A")),
        *(("Nguyên Văn A", "Nguyễn Văn A"), ("Trần", "Nguyễn Văn A")),
    ],
)
def test_a_name_goes_with_an_id_of_any_namesake(told: str, other: str) -> None:
    """Without accents it may be of two people, one of whom the id names; written exactly of one."""
    rows = [("V1", "Nguyễn Văn A"), ("V2", "Nguyên Văn A"), ("V3", "Nguyễn Văn B")]

    assert Resolver([(*row, "Mỹ Thới") for row in rows]).other_name("V1", told) == other
