"""Kill a writer again and again, and hold what is left to what it acknowledged."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from random import Random
from time import sleep
from typing import IO, Any, final

from attrs import frozen
from sqlalchemy import Engine, text

from connectcore.storage.sql import SqlStore
from tests import ROOT
from tests.crash.acts import check_lists, do
from tests.crash.writer import FIRST
from tests.stores.databases import ALL_MAKERS, PLACE_OF, rows_of

__all__ = ["Survival", "kill_again_and_again"]

NAME = f"writer-of-{os.getpid()}"
MOST_ACTS = 4
"""How many acts of a child are acknowledged at most before it is killed during the next."""


@final
@frozen(kw_only=True)
class Survival:
    """How many writers were killed, how many acts they acknowledged, and how many more were kept.

    An act that was under way at a kill may have been kept whole, though nobody was told.
    """

    kills: int
    acknowledged: int
    kept_unknown: int


def kill_again_and_again(kind: str, kills: int, *, seed: int, flaw: str = "") -> Survival:
    """Kill so many writers of a store, and check after each what it left.

    Raises `AssertionError` when something acknowledged is lost, or something is half done.
    """
    random = Random(seed)  # noqa: S311  # a moment that can be repeated is what is wanted
    left = _Left(_sql_store(kind), _sql_store("sqlite"))
    with _writer(left.engine, left.schema, flaw) as (orders, answers):
        left.check(FIRST - 1)
        for _ in range(kills):
            left.engine.dispose()  # whoever opens a file next has to recover it
            last = _kill_one(orders, answers, left.done, random)
            _wait_until_gone(left.engine)
            left.check(last)
    return Survival(
        kills=kills, acknowledged=left.done - FIRST - left.unknown, kept_unknown=left.unknown
    )


@final
class _Left:
    """What killed writers left, beside a model in which the same acts are done."""

    def __init__(self, store: SqlStore, model: SqlStore) -> None:
        self.engine = PLACE_OF[store].engine
        self.schema = PLACE_OF[store].tables.members.schema
        self.done = self.unknown = 0
        self._store = store
        self._model = model

    def check(self, last: int) -> None:
        """Hold that all acts until the *last* one were done, and at most one more."""
        while self.done <= last:
            self._do_next()
        rows = _plain(rows_of(self._store))
        if rows != _plain(rows_of(self._model)):
            self._do_next()
            self.unknown += 1
            assert rows == _plain(rows_of(self._model))
        self._store.read(check_lists)

    def _do_next(self) -> None:
        do(self._model, self.done)
        self.done += 1


def _sql_store(kind: str) -> SqlStore:
    store = ALL_MAKERS[kind]()
    assert isinstance(store, SqlStore)
    return store


@contextmanager
def _writer(engine: Engine, schema: str | None, flaw: str) -> Iterator[tuple[IO[str], IO[str]]]:
    url = engine.url
    if engine.dialect.name == "postgresql":
        url = url.update_query_dict(
            {"application_name": NAME, "options": "-csynchronous_commit=off"}
        )
    command = (sys.executable, "-m", "tests.crash.writer")
    with subprocess.Popen(
        [*command, url.render_as_string(hide_password=False), schema or "", flaw],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
        # The killed would never tell what they covered, and all would be slower.
        env={name: value for name, value in os.environ.items() if "COVERAGE" not in name},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process.stdin, process.stdout
        process.stdin.close()


def _kill_one(orders: IO[str], answers: IO[str], first: int, random: Random) -> int:
    """Let a child act from the *first* on, kill it, and give the last act it acknowledged."""
    print(first, file=orders, flush=True)
    child, last, acts = 0, first - 1, random.randint(0, MOST_ACTS)
    moment = random.uniform(0, 0.02)
    for line in answers:
        match line.split():
            case ["child", pid]:
                child = int(pid)
            case ["done", number]:
                assert int(number) == last + 1
                last = int(number)
            case _:
                return last
        if child and last - first + 1 >= acts:
            sleep(moment)
            os.kill(child, signal.SIGKILL)
            acts = sys.maxsize
    message = "the writer ended by itself"
    raise AssertionError(message)


def _wait_until_gone(engine: Engine) -> None:
    """Wait until PostgreSQL has noticed that its client is dead, and ended what it was doing."""
    if engine.dialect.name != "postgresql":
        return
    query = text("SELECT count(*) FROM pg_stat_activity WHERE application_name = :name")
    with engine.connect() as connection:
        while connection.scalar(query, {"name": NAME}):
            connection.rollback()
            sleep(0.002)


def _plain(rows: Mapping[str, Sequence[tuple[Any, ...]]]) -> Mapping[str, Sequence[object]]:
    """Rows as every database would give them, without what each store made up for itself."""
    kept = {name.removeprefix("connectcore_"): each for name, each in rows.items()}
    for name in ("journal", "tallies"):  # a place in the order, and an id
        kept[name] = [(row[0], *row[2:]) for row in kept[name]]
    del kept["secrets"]
    return {
        name: sorted(tuple(map(_plain_value, row)) for row in each) for name, each in kept.items()
    }


def _plain_value(value: object) -> str:
    match value:
        case datetime():
            return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"
        case bool():
            return str(int(value))
        case str() if value.startswith("{"):
            return _plain_document(value)
        case _:
            return str(value)


@cache
def _plain_document(text: str) -> str:
    return repr(_in_order(json.loads(text)))


def _in_order(document: Any) -> Any:
    """What a document says, whatever the order in which it names the members of a set."""
    match document:
        case dict():
            return sorted((name, _in_order(each)) for name, each in document.items())
        case list():
            return sorted(map(_in_order, document), key=repr)
        case _:
            return document
