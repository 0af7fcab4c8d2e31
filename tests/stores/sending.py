"""What a store sends in every act and read where rows are spread, statement by statement.

It is sent to a PostgreSQL that says that they are, and answers as a cluster would.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache, partial
from typing import Any, TypeAlias

from attrs import frozen
from sqlalchemy import Engine, event

from connectcore import Audience, ConnectcoreError, Member, Post, Reacted
from connectcore.storage.sql import SqlStore
from tests.kinds import TalkAnnounced
from tests.stores.databases import PLACE_OF, Place, postgresql
from tests.stores.filling import fill
from tests.stores.spreading import broken_rules
from tests.stores.statements import owners_of
from tests.stores.test_failures import ACTS, JOURNALLED, busy_world
from tests.surface import OWN_READS, READS_OF_A_MEMBER, READS_OF_A_POST, VISITS_TO_A_MEMBER
from tests.worlds import NOON, TWO_REMINDERS, World, profile_of, world

__all__ = ["CALLS", "Sent", "all_sent", "listening", "postgresql"]

Call: TypeAlias = Callable[[World], object]

MANY = 60
"""More than a store sends one by one."""


@frozen
class Sent:
    """A statement, what it was given, and whether somebody asked how many rows it wrote."""

    statement: str
    given: Sequence[Mapping[str, Any]]
    is_counted: bool

    @property
    def broken_rules(self) -> Sequence[str]:
        """What makes it unfit for a database that is spread over machines."""
        return broken_rules(self.statement, counted=self.is_counted)

    @property
    def owners(self) -> frozenset[str]:
        """For whose rows it is."""
        return owners_of(self.statement, self.given)


def _load_many(made: World) -> object:
    members = [Member(f"new-{number}", profile_of(f"new-{number}")) for number in range(MANY)]
    posts = [
        Post(id=f"post-{m.id}", author=m.id, at=NOON, text="Hello.", audience=Audience.MEMBERS)
        for m in members
    ]
    reactions = [Reacted(post=post.id, member=post.author, at=NOON) for post in posts]
    return made.network.load([*members, *posts, *reactions])


_LISTS: Mapping[str, Callable[[World, str | None], Any]] = {
    "connections.page": lambda made, after: made["bob"].connections.page(limit=1, after=after),
    "feed.page": lambda made, after: made["kay"].feed.page(limit=1, after=after),
    "notices.page": lambda made, after: made["ada"].notices.page(limit=1, after=after),
    "posts.comments": lambda made, after: made["ada"].posts.comments("post", limit=1, after=after),
    "endorsements.given": lambda made, after: made["ada"].endorsements.given(limit=1, after=after),
}
"""Lists of which the second page is read as well."""


def _second_page(read: Callable[[World, str | None], Any], made: World) -> object:
    return read(made, read(made, None).next)


def _calls() -> Mapping[str, Call]:
    """Every act and every read by name, by Ada or of Bob."""
    calls: dict[str, Call] = {**ACTS, "network.load, many": _load_many}
    for name, page in _LISTS.items():
        calls[f"{name}, the second"] = partial(_second_page, page)
    for name, read in OWN_READS.items():
        calls[name] = partial(lambda read, made: read(made["ada"]), read)
    for name, of in READS_OF_A_MEMBER.items():
        calls[f"{name} of bob"] = partial(lambda of, made: of(made["ada"], "bob"), of)
    for name, visit in VISITS_TO_A_MEMBER.items():
        calls[f"{name} of bob, signed out"] = partial(
            lambda visit, made: visit(made.visitor, "bob"), visit
        )
    for name, of_post in READS_OF_A_POST.items():
        calls[name] = partial(lambda of_post, made: of_post(made["ada"], "post"), of_post)
    return calls


CALLS = _calls()


@contextmanager
def listening(engine: Engine, note: Callable[..., object]) -> Iterator[None]:
    """Have *note* told of every statement before it is sent."""
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", note)


@cache
def all_sent() -> Mapping[str, Sequence[Sent]]:
    """What each call sends, all of them in the same busy world: what it does is undone after it."""
    store = postgresql()
    fill(store, "busy world", busy_world)
    return {name: _sent_by(call, PLACE_OF[store]) for name, call in CALLS.items()}


def _sent_by(call: Call, place: Place) -> Sequence[Sent]:
    sent: list[Sent] = []

    def note(_connection: object, _cursor: object, statement: str, *more: Any) -> None:
        given, context, is_many = more
        counted = bool(context.execution_options.get("preserve_rowcount"))
        sent.append(Sent(statement, given if is_many else [given], counted))

    with place.engine.connect() as connection:
        connection.info["connectcore_is_spread"] = True
        joined = SqlStore.joined(connection, tables=place.tables, activities=(TalkAnnounced,))
        made = world(store=joined, journal=JOURNALLED, reminders=TWO_REMINDERS, first_id=1000)
        made.clock.forward(days=1)
        with listening(place.engine, note), suppress(ConnectcoreError):
            call(made)  # what is refused has been asked for, too
        connection.rollback()
        del connection.info["connectcore_is_spread"]
    return sent
