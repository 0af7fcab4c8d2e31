"""Values that hold what their annotations do not allow are not made, whoever makes them.

What is checked is read from the classes of `tests.test_values`, so that a new one is held to it too.
"""

import inspect
from collections.abc import Callable, Mapping
from datetime import timedelta
from enum import Enum
from types import UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

import attrs
import pytest

from connectcore import (
    Audience,
    BlocksAtMost,
    Comment,
    ConnectionRules,
    ConnectionsAtMost,
    ContactDetails,
    CoolingOff,
    Disclosure,
    Education,
    EmailAfterReports,
    Explanation,
    InMailPlan,
    InvalidValue,
    Member,
    MessagePolicy,
    Name,
    Network,
    NoteAtMost,
    NotesPerMonth,
    NoticeKind,
    NoticePreferences,
    PendingAtMost,
    Post,
    Profile,
    ProfileView,
    Quota,
    Reason,
    RecommendationPolicy,
    Refusal,
    ReminderPolicy,
    SentPerWeek,
    Settings,
    SkillPolicy,
    Standing,
    shown_to,
)
from connectcore.addresses import address_key
from connectcore.audiences import SECTIONS
from connectcore.members import member_ids
from connectcore.moments import FIRST_YEAR, LAST_YEAR, moment
from connectcore.recommendations import position_named
from connectcore.texts import storable, texts
from tests.test_values import VALUES
from tests.worlds import NOON, Clock

UNIONS = (Union, UnionType)
LIMITING = (
    *(BlocksAtMost, ConnectionsAtMost, EmailAfterReports, NoteAtMost, NotesPerMonth),
    *(PendingAtMost, SentPerWeek, InMailPlan, MessagePolicy, RecommendationPolicy, SkillPolicy),
)
"""Rules and policies that say how many of something there may be."""

ANSWERS = (ProfileView, Explanation, Disclosure, Reason, Quota, Refusal, Standing)
"""What the library alone makes, of what it has checked."""

LATER = {(Settings, name) for name in SECTIONS}
"""Audiences that a store may have kept wrong: they are checked where they are chosen."""


def attributes(fits: Callable[[Any], bool]) -> list[Any]:
    """The attributes that may hold something that *fits*, each with a value that has it."""
    found = dict[tuple[type, str], Any]()
    for value in VALUES:
        hints = get_type_hints(kind := type(value))
        for each in attrs.fields(kind):
            if not isinstance(value, ANSWERS) and any(map(fits, options(hints[each.name]))):
                found[kind, each.alias or each.name] = value
    return [
        pytest.param(value, name, id=f"{kind.__name__}.{name}")
        for (kind, name), value in found.items()
        if (kind, name) not in LATER
    ]


def options(annotation: Any) -> tuple[Any, ...]:
    """What an attribute with an annotation may be, one by one."""
    return get_args(annotation) if get_origin(annotation) in UNIONS else (annotation,)


def is_choice(kind: Any) -> bool:
    """Whether it is an enumeration."""
    return inspect.isclass(kind) and issubclass(kind, Enum)


CHOICES = attributes(is_choice)
COLLECTIONS = attributes(lambda kind: kind in (tuple[str, ...], frozenset[str]))
WAITS = attributes(lambda kind: kind is timedelta)
LIMITS = [each for each in attributes(lambda kind: kind is int) if type(each.values[0]) in LIMITING]


@pytest.mark.parametrize("wrong", ["no word", 77])
@pytest.mark.parametrize(("value", "name"), CHOICES)
def test_a_word_is_no_choice(value: Any, name: str, wrong: object) -> None:
    """A text that looks like a choice would be kept, shown, and then obeyed by no rule."""
    with pytest.raises(InvalidValue, match=rf"{name}={wrong!r} is no .*; choose from [A-Z_]+"):
        attrs.evolve(value, **{name: wrong})


@pytest.mark.parametrize("wrong", ["text", 7, (7,)], ids=repr)
@pytest.mark.parametrize(("value", "name"), COLLECTIONS)
def test_one_text_is_no_collection(value: Any, name: str, wrong: object) -> None:
    """It would be read letter by letter; nor is what holds anything but texts one of texts."""
    with pytest.raises(InvalidValue):
        attrs.evolve(value, **{name: wrong})


@pytest.mark.parametrize("wrong", [-1, "7"])
@pytest.mark.parametrize(("value", "name"), LIMITS)
def test_a_limit_is_a_number_of_things(value: Any, name: str, wrong: object) -> None:
    """Less than nothing would refuse everything, or nothing; a text would break over the first act."""
    with pytest.raises(
        InvalidValue, match=rf"^{name}(=-1 is less than nothing| takes int, not str)"
    ):
        attrs.evolve(value, **{name: wrong})


@pytest.mark.parametrize("wrong", [timedelta(-1), timedelta.max, timedelta(36_526), 7, "a day"])
@pytest.mark.parametrize(("value", "name"), WAITS)
def test_a_wait_can_be_counted(value: Any, name: str, wrong: object) -> None:
    """From none to a century; a longer one would lead out of the calendar."""
    said = rf"^{name}(=.* is no time to wait; give none to 36,525 days| takes timedelta, not \w+)$"
    with pytest.raises(InvalidValue, match=said):
        attrs.evolve(value, **{name: wrong})


OWN: Any = attrs.make_class(
    "Own",
    {"tags": shown_to(Audience.MEMBERS, default=frozenset())},
    bases=(Profile,),
    frozen=True,
    kw_only=True,
)
ANY: Any = None
"""What a type checker lets pass for anything."""

WRONG: Mapping[str, tuple[Callable[[], object], str]] = {
    "an empty id of a post": (lambda: a_post(id=""), "an id is empty; give a text"),
    "no author": (lambda: a_post(author=""), "a member's id is empty"),
    "an empty id of a comment": (lambda: a_comment(id=""), "an id is empty"),
    "an empty id of its post": (lambda: a_comment(post=""), "an id is empty"),
    "an empty id to reply to": (lambda: a_comment(reply_to=""), "an id is empty"),
    "nobody who comments": (lambda: a_comment(author=""), "a member's id is empty"),
    "a reminder too late": (
        lambda: ReminderPolicy(after=[timedelta.max]),
        "after=.* is no time to wait",
    ),
    "a name of bytes": (lambda: Name(b"Ada"), "^given takes str, not bytes$"),  # type: ignore[arg-type]
    "a name that is a text": (lambda: Profile(name=ANY), "^name takes Name, not NoneType$"),
    "a headline that is none": (lambda: profile(headline=None), "headline takes str, not NoneType"),
    "letters for skills": (lambda: profile(skills="abc"), "skills is a text; give a collection"),
    "letters for own tags": (lambda: OWN(name=Name("A"), tags="abc"), "tags is a text; give a"),
    "a number for positions": (lambda: profile(positions=7), "positions takes tuple, not int"),
    "a school among positions": (
        lambda: profile(positions=(Education(school="Turin"),)),
        "positions takes Position, not Education",
    ),
    "a number among skills": (lambda: profile(skills=(7,)), "skills takes str, not int"),
    "a text for contact details": (lambda: profile(contact="x"), "contact takes ContactDetails"),
    "settings that are none": (
        lambda: Member("ada", profile(), settings=ANY),
        "settings takes Settings, not NoneType",
    ),
    "audiences that are none": (
        lambda: Settings(audiences=ANY),
        "^audiences are a mapping from the name of a field to an Audience$",
    ),
    "channels that are a text": (
        lambda: NoticePreferences(channels=ANY),
        "^channels are a mapping from a NoticeKind",
    ),
    "channels that are a number": (
        lambda: NoticePreferences(channels={NoticeKind.MESSAGE_RECEIVED: cast("Any", 7)}),
        "^a collection of channels is needed, not a int$",
    ),
    "a text that is none": (lambda: storable(ANY), "^a text is needed, not a NoneType$"),
    "a collection that is none": (lambda: texts(ANY), "a collection of texts is needed, not a No"),
    "an address that is none": (lambda: address_key(ANY), "^email takes str, not NoneType$"),
    "a position that is none": (
        lambda: position_named(ANY),
        "^position takes Position, not NoneType$",
    ),
    "members that are none": (lambda: member_ids(ANY), "a collection of ids is needed, not a No"),
    "one member for many": (lambda: member_ids("bob"), "'bob' is one id; .* such as \\['bob'\\]"),
    "a moment that is none": (lambda: moment(ANY), "a moment is a datetime .*, not a NoneType"),
}


def profile(**wrong: Any) -> Profile:
    """A profile of somebody, with something wrong in it."""
    return Profile(name=Name("Ada"), **wrong)


def a_post(**wrong: Any) -> Post:
    """A post with something wrong about it."""
    right = {"id": "1", "author": "ada", "at": NOON, "text": "T", "audience": Audience.MEMBERS}
    return Post(**{**right, **wrong})


def a_comment(**wrong: Any) -> Comment:
    """A comment with something wrong about it."""
    right = {"id": "1", "post": "2", "author": "ada", "at": NOON, "text": "Text."}
    return Comment(**{**right, **wrong})


@pytest.mark.parametrize(("make", "said"), WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_is_not_made(make: Callable[[], object], said: str) -> None:
    """One clear error, at once, which says what is needed and never what was given."""
    with pytest.raises(InvalidValue, match=said):
        make()


def test_contact_details_take_any_collection() -> None:
    """A list, as a form gives it, is kept as a tuple."""
    numbers: Any = ["555", "556"]

    assert ContactDetails(phones=numbers).phones == ("555", "556")


def test_the_longest_wait_can_be_used() -> None:
    """At either end of the calendar of a network, whatever rule counts with it."""
    wait = timedelta(36_525)
    rules = ConnectionRules(expiry=wait, window=wait, inviting=(CoolingOff(withdrawing=wait),))
    for year in (FIRST_YEAR, LAST_YEAR):
        at = NOON.replace(year=year)
        made = Network(rules=rules, clock=Clock(at))
        for member in ("ada", "grace"):
            made.join(Member(member, profile()))
        ada = made.as_member("ada")
        ada.invitations.send("grace")
        ada.invitations.withdraw("grace")

        verdict = ada.invitations.may_send("grace")

        assert [each.possible_at for each in verdict.refusals] == [at + wait]
