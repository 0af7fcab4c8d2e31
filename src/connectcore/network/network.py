"""The network: where members join, and where acting begins."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any, Generic, final, overload

from attrs import evolve

from connectcore.acts import Act
from connectcore.choices import check_instance
from connectcore.correspondence import MessagePolicy
from connectcore.errors import AlreadyJoined, InvalidValue
from connectcore.explanations import Disclosure
from connectcore.feed import FeedPolicy
from connectcore.guests import ReminderPolicy
from connectcore.journal import Happening
from connectcore.mail import GuestWording, Wording, in_english, to_guests_in_english
from connectcore.members import Member, MemberId, member_id
from connectcore.messages import MessageWay
from connectcore.network.activities import Activities, OwnActivities
from connectcore.network.addresses import Addresses
from connectcore.network.belongings import Belongings
from connectcore.network.blocks import Blocks
from connectcore.network.charter import Charter
from connectcore.network.connections import Connections, OwnConnections
from connectcore.network.contacts import Contacts
from connectcore.network.endorsements import Endorsements, OwnEndorsements
from connectcore.network.erasing import named_in_joining, reinstate
from connectcore.network.explaining import (
    explain_act,
    explain_endorsement,
    explain_message,
    explain_recommendation,
    explain_view,
)
from connectcore.network.feed import Feed
from connectcore.network.follows import Follows
from connectcore.network.invitations import Invitations
from connectcore.network.journal import Journal, check_happenings
from connectcore.network.loading import Loadable, LoadReport, load
from connectcore.network.mail import Mail, unsubscribe
from connectcore.network.messages import Messages
from connectcore.network.naming import write_naming
from connectcore.network.notices import Notices
from connectcore.network.posts import OwnPosts, Posts
from connectcore.network.profiles import OwnProfiles, Profiles, check_skills, own_profile
from connectcore.network.publishing import admit
from connectcore.network.recommendations import OwnRecommendations, Recommendations
from connectcore.network.settings import MemberSettings
from connectcore.profiles import Position, Profile, ProfileT
from connectcore.recommendations import RecommendationPolicy
from connectcore.refusals import Verdict
from connectcore.relationships import Acquaintance
from connectcore.rulebook import ConnectionRules
from connectcore.skills import SkillPolicy
from connectcore.storage import Snapshot, Store, Transaction
from connectcore.storage.memory import MemoryStore
from connectcore.visibility import VisibilityPolicy, check_audiences, check_blanks, check_bounds

__all__ = ["ActingMember", "Network", "Visitor"]

_SECRET_BYTES = 32
_ID_BYTES = 16


def _now() -> datetime:
    return datetime.now(UTC)


def _new_id() -> str:
    return token_hex(_ID_BYTES)


def _long_enough(secret: bytes | None) -> bytes | None:
    if secret is not None and len(secret) < _SECRET_BYTES:
        message = f"a secret has at least {_SECRET_BYTES} random bytes, not {len(secret)}"
        raise InvalidValue(message)
    return secret


@final
class Network(Generic[ProfileT]):
    """A professional network.

    Without a *store* it lives in memory.
    *profile* is the application's own subclass of `Profile`, if it has one, and then what members
    see of each other is of that type.
    *rules* says which invitations, acceptances and blocks are allowed, *messages* who may write to
    whom beside connections; they are those of a professional network unless others are given.
    *visibility* says within which bounds members open and close what they show, *feed* how feeds
    are put together, *skills* how skills are compared and how many are listed, *recommendations*
    how long one may be.
    *wording* says the words of mail, *guest_wording* those of mail to addresses that were invited;
    they are English sentences otherwise.
    *reminders* says when these are reminded, which they are not by default.
    *journal* names what is written down for the application to deal with: `Mailing` for mail that
    is to be sent, `GuestInvited` and `GuestReminded` for mail to addresses, `Notice` for whatever
    members are told, `PairEvent` for what happens between them, or one of its kinds; nothing by
    default, since a journal that nobody reads only grows.
    *secret* is the key of tokens and digests, at least 32 random bytes that stay the same; without
    one the store's own serves, which whoever can read the database can read too.
    *clock* and *new_id* are where moments and ids come from; a test gives its own.

    >>> from connectcore import Name
    >>> network = Network()
    >>> ada = network.join(Member("ada", Profile(name=Name("Ada", "Lovelace"))))
    >>> network.as_member("ada").connections.count()
    0
    """

    @overload
    def __init__(
        self: Network[Profile],
        store: Store | None = None,
        *,
        rules: ConnectionRules = ...,
        visibility: VisibilityPolicy = ...,
        feed: FeedPolicy = ...,
        skills: SkillPolicy = ...,
        recommendations: RecommendationPolicy = ...,
        messages: MessagePolicy = ...,
        wording: Wording = ...,
        guest_wording: GuestWording = ...,
        reminders: ReminderPolicy = ...,
        journal: Iterable[type[Happening]] = ...,
        secret: bytes | None = ...,
        clock: Callable[[], datetime] = ...,
        new_id: Callable[[], str] = ...,
    ) -> None: ...
    @overload
    def __init__(
        self,
        store: Store | None = None,
        *,
        profile: type[ProfileT],
        rules: ConnectionRules = ...,
        visibility: VisibilityPolicy = ...,
        feed: FeedPolicy = ...,
        skills: SkillPolicy = ...,
        recommendations: RecommendationPolicy = ...,
        messages: MessagePolicy = ...,
        wording: Wording = ...,
        guest_wording: GuestWording = ...,
        reminders: ReminderPolicy = ...,
        journal: Iterable[type[Happening]] = ...,
        secret: bytes | None = ...,
        clock: Callable[[], datetime] = ...,
        new_id: Callable[[], str] = ...,
    ) -> None: ...
    def __init__(
        self,
        store: Store | None = None,
        *,
        profile: Any = Profile,
        rules: ConnectionRules = ConnectionRules.professional(),
        visibility: VisibilityPolicy = VisibilityPolicy(),
        feed: FeedPolicy = FeedPolicy(),
        skills: SkillPolicy = SkillPolicy(),
        recommendations: RecommendationPolicy = RecommendationPolicy(),
        messages: MessagePolicy = MessagePolicy(),
        wording: Wording = in_english,
        guest_wording: GuestWording = to_guests_in_english,
        reminders: ReminderPolicy = ReminderPolicy(),
        journal: Iterable[type[Happening]] = (),
        secret: bytes | None = None,
        clock: Callable[[], datetime] = _now,
        new_id: Callable[[], str] = _new_id,
    ) -> None:
        check_blanks(profile)
        check_bounds(profile, visibility)
        self._charter: Charter[ProfileT] = Charter(
            store=MemoryStore() if store is None else store,
            profile=profile,
            rules=rules,
            visibility=visibility,
            feed=feed,
            skills=skills,
            recommendations=recommendations,
            messages=messages,
            wording=wording,
            guest_wording=guest_wording,
            reminders=reminders,
            journal=check_happenings(journal),
            secret=_long_enough(secret),
            clock=clock,
            new_id=new_id,
        )
        self.journal: Journal[ProfileT] = Journal(self._charter)
        self.mail: Mail[ProfileT] = Mail(self._charter)

    def join(self, member: Member[ProfileT], *, at: datetime | None = None) -> Member[ProfileT]:
        """Let somebody join, and give them with the moment at which they did.

        Joining again with nothing changed answers as before; raises `AlreadyJoined` if the id is
        taken by a member who is not the same, and `AudienceOutOfBounds` for settings that the
        visibility policy does not allow.
        Raises `Refused` for skills that the policy for skills does not allow.
        Whoever blocked a member with this id who was erased has blocked this one from the start.
        """
        charter = self._charter
        check_instance("member", member, Member)
        own_profile(member, charter.profile)
        joined = evolve(member, joined_at=member.joined_at or charter.moment(at))

        def named(snapshot: Snapshot) -> frozenset[MemberId]:
            return named_in_joining(charter, snapshot, (member.id,))

        def unit(transaction: Transaction) -> Member[ProfileT]:
            present = transaction.members((member.id,)).get(member.id)
            if present is not None:
                if (present.profile, present.settings) != (member.profile, member.settings):
                    raise AlreadyJoined(member.id)
                return own_profile(present, charter.profile)
            check_audiences(type(member.profile), member.settings, charter.visibility)
            check_skills(charter, member.profile)
            admit(charter, transaction, joined)
            reinstate(charter, transaction, member.id)
            return joined

        return write_naming(charter.store, named, unit)

    def load(
        self,
        items: Iterable[Loadable[ProfileT]],
        *,
        batch: int = 1000,
        progress: Callable[[int], None] | None = None,
    ) -> LoadReport[ProfileT]:
        """Load a network that exists already, in bulk.

        Members come before what names them, posts before comments and reactions.
        Each item is checked against what is there and against the rules for accepting; one that
        does not fit is left out and reported, and the rest go on.
        A *batch* is loaded whole or not at all; after each one *progress* is told how many items
        have been looked at.
        Raises `InvalidValue` for a batch of less than one item, and for something that is none of
        `Loadable`; the batches before it stay loaded.
        """
        return load(self._charter, items, batch=batch, progress=progress)

    def explain(
        self,
        actor: str,
        act: Act,
        to: str,
        *,
        note: str = "",
        acquaintance: Acquaintance | None = None,
        email: str | None = None,
        at: datetime | None = None,
    ) -> Verdict:
        """Say what would become of an act, with its true causes; for an operator alone.

        Where *actor* reads only that somebody is not available, this tells a block from a profile
        that shows nothing and from nobody there; behind `not_accepting` it tells a report, a
        removal and a setting apart, and gives the counts that the actor is not shown.
        What a refusal is shown as stands beside it, so both sides of a support case are here.
        Nothing is changed; raises `UnknownMember` for an actor who has not joined.
        """
        return explain_act(
            self._charter,
            act,
            actor,
            to,
            at=at,
            note=note,
            acquaintance=acquaintance,
            email=email,
        )

    def explain_message(
        self,
        actor: str,
        way: MessageWay,
        to: str,
        *,
        text: str = "",
        subject: str = "",
        at: datetime | None = None,
    ) -> Verdict:
        """Say what would become of a message, with its true causes; for an operator alone.

        As `explain` does of other acts; nothing is changed.
        """
        return explain_message(self._charter, way, actor, to, at=at, text=text, subject=subject)

    def explain_endorsement(
        self, actor: str, to: str, *, skill: str, at: datetime | None = None
    ) -> Verdict:
        """Say what would become of an endorsement, with its true causes; for an operator alone.

        As `explain` does of other acts; nothing is changed.
        """
        return explain_endorsement(self._charter, actor, to, skill=skill, at=at)

    def explain_recommendation(
        self,
        actor: str,
        to: str,
        *,
        position: Position,
        text: str = "",
        at: datetime | None = None,
    ) -> Verdict:
        """Say what would become of a recommendation, with its true causes; for an operator alone.

        As `explain` does of other acts; nothing is changed.
        """
        return explain_recommendation(self._charter, actor, to, position=position, text=text, at=at)

    def explain_view(self, viewer: str | None, member: str) -> Disclosure:
        """Say what *member* shows to *viewer*, part by part, and why; for an operator alone.

        A *viewer* of `None` is a visitor; raises `UnknownMember` for one who has not joined.
        """
        return explain_view(self._charter, viewer, member)

    def unsubscribe(self, token: str) -> None:
        """Send no more of what a mail with this *token* was one of: its kind, or that digest.

        Nobody has to be signed in for it, and doing it again changes nothing.
        The answer is the same whether or not whoever it was sent to is still there.
        Raises `InvalidToken` for a text that is no token of this network, or not a whole one.
        """
        unsubscribe(self._charter, token)

    def as_member(self, member: str) -> ActingMember[ProfileT]:
        """Act as a member whom the application has authenticated."""
        return ActingMember(self._charter, member_id(member))

    def as_visitor(self) -> Visitor[ProfileT]:
        """Look as somebody who is not signed in."""
        return Visitor(self._charter)


@final
class ActingMember(Generic[ProfileT]):
    """A member who acts; every call is made with their rights and no others."""

    def __init__(self, charter: Charter[ProfileT], actor: MemberId) -> None:
        self.id: MemberId = actor
        self.invitations: Invitations[ProfileT] = Invitations(charter, actor)
        self.connections: OwnConnections[ProfileT] = OwnConnections(charter, actor)
        self.blocks: Blocks[ProfileT] = Blocks(charter, actor)
        self.follows: Follows[ProfileT] = Follows(charter, actor)
        self.profiles: OwnProfiles[ProfileT] = OwnProfiles(charter, actor)
        self.settings: MemberSettings[ProfileT] = MemberSettings(charter, actor)
        self.posts: OwnPosts[ProfileT] = OwnPosts(charter, actor)
        self.endorsements: OwnEndorsements[ProfileT] = OwnEndorsements(charter, actor)
        self.recommendations: OwnRecommendations[ProfileT] = OwnRecommendations(charter, actor)
        self.activities: OwnActivities[ProfileT] = OwnActivities(charter, actor)
        self.feed: Feed[ProfileT] = Feed(charter, actor)
        self.messages: Messages[ProfileT] = Messages(charter, actor)
        self.notices: Notices[ProfileT] = Notices(charter, actor)
        self.addresses: Addresses[ProfileT] = Addresses(charter, actor)
        self.contacts: Contacts[ProfileT] = Contacts(charter, actor)
        self.data: Belongings[ProfileT] = Belongings(charter, actor)

    def __repr__(self) -> str:
        return f"<ActingMember {self.id!r}>"


@final
class Visitor(Generic[ProfileT]):
    """Somebody signed out, who sees what members opened to everyone."""

    def __init__(self, charter: Charter[ProfileT]) -> None:
        self.profiles: Profiles[ProfileT] = Profiles(charter, None)
        self.connections: Connections[ProfileT] = Connections(charter, None)
        self.posts: Posts[ProfileT] = Posts(charter, None)
        self.endorsements: Endorsements[ProfileT] = Endorsements(charter, None)
        self.recommendations: Recommendations[ProfileT] = Recommendations(charter, None)
        self.activities: Activities[ProfileT] = Activities(charter, None)
