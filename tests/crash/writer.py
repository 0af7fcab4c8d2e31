"""A writer that is there to be killed: `python -m tests.crash.writer URL SCHEMA FLAW`.

It does the first acts itself, so that whatever takes long the first time is done.
Then each line that it reads, a number, makes it fork a child that does the acts from that number on
and never ends by itself; the child says the number of each act when it is done.
When the child is dead, the writer says so.

With the flaw `hasty` a child acknowledges an act before it is done, with `torn` it commits each
statement by itself.
"""

import os
import sys
from itertools import count
from typing import Any

from sqlalchemy import Connection, MetaData, create_engine, event

from connectcore.storage.sql import SqlStore, define_tables
from tests.crash.acts import do
from tests.kinds import TalkAnnounced

__all__ = ["FIRST"]

FIRST = 60
"""How many acts the writer does before anybody is killed."""


def _say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def _commit_each(connection: Connection, _cursor: object, *_: Any) -> None:
    connection.connection.driver_connection.commit()  # type: ignore[union-attr]


def _act_from(store: SqlStore, first: int, flaw: str) -> None:
    for number in count(first):
        if flaw == "hasty":
            _say("done", number)
        do(store, number)
        if flaw != "hasty":
            _say("done", number)


def main(url: str, schema: str, flaw: str) -> None:
    """Do the first acts, then fork a child for each line of the standard input."""
    engine = create_engine(url)
    tables = define_tables(MetaData(), schema=schema or None)
    store = SqlStore(engine, tables=tables, activities=(TalkAnnounced,))
    for number in range(FIRST):
        do(store, number)
    if flaw == "torn":
        event.listen(engine, "after_cursor_execute", _commit_each)
    _say("ready")
    for line in sys.stdin:
        engine.dispose()  # no connection may be used on both sides of a fork
        child = os.fork()
        if not child:
            _act_from(store, int(line), flaw)
        _say("child", child)
        os.waitpid(child, 0)
        _say("dead")


if __name__ == "__main__":
    main(*sys.argv[1:4])
