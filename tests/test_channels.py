"""Channels: by which ways somebody wants to be told of what."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

import pytest

from connectcore import Channel, InvalidValue, NoticeKind, NoticePreferences
from connectcore.channels import mailed_by, subscription_to

WAITING = {
    NoticeKind.INVITATION_RECEIVED,
    NoticeKind.INVITATION_ACCEPTED,
    NoticeKind.MESSAGE_RECEIVED,
    NoticeKind.MESSAGE_REQUESTED,
    NoticeKind.RECOMMENDATION_ASKED,
    NoticeKind.RECOMMENDATION_WRITTEN,
    NoticeKind.REVISION_ASKED,
}
ASKED = NoticeKind.ENDORSEMENT_ASKED


@pytest.mark.parametrize("kind", NoticeKind)
def test_whoever_chose_nothing_is_told_in_the_usual_ways(kind: NoticeKind) -> None:
    """In the application, and of what waits for an answer by e-mail too."""
    expected = {Channel.IN_APP, Channel.EMAIL} if kind in WAITING else {Channel.IN_APP}

    assert NoticePreferences().of(kind) == expected


def test_a_chosen_kind_has_the_chosen_channels_and_no_others() -> None:
    """No channel is a choice too; the other kinds keep their usual ones."""
    chosen = NoticePreferences(channels={ASKED: [], NoticeKind.MESSAGE_RECEIVED: [Channel.EMAIL]})

    assert chosen.of(ASKED) == frozenset()
    assert chosen.of(NoticeKind.MESSAGE_RECEIVED) == {Channel.EMAIL}
    assert chosen.of(NoticeKind.POST_REACTED_TO) == {Channel.IN_APP}


def test_preferences_remember_no_order() -> None:
    """A mapping or pairs, in any order, make the same value."""
    pairs = [(ASKED, {Channel.EMAIL}), (NoticeKind.SKILL_ENDORSED, {Channel.IN_APP})]

    assert NoticePreferences(channels=pairs) == NoticePreferences(channels=dict(pairs[::-1]))
    assert len({NoticePreferences(channels=pairs), NoticePreferences(channels=pairs[::-1])}) == 1


def test_channels_are_given_up_for_one_kind() -> None:
    """Some of them, or all that send mail; the rest stays."""
    everything = NoticePreferences(channels={ASKED: Channel})

    assert everything.without(ASKED, Channel.EMAIL).of(ASKED) == set(Channel) - {Channel.EMAIL}
    assert everything.without(ASKED).of(ASKED) == {Channel.IN_APP}


def test_a_kind_or_a_digest_is_unsubscribed_from() -> None:
    """A kind sends no mail any more, a digest holds nothing any more; everything else stays."""
    both = NoticePreferences(
        channels={
            ASKED: set(Channel),
            NoticeKind.POST_REACTED_TO: {Channel.WEEKLY_DIGEST},
            NoticeKind.SKILL_ENDORSED: {Channel.DAILY_DIGEST},
        }
    )
    less_kind = both.unsubscribed(ASKED)
    less_weekly = both.unsubscribed(Channel.WEEKLY_DIGEST)

    assert {kind for kind in NoticeKind if less_kind.of(kind) != both.of(kind)} == {ASKED}
    assert less_kind.of(ASKED) == {Channel.IN_APP}
    assert less_weekly == NoticePreferences(
        channels={
            ASKED: set(Channel) - {Channel.WEEKLY_DIGEST},
            NoticeKind.POST_REACTED_TO: (),
            NoticeKind.SKILL_ENDORSED: {Channel.DAILY_DIGEST},
        }
    )
    assert less_weekly.unsubscribed(Channel.WEEKLY_DIGEST) == less_weekly
    assert NoticePreferences().unsubscribed(Channel.WEEKLY_DIGEST) == NoticePreferences()


@pytest.mark.parametrize(
    ("channels", "subscription"),
    [
        ({Channel.EMAIL}, ASKED),
        ({Channel.DAILY_DIGEST}, Channel.DAILY_DIGEST),
        ({Channel.WEEKLY_DIGEST, Channel.IN_APP}, Channel.WEEKLY_DIGEST),
        (Channel, ASKED),
    ],
)
def test_what_is_mailed_belongs_to_one_subscription(
    channels: Collection[Channel], subscription: object
) -> None:
    """To the kind where it goes out at once, to the digest where it goes out in one."""
    channel = mailed_by(channels)

    assert channel is not None
    assert subscription_to(ASKED, channel) is subscription


@pytest.mark.parametrize(
    ("channel", "at", "due"),
    [
        (Channel.IN_APP, "2026-03-02T12:00", "2026-03-02T12:00"),
        (Channel.EMAIL, "2026-03-02T12:00", "2026-03-02T12:00"),
        (Channel.DAILY_DIGEST, "2026-03-02T12:00", "2026-03-03T00:00"),
        (Channel.DAILY_DIGEST, "2026-03-02T00:00", "2026-03-03T00:00"),
        (Channel.DAILY_DIGEST, "2026-12-31T23:59", "2027-01-01T00:00"),
        (Channel.WEEKLY_DIGEST, "2026-03-02T00:00", "2026-03-09T00:00"),
        (Channel.WEEKLY_DIGEST, "2026-03-04T12:00", "2026-03-09T00:00"),
        (Channel.WEEKLY_DIGEST, "2026-03-08T23:59", "2026-03-09T00:00"),
    ],
)
def test_a_channel_says_when_it_is_due(channel: Channel, at: str, due: str) -> None:
    """At once, at the next midnight, or on the next Monday; what comes on the dot waits its turn."""
    moments = [datetime.fromisoformat(moment).replace(tzinfo=UTC) for moment in (at, due)]

    assert channel.due_at(moments[0]) == moments[1]


@pytest.mark.parametrize(
    ("channels", "expected"),
    [
        ((), None),
        ({Channel.IN_APP}, None),
        ({Channel.IN_APP, Channel.WEEKLY_DIGEST}, Channel.WEEKLY_DIGEST),
        ({Channel.WEEKLY_DIGEST, Channel.DAILY_DIGEST}, Channel.DAILY_DIGEST),
        (Channel, Channel.EMAIL),
    ],
)
def test_whoever_chose_several_ways_is_mailed_once(
    channels: Collection[Channel], expected: Channel | None
) -> None:
    """By the soonest of them."""
    assert mailed_by(channels) is expected


@pytest.mark.parametrize(
    ("channels", "said"),
    [
        ({"endorsement_asked": {Channel.EMAIL}}, "^kind='endorsement_asked' is no NoticeKind;"),
        ({ASKED: {"email"}}, "^channel='email' is no Channel; choose from IN_APP, EMAIL"),
        (
            {ASKED: Channel.EMAIL},
            r"^Channel\.EMAIL is one channel; give a collection, such as {Chan",
        ),
    ],
    ids=["no kind", "no channel", "not in a collection"],
)
def test_what_is_no_channel_is_refused(channels: Any, said: str) -> None:
    """A text that looks like a choice would be obeyed by nobody."""
    with pytest.raises(InvalidValue, match=said):
        NoticePreferences(channels=channels)
