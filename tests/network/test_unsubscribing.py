"""Unsubscribing: by a token from a mail, signed in or not."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest

from connectcore import (
    Channel,
    Email,
    InvalidToken,
    Mailing,
    MemoryStore,
    Network,
    NoticeKind,
    NoticePreferences,
    Profile,
)
from connectcore.testing import RecordingStore
from tests.worlds import World, world

INVITED, WRITTEN_TO = NoticeKind.INVITATION_RECEIVED, NoticeKind.MESSAGE_RECEIVED


def town(channels: Iterable[Channel] = Channel, **founded: Any) -> World:
    """Ada, who is told by *channels* of invitations and messages, and two more."""
    made = world("ada", "bob", "cat", journal=[Mailing], connected=[("cat", "ada")], **founded)
    for email in made.network.mail.due():
        made.network.mail.sent(email)
    chosen = {kind: set(channels) for kind in (INVITED, WRITTEN_TO)}
    made["ada"].settings.change(notices=NoticePreferences(channels=chosen))
    return made


def mail_to_ada(made: World) -> list[Email]:
    """What is due after Bob invited Ada and Cat wrote to her."""
    made["bob"].invitations.send("ada")
    made["cat"].messages.send("ada", "Hello.")
    return list(made.network.mail.due(at=made.clock.forward(days=7)))


def chosen_by_ada(made: World) -> Mapping[NoticeKind, frozenset[Channel]]:
    """By which channels Ada is told of the two kinds."""
    notices = made["ada"].settings.read().notices
    return {kind: notices.of(kind) for kind in (INVITED, WRITTEN_TO)}


def test_a_token_of_a_kind_switches_its_mail_off() -> None:
    """All mail of that kind and no other, and what waits of it is not sent; the rest goes on."""
    made = town()
    invitation, message = mail_to_ada(made)
    made.network.unsubscribe(invitation.token)

    assert chosen_by_ada(made) == {INVITED: {Channel.IN_APP}, WRITTEN_TO: frozenset(Channel)}
    assert made.network.mail.due() == (message,)
    assert len(made["ada"].notices.page().items) == 2


def test_a_token_of_a_digest_switches_the_digest_off() -> None:
    """Of whatever kinds; what goes out by other ways goes on."""
    made = town({Channel.IN_APP, Channel.WEEKLY_DIGEST})
    (digest,) = mail_to_ada(made)
    made.network.unsubscribe(digest.token)

    assert chosen_by_ada(made) == {INVITED: {Channel.IN_APP}, WRITTEN_TO: {Channel.IN_APP}}
    assert made["ada"].settings.read().notices.of(NoticeKind.MESSAGE_REQUESTED) == {
        Channel.IN_APP,
        Channel.EMAIL,
    }
    assert made.network.mail.due() == ()


def test_unsubscribing_again_changes_nothing() -> None:
    """However often; and whoever subscribes again is mailed again, until they use it once more."""
    made = town()
    token = mail_to_ada(made)[0].token
    for _ in range(3):
        made.network.unsubscribe(token)
        assert chosen_by_ada(made)[INVITED] == {Channel.IN_APP}
    made["ada"].settings.change(notices=NoticePreferences())

    assert Channel.EMAIL in chosen_by_ada(made)[INVITED]
    made.network.unsubscribe(token)
    assert Channel.EMAIL not in chosen_by_ada(made)[INVITED]


def test_a_token_is_one_of_a_member_and_a_kind() -> None:
    """The same in every mail of it, in any process with the same key, and another for others."""
    made = town()
    tokens = [email.token for email in mail_to_ada(made)]
    made["cat"].invitations.send("bob")
    (of_bob,) = (email.token for email in made.network.mail.due() if email.owner == "bob")
    again = [email.token for email in Network(made.store, clock=made.clock).mail.due()]

    assert len({*tokens, of_bob}) == 3
    assert again == [*tokens, of_bob]


TORN: Mapping[str, Callable[[str], str]] = {
    "empty": lambda _: "",
    "cut short": lambda token: token[:-1],
    "cut at the front": lambda token: token[1:],
    "altered": lambda token: token.swapcase(),
    "lengthened": lambda token: f"{token}A",
    "no token": lambda _: "ada",
}


@pytest.mark.parametrize("name", TORN)
def test_a_torn_token_is_refused(name: str) -> None:
    """With one error, and nothing is changed."""
    made = town()
    token = mail_to_ada(made)[0].token
    before = chosen_by_ada(made)

    with pytest.raises(InvalidToken):
        made.network.unsubscribe(TORN[name](token))
    assert chosen_by_ada(made) == before


def test_the_token_of_another_network_is_refused() -> None:
    """Whoever has no key can make none."""
    made, other = town(), town()
    token = mail_to_ada(other)[0].token

    with pytest.raises(InvalidToken):
        made.network.unsubscribe(token)


def test_a_secret_makes_the_tokens() -> None:
    """Where there is one, whoever reads the store's key makes no tokens with it."""
    made = town()
    with_secret: Network[Profile] = Network(made.store, clock=made.clock, secret=bytes(32))
    token = mail_to_ada(made)[0].token
    (other, *_) = (email.token for email in with_secret.mail.due())

    assert other != token
    assert "ada" not in other
    with pytest.raises(InvalidToken):
        with_secret.unsubscribe(token)
    with_secret.unsubscribe(other)
    assert chosen_by_ada(made)[INVITED] == {Channel.IN_APP}


def test_a_token_tells_nothing_about_its_member() -> None:
    """The answer is the same for one who is there, and one who is gone."""
    log = RecordingStore(MemoryStore())
    made = town(store=log)
    token = mail_to_ada(made)[0].token
    answers: list[object] = []
    for times_erased in range(3):
        if times_erased:
            made["ada"].data.erase()
        log.calls.clear()
        made.network.unsubscribe(token)
        answers.append([name for name in log.names if name != "put_member"])

    assert answers == answers[:1] * 3
