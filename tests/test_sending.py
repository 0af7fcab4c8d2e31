"""The example that sends mail by SMTP, and a sender that is killed between any two steps."""

import smtplib
import subprocess
import sys
from asyncio import Server
from collections.abc import Callable, Iterator, Mapping
from email import message_from_bytes
from email.message import Message
from email.policy import default
from itertools import count
from runpy import run_path
from typing import Any, final

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from connectcore import Mailing, MemoryStore, Network, Profile, Settings, WhoMayWrite
from connectcore.storage import Store
from connectcore.testing import WatchedStore
from tests import ROOT
from tests.conftest import by_depth
from tests.mortal import Killed, Life
from tests.worlds import World, world

PROGRAM = ROOT / "docs" / "examples" / "send_mail.py"
EXAMPLE: dict[str, Any] = run_path(str(PROGRAM))
SEND_DUE: Callable[[Network[Profile], smtplib.SMTP], int] = EXAMPLE["send_due"]


@final
class Inbox:
    """Takes all mail, but for what it `refuses`: the answers for an address or a subject, once each."""

    def __init__(self) -> None:
        self.taken: list[Message] = []
        self.refuses: dict[str, list[str]] = {}

    async def handle_RCPT(  # noqa: N802 - the name that the server calls
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Take or refuse somebody's mail."""
        if self.refuses.get(address):
            return self.refuses[address].pop()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the name that the server calls
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take a mail."""
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=default)
        if refusals := self.refuses.get(str(message["Subject"])):
            return refusals.pop()
        self.taken.append(message)
        return "250 OK"


@final
class AnyPort(Controller):
    """Runs a server at whatever port is free, which is known when it has been bound."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@pytest.fixture(name="inbox")
def _inbox() -> Inbox:
    """Give an empty inbox."""
    return Inbox()


@pytest.fixture(name="local")
def _local(inbox: Inbox) -> Iterator[tuple[str, int]]:
    """Start a server on this machine that fills the inbox, and give where it listens."""
    controller = AnyPort(inbox, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        yield controller.hostname, controller.port
    finally:
        controller.stop()


@final
class MortalSMTP(smtplib.SMTP):
    """A connection that may end before whatever it says to the server, and after."""

    def __init__(self, host: str, port: int, life: Life) -> None:
        self._life = life
        super().__init__(host, port)

    def send(self, s: Any) -> None:
        """Say something."""
        self._life("say")
        super().send(s)
        self._life("said")


def town(store: Store | None = None) -> World:
    """Cat invites Ada and Bob, and writes to both."""
    open_to_all = Settings(who_may_write=WhoMayWrite.ANYONE)
    made = world("ada", "bob", "cat", journal=[Mailing], settings=open_to_all, store=store)
    for reader in ("ada", "bob"):
        made["cat"].invitations.send(reader)
        made["cat"].messages.send(reader, "Hello.")
    return made


ADA, BOB = "ada@example.org", "bob@example.org"
INVITED, WRITTEN_TO = "Cat Example invited you to connect", "Cat Example wrote to you"
EVERYTHING = [(ADA, INVITED), (ADA, WRITTEN_TO), (BOB, INVITED), (BOB, WRITTEN_TO)]


def send(made: World, local: tuple[str, int], life: Life | None = None) -> int:
    """Send what is due, over a connection that is dropped if the sender is killed."""
    server = MortalSMTP(*local, life or Life())
    try:
        return SEND_DUE(made.network, server)
    finally:
        server.close()


def taken(inbox: Inbox) -> list[tuple[str, str]]:
    """To whom and about what each mail is that was taken, in the order in which it was taken."""
    return [(str(each["To"]), str(each["Subject"])) for each in inbox.taken]


def test_everything_that_is_due_is_sent_once(local: tuple[str, int], inbox: Inbox) -> None:
    """With a link to unsubscribe that works; afterwards nothing is due."""
    made = town()

    assert send(made, local) == 4
    assert taken(inbox) == EVERYTHING
    assert send(made, local) == 0
    assert len({each["Message-ID"] for each in inbox.taken}) == 4
    address, _, token = str(inbox.taken[0]["List-Unsubscribe"]).partition("?token=")
    assert address == "<https://network.example.org/unsubscribe"
    made.network.unsubscribe(token.removesuffix(">"))
    made["bob"].invitations.send("ada")
    assert send(made, local) == 0


@pytest.mark.thorough
def test_a_sender_that_is_killed_between_any_two_steps_loses_nothing(
    local: tuple[str, int], inbox: Inbox
) -> None:
    """A step is a call to the store or something said to the server, and the next sender goes on.

    What is taken twice has the same id and the same bytes, and the mail of each reader comes in order.
    """
    times_taken = set[int]()
    for steps in count(step=by_depth(quick=3, usual=3, ci=1, nightly=1)):
        inbox.taken.clear()
        life = Life()
        made = town(WatchedStore(MemoryStore(), life))
        life.left = steps
        try:
            send(made, local, life)
        except Killed:
            life.left = None
            send(made, local)
        else:
            break

        by_id = {str(each["Message-ID"]): each for each in reversed(inbox.taken)}
        assert sorted(dict.fromkeys(taken(inbox))) == EVERYTHING
        assert len(by_id) == 4
        assert all(bytes(each) == bytes(by_id[str(each["Message-ID"])]) for each in inbox.taken)
        assert [line for line in dict.fromkeys(taken(inbox)) if line[0] == ADA] == EVERYTHING[:2]
        assert [line for line in dict.fromkeys(taken(inbox)) if line[0] == BOB] == EVERYTHING[2:]
        times_taken.add(len(inbox.taken))

    assert steps > 60
    assert times_taken == {4, 5}


def test_a_sender_that_settles_too_soon_loses_mail(local: tuple[str, int], inbox: Inbox) -> None:
    """A planted fault, which shows that killing one finds it."""
    life = Life()
    made = town(WatchedStore(MemoryStore(), life))
    emails = made.network.mail.due()
    made.network.mail.sent(*emails)
    life.left = 3
    server = MortalSMTP(*local, life)
    with pytest.raises(Killed):
        server.send_message(emails[0].to_message("notices@example.org"))
    server.close()
    life.left = None
    send(made, local)

    assert taken(inbox) != EVERYTHING


FOR_GOOD: Mapping[str, tuple[str, str]] = {
    "nobody at that address": (ADA, "550 No such mailbox"),
    "no such mail wanted": (INVITED, "554 No thanks"),
}
FOR_NOW: Mapping[str, tuple[str, str]] = {
    "mailbox busy": (ADA, "450 Try again"),
    "no room": (INVITED, "452 Try again"),
}


@pytest.mark.parametrize("name", FOR_GOOD)
def test_what_is_refused_for_good_is_in_nobodys_way(
    local: tuple[str, int], inbox: Inbox, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """It is settled and said; everything else is sent."""
    made, (what, answer) = town(), FOR_GOOD[name]
    inbox.refuses[what] = [answer]

    assert send(made, local) == 3
    assert taken(inbox) == EVERYTHING[1:]
    assert f"was refused for good: {answer[:3]}" in capsys.readouterr().out
    assert send(made, local) == 0


@pytest.mark.parametrize("name", FOR_NOW)
def test_what_is_refused_for_now_waits(local: tuple[str, int], inbox: Inbox, name: str) -> None:
    """And with it all later mail to the same member, which is not to overtake it."""
    made, (what, answer) = town(), FOR_NOW[name]
    inbox.refuses[what] = [answer]

    assert send(made, local) == 2
    assert taken(inbox) == EVERYTHING[2:]
    assert send(made, local) == 2
    assert taken(inbox) == EVERYTHING[2:] + EVERYTHING[:2]


def test_the_program_sends_the_mail_of_a_small_network(
    local: tuple[str, int], inbox: Inbox
) -> None:
    """As its first lines say."""
    command = [sys.executable, str(PROGRAM), local[0], str(local[1])]
    run = subprocess.run(command, capture_output=True, text=True, check=True)

    assert run.stdout == "2 mails were sent\n"
    assert taken(inbox) == [
        ("grace@example.org", "You have 2 invitations"),
        (ADA, "Mary accepted your invitation"),
    ]
