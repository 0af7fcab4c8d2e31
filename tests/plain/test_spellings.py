"""One value in several spellings, and classes that go by one word."""

from datetime import UTC, date, timedelta, timezone
from typing import Any, ClassVar, Union

import pytest
from attrs import define, field, frozen

from connectcore import (
    Activity,
    Comment,
    Connected,
    InvalidValue,
    Member,
    Name,
    Page,
    Post,
    Profile,
    Refusal,
    Strangers,
    from_dict,
    to_dict,
)
from connectcore.refusals import ONESELF
from tests.between import ADA, GRACE
from tests.kinds import LibraryProfile
from tests.test_values import MEMBER, POST, PROFILE
from tests.worlds import NOON

POST_DICT: dict[str, Any] = {**to_dict(POST)}
EAST: Any = timezone(timedelta(hours=2))

# ── One thing in several spellings ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02T12:00:00Z",
        "2026-03-02t12:00:00z",
        "2026-03-02T12:00:00.000Z",
        "2026-03-02T14:00:00+02:00",
        "2026-03-02T12:00:00.0000000+00:00",
    ],
)
def test_a_moment_is_read_as_rfc_3339_writes_it(text: str) -> None:
    """Any offset and any fraction will do; what is written is UTC."""
    post = from_dict(Post, {**POST_DICT, "at": text})

    assert post.at == NOON
    assert post.at.tzinfo is UTC
    assert to_dict(post)["at"] == "2026-03-02T12:00:00Z"


def test_a_moment_of_another_zone_is_written_in_utc() -> None:
    """Whoever keeps a moment in a zone of their own reads the same one back."""
    connected = Connected(since=NOON.astimezone(EAST))

    assert to_dict(connected)["since"] == "2026-03-02T12:00:00Z"
    assert from_dict(Connected, to_dict(connected)) == connected


class Spelling(str):
    """A text of a class of its own, as templates have them."""

    __slots__ = ()


def test_a_text_of_another_class_is_written_as_a_text() -> None:
    """JSON writers that take `str` alone take what is written."""
    plain = to_dict(Name(given=Spelling("Ada")))

    assert plain == {"given": "Ada", "family": ""}
    assert type(plain["given"]) is str


def test_a_page_is_written_with_whatever_it_holds() -> None:
    """A page may hold values, texts or numbers; its values are not told apart from one another."""
    assert to_dict(Page((POST,)))["items"] == [POST_DICT]
    assert to_dict(Page(("ada", 7, None)))["items"] == ["ada", 7, None]


def test_a_page_of_several_classes_is_read_by_what_its_items_are() -> None:
    """Where several could stand, each says what it is."""
    comment = Comment(id="2", post="1", author=GRACE, at=NOON, text="Yes.")
    page: Any = Page[Union[Post, Comment]]  # noqa: UP007 - as older code spells it
    plain = {"items": [{"is": "comment", **to_dict(comment)}, {"is": "post", **POST_DICT}]}

    assert from_dict(page, plain) == Page((comment, POST))


def test_a_set_is_written_in_one_order() -> None:
    """Equal values are the same text, whatever order a set happens to have."""
    many = frozenset({"zebra", "apple", "mango", "kiwi"})

    assert to_dict(Strangers(follows=many))["follows"] == sorted(many)  # type: ignore[arg-type]


def test_a_set_of_numbers_is_written_in_their_order() -> None:
    """Ten comes after nine, and what is no number is put in order by its text."""

    @frozen
    class Drawn:
        numbers: frozenset[int]
        pairs: frozenset[tuple[int, str]]

    drawn = Drawn(frozenset({10, 9, 111}), frozenset({(2, "b"), (1, "c"), (1, "a")}))

    assert to_dict(drawn) == {"numbers": [9, 10, 111], "pairs": [[1, "a"], [1, "c"], [2, "b"]]}
    assert from_dict(Drawn, to_dict(drawn)) == drawn


# ── Classes of one word ─────────────────────────────────────────────────────────────────────────


def _made_anew(title: str) -> type[Activity]:
    @frozen(kw_only=True)
    class PuzzleSolved(Activity):
        kind: ClassVar[str] = title

        pieces: int = 0

    return PuzzleSolved


def test_a_class_that_is_defined_anew_takes_the_place_of_the_old_one() -> None:
    """In a notebook a cell is run twice; what is read then is of the class that counts."""
    old, new = _made_anew("puzzle_solved"), _made_anew("puzzle_solved")
    plain = to_dict(new(id="1", actor=ADA, at=NOON))

    assert old is not new
    assert type(from_dict(Activity, plain)) is new


def test_two_classes_of_one_word_are_not_told_apart() -> None:
    """Which of two was meant is not guessed."""

    @frozen(kw_only=True)
    class BikeRidden(Activity):
        kind: ClassVar[str] = "wheels_turned"

    @frozen(kw_only=True)
    class CarDriven(Activity):
        kind: ClassVar[str] = "wheels_turned"

    plain = to_dict(BikeRidden(id="1", actor=ADA, at=NOON))

    assert CarDriven.kind == plain["is"]
    with pytest.raises(InvalidValue, match=r"Activity\.is: .*BikeRidden and .*CarDriven go by one"):
        from_dict(Activity, plain)
    assert from_dict(BikeRidden, plain) == BikeRidden(id="1", actor=ADA, at=NOON)


def test_an_attribute_is_written_by_its_name_whatever_its_constructor_calls_it() -> None:
    """A private attribute keeps its underscore, and one that is not given is not written."""

    @define
    class Counter:
        _start: int
        ticks: int = field(init=False, default=0)

    assert to_dict(Counter(5)) == {"_start": 5}
    assert from_dict(Counter, {"_start": 5}) == Counter(5)


def test_a_refusal_keeps_what_hides_it() -> None:
    """A value that holds one of its own class is written and read however deep."""
    refusal = ONESELF.hidden_as(ONESELF.hidden_as(ONESELF))

    assert from_dict(Refusal, to_dict(refusal)) == refusal


@frozen(kw_only=True)
class ReunionProfile(Profile):
    """Another profile than the one asked for."""


def test_another_profile_class_is_no_part_of_a_member_that_asks_for_one() -> None:
    """`Member[LibraryProfile]` takes no profile of another class."""
    plain = {"id": "ada", "profile": {**to_dict(ReunionProfile(name=Name("Ada")))}}

    with pytest.raises(
        InvalidValue, match=r"Member\.profile\.is: one of library_profile is needed"
    ):
        from_dict(Member[LibraryProfile], plain)


def test_a_date_is_written_as_iso_8601() -> None:
    """Names and forms are those that the documentation lists."""
    assert to_dict(PROFILE)["birthday"] == date(1815, 12, 10).isoformat() == "1815-12-10"
    assert to_dict(MEMBER.settings)["audiences"] == [["about", "only_me"]]
