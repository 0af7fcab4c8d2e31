"""Whose an e-mail address is, looked up by the digest that it is known by."""

from __future__ import annotations

from connectcore.addresses import (
    ADDRESS_HOLDERS,
    CONFIRMED_ADDRESSES,
    HOLDER_KEY,
    address_key,
)
from connectcore.members import Member, MemberId
from connectcore.network.charter import Charter
from connectcore.profiles import Profile, ProfileT
from connectcore.storage import Snapshot

__all__ = ["addresses_of", "holder_of", "known_as", "knows_email"]


def known_as(charter: Charter[ProfileT], snapshot: Snapshot, address: str) -> MemberId:
    """What stands in the place of an address wherever it must not be read."""
    return MemberId(charter.digest(snapshot, "address", address_key(address)))


def holder_of(snapshot: Snapshot, digest: MemberId) -> MemberId | None:
    """The member whose the address with this digest is, if it is anybody's."""
    holder = snapshot.entry(ADDRESS_HOLDERS, digest, HOLDER_KEY)
    return None if holder is None else holder.member


def knows_email(
    charter: Charter[ProfileT],
    snapshot: Snapshot,
    member: Member[Profile] | None,
    address: str | None,
) -> bool:
    """Whether *address* is one that *member* shows or confirmed; one read, whoever they are."""
    if not address:
        return False
    holder = holder_of(snapshot, known_as(charter, snapshot, address))
    return member is not None and (holder == member.id or member.profile.contact.has_email(address))


def addresses_of(
    charter: Charter[ProfileT], snapshot: Snapshot, member: MemberId
) -> tuple[MemberId, ...]:
    """The digests of all addresses that *member* confirmed."""
    confirmed = snapshot.entries(CONFIRMED_ADDRESSES, (member,))
    return tuple(known_as(charter, snapshot, each.address) for each in confirmed)
