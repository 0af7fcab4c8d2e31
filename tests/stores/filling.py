"""What many tests begin with, made once and copied into each of their stores."""

from collections import defaultdict
from collections.abc import Callable
from copy import copy
from typing import Any

from connectcore import MemoryStore
from connectcore.storage import Store
from connectcore.storage.memory.shelves import File, Memory, Shelf, Thread
from connectcore.storage.memory.timelines import Timeline
from connectcore.storage.sql import SqlStore
from connectcore.storage.sql.schema import all_of
from tests.stores.databases import PLACE_OF, Place, Rows, rows_of

__all__ = ["fill"]

_ON_SHELVES: dict[str, Memory] = {}
_IN_TABLES: dict[tuple[str, str], Rows] = {}
"""What was made by a name, and in which kind of database."""


def fill(store: Store, name: str, make: Callable[[Store], object]) -> None:
    """Have in an empty store what *make* makes, which goes by a name and is made once."""
    match store:
        case MemoryStore():
            if name not in _ON_SHELVES:
                make(first := MemoryStore())
                _ON_SHELVES[name] = first._memory
            store._memory = _copied(_ON_SHELVES[name])
        case SqlStore():
            place = PLACE_OF[store]
            kind = (name, place.engine.dialect.name)
            if kind in _IN_TABLES:
                _insert(_IN_TABLES[kind], place)
            else:
                make(store)
                _IN_TABLES[kind] = rows_of(store)
        case _:
            make(store)


def _copied(place: Any) -> Any:
    """A place of the memory store of its own; what lies there never changes, and is the same."""
    match place:
        case defaultdict():
            return defaultdict(place.default_factory, _each_copied(place))
        case dict():
            return _each_copied(place)
        case set():
            return place.copy()
        case Memory() | Shelf() | File() | Thread():
            of_its_own = copy(place)
            vars(of_its_own).update(_each_copied(vars(place)))
            return of_its_own
        case Timeline():
            timeline = Timeline()
            timeline._marks = place._marks.copy()
            return timeline
        case _:
            return place


def _each_copied(places: dict[Any, Any]) -> dict[Any, Any]:
    return {name: _copied(inner) for name, inner in places.items()}


def _insert(rows: Rows, place: Place) -> None:
    with place.engine.begin() as connection:
        for table in all_of(place.tables):
            if kept := rows.get(table.name):
                mark = "?" if connection.dialect.name == "sqlite" else "%s"
                marks = ", ".join([mark] * len(kept[0]))
                insert = f"INSERT INTO {table.fullname} VALUES ({marks})"
                connection.exec_driver_sql(insert, kept)
