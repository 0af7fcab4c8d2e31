"""How many statements each call takes in a database: counted here, and told in `docs/statements.md`.

A call is made in a world in which it finds some of everything that it looks for, and of what it
gives either a little or a lot.
`python -m tests.budgets` counts anew and writes the tables; `tests/stores/test_budgets.py` fails when
they are out of date.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

from attrs import fields
from sqlalchemy import Engine, event

from connectcore import (
    Audience,
    Comment,
    Connection,
    FeedOrder,
    Post,
    Profile,
    Reacted,
)
from connectcore.posts import CommentId
from connectcore.storage import Store
from connectcore.storage.sql import SqlStore
from connectcore.testing import person
from tests import ROOT
from tests.docs.tables import code, table
from tests.stores.databases import ALL_MAKERS, PLACE_OF
from tests.stores.test_failures import ACTS, RECOMMENDATIONS, busy_world
from tests.surface import (
    ACTS_ON_A_RECOMMENDATION,
    OWN_READS,
    READS_OF_A_MEMBER,
    READS_OF_A_POST,
    SKILL,
    VISITS_TO_A_MEMBER,
    recommend,
)
from tests.worlds import NOON, World, contact_of

__all__ = ["FEW", "MANY", "count", "counting", "named", "told"]

FEW, MANY = 2, 9
"""How much there is of what a call gives."""

FRIEND, STRANGER = "bob", "fay"
PASSING = [f"passing-{number:02}" for number in range(50)]
"""Fifty members whose profiles are viewed at once."""

BUSY = "kay"
"""A connection of Ada's who published more than a feed reads at first."""

CASES: Mapping[str, str] = {
    "bob": "a connection",
    "kay": "a connection",
    "lea": "a connection",
    "max": "a connection who was asked",
    "fay": "a stranger",
    "nobody": "nobody there",
    "cat": "who invited you",
    "dan": "whom you invited",
    "ira": "who invited your address",
    "eve": "whom you blocked",
    "kit": "who is erased",
    "hal": "who asked to write",
    "ida": "who sent an InMail",
    "jon": "whom you asked",
    "of a post": "a post",
    "of a comment": "a comment",
    "otherwise": "another reaction",
}
"""What is between Ada and whoever a call is about, by their name; or what it is about."""
AUTHORS = ("ada", FRIEND, STRANGER)

OPEN = Audience.EVERYONE
SHOWN = {attribute.name: OPEN for attribute in fields(Profile)}


def grown_world(store: Store, size: int) -> World:
    """The busy world in *store*, with *size* of whatever somebody can have several of."""
    made = busy_world(store)
    crowd = [f"member-{number:02}" for number in range(size)]
    made.network.load(person(name) for name in (*crowd, *PASSING))
    made.network.load(
        Connection(of=FRIEND, member=name, since=NOON - timedelta(days=1)) for name in PASSING[::2]
    )
    for author in AUTHORS:
        made[author].settings.change(audiences=SHOWN, connections=OPEN, activities=OPEN, posts=OPEN)
        made.network.load(_around(author, crowd))
    for number, name in enumerate(crowd):
        _say(made, name)
        _keep(made, name, number)
    made.network.load(
        Post(id=f"busy-{number}", author=BUSY, at=NOON, text="Text", audience=OPEN)
        for number in range(80)
    )
    made.clock.forward(hours=1)
    made[FRIEND].posts.comment("ada-0", "And so on.")
    made[PASSING[1]].invitations.send_to_address("ada@example.org")
    return made


def _around(author: str, crowd: Iterable[str]) -> Iterator[Connection | Post | Comment | Reacted]:
    """Connections, posts, and under each post a comment and reactions, of everybody in a crowd."""
    at = NOON - timedelta(hours=1)
    for number, name in enumerate(crowd):
        post, comment = f"{author}-{number}", CommentId(f"{author}-{number}-comment")
        yield Connection(of=author, member=name, since=at)
        yield Post(id=post, author=author, at=at, text="Text", audience=OPEN)
        yield Comment(id=comment, post=post, author=name, at=at, text="Comment")
        yield Reacted(post=post, member=name, at=at)
        yield Reacted(post=post, comment=comment, member=name, at=at)
        yield Comment(id=f"{author}-{name}", post=f"{author}-0", author=name, at=at, text="Too")
        if number:
            yield Reacted(post=f"{author}-0", member=name, at=at)


def _say(made: World, name: str) -> None:
    """Let somebody say all sorts of things to Ada and of her, and of those whom she looks at."""
    them = made[name]
    for other in AUTHORS:
        them.endorsements.give(other, skill=SKILL)
        accepted = recommend(them, other)
        made[other].recommendations.accept(accepted.id)
    them.messages.send("ada", "Hello.")
    them.endorsements.request("ada", skill=SKILL)


def _keep(made: World, name: str, number: int) -> None:
    """Let Ada keep one more of all sorts of things."""
    ada, stranger = made["ada"], f"other-{name}"
    made.network.join(person(stranger))
    ada.contacts.add(contact_of("ada", number + 2))
    ada.invitations.send_to_address(f"{stranger}@example.org")
    ada.addresses.confirm(f"{number}@example.edu")


def calls_in(made: World) -> Mapping[str, Callable[[], object]]:
    """Every read and every act, by what it is called and in which case, as Ada makes it."""
    return {
        **{f"reading {name}": call for name, call in _reads(made)},
        **{f"acting {name}": call for name, call in _acts(made)},
    }


def _reads(made: World) -> Iterator[tuple[str, Callable[[], object]]]:
    ada = made["ada"]
    for name, own in OWN_READS.items():
        yield name, partial(own, ada)
    yield "feed.page of many", partial(ada.feed.page, order=FeedOrder.RECENT)
    yield "profiles.views fifty members", partial(ada.profiles.views, PASSING)
    yield "connections.degrees fifty members", partial(ada.connections.degrees, PASSING)
    for name, of in READS_OF_A_MEMBER.items():
        for other in (FRIEND, STRANGER):
            yield f"{name} {other}", partial(of, ada, other)
    for name, on in READS_OF_A_POST.items():
        yield name, partial(on, ada, f"{FRIEND}-0")
    for name, visit in VISITS_TO_A_MEMBER.items():
        yield f"{name} signed out", partial(visit, made.visitor, FRIEND)


def _acts(made: World) -> Iterator[tuple[str, Callable[[], object]]]:
    for name, act in ACTS.items():
        if name in ACTS_ON_A_RECOMMENDATION:
            target = RECOMMENDATIONS[name](made)
            yield name, partial(ACTS_ON_A_RECOMMENDATION[name], made["ada"], target)
        elif name != "network.mail.sent":  # what it takes is looked up first, by another call
            yield name.replace(", erased", " kit"), partial(act, made)
    yield "posts.retract a long thread", partial(made["ada"].posts.retract, "ada-0")


class Undone(Exception):
    """A call was counted, and is not to be kept."""


@contextmanager
def counting(engine: Engine) -> Iterator[list[str]]:
    """Count the statements to a database; what was written is undone when it is to be kept."""
    sent: list[str] = []

    def count(_c: object, _cursor: object, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            sent.append(statement)

    def undo(_connection: object) -> None:
        if any(statement.startswith(("INSERT", "DELETE", "UPDATE")) for statement in sent):
            raise Undone

    event.listen(engine, "before_cursor_execute", count)
    event.listen(engine, "commit", undo)
    try:
        yield sent
    except Undone:
        pass
    finally:
        event.remove(engine, "before_cursor_execute", count)
        event.remove(engine, "commit", undo)


def counted(made: World, engine: Engine) -> dict[str, int]:
    """How many statements each call takes."""
    numbers: dict[str, int] = {}
    for name, call in calls_in(made).items():
        with counting(engine) as sent:
            call()
        numbers[name] = len(sent)
    return numbers


# ── The tables in the documentation ─────────────────────────────────────────────────────────────

PAGE = ROOT / "docs" / "statements.md"
HEAD = ["Call", "Case", "SQLite", "PostgreSQL"]
_TABLE = re.compile(
    r"<!-- counted: (?P<what>reading|acting) -->\n(?P<rows>.*?)<!-- end -->", re.DOTALL
)
_ROW = re.compile(r"\| `(?P<call>[^`]+)` \| (?P<case>.*?) \| (?P<few>\d+) \| (?P<more>\d+) \|")


def told() -> dict[str, tuple[int, int]]:
    """What the page says of each call: how many statements in SQLite, and how many in PostgreSQL."""
    return {
        f"{found['what']} {row['call']} {row['case']}".strip(): (int(row["few"]), int(row["more"]))
        for found in _TABLE.finditer(PAGE.read_text("utf-8"))
        for row in _ROW.finditer(found["rows"])
    }


def named(calls: Mapping[str, int]) -> dict[str, int]:
    """Counts by the words of the page, where a case is told by who somebody is."""
    return {" ".join(_words(name)).strip(): number for name, number in calls.items()}


def _words(name: str) -> tuple[str, str, str]:
    what, call, *case = name.split(" ", 2)
    return what, call, CASES.get(case[0], case[0]) if case else ""


def written(sqlite: Mapping[str, int], postgresql: Mapping[str, int]) -> str:
    """The page with the tables of these counts."""

    def anew(found: re.Match[str]) -> str:
        rows = [
            [code(call), case, str(number), str(postgresql[name])]
            for name, number in sqlite.items()
            for what, call, case in [_words(name)]
            if what == found["what"]
        ]
        begin = found[0].partition("\n")[0]
        return f"{begin}\n\n{table(HEAD, rows)}\n\n<!-- end -->"

    return _TABLE.sub(anew, PAGE.read_text("utf-8"))


def count(kind: str, size: int) -> dict[str, int]:
    """How many statements each call takes in a new store of a kind."""
    store = ALL_MAKERS[kind]()
    assert isinstance(store, SqlStore)
    return counted(grown_world(store, size), PLACE_OF[store].engine)


if __name__ == "__main__":
    PAGE.write_text(written(count("sqlite", MANY), count("postgresql", MANY)), "utf-8")
