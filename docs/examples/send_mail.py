"""Send the mail that is due, by SMTP.

    python -m aiosmtpd --nosetuid --listen localhost:8025
    python docs/examples/send_mail.py localhost 8025

The first command is a server that prints what it is sent.
An application calls `send_due` with its own network every minute or so, from one process or from
several: a process that is killed anywhere in it loses nothing.
"""

from __future__ import annotations

import smtplib
import sys

from connectcore import ContactDetails, Email, Mailing, Member, Name, Network, Profile

SENDER = "The network <notices@example.org>"
UNSUBSCRIBE = "https://network.example.org/unsubscribe?token="
TEMPORARY = range(400, 500)
"""The answers of a server that may take the same mail later (RFC 5321, section 4.2.1)."""


def send_due(network: Network[Profile], server: smtplib.SMTP) -> int:
    """Send all mail that is due, and give how many there were.

    A mail is settled after the server has taken it, so whoever is killed in between sends it again,
    with the same Message-ID.
    What the server takes from nobody is settled too; what it may take later waits, and with it
    everything else for the same member, so that their mail stays in its order.
    """
    sent, waiting = 0, set[str]()
    for email in network.mail.due(limit=1000):
        if email.owner in waiting:
            continue
        code = _send(email, server)
        if code in TEMPORARY:
            waiting.add(email.owner)
            continue
        if code:
            print(f"{email.id} was refused for good: {code}")
        network.mail.sent(email)
        sent += not code
    return sent


def _send(email: Email, server: smtplib.SMTP) -> int:
    """Send one mail, and give the answer of a server that does not take it; 0 if it does."""
    message = email.to_message(SENDER, unsubscribe_url=UNSUBSCRIBE + email.token)
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as refused:
        return refused.recipients[email.to][0]
    except smtplib.SMTPDataError as refused:
        return refused.smtp_code
    return 0


def a_small_network() -> Network[Profile]:
    """A network in which Grace has two invitations, and Ada an acceptance."""
    network = Network(journal=[Mailing])
    for name in ("Ada", "Grace", "Mary", "Hedy"):
        contact = ContactDetails(emails=(f"{name.lower()}@example.org",))
        network.join(Member(name.lower(), Profile(name=Name(name), contact=contact)))
    for inviter, invitee in (("ada", "mary"), ("mary", "grace"), ("hedy", "grace")):
        network.as_member(inviter).invitations.send(invitee)
    network.as_member("mary").invitations.accept("ada")
    return network


def main(host: str, port: str) -> None:
    """Send the mail of a small network to a server."""
    with smtplib.SMTP(host, int(port)) as server:
        print(f"{send_due(a_small_network(), server)} mails were sent")


if __name__ == "__main__":
    main(*sys.argv[1:])
