"""Which types of the standard library a database keeps, and what becomes of all others."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from ipaddress import IPv4Address, IPv4Interface, IPv4Network, IPv6Address, ip_interface, ip_network
from pathlib import Path, PurePosixPath
from typing import Any, final
from uuid import UUID
from zoneinfo import ZoneInfo

import attrs
import pytest
from attrs import frozen
from cattrs.preconf.json import make_converter
from sqlalchemy import Engine

from connectcore import Activity, InvalidValue, Member, Name, Profile
from connectcore.registers import Register
from connectcore.storage.sql import SqlStore
from connectcore.storage.sql.documents import Documents
from connectcore.storage.sql.schema import all_of, usual_tables
from connectcore.testing.conformance.keeping import ADA, read, write
from tests.stores.databases import engine_with_tables
from tests.worlds import NOON


@pytest.fixture(name="engine", scope="module")
def _engine() -> Iterator[Engine]:
    """Give a database in memory, with tables."""
    yield from engine_with_tables()


@frozen
class Colour:
    """A value within a value."""

    red: int
    green: int


@dataclass(frozen=True)
class Angle:
    """A value of the standard library, of a type that JSON does not know."""

    of: complex


ANGLES: Register[Angle] = Register(
    name="angles", holds=Angle, key=lambda _: ("angle",), at=lambda _: NOON
)


@final
@frozen
class Ticket:
    """A value with two types of the standard library."""

    number: UUID
    price: Decimal


class Shade(Enum):
    """A choice of the application's own."""

    RED = "red"


KNOWN: tuple[tuple[Any, Any], ...] = (
    (str, "ada"),
    (int, 7),
    (float, 0.1),
    (bool, True),
    (bytes, b"\xff\0"),
    (Shade, Shade.RED),
    (datetime, NOON),
    (date, date(1815, 12, 10)),
    (time, time(9, 30, 0, 5)),
    (time, time(9, 30, tzinfo=timezone(timedelta(hours=1)))),
    (timedelta, timedelta(days=-1, microseconds=1)),
    (timedelta, timedelta.min),
    (timedelta, timedelta.max),
    (UUID, UUID(int=7)),
    (Decimal, Decimal("1.50")),
    (Fraction, Fraction(1, 3)),
    (Path, Path("a/b")),
    (IPv4Address, IPv4Address("192.0.2.1")),
    (IPv6Address, IPv6Address("2001:db8::1")),
    (IPv4Interface, ip_interface("192.0.2.1/24")),
    (IPv4Network, ip_network("192.0.2.0/24")),
    (int | str, "7"),
    (UUID | None, None),
    (UUID | None, UUID(int=7)),
    (tuple[UUID, ...], (UUID(int=7),)),
    (tuple[Decimal, time], (Decimal(1), time(9))),
    (frozenset[date], frozenset({date(1815, 12, 10)})),
    (Colour | None, Colour(1, 2)),
)
UNKNOWN: tuple[tuple[Any, Any], ...] = (
    (complex, 3 + 4j),
    ("complex", 3 + 4j),
    (None, 3 + 4j),
    (PurePosixPath, PurePosixPath("a/b")),
    (tuple[complex, ...], (1j,)),
    (object, (1, 2)),
    (time, time(9, 30, tzinfo=ZoneInfo("Europe/London"))),
    (Shade, "red"),
    (int, "seven"),
    (Colour, "red"),
)


def holding(parent: type[Any], annotation: object, **more: object) -> type[Any]:
    """A class of the application's own, with one attribute more."""
    field = attrs.field(type=annotation, default=None)  # type: ignore[call-overload]
    body = {"__module__": __name__, **more}
    return attrs.make_class(
        "Own", {"own": field}, bases=(parent,), class_body=body, frozen=True, kw_only=True
    )


def keep_in_a_profile(engine: Engine, annotation: object, value: object) -> Callable[[], list[Any]]:
    """Keep a profile with *value* in it, and give what reads it back."""
    kind = holding(Profile, annotation)
    store = SqlStore(engine, profile=kind)
    member = Member(ADA, kind(name=Name("Ada"), own=value))
    write(store, lambda transaction: transaction.put_member(member))
    return lambda: [each.profile for each in read(store, lambda s: s.members((ADA,))).values()]


def keep_in_an_activity(
    engine: Engine, annotation: object, value: object
) -> Callable[[], list[Any]]:
    """Keep an activity with *value* in it, and give what reads it back."""
    kind = holding(Activity, annotation, kind="own")
    store = SqlStore(engine, activities=(kind,))
    told = kind(id="1", actor=ADA, at=NOON, own=value)
    write(store, lambda transaction: transaction.publish(told))
    return lambda: [*read(store, lambda s: s.activities_of((ADA,), None, 9))]


def keep_in_a_register(
    engine: Engine, annotation: object, value: object
) -> Callable[[], list[Any]]:
    """Keep an entry with *value* in it, and give what reads it back."""
    kind = holding(object, annotation)
    register: Register[Any] = Register(
        name="own", holds=kind, key=lambda _: ("own",), at=lambda _: NOON
    )
    store = SqlStore(engine)
    write(store, lambda transaction: transaction.enter(register, ADA, kind(own=value)))
    return lambda: [*read(store, lambda s: s.entries(register, (ADA,)))]


def rows(engine: Engine) -> list[object]:
    """All that is kept, but for the rows that are only there to be locked."""
    tables = usual_tables()
    with engine.connect() as connection:
        kept = [each for each in all_of(tables) if each is not tables.locks]
        return [connection.execute(each.select()).all() for each in kept]


KEEP = (keep_in_a_profile, keep_in_an_activity, keep_in_a_register)


@pytest.mark.parametrize(("annotation", "value"), KNOWN, ids=repr)
def test_types_of_the_standard_library_come_back(
    engine: Engine, annotation: object, value: object
) -> None:
    """In a profile, in an activity and in a register; each as it was, of its own type."""
    for keep_in in KEEP:
        (found,) = keep_in(engine, annotation, value)()

        assert found.own == value
        assert type(found.own) is type(value)


@pytest.mark.parametrize(("annotation", "value"), UNKNOWN, ids=repr)
def test_what_would_not_come_back_is_not_kept(
    engine: Engine, annotation: object, value: object
) -> None:
    """The error names the class, the attribute and the remedy, but not what stands there."""
    before, name = rows(engine), type(value).__name__
    said = rf"^own of a Own holds a {name} that could not be read back; say SqlStore\(engine, conv"
    for keep_in in KEEP:
        with pytest.raises(InvalidValue, match=said) as refused:
            keep_in(engine, annotation, value)

        assert refused.value.__suppress_context__
    assert rows(engine) == before


def test_what_is_no_value_of_attrs_is_refused_as_a_whole(engine: Engine) -> None:
    """The error names its class alone, since it does not know what that is made of."""
    said = r"^a Angle holds something that could not be read back; say SqlStore\(engine, conv"
    with pytest.raises(InvalidValue, match=said):
        write(SqlStore(engine), lambda transaction: transaction.enter(ANGLES, ADA, Angle(1j)))


def test_a_converter_is_asked_first(engine: Engine) -> None:
    """What it says of a type counts; of the others it need say nothing."""
    converter = make_converter()
    converter.register_unstructure_hook(UUID, lambda value: value.hex)
    converter.register_structure_hook(UUID, lambda text, _: UUID(hex=text))
    documents = Documents(Profile, (), converter)

    assert documents.write(Ticket(UUID(int=7), Decimal("1.5")), Ticket) == (
        f'{{"number": "{7:032x}", "price": "1.5"}}'
    )
