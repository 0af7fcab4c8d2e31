"""Races are run on every store that the tests of stores know."""

from tests.stores.conftest import _make_store, _store

__all__ = ["_make_store", "_store"]
