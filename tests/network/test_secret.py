"""The secret of a network: what its digests and tokens are made with."""

from itertools import product

import pytest

from connectcore import InvalidValue, MemoryStore, Network, Profile

LONG = bytes(32)


def digest(network: Network[Profile], purpose: str = "test", text: str = "ada") -> str:
    """What the network knows a text by."""
    charter = network._charter
    return charter.store.read(lambda snapshot: charter.digest(snapshot, purpose, text))


def test_a_short_secret_is_refused() -> None:
    """Whoever could guess it could make digests and tokens of their own."""
    with pytest.raises(InvalidValue, match="at least 32 random bytes, not 31"):
        Network(secret=LONG[1:])


def test_a_secret_takes_the_place_of_the_key_of_the_store() -> None:
    """Networks with one secret know a text by one digest, whatever store they are on."""
    one, other = MemoryStore(), MemoryStore()
    digests = [digest(Network(store, secret=LONG)) for store in (one, other)]
    without = [digest(Network(store)) for store in (one, one, other)]

    assert digests[0] == digests[1]
    assert without[0] == without[1] != without[2]
    assert digests[0] not in without


def test_a_digest_is_good_for_one_purpose() -> None:
    """The same text is known by another digest elsewhere, and no two texts by the same."""
    network = Network(secret=LONG)
    made = {digest(network, *both) for both in product(("one", "other"), ("ada", "grace"))}

    assert len(made) == 4
