"""What an application keeps of its own in a database comes back as the same type, or not at all."""

from collections.abc import Callable, Iterator
from typing import ClassVar, final

import pytest
from attrs import evolve, frozen
from cattrs.preconf.json import make_converter
from sqlalchemy import Engine, event

from connectcore import (
    Activity,
    AddressInvitation,
    Audience,
    Channel,
    Degree,
    FeedOrder,
    FeedPreferences,
    GuestInvited,
    GuestReminded,
    InvalidValue,
    JournalEntry,
    Mailing,
    Member,
    Name,
    Network,
    NoticeKind,
    NoticePreferences,
    Profile,
    Settings,
    WhoMayInvite,
    shown_to,
)
from connectcore.storage import REGISTERS, Store, Transaction
from connectcore.storage.sql import SqlStore
from connectcore.storage.sql.documents import Documents
from connectcore.testing.conformance.keeping import (
    ADA,
    BOB,
    OPEN_LISTS,
    day,
    member_of,
    notice_of,
    read,
    sent,
    write,
)
from connectcore.testing.conformance.registers import CARDS, Card
from tests.kinds import TalkAnnounced, talk
from tests.stores.databases import engine_with_tables
from tests.worlds import NOON, profile_of


@final
@frozen(kw_only=True)
class Student(Profile):
    """A profile with fields of the application's own."""

    graduated: int = shown_to(Audience.CONNECTIONS, default=0)
    number: str = ""


@frozen
class Colour:
    """A value that JSON does not know."""

    red: int
    green: int


@final
@frozen(kw_only=True)
class Painter(Profile):
    """A profile in which there is one."""

    favourite: complex = shown_to(Audience.MEMBERS, default=0j)


@final
@frozen(kw_only=True)
class TalkCancelled(Activity):
    """A kind of the application's own."""

    kind: ClassVar[str] = "talk_cancelled"


@final
@frozen(kw_only=True)
class TalkPutOff(Activity):
    """Another class of the same kind."""

    kind: ClassVar[str] = "talk_cancelled"


@frozen
class RedCard(Card):
    """A card that is more than a card."""


@pytest.fixture(name="engine")
def _engine() -> Iterator[Engine]:
    """Give a database in memory, with tables."""
    yield from engine_with_tables()


def keep(member: Member[Profile]) -> Callable[[Store], None]:
    """Put *member* into a store."""
    return lambda store: write(store, lambda transaction: transaction.put_member(member))


def test_an_own_profile_comes_back_as_what_it_is(engine: Engine) -> None:
    """Also to another store on the same database, that is told of the same class."""
    student = Student(name=Name("Ada"), graduated=1835, number="7")
    Network(SqlStore(engine, profile=Student), profile=Student).join(Member("ada", student))

    found = read(SqlStore(engine, profile=Student), lambda s: s.members((ADA,)))[ADA]

    assert found.profile == student
    assert type(found.profile) is Student


def test_a_profile_of_another_class_is_refused(engine: Engine) -> None:
    """It would come back as something else, so it is not kept, and the error says what to do."""
    store = SqlStore(engine)

    with pytest.raises(InvalidValue, match=r"Profile, not Student; say SqlStore\(engine, profile="):
        keep(Member("ada", Student(name=Name("Ada"))))(store)

    assert read(store, lambda s: s.members((ADA,))) == {}


def test_what_is_not_json_takes_a_converter_of_ones_own(engine: Engine) -> None:
    """With hooks for it; the converter that is given stays as it was."""
    converter = make_converter()
    converter.register_unstructure_hook(complex, str)
    converter.register_structure_hook(complex, lambda text, _: complex(text))
    store = SqlStore(engine, profile=Painter, converter=converter)
    painter = Painter(name=Name("Ada"), favourite=3 + 4j)
    keep(Member("ada", painter))(store)

    assert read(store, lambda s: s.members((ADA,)))[ADA].profile == painter


def test_all_choices_of_a_member_come_back(engine: Engine) -> None:
    """Settings and the moment of joining, besides the profile."""
    settings = Settings(
        audiences={"contact": Audience.EVERYONE},
        who_may_invite=WhoMayInvite.KNOWS_EMAIL,
        unshared_kinds=frozenset({TalkAnnounced.kind, "member_joined"}),
        feed=FeedPreferences(order=FeedOrder.TOP, hidden_kinds={"post_published"}),
        notices=NoticePreferences(channels={NoticeKind.MESSAGE_RECEIVED: {Channel.DAILY_DIGEST}}),
    )
    members = [
        member_of(ADA, settings),
        Member("bob", profile_of("bob"), joined_at=None),
    ]
    store = SqlStore(engine)
    for member in members:
        keep(member)(store)

    assert list(read(store, lambda s: s.members((ADA, BOB))).values()) == members


def test_own_kinds_of_activity_come_back_as_what_they_are(engine: Engine) -> None:
    """Once the store is told of their class."""
    told = talk(ADA, "Engines", BOB)
    store = SqlStore(engine, activities=(TalkAnnounced,))
    write(store, lambda transaction: transaction.publish(told))

    (found,) = read(store, lambda s: s.activities_of((ADA,), None, 9))

    assert found == told
    assert type(found) is TalkAnnounced


def test_kinds_that_a_store_is_not_told_of_are_neither_kept_nor_read(engine: Engine) -> None:
    """The error names the kind and what to do."""
    with pytest.raises(
        InvalidValue, match=f"no activities of the kind {TalkAnnounced.kind!r}; name"
    ):
        write(SqlStore(engine), lambda transaction: transaction.publish(talk(ADA)))

    write(
        SqlStore(engine, activities=(TalkAnnounced,)),
        lambda transaction: transaction.publish(talk(ADA)),
    )
    with pytest.raises(
        InvalidValue, match=f"no activities of the kind {TalkAnnounced.kind!r}; name"
    ):
        read(SqlStore(engine), lambda s: s.activities_of((ADA,), None, 9))


def test_two_classes_of_one_kind_are_refused(engine: Engine) -> None:
    """Which of them is meant could not be told."""
    with pytest.raises(InvalidValue, match="TalkPutOff and TalkCancelled are both of the kind"):
        SqlStore(engine, activities=(TalkCancelled, TalkPutOff))


def test_a_register_keeps_the_one_class_that_it_holds(engine: Engine) -> None:
    """A subclass would come back without what it has more."""
    store = SqlStore(engine)

    with pytest.raises(InvalidValue, match="a RedCard cannot be kept as a Card"):
        write(store, lambda transaction: transaction.enter(CARDS, ADA, RedCard("x")))


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_every_register_of_the_library_can_be_kept(register: object) -> None:
    """Whatever a register holds can be written as a document and read back."""
    holds = register.holds  # type: ignore[attr-defined]
    converter = Documents(Profile, (), None)._converter

    assert callable(converter.get_structure_hook(holds))
    assert callable(converter.get_unstructure_hook(holds))


TO_AN_ADDRESS = AddressInvitation(
    inviter=ADA, address="bob@example.com", sent_at=NOON, note="Hello", remind_at=(NOON,)
)


@pytest.mark.parametrize(
    "happening",
    [
        sent(ADA, BOB, note="Hello"),
        notice_of(ADA, BOB),
        Mailing(notice=notice_of(ADA, BOB)),
        GuestInvited(invitation=TO_AN_ADDRESS),
        GuestReminded(invitation=TO_AN_ADDRESS, at=NOON),
    ],
    ids=lambda happening: type(happening).__name__,
)
def test_whatever_a_journal_holds_comes_back(engine: Engine, happening: Mailing) -> None:
    """An event, a notice, and mail to members and to addresses are told apart."""
    entry = JournalEntry(id="1", owner=ADA, other=BOB, due_at=NOON, happening=happening)
    store = SqlStore(engine)
    write(store, lambda transaction: transaction.write_down(entry))

    assert read(store, lambda s: s.journal(day(1), 9)) == [entry]


def test_an_entry_written_down_late_still_comes_last(engine: Engine) -> None:
    """Also where the clock was set back since the one before it, or many come at one instant."""
    entries = [
        JournalEntry(id=str(n), owner=ADA, other=BOB, due_at=NOON, happening=sent(ADA, BOB))
        for n in range(20)
    ]
    store = SqlStore(engine)
    write(store, lambda transaction: transaction.write_down(entries[0]))
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE connectcore_journal SET place = place * 2")
    for entry in entries[1:]:
        write(store, evolve_unit(entry))

    assert read(store, lambda s: s.journal(day(1), 99)) == entries


def evolve_unit(entry: JournalEntry) -> Callable[..., None]:
    """A unit that writes down *entry*."""
    return lambda transaction: transaction.write_down(evolve(entry))


def test_asking_for_nothing_sends_nothing(engine: Engine) -> None:
    """A batch of nobody, or of nothing, takes no statement."""
    store, sent_there = SqlStore(engine), list[str]()
    read(store, lambda s: s.key())

    def ask(transaction: Transaction) -> list[object]:
        event.listen(engine, "before_cursor_execute", lambda *told: sent_there.append(told[2]))
        transaction.settle(ADA, ())
        return [
            *(transaction.members(()), transaction.relationships(ADA, ())),
            *(transaction.degrees(ADA, (), OPEN_LISTS), transaction.neighbours(())),
            *(transaction.posts(()), transaction.comments(())),
            transaction.standings((), since=NOON, pending_since=None),
            *(transaction.activities_of((), None, 9), transaction.entries(CARDS, ())),
        ]

    assert not any(write(store, ask))
    assert sent_there == []
    assert read(store, lambda s: s.degrees(ADA, (ADA,), OPEN_LISTS)) == {ADA: Degree.ONESELF}
