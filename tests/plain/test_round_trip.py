"""Every public value is plain data: written, sent as JSON, and read back it is the same."""

import inspect
import json
from collections.abc import Mapping
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import connectcore
from connectcore import (
    Activity,
    ConnectionRules,
    FeedItem,
    FeedPolicy,
    InvalidValue,
    LoadReport,
    Member,
    MessagePolicy,
    Page,
    Post,
    SkillPolicy,
    from_dict,
    to_dict,
)
from connectcore.plain.shapes import parts_of, shape_of
from tests.kinds import LibraryProfile, ShelfDusted, TalkAnnounced, talk
from tests.plain.values import values_of
from tests.test_values import REPORT, VALUES

NOT_PLAIN: Mapping[type, str] = {
    ConnectionRules: "inviting: Callable",
    FeedPolicy: "rank: Callable",
    LoadReport: "loaded: Mapping",
    MessagePolicy: "plan: Callable",
    SkillPolicy: "normalise: Callable",
}
"""What is no plain data, and what in it is not: functions, and counts by class."""

PLAIN = sorted(
    (
        kind
        for kind in map(vars(connectcore).get, connectcore.__all__)
        if inspect.isclass(kind) and attrs.has(kind) and kind not in NOT_PLAIN
    ),
    key=lambda kind: kind.__name__,
)
HOLDING: Mapping[Any, Any] = {
    Page: Page[Post],
    LibraryProfile: LibraryProfile,
    Member[LibraryProfile]: Member[LibraryProfile],
    ShelfDusted: ShelfDusted,
}
"""What else is read back: a generic class with what it holds, and classes of an application's own."""

READ_AS: Mapping[str, Any] = {
    **{kind.__name__: HOLDING.get(kind, kind) for kind in PLAIN},
    **{str(kind): kind for kind in HOLDING if kind is not Page},
}


def sent(value: object) -> Any:
    """A value as plain data, as whoever gets it as JSON has it."""
    return json.loads(json.dumps(to_dict(value), allow_nan=False))


@pytest.mark.parametrize("kind", READ_AS.values(), ids=READ_AS)
@settings(
    max_examples=settings().max_examples // 3,
    # What a class refuses is drawn anew, for some of them often.
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(data=st.data())
def test_what_is_written_is_read_back(kind: Any, data: st.DataObject) -> None:
    """`from_dict(type(x), to_dict(x)) == x`, by the names of the attributes; JSON changes nothing."""
    value = data.draw(values_of(kind))
    plain = to_dict(value)

    assert plain.keys() - {"is"} == {part.name for part in attrs.fields(type(value))}
    assert sent(value) == plain
    assert from_dict(kind, plain) == value
    assert type(from_dict(kind, plain)) is type(value)
    assert to_dict(from_dict(kind, sent(value))) == plain


@pytest.mark.parametrize("kind", NOT_PLAIN, ids=lambda kind: kind.__name__)
def test_functions_are_no_plain_data(kind: type) -> None:
    """What holds functions, or counts by class, says so and names the attribute."""
    value = next(each for each in (*VALUES, REPORT) if type(each) is kind)
    expected = f"{kind.__name__} is no plain data: {NOT_PLAIN[kind]}"

    with pytest.raises(InvalidValue, match=expected):
        to_dict(value)
    with pytest.raises(InvalidValue, match=expected):
        from_dict(kind, {})


def test_every_public_class_is_plain_or_says_why_not() -> None:
    """A value class that is added to the face is plain data, or is named among those that are not."""
    assert {kind for kind in PLAIN if parts_of(kind)} == set(PLAIN)
    assert all(shape_of(kind) for kind in READ_AS.values())
    assert len(PLAIN) > len(NOT_PLAIN)


@given(data=st.data())
def test_a_kind_of_activity_of_an_application_is_found_by_its_word(data: st.DataObject) -> None:
    """Among other activities, one of an application's own class is read back as what it is."""
    dusted = data.draw(values_of(ShelfDusted))
    item = attrs.evolve(data.draw(values_of(FeedItem)), activities=(dusted,))

    assert to_dict(dusted)["is"] == "shelf_dusted"
    assert from_dict(Activity, sent(dusted)) == dusted
    assert from_dict(FeedItem, sent(item)) == item


def test_the_kit_takes_no_word_from_an_application() -> None:
    """Its own kind is read back, and goes by what is no word for a kind of anybody else's."""
    assert from_dict(Activity, sent(talk("ada"))) == talk("ada")
    assert not TalkAnnounced.kind.isidentifier()


@given(data=st.data())
def test_a_profile_of_an_application_is_found_by_its_word(data: st.DataObject) -> None:
    """A member is read back with the profile class that they had, whoever reads them."""
    member = data.draw(values_of(Member[LibraryProfile]))
    plain = sent(member)

    assert plain["profile"]["is"] == "library_profile"
    assert from_dict(Member, plain) == member
    assert type(from_dict(Member, plain).profile) is LibraryProfile
    assert from_dict(Member[LibraryProfile], plain) == member
