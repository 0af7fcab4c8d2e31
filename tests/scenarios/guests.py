"""Addresses and contacts in scenarios: what is confirmed, and who is in an address book."""

from collections.abc import Callable, Mapping, Sequence

from connectcore import Contact
from tests.scenarios.listing import whole
from tests.scenarios.stage import Stage

__all__ = ["ACTS", "EXPECTATIONS"]


def _keep(stage: Stage, by: str, address: str, *, note: str = "") -> None:
    stage[by].contacts.add(Contact(address, emails=(address,), note=note))


ACTS: Mapping[str, Callable[..., object]] = {
    "confirms {address}": lambda stage, by, address: stage[by].addresses.confirm(address),
    "gives up {address}": lambda stage, by, address: stage[by].addresses.remove(address),
    "keeps {address} in the address book": _keep,
    "strikes {address} out of the address book": lambda stage, by, address: stage[
        by
    ].contacts.remove(address),
}


def _addresses(stage: Stage, who: str, *, are: Sequence[str]) -> None:
    assert [each.address for each in whole(stage[who].addresses.page)] == [*are]


def _contacts(stage: Stage, who: str, *, are: Sequence[str]) -> None:
    listed = whole(stage[who].contacts.page)

    assert [contact.id for contact in listed] == [*are]
    assert stage[who].contacts.count() == len(listed)


EXPECTATIONS: Mapping[str, Callable[..., None]] = {
    "has confirmed": _addresses,
    "has in the address book": _contacts,
}
