"""Members: ids that are taken or refused, and a repr that tells the id alone."""

from datetime import timedelta, timezone
from typing import Any

import pytest
from hypothesis import given

from connectcore import InvalidValue, Member, MemberId, Settings
from connectcore.members import member_id
from connectcore.members import member_ids as ids_of
from connectcore.testing.strategies import member_ids
from tests.worlds import NOON, profile_of


@given(member_ids())
def test_any_text_is_an_id(member: MemberId) -> None:
    """An id is the application's own and stays as it is, case and spaces included."""
    assert member_id(member) == member
    assert Member(member, profile_of("ada")).id == member


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        ("", "^a member's id is empty; use the id that your application gives them$"),
        (7, r"^a member's id is text, and 7 is not; use str\(\.\.\.\) of your own key$"),
        ("a\0", "leave them out"),
    ],
)
def test_an_id_that_cannot_be_is_refused(value: Any, remedy: str) -> None:
    """No text, an empty one, and one that no store can keep are refused wherever an id is taken."""
    with pytest.raises(InvalidValue, match=remedy):
        member_id(value)
    with pytest.raises(InvalidValue, match=remedy):
        Member(value, profile_of("ada"))


def test_ids_are_taken_together() -> None:
    """As each is taken by itself, in their order."""
    assert ids_of(["grace", "ada"]) == ("grace", "ada")
    with pytest.raises(InvalidValue, match="is empty"):
        ids_of(["ada", ""])


def test_a_member_starts_with_the_usual_settings_and_has_not_joined() -> None:
    """An id and a profile are enough."""
    ada = Member("ada", profile_of("ada"))

    assert ada.settings == Settings()
    assert ada.joined_at is None


def test_the_moment_of_joining_is_in_utc() -> None:
    """A moment in another zone is converted."""
    there = NOON.astimezone(timezone(timedelta(hours=5)))

    assert str(Member("ada", profile_of("ada"), joined_at=there).joined_at) == str(NOON)


def test_the_repr_tells_the_id_alone() -> None:
    """Nothing of a profile or of settings reaches a log by way of `repr`."""
    assert repr(Member("ada", profile_of("ada"))) == "Member(id='ada')"
