"""Recommendations: write them, ask for them, decide which of one's own are shown, and read them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Generic, TypeVar, final

from attrs import evolve

from connectcore.errors import NotFound
from connectcore.members import MemberId, member_id
from connectcore.network.acts import approach
from connectcore.network.charter import Charter, acting, granted, seeing, standpoint
from connectcore.network.own import page_of_own
from connectcore.network.paging import read_page
from connectcore.network.recommending import (
    ask_for_recommendation,
    close_recommendation_request,
    decide_recommendation,
    dismiss_recommendation_request,
    put_recommendation,
    requests_about,
    take_recommendation_back,
)
from connectcore.network.vouching import weigh_recommendation
from connectcore.pages import Page
from connectcore.profiles import Position, ProfileT
from connectcore.recommendations import (
    RECOMMENDATIONS_ASKED,
    RECOMMENDATIONS_RECEIVED,
    RECOMMENDATIONS_REQUESTED,
    RECOMMENDATIONS_WRITTEN,
    Recommendation,
    RecommendationRequest,
    WorkingRelationship,
    ask_revision,
    position_named,
    request,
    revise,
)
from connectcore.registers import Register
from connectcore.showing import Showing, accept, connection_between, dismiss, hide, show
from connectcore.storage import Snapshot, Transaction
from connectcore.texts import named, storable, written

__all__ = ["OwnRecommendations", "Recommendations"]

T = TypeVar("T")
Result = TypeVar("Result")


class Recommendations(Generic[ProfileT]):
    """Recommendations as a member or a signed-out visitor sees them."""

    def __init__(self, charter: Charter[ProfileT], viewer: MemberId | None) -> None:
        self._charter = charter
        self._viewer = viewer

    def page(self, of: str, *, limit: int = 20, after: str | None = None) -> Page[Recommendation]:
        """The recommendations that the member *of* shows, newest first.

        They are open to those who may see both the section and the positions; an author who is not
        there for the viewer is not listed.
        """
        owner = member_id(of)

        def unit(snapshot: Snapshot) -> Page[Recommendation]:
            where = seeing(self._charter, snapshot, self._viewer, owner)
            sections = ("recommendations", "positions")
            is_open = all(where.may_read(owner, section) for section in sections)

            def keep(entries: Sequence[Recommendation]) -> Sequence[Recommendation]:
                authors = {entry.author for entry in entries}
                there = standpoint(self._charter, snapshot, self._viewer, authors)
                return [
                    entry
                    for entry in entries
                    if is_open and entry.standing is Showing.SHOWN and there.sees(entry.author)
                ]

            return read_page(
                lambda before, count: snapshot.entries(
                    RECOMMENDATIONS_RECEIVED, (owner,), before=before, limit=count
                ),
                RECOMMENDATIONS_RECEIVED.mark,
                scope=(self._viewer, "recommendations", owner),
                limit=limit,
                after=after,
                keep=keep,
            )

        return self._charter.store.read(unit)


@final
class OwnRecommendations(Recommendations[ProfileT]):
    """Recommendations as the acting member sees them, and what they do with them.

    All of it is between connections; removing a connection or a block takes it away for good.
    A recommendation or a request is named by its id, and one that is not the member's to act on is
    `NotFound`, like one that never was.
    """

    def __init__(self, charter: Charter[ProfileT], actor: MemberId) -> None:
        super().__init__(charter, actor)
        self._actor = actor

    # ── Writing ─────────────────────────────────────────────────────────────────────────────────

    def write(
        self,
        to: str,
        *,
        position: Position,
        relationship: WorkingRelationship,
        text: str,
        at: datetime | None = None,
    ) -> Recommendation:
        """Recommend a connection for a position that they hold or held; it waits for them.

        A *position* is known by its title and company.
        It answers what the member asked about that position.
        Raises `Refused` for a member who takes none, a position that is not on their profile, a
        text that is too long, and a position for which the member recommended them already.
        """
        other, moment, new_id = member_id(to), self._charter.moment(at), self._charter.new_id()

        def unit(transaction: Transaction) -> Recommendation:
            weighed = weigh_recommendation(
                self._charter,
                transaction,
                self._actor,
                other,
                new_id=new_id,
                position=position,
                relationship=relationship,
                text=text,
                at=moment,
            )
            recommendation = granted(weighed.decision)
            put_recommendation(self._charter, transaction, recommendation)
            for answered in weighed.asked:
                close_recommendation_request(transaction, answered)
            return recommendation

        return self._charter.store.write((self._actor, other), unit)

    def revise(
        self,
        recommendation: str,
        *,
        text: str,
        relationship: WorkingRelationship | None = None,
        at: datetime | None = None,
    ) -> Recommendation:
        """Write one's recommendation anew; the new one waits for its subject.

        What was accepted stays until the revision is accepted too, and what was not gives way at
        once.
        """
        moment, new_id, words = self._charter.moment(at), self._charter.new_id(), written(text)

        def act(transaction: Transaction, former: Recommendation) -> Recommendation:
            subject = former.subject
            proposal = approach(self._charter, transaction, self._actor, subject, at=moment)
            asked = requests_about(
                transaction, by=subject, of=self._actor, position=former.position
            )
            mine = transaction.entries(RECOMMENDATIONS_WRITTEN, (self._actor,), other=subject)
            revision = granted(
                revise(
                    former,
                    proposal,
                    new_id=new_id,
                    relationship=relationship,
                    text=words,
                    policy=self._charter.recommendations,
                    visibility=self._charter.visibility,
                )
            )
            for each in mine:
                if each.position == former.position and each.standing.told is Showing.WAITING:
                    take_recommendation_back(transaction, each)
            put_recommendation(self._charter, transaction, revision)
            for answered in asked:
                close_recommendation_request(transaction, answered)
            return revision

        return self._act(RECOMMENDATIONS_WRITTEN, recommendation, act)

    def withdraw(self, recommendation: str) -> None:
        """Take one's recommendation back for good; its subject is not told."""
        self._act(RECOMMENDATIONS_WRITTEN, recommendation, take_recommendation_back)

    # ── Deciding about one's own ────────────────────────────────────────────────────────────────

    def accept(self, recommendation: str, *, at: datetime | None = None) -> Recommendation:
        """Show a recommendation that waits, or was dismissed before; its author is told.

        What it revises is gone then.
        """
        return self._decide(recommendation, at, accept)

    def dismiss(self, recommendation: str) -> None:
        """Set a recommendation that waits aside; its author is not told, and it waits as they see it."""
        self._decide(recommendation, None, lambda standing: granted(dismiss(standing)))

    def hide(self, recommendation: str, *, at: datetime | None = None) -> None:
        """Show a recommendation to nobody; one that waits is accepted by that, and its author told."""
        self._decide(recommendation, at, hide)

    def show(self, recommendation: str, *, at: datetime | None = None) -> None:
        """Show a recommendation again that was hidden."""
        self._decide(recommendation, at, lambda standing: granted(show(standing)))

    def ask_revision(
        self, recommendation: str, *, message: str = "", at: datetime | None = None
    ) -> RecommendationRequest:
        """Ask the author to write a recommendation anew.

        Asking again while it is not revised changes nothing.
        """
        moment, new_id, words = self._charter.moment(at), self._charter.new_id(), storable(message)

        def act(transaction: Transaction, received: Recommendation) -> RecommendationRequest:
            author = received.author
            proposal = approach(self._charter, transaction, self._actor, author, at=moment)
            asked = requests_about(
                transaction, by=self._actor, of=author, position=received.position
            )
            for each in asked:
                if each.revises == received.id:
                    return each
            wanted = granted(
                ask_revision(
                    received,
                    proposal,
                    new_id=new_id,
                    message=words,
                    policy=self._charter.recommendations,
                )
            )
            ask_for_recommendation(self._charter, transaction, wanted)
            return wanted

        return self._act(RECOMMENDATIONS_RECEIVED, recommendation, act)

    # ── Asking ──────────────────────────────────────────────────────────────────────────────────

    def request(
        self,
        of: str,
        *,
        position: Position,
        relationship: WorkingRelationship | None = None,
        message: str = "",
        at: datetime | None = None,
    ) -> RecommendationRequest:
        """Ask a connection to recommend the member for a position of theirs, current or former.

        Asking again while it is not written changes nothing.
        """
        other, moment, new_id = member_id(of), self._charter.moment(at), self._charter.new_id()
        about, words = position_named(position), storable(message)

        def unit(transaction: Transaction) -> RecommendationRequest:
            proposal = approach(self._charter, transaction, self._actor, other, at=moment)
            asked = requests_about(transaction, by=self._actor, of=other, position=about)
            former = transaction.entries(RECOMMENDATIONS_RECEIVED, (self._actor,), other=other)
            connected = granted(connection_between(proposal))
            for each in asked:
                if each.revises is None:
                    return each
            wanted = granted(
                request(
                    connected,
                    proposal,
                    new_id=new_id,
                    position=about,
                    relationship=relationship,
                    message=words,
                    former=former,
                    policy=self._charter.recommendations,
                    visibility=self._charter.visibility,
                )
            )
            ask_for_recommendation(self._charter, transaction, wanted)
            return wanted

        return self._charter.store.write((self._actor, other), unit)

    def withdraw_request(self, request: str) -> None:
        """Take a request back that one made."""
        self._act(RECOMMENDATIONS_REQUESTED, request, close_recommendation_request)

    def decline(self, request: str) -> None:
        """Dismiss a request; whoever asked is not told, and can still be recommended."""
        self._act(RECOMMENDATIONS_ASKED, request, dismiss_recommendation_request)

    # ── One's own lists ─────────────────────────────────────────────────────────────────────────

    def received(self, *, limit: int = 20, after: str | None = None) -> Page[Recommendation]:
        """What was written about the member and not dismissed, newest first, shown or not."""
        return page_of_own(
            self._charter,
            self._actor,
            RECOMMENDATIONS_RECEIVED,
            limit=limit,
            after=after,
            wanted=lambda entry: entry.standing is not Showing.DISMISSED,
        )

    def given(self, *, limit: int = 20, after: str | None = None) -> Page[Recommendation]:
        """What the member wrote, newest first; one that was dismissed waits."""
        page = page_of_own(
            self._charter, self._actor, RECOMMENDATIONS_WRITTEN, limit=limit, after=after
        )
        told = (evolve(entry, standing=entry.standing.told) for entry in page.items)
        return evolve(page, items=tuple(told))

    def requests(self, *, limit: int = 20, after: str | None = None) -> Page[RecommendationRequest]:
        """What the member was asked to write and has neither written nor dismissed, newest first."""
        return page_of_own(
            self._charter, self._actor, RECOMMENDATIONS_ASKED, limit=limit, after=after
        )

    def requested(
        self, *, limit: int = 20, after: str | None = None
    ) -> Page[RecommendationRequest]:
        """What the member asked for and was not given, newest first."""
        return page_of_own(
            self._charter, self._actor, RECOMMENDATIONS_REQUESTED, limit=limit, after=after
        )

    # ── Steps that several acts take ────────────────────────────────────────────────────────────

    def _decide(
        self,
        recommendation: str,
        at: datetime | None,
        decision: Callable[[Showing], Showing | None],
    ) -> Recommendation:
        moment = self._charter.moment(at)

        def act(transaction: Transaction, received: Recommendation) -> Recommendation:
            standing = decision(received.standing)
            if standing is None:
                return received
            return decide_recommendation(self._charter, transaction, received, standing, at=moment)

        return self._act(RECOMMENDATIONS_RECEIVED, recommendation, act)

    def _act(
        self, register: Register[T], name: str, act: Callable[[Transaction, T], Result]
    ) -> Result:
        """Do something to an entry of the member's own; refuses alike whatever is wrong with *name*."""
        key = (named(name),)

        def mine(snapshot: Snapshot) -> T:
            acting(snapshot, self._actor)
            entry = snapshot.entry(register, self._actor, key)
            if entry is None:
                raise NotFound
            return entry

        entry = self._charter.store.read(mine)
        touched = (self._actor, register.other(entry))
        return self._charter.store.write(
            [member for member in touched if member is not None],
            lambda transaction: act(transaction, mine(transaction)),
        )
