"""What waits to be pushed and to be mailed, what of it still holds, and what goes out together."""

from __future__ import annotations

from collections.abc import Collection

from attrs import evolve

from connectcore.channels import Channel, NoticeKind, NoticePreferences
from connectcore.testing.model.state import Mail, Model, Waiting
from connectcore.testing.model.telling import BY_MAIL, holds, ways_of

__all__ = ["address_of", "due", "pushed", "sent", "settle", "unsubscribe"]


def pushed(model: Model) -> list[Waiting]:
    """What is read in the journal; what no longer holds is gone from it then."""
    model.pushes = [each for each in model.pushes if _stands(model, each)]
    return model.pushes


def settle(model: Model, settled: Collection[Waiting]) -> set[str]:
    """Deal with some of what was read."""
    model.pushes = [each for each in model.pushes if each not in settled]
    return set()


def due(model: Model) -> dict[Mail, list[Waiting]]:
    """The mail that is due; what is in one stays in it, and what may not be told is gone."""
    new: dict[tuple[str, str], Mail] = {}
    mails: dict[Mail, list[Waiting]] = {}
    for each in [each for each in model.mailings if each.due_at <= model.now]:
        to, kind, *_ = each.told
        about = kind if each.way is Channel.EMAIL else each.way.value
        mail = each.mail or new.setdefault((to, about), Mail(to, about))
        told = mails.setdefault(mail, [])  # it has its place by the first, which may be gone
        if _stands(model, each) and ways_of(model, to, kind) & {*BY_MAIL}:
            each.mail = mail
            told.append(each)
        else:
            model.mailings.remove(each)
    return {mail: told for mail, told in mails.items() if told}


def address_of(model: Model, member: str) -> str:
    """Where mail goes: one that was confirmed, the one in the profile before others, the newest first."""
    own = model.profiles[member].contact.emails[0]
    confirmed = {address: at for address, (holder, at) in model.holders.items() if holder == member}
    if own in confirmed or not confirmed:
        return own
    return max(confirmed, key=lambda address: confirmed[address])


def sent(model: Model, mails: Collection[Mail]) -> set[str]:
    """Say that some mail is sent."""
    model.mailings = [each for each in model.mailings if each.mail not in mails]
    return set()


def unsubscribe(model: Model, mail: Mail) -> set[str]:
    """Send no more of what a mail was one of: its kind, or that digest."""
    settings = model.settings[mail.to]
    chosen = dict(settings.notices.channels)
    for kind in NoticeKind:
        ways = ways_of(model, mail.to, kind.value)
        unwanted = {way for way in BY_MAIL if way.value == mail.about} & ways
        if kind.value == mail.about:
            chosen[kind] = ways - {*BY_MAIL}
        elif unwanted:
            chosen[kind] = ways - unwanted
    notices = NoticePreferences(channels=chosen)
    model.settings[mail.to] = evolve(settings, notices=notices)
    return set()


def _stands(model: Model, each: Waiting) -> bool:
    to, kind, actor, about = each.told
    return model.notices.get(each.told) is each.notice and holds(model, to, kind, actor, about)
