"""The table of what an export holds, and of what is no part of one."""

from collections.abc import Mapping

from connectcore.network.exporting.kept import ALSO_EXPORTED, EXPORTED, NOT_EXPORTED
from tests.docs.tables import code, table

OTHERS: Mapping[str, tuple[str, str]] = {
    "exported_at": ("moment", "The moment of which all this is."),
    "member": ("`Member`", "The member, with their profile and their settings."),
    "names": ("`Name` by id", "The names of the others who are named, as far as they show them."),
    "connections": ("`Connection`", "With whom the member is connected, and since when."),
    "following": ("ids", "Whom the member follows."),
    "mutes": (
        "`member`, `until`",
        "Whom the member mutes and sees, and until when; `null` is for good.",
    ),
    "invitations_received": ("`PendingInvitation`", "What waits for the member's answer."),
    "invitations_sent": ("`PendingInvitation`", "What the member sent and sees pending."),
    "blocks": ("`MemberBlocked`", "The blocks that the member set."),
    "posts": ("`Post`", "What the member published, for whatever audience."),
    "comments": ("`Comment`", "What the member wrote under posts that they may read."),
    "reactions": ("`Reacted`", "How the member reacted to posts and comments."),
    "activities": (
        "`Activity`",
        "What is told of the member, also in kinds that they do not share.",
    ),
    "unseen_notices": ("number", "How many of the listed notices the member has not seen."),
}
"""What is no register: how it is written, and what it is."""

REGISTERS: Mapping[str, str] = {
    "confirmed_addresses": "The addresses that are the member's own.",
    "contacts": "The address book of the member.",
    "endorsements_received": "Those of the member, shown or not.",
    "endorsements_given": "Those that the member gave; one that was dismissed waits.",
    "endorsements_set_aside": "What the member hid or dismissed, also if it was taken back since.",
    "endorsements_asked": "What the member was asked to endorse.",
    "endorsements_requested": "What the member asked for.",
    "recommendations_received": "Those about the member, shown or not.",
    "recommendations_written": "Those that the member wrote; one that was dismissed waits.",
    "recommendations_asked": "What the member was asked to write.",
    "recommendations_requested": "What the member asked for.",
    "conversations": "With whom the member wrote, and how much is unread.",
    "messages": "What the two wrote.",
    "message_requests_received": "What waits for the member's answer.",
    "message_requests_sent": "The last one to each other member, as far as its sender is told.",
    "correspondents": "To whom the member may write freely without a connection.",
    "message_standings": "The InMail credits of the member, and when they asked lately.",
    "turned_away": "Whom the member reported for an invitation to an address.",
    "addresses_invited": "The addresses that the member invited and that have not answered.",
    "notices": "What the member was told, by whatever way, as far as it still holds.",
}
"""What each register holds, by its name."""


FORMS: Mapping[str, str] = {"addresses_invited": "`AddressInvitation`"}
"""How an entry is written of which a part alone is its owner's."""


def exported() -> str:
    """A row for each name in an export."""
    rows = [[code(name), form, words] for name, (form, words) in OTHERS.items()]
    for register in (*EXPORTED, *ALSO_EXPORTED):
        form = FORMS.get(register.name, code(register.holds.__name__))
        rows.append([code(register.name), form, REGISTERS[register.name]])
    return table(["name", "of", "what it is"], rows)


def not_exported() -> str:
    """A line for each register that is no part of an export, with the reason."""
    return "\n".join(
        f"- {code(register.name)}: {reason[0].lower()}{reason[1:]}"
        for register, reason in NOT_EXPORTED.items()
    )
