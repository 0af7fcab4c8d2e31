"""An application's own rules and activities fit where the stock ones do."""

from datetime import datetime, timedelta
from typing import ClassVar, assert_type, final

from attrs import frozen

from connectcore import (
    ActingMember,
    Activity,
    ActivityKey,
    Caution,
    CautionRule,
    ConnectionRules,
    FeedItem,
    FeedPage,
    FeedPolicy,
    MemberJoined,
    Network,
    PostId,
    Profile,
    Proposal,
    Rank,
    Refusal,
    Rule,
)

# ── Rules ───────────────────────────────────────────────────────────────────────────────────────


def needs_a_note(proposal: Proposal) -> Refusal | None:
    """Refuse an invitation that says nothing."""
    return None if proposal.note else Refusal(code="note_needed", message="Say hello.")


def long_unseen(proposal: Proposal) -> Caution | None:
    """Warn of inviting somebody without a date of joining."""
    joined = proposal.other and proposal.other.joined_at
    return None if joined else Caution(code="long_unseen", message="They were here long ago.")


@final
@frozen
class MembersFor:
    """Only those may invite who have been members for a while."""

    duration: timedelta

    def __call__(self, proposal: Proposal) -> Refusal | None:
        """Refuse somebody who joined lately."""
        joined = proposal.actor.joined_at
        if joined is None or proposal.at - joined >= self.duration:
            return None
        return Refusal(code="new_here", message="Look around first.")


def says_yes_or_no(proposal: Proposal) -> bool:
    """Look like a rule, but give no reasons."""
    return bool(proposal.note)


def looks_at_a_note(note: str) -> Refusal | None:
    """Look like a rule, but at less than a proposal."""
    return Refusal(code="note_needed", message=note)


def a_rule_is_a_function_or_a_frozen_class() -> None:
    """Either is a `Rule`, and either joins the stock ones."""
    rule: Rule = needs_a_note
    another: Rule = MembersFor(timedelta(days=7))
    caution: CautionRule = long_unseen
    rules = ConnectionRules.professional().with_inviting(rule, another)
    assert_type(rules, ConnectionRules)
    assert_type(rules.without(MembersFor, needs_a_note, caution), ConnectionRules)
    assert_type(rules.with_cautions(caution), ConnectionRules)
    Network(rules=ConnectionRules(inviting=(rule, another), cautions=(caution,)))


def what_gives_no_reasons_is_no_rule() -> None:
    """A rule explains itself with a `Refusal`, and looks at a `Proposal`."""
    rules = ConnectionRules.open()
    rules.with_inviting(says_yes_or_no)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    rules.with_inviting(looks_at_a_note)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    rules.with_inviting(MembersFor)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    rules.with_cautions(needs_a_note)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    ConnectionRules(cautions=(needs_a_note,))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


# ── Activities ──────────────────────────────────────────────────────────────────────────────────


@final
@frozen(kw_only=True)
class TalkAnnounced(Activity):
    """`actor` will give a talk."""

    kind: ClassVar[str] = "talk_announced"

    title: str
    invitation: PostId | None = None

    @property
    def key(self) -> ActivityKey:
        """A talk is told once."""
        return (self.kind, self.title)

    @property
    def about(self) -> PostId | None:
        """What invites to it."""
        return self.invitation


def an_own_activity_is_published_and_read(ada: ActingMember[Profile], at: datetime) -> None:
    """An application's kind goes in as it is, and is told apart again by `match`."""
    ada.activities.publish(TalkAnnounced(id="1", actor="ada", at=at, title="Engines"))
    page = ada.feed.page()
    assert_type(page, FeedPage)
    for item in page.items:
        assert_type(item, FeedItem)
        match item.lead:
            case TalkAnnounced(title=title):
                assert_type(title, str)
            case MemberJoined(actor=actor):
                assert_type(item.lead, MemberJoined)
                _ = actor
            case _:
                assert_type(item.lead, Activity)


def by_recency(item: FeedItem, at: datetime) -> float:
    """Rank an item by its age alone."""
    return -(at - item.at).total_seconds()


def by_length(item: str, at: datetime) -> float:
    """Rank what is no item."""
    return float(len(item))


def a_ranking_is_a_function() -> None:
    """`FeedPolicy` takes any function of an item and a moment."""
    rank: Rank = by_recency
    FeedPolicy(rank=rank)
    FeedPolicy(rank=by_length)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def a_closed_class_is_not_subclassed() -> None:
    """The stock kinds are closed, so that a `match` over them tells the whole."""

    class Rejoined(MemberJoined):  # type: ignore[misc]  # pyright: ignore[reportGeneralTypeIssues]
        pass

    _ = Rejoined
