"""The addresses that are a member's own, as the application confirms them."""

from __future__ import annotations

from datetime import datetime
from typing import Generic, final

from connectcore.addresses import (
    ADDRESS_HOLDERS,
    CONFIRMED_ADDRESSES,
    HOLDER_KEY,
    AddressHolder,
    ConfirmedAddress,
    address_key,
    email_address,
)
from connectcore.members import MemberId
from connectcore.network.arriving import hold_back, waiting
from connectcore.network.charter import Charter, acting
from connectcore.network.holders import holder_of, known_as
from connectcore.network.naming import write_naming
from connectcore.network.own import page_of_own
from connectcore.pages import Page
from connectcore.profiles import ProfileT
from connectcore.storage import Snapshot, Transaction

__all__ = ["Addresses"]


@final
class Addresses(Generic[ProfileT]):
    """The e-mail addresses of which the application knows that they are the acting member's own.

    They are shown to nobody; what a profile shows is its `contact`.
    """

    def __init__(self, charter: Charter[ProfileT], actor: MemberId) -> None:
        self._charter = charter
        self._actor = actor

    def confirm(self, address: str, *, at: datetime | None = None) -> ConfirmedAddress:
        """Keep that *address* is the member's own, as the application made sure.

        An address is one member's at most: whoever confirmed it before has it no longer, since
        who reads its mail today is whose it is.
        Invitations that wait there are among the member's from then on, as far as their choices and
        the rules let them through.
        Confirming it again answers as before.
        Raises `InvalidValue` for what is no address.
        """
        charter, actor = self._charter, self._actor
        moment = charter.moment(at)
        confirmed = ConfirmedAddress(address=address, confirmed_at=moment)
        key = CONFIRMED_ADDRESSES.key(confirmed)

        def concerned(snapshot: Snapshot) -> frozenset[MemberId]:
            digest = known_as(charter, snapshot, address)
            inviters = waiting(charter, snapshot, digest, at=moment)
            return frozenset((actor, digest, holder_of(snapshot, digest) or actor, *inviters))

        def unit(transaction: Transaction) -> ConfirmedAddress:
            acting(transaction, actor)
            present = transaction.entry(CONFIRMED_ADDRESSES, actor, key)
            if present is not None:
                return present
            digest = known_as(charter, transaction, address)
            former = holder_of(transaction, digest) or actor
            transaction.strike(CONFIRMED_ADDRESSES, former, key)
            holder = AddressHolder(member=actor, since=moment)
            transaction.enter(ADDRESS_HOLDERS, digest, holder)
            transaction.enter(CONFIRMED_ADDRESSES, actor, confirmed)
            hold_back(charter, transaction, digest, actor, at=moment)
            return confirmed

        return write_naming(charter.store, concerned, unit)

    def remove(self, address: str) -> None:
        """Let *address* be the member's no longer; one that is not theirs is no matter."""
        charter, actor = self._charter, self._actor
        key = (address_key(email_address(address)),)
        digest = charter.store.read(lambda snapshot: known_as(charter, snapshot, address))

        def unit(transaction: Transaction) -> None:
            acting(transaction, actor)
            if transaction.entry(CONFIRMED_ADDRESSES, actor, key) is not None:
                transaction.strike(CONFIRMED_ADDRESSES, actor, key)
                transaction.strike(ADDRESS_HOLDERS, digest, HOLDER_KEY)

        charter.store.write((actor, digest), unit)

    def page(self, *, limit: int = 20, after: str | None = None) -> Page[ConfirmedAddress]:
        """The addresses of the member, the one confirmed last first."""
        return page_of_own(
            self._charter,
            self._actor,
            CONFIRMED_ADDRESSES,
            name="addresses",
            limit=limit,
            after=after,
        )
