"""Client processes that act on one PostgreSQL at once, and what each noted of its acts.

`python -m tests.histories.clients 100000` lets eight of them do so many acts in all, looks for a
legal order for each pair of members, and prints how long both took.
Started with more than a number, this is the program that the clients are forked from.
"""

import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from time import monotonic

from sqlalchemy import MetaData, create_engine

from connectcore import (
    Act,
    MemberId,
    Network,
    NotFound,
    Pair,
    Refused,
    Relationship,
    StoreBusy,
)
from connectcore.storage.sql import SqlStore, define_tables
from connectcore.testing.history import Operation, check_history
from tests import ROOT
from tests.races.acting import CALLS, ends_between
from tests.races.makers import unprotect
from tests.stores.databases import ALL_MAKERS, PLACE_OF
from tests.worlds import OPEN, world

__all__ = ["History", "run_clients"]

CROWD = tuple(f"member-{number}" for number in range(12))
EARLY = ("early-1", "early-2")
ACTS = (*CALLS, Act.SEND, Act.SEND, Act.ACCEPT, Act.ACCEPT, Act.UNBLOCK)


class History:
    """What all clients noted, and what each two members were to each other in the end."""

    def __init__(
        self, operations: Sequence[Operation], ends: Mapping[Pair, Relationship], took: float
    ) -> None:
        self.operations = operations
        self.took = took
        self._ends = ends

    def check(self) -> int:
        """Hold that there is a legal order for each pair, and give how many pairs there were."""
        return check_history(self.operations, ends=self._ends)


def run_clients(
    operations: int, *, clients: int = 8, members: int = len(CROWD), unprotected: str = ""
) -> History:
    """Let *clients* do so many *operations* in all on a PostgreSQL."""
    store = ALL_MAKERS["postgresql"]()
    assert isinstance(store, SqlStore)
    crowd = CROWD[:members]
    world(*crowd, *EARLY, rules=OPEN, store=store)
    place = PLACE_OF[store]
    hasty = "-csynchronous_commit=off -cdeadlock_timeout=20ms"
    url = place.engine.url.update_query_dict({"options": hasty})
    with tempfile.TemporaryDirectory() as folder:
        sizes = (str(clients), str(operations // clients), str(members))
        command = (sys.executable, "-m", "tests.histories.clients", folder, *sizes)
        begun = monotonic()
        subprocess.run(
            [
                *command,
                url.render_as_string(hide_password=False),
                place.tables.members.schema or "",
                unprotected,
            ],
            cwd=ROOT,
            check=True,
        )
        took = monotonic() - begun
        noted = [
            operation
            for kept in sorted(Path(folder).iterdir())
            for operation in pickle.loads(kept.read_bytes())  # noqa: S301  # written just now
        ]
    return History(noted, store.read(partial(ends_between, members=[*map(MemberId, crowd)])), took)


def _fork(folder: str, *said: str) -> None:
    """Fork the clients, and wait for them."""
    clients, each, members, url, schema, unprotected = said
    engine = create_engine(url, pool_size=1)
    store = SqlStore(engine, tables=define_tables(MetaData(), schema=schema or None))
    if unprotected:
        unprotect(store)
    # Two whom nobody else knows go first, so that not each client puts all statements together anew.
    _act(store, Random(0), len(ACTS), EARLY)  # noqa: S311  # to be repeated
    children = []
    for client in range(int(clients)):
        child = os.fork()
        if child:
            children.append(child)
            continue
        engine.dispose(close=False)  # the connection stays with the one who forks
        noted = _act(store, Random(client), int(each), CROWD[: int(members)])  # noqa: S311  # to be repeated
        Path(folder, f"{client}").write_bytes(pickle.dumps(noted))
        os._exit(0)
    for child in children:
        _, status = os.waitpid(child, 0)
        assert status == 0


def _act(store: SqlStore, random: Random, times: int, crowd: Sequence[str]) -> list[Operation]:
    network = Network(store, rules=OPEN)
    noted: list[Operation] = []
    while len(noted) < times:
        act, (by, to) = random.choice(ACTS), random.sample(crowd, 2)
        at, began = datetime.now(UTC), monotonic()
        try:
            outcome = _outcome(partial(CALLS[act], network.as_member(by), to, at))
        except StoreBusy:
            continue  # nothing was kept, so there is nothing to note
        noted.append(
            Operation(act=act, by=by, to=to, at=at, began=began, ended=monotonic(), outcome=outcome)
        )
    return noted


def _outcome(call: Callable[[], object]) -> object:
    try:
        return call()
    except (Refused, NotFound) as refused:
        return refused


def _main(operations: int) -> None:
    history = run_clients(operations)
    begun = monotonic()
    pairs = history.check()
    print(  # noqa: T201  # it is what the program is for
        f"{len(history.operations):,} operations by 8 processes in {history.took:.0f} s; "
        f"a legal order for each of {pairs} pairs, found in {monotonic() - begun:.0f} s"
    )


if __name__ == "__main__":
    if len(sys.argv) > 2:
        _fork(*sys.argv[1:])
    else:
        _main(int(sys.argv[1]))
