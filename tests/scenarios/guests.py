"""Addresses in scenarios: what is confirmed, who is invited there, and who is in an address book."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from connectcore import Contact, Verdict
from tests.scenarios.listing import whole
from tests.scenarios.stage import Stage

__all__ = ["ACTS", "ASKED_BEFOREHAND", "EXPECTATIONS"]


def _keep(stage: Stage, by: str, address: str, *, note: str = "") -> None:
    stage[by].contacts.add(Contact(address, emails=(address,), note=note))


def _invite(stage: Stage, by: str, address: str, *, note: str = "") -> None:
    stage[by].invitations.send_to_address(address, note=note)


ACTS: Mapping[str, Callable[..., object]] = {
    "invites {address}": _invite,
    "withdraws from {address}": lambda stage, by, address: stage[
        by
    ].invitations.withdraw_from_address(address),
    "cancels the reminders to {address}": lambda stage, by, address: stage[
        by
    ].invitations.cancel_reminders(address),
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


def _pending(stage: Stage, who: str, *, are: Sequence[str]) -> None:
    listed = whole(stage[who].invitations.sent_to_addresses)

    assert [each.address for each in listed] == [*are]


def _reminders(stage: Stage, who: str, *, lines: Sequence[str]) -> None:
    """To whom, and how long after the scenario began, the last one first."""
    listed = whole(stage[who].invitations.reminders)

    assert [
        f"{each.invitation.address} on day {(each.at - stage.began).days}" for each in listed
    ] == [*lines]


def _mails(stage: Stage, _: str, *, lines: Sequence[str]) -> None:
    """All that has become due since the scenario began, since nothing is said to be sent."""
    emails = stage.world.network.mail.due()

    assert [f"{email.to}: {email.subject}" for email in emails] == [*lines]


def _before_inviting(stage: Stage, who: str, address: str, **given: Any) -> tuple[Verdict, Verdict]:
    """What the inviter is told beforehand; an operator knows no more of it, so it stands for both."""
    asked = stage[who].invitations.may_send_to_address(address, **given)
    return asked, asked


ASKED_BEFOREHAND: Mapping[str, Callable[..., tuple[Verdict, Verdict]]] = {
    "invites {address}": _before_inviting
}
"""For acts that can be asked about: what the actor is told beforehand, and what the operator is."""

EXPECTATIONS: Mapping[str, Callable[..., None]] = {
    "waits for an answer at": _pending,
    "will remind": _reminders,
    "mails": _mails,
    "has confirmed": _addresses,
    "has in the address book": _contacts,
}
