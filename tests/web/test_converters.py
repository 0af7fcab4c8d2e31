"""msgspec and cattrs carry values as plain data, by `to_dict` and `from_dict`."""

from datetime import datetime
from typing import Any

import attrs
import cattrs
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectcore import InvalidValue, Member, Name, Post, Profile, from_dict, to_dict
from tests.plain.test_round_trip import PLAIN, READ_AS
from tests.plain.values import values_of

few = settings(
    max_examples=settings().max_examples // 10 or 1,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


class Sender:
    """A class that msgspec does not know, so that it asks the hooks; it holds a member."""

    def __init__(self, member: Member[Profile]) -> None:
        self.member = member


class Letter(msgspec.Struct):
    """A struct of an application, which holds a value of ours."""

    sender: Sender
    written_at: datetime


@attrs.frozen
class Envelope:
    """A class of an application, which holds values of ours."""

    sender: Member[Profile]
    posts: tuple[Post, ...]


def written(value: object) -> object:
    """What msgspec writes for a class that it does not know."""
    assert isinstance(value, Sender)
    return to_dict(value.member)


def read(kind: type, plain: Any) -> object:
    """What msgspec reads for a class that it does not know."""
    assert kind is Sender
    return Sender(from_dict(Member, plain))


def converter() -> cattrs.Converter:
    """A converter of cattrs that leaves values of ours to us."""
    made = cattrs.Converter()

    def is_ours(kind: Any) -> bool:
        named = getattr(kind, "__origin__", kind)
        return isinstance(named, type) and issubclass(named, tuple(PLAIN))

    made.register_unstructure_hook_func(is_ours, to_dict)
    made.register_structure_hook_func(is_ours, lambda plain, kind: from_dict(kind, plain))
    return made


@pytest.mark.parametrize("kind", READ_AS.values(), ids=READ_AS)
@few
@given(data=st.data())
def test_msgspec_carries_every_value_as_plain_data(kind: Any, data: st.DataObject) -> None:
    """Whatever `to_dict` writes, msgspec sends as JSON and as MessagePack, and it is read back."""
    value = data.draw(values_of(kind))
    as_json = msgspec.json.decode(msgspec.json.encode(to_dict(value)))

    assert from_dict(kind, as_json) == value


@few
@given(member=st.deferred(lambda: values_of(Member)), at=st.datetimes())
def test_a_struct_of_msgspec_holds_a_value_by_two_hooks(
    member: Member[Profile], at: datetime
) -> None:
    """`enc_hook` and `dec_hook` are one call each, and the struct is read back the same."""
    sent = msgspec.msgpack.encode(Letter(Sender(member), at), enc_hook=written)
    letter = msgspec.msgpack.decode(sent, type=Letter, dec_hook=read)

    assert (letter.sender.member, letter.written_at) == (member, at)


@pytest.mark.parametrize("kind", READ_AS.values(), ids=READ_AS)
@few
@given(data=st.data())
def test_cattrs_carries_every_value_by_two_hooks(kind: Any, data: st.DataObject) -> None:
    """What cattrs unstructures is what `to_dict` writes, and it structures it back."""
    value = data.draw(values_of(kind))
    by_cattrs = converter()

    assert by_cattrs.unstructure(value) == to_dict(value)
    assert by_cattrs.structure(by_cattrs.unstructure(value), kind) == value


@few
@given(data=st.data())
def test_a_class_of_an_application_holds_values_for_cattrs(data: st.DataObject) -> None:
    """Inside a class of an application's own the hooks are found as well."""
    posts = data.draw(st.lists(values_of(Post), max_size=2).map(tuple))
    envelope = Envelope(data.draw(values_of(Member)), posts)
    by_cattrs = converter()
    plain = by_cattrs.unstructure(envelope)

    assert plain["sender"] == to_dict(envelope.sender)
    assert by_cattrs.structure(plain, Envelope) == envelope


def test_what_is_wrong_is_refused_through_a_hook() -> None:
    """The hooks are as strict as `from_dict`, and tell the place alone."""
    with pytest.raises(InvalidValue, match=r"Name\.given: a text is needed, not a list"):
        converter().structure({"given": ["a-private-word"]}, Name)
