"""Mail as a value: what it says, what it is made into, and that nothing in it begins a header."""

from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from connectcore import (
    AddressInvitation,
    Channel,
    ContactDetails,
    Email,
    InvalidValue,
    Member,
    Name,
    NoticeGroup,
    NoticeKind,
    Profile,
)
from connectcore.mail import GuestLetter, address_of, in_english, to_guests_in_english
from connectcore.testing import strategies
from tests.between import ADA, GRACE
from tests.worlds import NOON

SENDER = "Network <notices@example.org>"
URL = "https://example.org/unsubscribe?token=A-_9&lang=en"
EMAIL = Email(
    id="1",
    to="ada@example.org",
    subject="Grace invited you to connect",
    text="Grace invited you to connect.\n",
    token="A-_9",  # noqa: S106 - no password: it says what to send no more of
    due_at=NOON,
    owner=ADA,
    entries=["1", "2"],
)
HEADERS = {
    "From": SENDER,
    "To": "ada@example.org",
    "Subject": "Grace invited you to connect",
    "Date": "Mon, 02 Mar 2026 12:00:00 +0000",
    "Message-ID": "<6b86b273ff34fce19d6b804eff5a3f57@example.org>",
    "Auto-Submitted": "auto-generated",
    "List-Unsubscribe": f"<{URL}>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "Content-Type": 'text/plain; charset="utf-8"',
    "Content-Transfer-Encoding": "quoted-printable",
    "MIME-Version": "1.0",
}


def received(email: Email, **named: str) -> Any:
    """The message as the program of its reader takes it apart."""
    return message_from_bytes(email.to_message(SENDER, **named).as_bytes(), policy=default)


def test_a_message_has_what_a_mail_needs() -> None:
    """And the text as it stands."""
    message = received(EMAIL, unsubscribe_url=URL)

    assert dict(message.items()) == HEADERS
    assert message.get_content().splitlines() == [EMAIL.text.strip()]


def test_a_message_without_a_url_to_unsubscribe_has_none() -> None:
    """A header that leads nowhere would be clicked in vain."""
    left = {name for name in HEADERS if not name.startswith("List-")}

    assert {*received(EMAIL).keys()} == left


def test_a_message_is_the_same_each_time() -> None:
    """Down to its last byte; another mail is another message."""
    made = {EMAIL.to_message(SENDER).as_bytes() for _ in range(3)}
    other = evolve(EMAIL, id="2").to_message(SENDER)

    assert len(made) == 1
    assert other["Message-ID"] != HEADERS["Message-ID"]


@pytest.mark.parametrize("length", [1, 60, 500, 880])
def test_a_url_to_unsubscribe_stays_whole(length: int) -> None:
    """However long: what is encoded or folded inside would be no URL."""
    url = f"https://example.org/?token={'aB_-9' * length}"[: length + 20]
    message = EMAIL.to_message(SENDER, unsubscribe_url=url)
    line = f"List-Unsubscribe: <{url}>"

    assert line in message.as_string().splitlines()
    assert line.encode() in message.as_bytes().splitlines()


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/\r\nBcc: eve@example.org",
        "https://example.org/>, <https://example.com/",
        "https://example.org/a token",
        "https://exämple.org/",
        "example.org",
        "javascript:alert(1)",
        "https://example.org/" + "a" * 900,
    ],
)
def test_what_is_no_url_is_refused(url: str) -> None:
    """Whatever would end the header, or be no link."""
    with pytest.raises(InvalidValue, match=r"^this URL fits no header; begin with https://"):
        EMAIL.to_message(SENDER, unsubscribe_url=url)


@pytest.mark.parametrize(
    ("sender", "reason"),
    [
        ("", "has no address"),
        ("Network", "has no address"),
        ("Network <notices>", "has no address"),
        (f"notices@{'a' * 64}.org", "has no address"),
        (f"{SENDER}\r\nBcc: eve@example.org", "^a sender is one line of printable characters"),
    ],
)
def test_a_sender_without_an_address_is_refused(sender: str, reason: str) -> None:
    """With an error that says what to write."""
    with pytest.raises(InvalidValue, match=reason):
        EMAIL.to_message(sender)


def test_a_sender_may_have_a_domain_in_any_script() -> None:
    """The id of the message has it in ASCII, as ids must be."""
    message = EMAIL.to_message("notices@exämple.org")

    assert message["Message-ID"].endswith("@xn--exmple-cua.org>")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ada",
        "ada@",
        "@example.org",
        "ada@example.org, eve@example.org",
        "ada@example.org\r\nBcc: eve@example.org",
        "Ada <ada@example.org>",
        "ada lovelace@example.org",
        "ada@example.org\x07",
        "ada@example..org",
        "ada@example.org ",
        f"{'a' * 243}@example.org",
    ],
)
def test_what_is_no_address_gets_no_mail(address: str) -> None:
    """No such mail can be made, and a member who wrote that has no address; the error keeps it."""
    member = Member(ADA, Profile(name=Name("Ada"), contact=ContactDetails(emails=(address,))))

    assert address_of(member) is None
    said = "^this is no address that mail can be sent to; write one such as ada@example.org$"
    with pytest.raises(InvalidValue, match=said) as refused:
        evolve(EMAIL, to=address)
    assert "eve" not in str(refused.value)


A, B, C = "ada@example.org", "ada+net@example.org", "ädä@exämple.org"


@pytest.mark.parametrize(
    ("shown", "confirmed", "expected"),
    [
        ([], [], None),
        ([A, B], [], A),
        (["by post", C], [], C),
        ([A, B], [B], B),
        ([A, "ADA+net@Example.org"], [C, B], "ADA+net@Example.org"),
        ([A, B], [C], C),
        ([], [B, C], B),
        ([], ["<>@example.org", B], B),
    ],
)
def test_mail_goes_to_the_first_address(
    shown: list[str], confirmed: list[str], expected: str | None
) -> None:
    """Of those that a member shows and confirmed, else of the confirmed, else of the shown."""
    contact = ContactDetails(emails=tuple(shown))

    assert (
        address_of(Member(ADA, Profile(name=Name("Ada"), contact=contact)), confirmed) == expected
    )


@pytest.mark.parametrize(
    ("subject", "line"),
    [
        ("Ada\r\n\tinvited  you ", "Ada invited you"),
        ("Ada \x7f", "Ada"),
        ("\x00 Ada \x07 \x1c Grace", "Ada Grace"),
        ("Ada\x07Grace", "AdaGrace"),
        ("\u2028Ada\u00a0Grace", "Ada Grace"),
    ],
)
def test_a_subject_is_one_line(subject: str, line: str) -> None:
    """Whatever it is made of; and a line that was made is the same when it is read again."""
    email = evolve(EMAIL, subject=subject)

    assert email.subject == line
    assert evolve(email, subject=line) == email


@given(strategies.texts(max_size=200), strategies.texts(max_size=200))
def test_nothing_in_a_mail_begins_a_header(subject: str, text: str) -> None:
    """Whatever members wrote: the headers are those that every mail has, and one address is sent to."""
    email = evolve(EMAIL, subject=f"From {subject}\r\nBcc: eve@example.org", text=text)
    message = received(email, unsubscribe_url=URL)

    assert list(message.keys()) == list(HEADERS)
    assert [each.addr_spec for each in message["To"].addresses] == ["ada@example.org"]
    assert message["Subject"].splitlines() == [message["Subject"]]


@pytest.mark.parametrize("field", ["subject", "text"])
def test_what_no_store_keeps_makes_no_mail(field: str) -> None:
    """A lone surrogate is no text that could be sent."""
    wrong: dict[str, Any] = {field: "\ud800"}

    with pytest.raises(InvalidValue, match="lone surrogates"):
        evolve(EMAIL, **wrong)


# ── In English ──────────────────────────────────────────────────────────────────────────────────


def group(kind: NoticeKind, *names: str, about: str = "") -> NoticeGroup:
    """Alike notices, one by each of those named."""
    return NoticeGroup(
        kind=kind,
        about=about,
        actors=(GRACE,) * len(names),
        names=tuple(Name(name) for name in names),
        count=len(names),
        at=NOON,
    )


INVITED = group(NoticeKind.INVITATION_RECEIVED, "Grace")
INVITED_OFTEN = group(NoticeKind.INVITATION_RECEIVED, "Grace", "Mary", "Hedy", "Alan")
ENDORSED = group(NoticeKind.SKILL_ENDORSED, "Mary", "Hedy", about="C++")
ODD = group(NoticeKind.SKILL_ENDORSED, "Eve\r\nBcc: eve", about="C\r\n\tSubject: x\x07")


@pytest.mark.parametrize(
    ("channel", "groups", "subject", "lines"),
    [
        (
            Channel.EMAIL,
            [INVITED],
            "Grace invited you to connect",
            ["Grace invited you to connect."],
        ),
        (Channel.EMAIL, [INVITED_OFTEN], "You have 4 invitations", ["You have 4 invitations."]),
        (
            Channel.EMAIL,
            [ENDORSED, INVITED],
            "Mary and Hedy endorsed you for C++, and more",
            ["Mary and Hedy endorsed you for C++.", "Grace invited you to connect."],
        ),
        (
            Channel.DAILY_DIGEST,
            [INVITED],
            "Your daily digest: 1 notice",
            ["Grace invited you to connect."],
        ),
        (
            Channel.WEEKLY_DIGEST,
            [INVITED_OFTEN, ENDORSED],
            "Your weekly digest: 6 notices",
            ["You have 4 invitations.", "Mary and Hedy endorsed you for C++."],
        ),
        (
            Channel.EMAIL,
            [ODD],
            "Eve Bcc: eve endorsed you for C Subject: x",
            ["Eve Bcc: eve endorsed you for C Subject: x."],
        ),
    ],
)
def test_a_mail_says_it_in_plain_sentences(
    channel: Channel, groups: list[NoticeGroup], subject: str, lines: list[str]
) -> None:
    """One a line; the first is the subject, and a digest says what it is."""
    member = Member(ADA, Profile(name=Name("Ada")))

    assert in_english(member, channel, tuple(groups)) == (subject, "".join(f"{x}\n" for x in lines))


@pytest.mark.parametrize(
    ("name", "note", "reminded", "subject", "text"),
    [
        (Name("Ada"), "", 0, "Ada invites you to connect", "Ada invites you to connect.\n"),
        (
            Name("Ada", "Lovelace"),
            "Hello.",
            1,
            "Reminder: Ada Lovelace invites you to connect",
            "Ada Lovelace invites you to connect.\n\nHello.\n",
        ),
        (Name(), "", 0, "A member invites you to connect", "A member invites you to connect.\n"),
        (
            Name("Eve\r\nBcc: eve"),
            "",
            2,
            "Reminder: Eve Bcc: eve invites you to connect",
            "Eve Bcc: eve invites you to connect.\n",
        ),
    ],
)
def test_a_guest_reads_who_invites_them(
    name: Name, note: str, reminded: int, subject: str, text: str
) -> None:
    """And the note, if there is one; a reminder says that it is one."""
    sent = AddressInvitation(inviter=ADA, address="grace@example.org", sent_at=NOON, note=note)
    letter = GuestLetter(invitation=sent, name=name, reminded=reminded)

    assert to_guests_in_english(letter) == (subject, text)
