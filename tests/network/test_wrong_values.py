"""Wrong values in any call: one clear error for each, the same in every store, and nothing changed.

The calls and what they take are read from their signatures, so that a new one is held to it too.
"""

import inspect
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from enum import Enum
from functools import partial
from types import NoneType, UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints

import pytest

from connectcore import Audience, ConnectcoreError, MemoryStore, MessageWay, WorkingRelationship
from connectcore.acts import Act
from connectcore.storage import Store
from connectcore.storage.sql import SqlStore, create_schema
from tests.kinds import TalkAnnounced, talk
from tests.stores.databases import engine_in_memory
from tests.stores.keeping import contents
from tests.surface import recommend
from tests.worlds import NOON, World, contact_of, position_of, profile_of, world

Handle: TypeAlias = Callable[[World], Any]

RIGHT: Mapping[str, Any] = {
    **dict.fromkeys(("to", "of", "member", "giver", "by", "sender", "invitee", "owner"), "grace"),
    **dict.fromkeys(("actor", "viewer"), "ada"),
    "inviter": "mary",
    "post": "id-0000",
    "recommendation": "id-0001",
    "request": "id-0002",
    "contact": "1",
    "contacts": contact_of("ada"),
    "text": "Text.",
    "skill": "Compilers",
    "address": "guest@example.com",
    "token": "token",
    "name": "contact",
    "members": ["grace"],
    "profile": profile_of("new"),
    "position": position_of("grace"),
    "relationship": WorkingRelationship.MANAGED,
    "audience": Audience.MEMBERS,
    "activity": talk("ada"),
    "items": (),
    "field": "contact",
    "act": Act.SEND,
    "way": MessageWay.FREELY,
}
"""What is given for whatever has to be given besides what is wrong."""

TEXTS = ("\ud800", "a\0", b"x", None, 7, "")
COLLECTIONS = ("grace", None, 7, [7], [b"x"], ["\ud800"])
MAPPINGS = ("grace", None, 7, [1], {"contact": "members"}, {7: Audience.MEMBERS})
MOMENTS = ("tomorrow", 7, NOON.date(), NOON.replace(tzinfo=None))
NUMBERS = ("x", 2.5, 0, -1, None)
VALUES = ("x", 7, None)

MAY_BE_EMPTY = {"note", "text", "message", "subject", "email", "skill"}
"""Texts of which there may be none; an address that is none is nobody's."""


def wrong_for(annotation: Any) -> Iterator[object]:
    """What is no value of an annotation, or none that any call takes."""
    options = (annotation,)
    if get_origin(annotation) in {Union, UnionType}:
        options = get_args(annotation)
    for option in options:
        for wrong in _wrong_for_one(option):
            if wrong is not None or NoneType not in options:
                yield wrong


def _wrong_for_one(kind: Any) -> Iterable[object]:
    origin = get_origin(kind) or kind
    if not inspect.isclass(origin) or origin in {NoneType, Callable}:
        return ()
    if issubclass(origin, Enum):
        return (next(iter(origin)).name, "no word", 77, None)
    if issubclass(origin, Mapping):
        return MAPPINGS
    kinds: Mapping[type, tuple[object, ...]] = {
        str: TEXTS,
        int: NUMBERS,
        datetime: MOMENTS,
        Iterable: COLLECTIONS,
        Collection: COLLECTIONS,
    }
    return kinds.get(origin, VALUES)


def handles() -> Iterator[tuple[str, Handle]]:
    """Every object that an application calls, by name."""
    made = world("ada")
    yield "network", lambda world: world.network
    for name in ("journal", "mail"):
        yield name, partial(_attribute, lambda world: world.network, name)
    for name in (name for name in vars(made["ada"]) if not name.startswith("_") and name != "id"):
        yield f"member.{name}", partial(_attribute, lambda world: world["ada"], name)
    for name in (name for name in vars(made.visitor) if not name.startswith("_")):
        yield f"visitor.{name}", partial(_attribute, lambda world: world.visitor, name)


def _attribute(handle: Handle, name: str, made: World) -> object:
    return getattr(handle(made), name)


def calls() -> Iterator[tuple[str, Handle, str]]:
    """Every call of each, by name, that takes anything."""
    made = world("ada")
    for name, handle in handles():
        for call, function in inspect.getmembers(type(handle(made)), inspect.isfunction):
            if not call.startswith("_") and len(inspect.signature(function).parameters) > 1:
                yield f"{name}.{call}", handle, call


CALLS = {name: (handle, call) for name, handle, call in calls()}


def attempts(handle: Handle, call: str) -> Iterator[tuple[str, object, Callable[[World], object]]]:
    """Every wrong value for each parameter, with what gives it."""
    function = getattr(type(handle(world("ada"))), call)
    hints = get_type_hints(function)
    parameters = list(inspect.signature(function).parameters.values())[1:]
    for parameter in parameters:
        for wrong in wrong_for(hints[parameter.name]):
            given, named = list[object](), dict[str, object]()
            for each in parameters:
                if each is parameter or (each.default is each.empty):
                    value = wrong if each is parameter else RIGHT[each.name]
                    if each.kind is each.KEYWORD_ONLY:
                        named[each.name] = value
                    else:
                        given.append(value)

            def attempt(made: World, given: Any = given, named: Any = named) -> object:
                return getattr(handle(made), call)(*given, **named)

            yield parameter.name, wrong, attempt


def is_right(name: str, wrong: object) -> bool:
    """Whether what looks wrong is right where it is given."""
    return isinstance(wrong, str) and (name == "email" or (not wrong and name in MAY_BE_EMPTY))


@pytest.fixture(name="worlds", scope="module")
def _worlds() -> Iterator[tuple[World, World]]:
    """The same world in memory and in a database: Ada, who is connected with Grace; Mary asks."""
    engine = engine_in_memory()
    with engine.begin() as connection:
        create_schema(connection)
    made = (world_in(MemoryStore()), world_in(SqlStore(engine, activities=(TalkAnnounced,))))
    yield made
    engine.dispose()


def world_in(store: Store) -> World:
    """The world that all calls are made in; a call that refuses leaves it as it is."""
    made = world("ada", "grace", "mary", connected=[("ada", "grace")], store=store)
    made["mary"].invitations.send("ada")
    made["grace"].posts.publish("A post.")
    recommend(made["grace"], "ada")
    return made


def answer(attempt: Callable[[World], object], made: World) -> tuple[object, str]:
    """The class and the text of the error that an attempt raises, or what it gives."""
    try:
        return "given", repr(attempt(made))
    except ConnectcoreError as error:
        return type(error), str(error)


@pytest.mark.parametrize("name", CALLS)
def test_a_wrong_value_is_one_clear_error(name: str, worlds: tuple[World, World]) -> None:
    """Of whatever class it is: no call keeps it, obeys it, or breaks over it, in either store."""
    memory, database = worlds
    before = contents(memory.store)
    for parameter, wrong, attempt in attempts(*CALLS[name]):
        if not is_right(parameter, wrong):
            said = answer(attempt, memory)

            assert said[0] != "given", f"{parameter}={wrong!r} gave {said[1]}"
            assert said == answer(attempt, database), f"{parameter}={wrong!r}"
    assert contents(memory.store) == before


@pytest.mark.parametrize("text", ["", "\ud800", "a\0", "no address"])
def test_what_is_no_address_is_nobodys(text: str, worlds: tuple[World, World]) -> None:
    """Whoever gives it for an address of somebody knows none, and is told so as by a wrong one."""
    for made in worlds:
        may_send = made["ada"].invitations.may_send

        assert may_send("mary", email=text) == may_send("mary", email="wrong@example.com")


def test_every_kind_of_handle_is_tried() -> None:
    """Calls of the network, of members and of visitors; those that take nothing have no value."""
    assert {name.split(".")[0] for name in CALLS} == {
        *("network", "journal", "mail", "member", "visitor")
    }
    assert "member.data.erase" not in CALLS
