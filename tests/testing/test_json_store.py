"""What the store of the how-to kept is there when it is opened again; the how-to runs the checks."""

import importlib.util
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest

from connectcore import InvalidValue, Network
from connectcore.storage import Store
from connectcore.testing import RecordingStore, person
from connectcore.testing.conformance.keeping import ADA, kept
from connectcore.testing.conformance.registers import CARDS, Card
from connectcore.testing.kinds import TalkAnnounced, talk
from tests import ROOT
from tests.stores.test_failures import ACTS, EVERYBODY, busy_world


def _example() -> ModuleType:
    path = ROOT / "docs" / "examples" / "json_store.py"
    spec = importlib.util.spec_from_file_location("json_store", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


open_store: Callable[..., Store] = partial(_example().JsonStore, activities=(TalkAnnounced,))
MEMBERS = tuple(map(type(ADA), EVERYBODY))


def test_what_was_kept_is_there_again(tmp_path: Path) -> None:
    """Whatever members did: every read gives what it gave, and the key is the same."""
    store = open_store(tmp_path)
    busy_world(store)

    again = open_store(tmp_path)

    assert kept(again, MEMBERS) == kept(store, MEMBERS)
    assert again.read(lambda snapshot: snapshot.key()) == store.read(lambda s: s.key())


@pytest.mark.parametrize("act", [*ACTS.values()][::6], ids=[*ACTS][::6])
def test_what_every_act_writes_is_there_again(tmp_path: Path, act: Callable[..., object]) -> None:
    """The calls that an act makes are all done again when the store is opened."""
    store = open_store(tmp_path)
    act(busy_world(store))

    assert kept(open_store(tmp_path), MEMBERS) == kept(store, MEMBERS)


def test_a_line_that_was_cut_off_is_left_out(tmp_path: Path) -> None:
    """The unit did not end well, and the next one finds a sound file."""
    network = Network(open_store(tmp_path))
    network.join(person("ada"))
    file = tmp_path / "network.jsonl"
    sound = file.read_bytes()
    network.join(person("grace"))
    file.write_bytes(file.read_bytes()[:-20])

    network = Network(open_store(tmp_path))

    assert file.read_bytes() == sound
    network.join(person("grace"))
    assert all(json.loads(line) for line in file.read_text().splitlines())
    assert open_store(tmp_path).read(lambda snapshot: len(snapshot.members((ADA,)))) == 1


def test_a_unit_that_cannot_be_written_is_undone(tmp_path: Path) -> None:
    """An entry of a register that it does not know is refused, and nothing of the unit is kept."""
    store = open_store(tmp_path)

    with pytest.raises(InvalidValue, match="cards"):
        store.write((ADA,), lambda transaction: transaction.enter(CARDS, ADA, Card("bob")))

    assert not (tmp_path / "network.jsonl").exists()


def test_an_activity_that_could_not_be_read_again_is_refused(tmp_path: Path) -> None:
    """A kind has to be named when the store is opened."""
    store = open_store(tmp_path, activities=())

    with pytest.raises(InvalidValue, match=TalkAnnounced.kind):
        store.write((ADA,), lambda transaction: transaction.publish(talk(ADA)))


def test_reading_writes_nothing(tmp_path: Path) -> None:
    """A unit that only read leaves the file alone."""
    store = RecordingStore(open_store(tmp_path))
    store.write((ADA,), lambda transaction: transaction.members((ADA,)))

    assert not (tmp_path / "network.jsonl").exists()
