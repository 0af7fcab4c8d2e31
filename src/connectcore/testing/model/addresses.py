"""Which addresses are whose, and whom members keep in their address books."""

from __future__ import annotations

from connectcore.testing.model.state import Model

__all__ = ["forget", "give_up", "keep", "knows_email"]


def give_up(model: Model, by: str, address: str) -> set[str]:
    """Let an address be one's own no longer."""
    model.act(by)
    if address in model.holders and model.holders[address][0] == by:
        del model.holders[address]
    return set()


def knows_email(model: Model, to: str, address: str) -> bool:
    """Whether an address is one that *to* shows or confirmed."""
    shown = model.profiles[to].contact.emails
    return address in shown or model.holders.get(address, ("",))[0] == to


def keep(model: Model, by: str, contact: str, name: str) -> set[str]:
    """Keep somebody in one's address book, or keep them under another name."""
    model.act(by)
    added_at, _ = model.contacts.get((by, contact), (model.now, ""))
    model.contacts[by, contact] = (added_at, name)
    return set()


def forget(model: Model, by: str, contact: str) -> set[str]:
    """Take somebody out of one's address book."""
    model.act(by)
    model.contacts.pop((by, contact), None)
    return set()
