"""What is no plain data of a class is refused, with the place where it is not and nothing private."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from attrs import field, frozen

from connectcore import (
    Activity,
    Because,
    ConfirmedAddress,
    Connected,
    ConnectionMade,
    ContactDetails,
    EndorsedSkill,
    Explanation,
    InvalidValue,
    JournalEntry,
    LeftOut,
    Member,
    Name,
    Page,
    Pair,
    Position,
    Post,
    PostView,
    Profile,
    Refusal,
    Relationship,
    Strangers,
    Suggestion,
    from_dict,
    to_dict,
)
from tests.between import ADA, GRACE
from tests.kinds import ShelfDusted
from tests.test_values import NOTICE, POST, PRIVATE
from tests.worlds import NOON

POST_DICT: dict[str, Any] = {**to_dict(POST)}
MADE: dict[str, Any] = {
    **to_dict(ConnectionMade(id="1", actor=ADA, at=NOON, member=GRACE)),
}
DUSTED: dict[str, Any] = {"id": "1", "actor": "ada", "at": "2026-03-02T09:00:00Z"}
DEEP: dict[str, Any] = {"code": "a", "message": "b"}
for _ in range(2000):
    DEEP = {"code": "a", "message": "b", "shown_as": DEEP}

READING: Mapping[str, tuple[Any, Any, str]] = {
    "a list for a value": (Name, [], "Name: an object is needed, not a list"),
    "a text for a value": (Name, PRIVATE, "Name: an object is needed, not a text"),
    "an unknown name": (Name, {"given": "A", "admin": PRIVATE}, "Name.admin: nothing of this name"),
    "a long name": (Name, {"x" * 99: 1}, f"Name.{'x' * 40}: nothing of this name"),
    "a name that is no text": (Name, {7: 1}, "Name.7: nothing of this name"),
    "one name is missing": (Position, {"title": "A"}, "Position: company must be given"),
    "two names are missing": (Position, {}, "Position: company and title must be given"),
    "a number for a text": (Name, {"given": 5}, "Name.given: a text is needed, not a number"),
    "true for a text": (Name, {"given": True}, "Name.given: a text is needed, not true or false"),
    "nothing for a text": (Name, {"given": None}, "Name.given: a text is needed, not nothing"),
    "an object for a text": (Name, {"given": {}}, "Name.given: a text is needed, not an object"),
    "bytes for a text": (Name, {"given": b""}, "Name.given: a text is needed, not a list"),
    "another thing for a text": (Name, {"given": {1}}, "Name.given: a text is needed, not a set"),
    "a text for a list": (
        ContactDetails,
        {"emails": PRIVATE},
        "ContactDetails.emails: a list is needed, not a text",
    ),
    "a number in a list": (
        Member,
        {"id": "ada", "profile": {"name": {}, "contact": {"emails": ["a", 5]}}},
        "Member.profile.contact.emails[1]: a text is needed, not a number",
    ),
    "true for a number": (ShelfDusted, {**DUSTED, "books": True}, "ShelfDusted.books: a whole"),
    "half a number": (ShelfDusted, {**DUSTED, "books": 1.5}, "ShelfDusted.books: a whole number"),
    "a text for a number": (ShelfDusted, {**DUSTED, "metres": "1"}, "ShelfDusted.metres: a number"),
    "no number at all": (ShelfDusted, {**DUSTED, "metres": float("nan")}, "ShelfDusted.metres: a"),
    "too great a number": (ShelfDusted, {**DUSTED, "metres": 10**400}, "ShelfDusted.metres: a"),
    "a number for true": (
        ShelfDusted,
        {**DUSTED, "in_public": 1},
        "ShelfDusted.in_public: true or false is needed, not a number",
    ),
    "a naive moment": (
        Post,
        {**POST_DICT, "at": "2026-03-02T09:00:00"},
        "Post.at: a moment is needed, such as 2026-03-02T09:00:00Z",
    ),
    "a day for a moment": (Post, {**POST_DICT, "at": "2026-03-02"}, "Post.at: a moment is needed"),
    "a number for a moment": (
        Post,
        {**POST_DICT, "at": 1772442000},
        "Post.at: a moment as a text, such as 2026-03-02T09:00:00Z, is needed, not a number",
    ),
    "no such moment": (
        Post,
        {**POST_DICT, "at": "2026-02-30T09:00:00Z"},
        "Post.at: there is no such moment",
    ),
    "a moment before all": (
        Post,
        {**POST_DICT, "at": "0001-01-01T00:00:00+23:00"},
        "Post.at: there is no such moment",
    ),
    "a moment too early": (
        Post,
        {**POST_DICT, "at": "0900-01-01T00:00:00Z"},
        "Post.at: there is no such moment",
    ),
    "a moment for a day": (
        Profile,
        {"name": {}, "birthday": "1815-12-10T00:00:00Z"},
        "Profile.birthday: a date is needed, such as 2026-03-02",
    ),
    "no such day": (
        Profile,
        {"name": {}, "birthday": "1815-02-30"},
        "Profile.birthday: there is no such date",
    ),
    "a number for a day": (
        Profile,
        {"name": {}, "birthday": 1815},
        "Profile.birthday: a date as a text, such as 2026-03-02, is needed, not a number",
    ),
    "a number for a duration": (
        ShelfDusted,
        {**DUSTED, "lasted": 60},
        "ShelfDusted.lasted: a duration as a text, such as P21D, is needed, not a number",
    ),
    "a month for a duration": (
        ShelfDusted,
        {**DUSTED, "lasted": "P1M"},
        "ShelfDusted.lasted: a duration is needed, such as P21D",
    ),
    "an endless duration": (
        ShelfDusted,
        {**DUSTED, "lasted": f"P{'9' * 30}D"},
        "ShelfDusted.lasted: a duration is needed",
    ),
    "no such word": (
        Post,
        {**POST_DICT, "audience": PRIVATE},
        "Post.audience: one of only_me, connections, second_degree, third_degree, members, everyone",
    ),
    "the number of a word": (Post, {**POST_DICT, "audience": 3}, "Post.audience: one of only_me"),
    "half a pair": (
        PostView,
        {"post": POST_DICT, "reactions": [["LIKE"]], "comments": 0},
        "PostView.reactions[0]: a list of 2 is needed, not of 1",
    ),
    "a pair of something else": (
        PostView,
        {"post": POST_DICT, "reactions": [["LIKE", 1], ["LIKE", "one"]], "comments": 0},
        "PostView.reactions[1][1]: a whole number is needed, not a text",
    ),
    "not what it says": (Name, {"is": "post"}, "Name.is: one of name is needed"),
    "it says no word": (Name, {"is": ["name"]}, "Name.is: one of name is needed"),
    "an activity that does not say which": (
        Activity,
        {**DUSTED},
        "Activity.is: one of activity, connection_made,",
    ),
    "an activity of another kind": (
        ShelfDusted,
        MADE,
        "ShelfDusted.is: one of shelf_dusted is needed",
    ),
    "a relationship that does not say which": (
        Relationship,
        {"follows": []},
        "Strangers | Invited | Connected | Blocked.is: one of blocked, connected, invited, strangers",
    ),
    "a torn pair": (Pair, {"low": "b", "high": "a"}, "Pair: Pair does not take what is here"),
    "text that no store keeps": (Post, {**POST_DICT, "text": "\0"}, "Post.text: Post does not"),
    "an empty id": (Post, {**POST_DICT, "author": ""}, "Post.author: Post does not"),
    "what is no address": (
        ConfirmedAddress,
        {"address": PRIVATE, "confirmed_at": "2026-03-02T09:00:00Z"},
        "ConfirmedAddress.address: ConfirmedAddress does not take what is here",
    ),
    "nested without an end": (Refusal, DEEP, "Refusal: this is nested too deep to be read"),
    "something that is held": (LeftOut, {"item": {**POST_DICT}, "refusal": {}}, "LeftOut.item.is:"),
}
"""By what is wrong: the class, what is read as it, and how the error begins."""


@pytest.mark.parametrize(("kind", "plain", "expected"), READING.values(), ids=READING)
def test_what_does_not_fit_is_refused_with_its_place(kind: Any, plain: Any, expected: str) -> None:
    """One error says where and what is needed there, and not what stands there."""
    with pytest.raises(InvalidValue) as caught:
        from_dict(kind, plain)

    told = str(caught.value)

    assert told.startswith(expected)
    assert PRIVATE not in told
    assert caught.value.__suppress_context__


@frozen(kw_only=True)
class PickyProfile(Profile):
    """A profile that takes no nickname which its own constructor does not like."""

    nickname: str = field(default="")

    @nickname.validator
    def _liked(self, _: object, value: str) -> None:
        if value:
            raise ValueError(value)


def test_what_a_constructor_refuses_is_told_without_what_it_was_given() -> None:
    """The error of a class may tell a value, so only the place is told, and no cause is chained."""
    plain = {"name": {}, "nickname": PRIVATE}

    with pytest.raises(InvalidValue) as caught:
        from_dict(PickyProfile, plain)

    assert str(caught.value) == "PickyProfile: PickyProfile does not take what is here"
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


EAST: Any = timezone(timedelta(hours=2))
WRITING: Mapping[str, tuple[object, str]] = {
    "a number for a text": (
        EndorsedSkill(skill=5, endorsements=1),  # type: ignore[arg-type]
        "EndorsedSkill.skill: a text is needed, not a number",
    ),
    "a text for a list": (
        Suggestion(member=ADA, shared="grace"),  # type: ignore[arg-type]
        "Suggestion.shared: a tuple is needed, not a text",
    ),
    "a number in a list": (
        Suggestion(member=ADA, shared=(GRACE, 5)),  # type: ignore[arg-type]
        "Suggestion.shared[1]: a text is needed, not a number",
    ),
    "a moment for a date": (
        Position(title="", company="", started=NOON),
        "Position.started: a date is needed",
    ),
    "a text for a date": (
        Position(title="", company="", started="1999"),  # type: ignore[arg-type]
        "Position.started: a date is needed, not a text",
    ),
    "a text for a moment": (Connected(since="now"), "Connected.since: a moment is needed"),  # type: ignore[arg-type]
    "a naive moment": (
        Connected(since=datetime(2026, 3, 2)),  # noqa: DTZ001 - naive, as it must not be
        "Connected.since: a moment needs a time zone",
    ),
    "a moment before all": (
        Connected(since=datetime.min.replace(tzinfo=EAST)),
        "Connected.since: a moment needs a time zone, and a year from 1000 to 9000",
    ),
    "a number for a word": (
        Explanation(name="about", audience=3, because=Because.CHOSEN),  # type: ignore[arg-type]
        "Explanation.audience: one of Audience is needed, not a number",
    ),
    "a list for a set": (
        Strangers(follows=["ada"]),  # type: ignore[arg-type]
        "Strangers.follows: a frozenset is needed, not a list",
    ),
    "half a pair": (
        PostView(post=POST, reactions=((1,),), comments=0),  # type: ignore[arg-type]
        "PostView.reactions[0]: a tuple of another length is needed",
    ),
    "no pair": (
        PostView(post=POST, reactions=(1,), comments=0),  # type: ignore[arg-type]
        "PostView.reactions[0]: a tuple of another length is needed",
    ),
    "a pair of something else": (
        PostView(post=POST, reactions=((1, 2),), comments=0),  # type: ignore[arg-type]
        "PostView.reactions[0][0]: one of Reaction is needed, not a number",
    ),
    "another value": (
        Member("ada", NOTICE),  # type: ignore[type-var]
        "Member.profile: a Profile is needed, not a Notice",
    ),
    "none of several": (
        JournalEntry(id="1", owner=ADA, other=GRACE, due_at=NOON, happening=POST),  # type: ignore[arg-type]
        "JournalEntry.happening: a PairEvent or Notice or Mailing or GuestInvited or GuestReminded is needed, not a Post",
    ),
    "a number for many": (Suggestion(member=ADA, shared=5), "Suggestion.shared: a tuple is needed"),  # type: ignore[arg-type]
    "a function on a page": (Page((print,)), "Page.items[0]: a value or something plain is needed"),
    "a number for true": (
        ShelfDusted(id="1", actor=ADA, at=NOON, in_public=1),  # type: ignore[arg-type]
        "ShelfDusted.in_public: true or false is needed",
    ),
    "true for a number": (ShelfDusted(id="1", actor=ADA, at=NOON, books=True), "ShelfDusted.books"),
    "no number at all": (
        ShelfDusted(id="1", actor=ADA, at=NOON, metres=float("inf")),
        "ShelfDusted.metres: a number is needed",
    ),
    "too great a number": (
        ShelfDusted(id="1", actor=ADA, at=NOON, metres=10**400),
        "ShelfDusted.metres: a number is needed",
    ),
    "a number for a duration": (
        ShelfDusted(id="1", actor=ADA, at=NOON, lasted=60),  # type: ignore[arg-type]
        "ShelfDusted.lasted: a duration is needed, not a number",
    ),
}
"""By what is wrong: a value that its constructor let pass, and how the error begins."""


@pytest.mark.parametrize(("torn", "expected"), WRITING.values(), ids=WRITING)
def test_a_torn_value_is_not_written(torn: object, expected: str) -> None:
    """What does not hold what its annotations say is refused before it is stored or sent."""
    with pytest.raises(InvalidValue) as caught:
        to_dict(torn)

    assert str(caught.value).startswith(expected)


@frozen
class Folder:
    """No value: it holds what has no plain form."""

    content: bytes


@frozen
class Mixed:
    """No value: nothing tells which of the two an object is."""

    either: Name | str


@frozen
class Misspelt:
    """No value: nobody knows what it holds."""

    part: "Nowhere"  # type: ignore[name-defined]  # noqa: F821 - there is none


class Undecorated(Profile):
    """No value: its attributes are not those of attrs."""


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Folder, "Folder is no plain data: content: bytes has no plain form"),
        (Mixed, r"Mixed is no plain data: either: Name \| str has no plain form"),
        (Misspelt, "the annotations of Misspelt cannot be read: name 'Nowhere' is not defined"),
        (str, "str is no class of values"),
        (tuple[Name, ...], "tuple is no class of values"),
        (dict[str, int], "dict has no plain form"),
        ("Name", "Name has no plain form"),
        (Page, "nothing says what T_co stands for; name it, as in Page"),
    ],
)
def test_a_class_that_holds_something_else_is_no_plain_data(kind: Any, expected: str) -> None:
    """What annotations do not allow to write is refused by the class, whatever is in a value."""
    with pytest.raises(InvalidValue, match=expected):
        from_dict(kind, {"items": []})


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Folder(b""), "Folder is no plain data"),
        (Undecorated(name=Name()), "Undecorated is no plain data: only attrs classes are"),
        ("Ada", "str is no plain data: only attrs classes are"),
        (print, "builtin_function_or_method is no plain data"),
    ],
)
def test_what_is_no_value_is_not_written(value: object, expected: str) -> None:
    """Neither text nor function is a value, nor what a class says of itself in no annotation."""
    with pytest.raises(InvalidValue, match=expected):
        to_dict(value)
