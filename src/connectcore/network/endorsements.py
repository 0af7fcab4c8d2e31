"""Endorsements: give them, ask for them, decide which of one's own are shown, and read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Generic, final

from attrs import evolve

from connectcore.channels import NoticeKind
from connectcore.endorsements import (
    ENDORSEMENTS_ASKED,
    ENDORSEMENTS_GIVEN,
    ENDORSEMENTS_RECEIVED,
    ENDORSEMENTS_REQUESTED,
    EndorsedSkill,
    Endorsement,
    EndorsementRequest,
    find,
    list_skill,
    request,
)
from connectcore.members import MemberId, member_id
from connectcore.network.acts import approach
from connectcore.network.charter import Charter, granted, seeing, standpoint
from connectcore.network.endorsing import (
    close_request,
    dismiss_request,
    keep_endorsement,
    open_request,
    stand,
    take_endorsement_back,
)
from connectcore.network.own import page_of_own
from connectcore.network.paging import read_page
from connectcore.network.telling import tell
from connectcore.network.vouching import weigh_endorsement
from connectcore.pages import Page
from connectcore.profiles import ProfileT
from connectcore.showing import Showing, accept, connection_between, dismiss, hide, show
from connectcore.storage import Snapshot, Transaction
from connectcore.texts import written

__all__ = ["Endorsements", "OwnEndorsements"]


class Endorsements(Generic[ProfileT]):
    """Endorsements as a member or a signed-out visitor sees them.

    What shows is what the owner shows of a skill that their profile lists, to those who may see
    both the section and the skills; whoever is not there for the viewer is neither listed nor
    counted.
    """

    def __init__(self, charter: Charter[ProfileT], viewer: MemberId | None) -> None:
        self._charter = charter
        self._viewer = viewer

    def of(self, member: str) -> tuple[EndorsedSkill, ...]:
        """The skills of *member* in the order of their profile, with how many endorsements of each.

        The counts are of what `page` lists for this viewer.
        """
        owner = member_id(member)

        def unit(snapshot: Snapshot) -> tuple[EndorsedSkill, ...]:
            listed = self._listed(snapshot, owner)
            received = snapshot.entries(ENDORSEMENTS_RECEIVED, (owner,))
            seen = self._shown(snapshot, listed)(received)
            counts = Counter(endorsement.skill for endorsement in seen)
            return tuple(
                EndorsedSkill(skill=skill, endorsements=counts[skill]) for skill in listed.values()
            )

        return self._charter.store.read(unit)

    def page(
        self, of: str, *, skill: str | None = None, limit: int = 20, after: str | None = None
    ) -> Page[Endorsement]:
        """The endorsements of the member *of*, or of one *skill* of theirs, newest first."""
        owner = member_id(of)
        wanted = None if skill is None else self._charter.skills.plain(skill)

        def unit(snapshot: Snapshot) -> Page[Endorsement]:
            listed = self._listed(snapshot, owner)
            return read_page(
                lambda before, count: snapshot.entries(
                    ENDORSEMENTS_RECEIVED, (owner,), before=before, limit=count
                ),
                ENDORSEMENTS_RECEIVED.mark,
                scope=(self._viewer, "endorsements", owner, wanted),
                limit=limit,
                after=after,
                keep=self._shown(
                    snapshot,
                    listed if wanted is None else {k: s for k, s in listed.items() if k == wanted},
                ),
            )

        return self._charter.store.read(unit)

    def _listed(self, snapshot: Snapshot, owner: MemberId) -> dict[str, str]:
        """The skills of *owner* that the viewer may see endorsed, as *owner* spells them."""
        where = seeing(self._charter, snapshot, self._viewer, owner)
        if not (where.may_read(owner, "endorsements") and where.may_read(owner, "skills")):
            return {}
        return dict(self._charter.skills.listed(where.members[owner].profile))

    def _shown(
        self, snapshot: Snapshot, listed: dict[str, str]
    ) -> Callable[[Sequence[Endorsement]], Sequence[Endorsement]]:
        def keep(entries: Sequence[Endorsement]) -> Sequence[Endorsement]:
            givers = {entry.giver for entry in entries}
            where = standpoint(self._charter, snapshot, self._viewer, givers)
            return [
                evolve(entry, skill=listed[entry.skill_key])
                for entry in entries
                if entry.standing is Showing.SHOWN
                and entry.skill_key in listed
                and where.sees(entry.giver)
            ]

        return keep


@final
class OwnEndorsements(Endorsements[ProfileT]):
    """Endorsements as the acting member sees them, and what they do with them.

    All of it is between connections; removing a connection or a block takes it away for good.
    """

    def __init__(self, charter: Charter[ProfileT], actor: MemberId) -> None:
        super().__init__(charter, actor)
        self._actor = actor

    # ── Giving ──────────────────────────────────────────────────────────────────────────────────

    def give(self, to: str, *, skill: str, at: datetime | None = None) -> Endorsement:
        """Vouch for a skill of a connection.

        It is shown at once if the skill is on the profile that the member sees, or was asked for;
        else it waits for its owner.
        Giving it again changes nothing.
        Raises `Refused` for a member who takes none.
        """
        charter, other, moment = self._charter, member_id(to), self._charter.moment(at)

        def unit(transaction: Transaction) -> Endorsement:
            giving = weigh_endorsement(
                charter, transaction, self._actor, other, skill=skill, at=moment
            )
            endorsement = granted(giving.decision)
            if giving.given is not None:
                return _told(endorsement)
            keep_endorsement(charter, transaction, endorsement, at=moment)
            if giving.asked is not None:
                close_request(transaction, giving.asked)
            if giving.set_aside is None:
                self._tell(transaction, NoticeKind.SKILL_ENDORSED, other, moment, endorsement.skill)
            return _told(endorsement)

        return charter.store.write((self._actor, other), unit)

    def retract(self, to: str, *, skill: str) -> None:
        """Take an endorsement back, with what told of it; nothing happens if there is none."""
        other, key = member_id(to), self._charter.skills.plain(skill)

        def unit(transaction: Transaction) -> None:
            given = transaction.entry(ENDORSEMENTS_GIVEN, self._actor, (other, key))
            self._require_connection(transaction, other)
            if given is not None:
                take_endorsement_back(transaction, given)

        self._charter.store.write((self._actor, other), unit)

    # ── Deciding about one's own ────────────────────────────────────────────────────────────────

    def accept(self, giver: str, *, skill: str, at: datetime | None = None) -> Endorsement:
        """Show an endorsement that waits, or was dismissed before, and list its skill.

        Raises `Refused` if the profile lists as many skills as it may.
        """

        def listing(transaction: Transaction, endorsement: Endorsement) -> Showing | None:
            standing = accept(endorsement.standing)
            if standing is not None:
                self._list_skill(transaction, endorsement)
            return standing

        return self._decide(giver, skill, at, listing)

    def dismiss(self, giver: str, *, skill: str) -> None:
        """Set an endorsement that waits aside; its giver is not told, and it waits as far as they see."""
        self._decide(giver, skill, None, lambda _, entry: granted(dismiss(entry.standing)))

    def hide(self, giver: str, *, skill: str) -> None:
        """Show an endorsement to nobody, until it is shown again."""
        self._decide(giver, skill, None, lambda _, entry: hide(entry.standing))

    def show(self, giver: str, *, skill: str, at: datetime | None = None) -> None:
        """Show an endorsement again that was hidden."""
        self._decide(giver, skill, at, lambda _, entry: granted(show(entry.standing)))

    def _decide(
        self,
        giver: str,
        skill: str,
        at: datetime | None,
        decision: Callable[[Transaction, Endorsement], Showing | None],
    ) -> Endorsement:
        other, moment = member_id(giver), self._charter.moment(at)
        key = self._charter.skills.plain(skill)

        def unit(transaction: Transaction) -> Endorsement:
            received = transaction.entry(ENDORSEMENTS_RECEIVED, self._actor, (other, key))
            proposal = approach(self._charter, transaction, self._actor, other, at=moment)
            granted(connection_between(proposal))
            endorsement = granted(find(received, proposal))
            standing = decision(transaction, endorsement)
            if standing is None:
                return endorsement
            return stand(self._charter, transaction, endorsement, standing, at=moment)

        return self._charter.store.write((self._actor, other), unit)

    def _list_skill(self, transaction: Transaction, endorsement: Endorsement) -> None:
        member = transaction.members((self._actor,))[self._actor]
        skills = granted(list_skill(endorsement, member.profile, self._charter.skills))
        transaction.put_member(evolve(member, profile=evolve(member.profile, skills=skills)))

    # ── Asking ──────────────────────────────────────────────────────────────────────────────────

    def request(self, of: str, *, skill: str, at: datetime | None = None) -> EndorsementRequest:
        """Ask a connection to endorse a skill that one's profile lists.

        Asking again while it is not given changes nothing.
        """
        other, moment, name = member_id(of), self._charter.moment(at), written(skill).strip()
        key = self._charter.skills.plain(name)

        def unit(transaction: Transaction) -> EndorsementRequest:
            proposal = approach(self._charter, transaction, self._actor, other, at=moment)
            before = transaction.entry(ENDORSEMENTS_REQUESTED, self._actor, (other, key))
            given = transaction.entry(ENDORSEMENTS_RECEIVED, self._actor, (other, key))
            connected = granted(connection_between(proposal))
            if before is not None:
                return before
            asked = granted(
                request(
                    connected,
                    proposal,
                    skill=name,
                    given=given,
                    skills=self._charter.skills,
                    visibility=self._charter.visibility,
                )
            )
            open_request(transaction, asked)
            self._tell(transaction, NoticeKind.ENDORSEMENT_ASKED, other, moment, asked.skill)
            return asked

        return self._charter.store.write((self._actor, other), unit)

    def withdraw_request(self, of: str, *, skill: str) -> None:
        """Take a request back; nothing happens if there is none."""
        other, key = member_id(of), self._charter.skills.plain(skill)

        def unit(transaction: Transaction) -> None:
            asked = transaction.entry(ENDORSEMENTS_REQUESTED, self._actor, (other, key))
            self._require_connection(transaction, other)
            if asked is not None:
                close_request(transaction, asked)

        self._charter.store.write((self._actor, other), unit)

    def decline(self, by: str, *, skill: str) -> None:
        """Dismiss a request of *by*, who is not told; nothing happens if there is none."""
        other, key = member_id(by), self._charter.skills.plain(skill)

        def unit(transaction: Transaction) -> None:
            asked = transaction.entry(ENDORSEMENTS_ASKED, self._actor, (other, key))
            self._require_connection(transaction, other)
            if asked is not None:
                dismiss_request(transaction, asked)

        self._charter.store.write((self._actor, other), unit)

    # ── One's own lists ─────────────────────────────────────────────────────────────────────────

    def waiting(self, *, limit: int = 20, after: str | None = None) -> Page[Endorsement]:
        """The endorsements that wait for the member, newest first."""
        return self._received(Showing.WAITING, limit, after)

    def hidden(self, *, limit: int = 20, after: str | None = None) -> Page[Endorsement]:
        """The endorsements that the member hides, newest first."""
        return self._received(Showing.HIDDEN, limit, after)

    def given(self, *, limit: int = 20, after: str | None = None) -> Page[Endorsement]:
        """The endorsements that the member gave, newest first; one that was dismissed waits."""
        page = page_of_own(
            self._charter,
            self._actor,
            ENDORSEMENTS_GIVEN,
            name="endorsements given",
            limit=limit,
            after=after,
        )
        return evolve(page, items=tuple(map(_told, page.items)))

    def requests(self, *, limit: int = 20, after: str | None = None) -> Page[EndorsementRequest]:
        """What the member was asked to endorse and has neither given nor dismissed, newest first."""
        return page_of_own(
            self._charter,
            self._actor,
            ENDORSEMENTS_ASKED,
            name="endorsements asked",
            limit=limit,
            after=after,
        )

    def requested(self, *, limit: int = 20, after: str | None = None) -> Page[EndorsementRequest]:
        """What the member asked for and was not given, newest first."""
        return page_of_own(
            self._charter,
            self._actor,
            ENDORSEMENTS_REQUESTED,
            name="endorsements requested",
            limit=limit,
            after=after,
        )

    def _received(self, standing: Showing, limit: int, after: str | None) -> Page[Endorsement]:
        return page_of_own(
            self._charter,
            self._actor,
            ENDORSEMENTS_RECEIVED,
            name=f"endorsements {standing.value}",
            limit=limit,
            after=after,
            wanted=lambda endorsement: endorsement.standing is standing,
        )

    # ── Steps that several acts take ────────────────────────────────────────────────────────────

    def _require_connection(self, transaction: Transaction, other: MemberId) -> None:
        at = self._charter.moment(None)
        proposal = approach(self._charter, transaction, self._actor, other, at=at)
        granted(connection_between(proposal))

    def _tell(
        self,
        transaction: Transaction,
        kind: NoticeKind,
        to: MemberId,
        at: datetime,
        about: str,
    ) -> None:
        tell(self._charter, transaction, kind, to=to, actor=self._actor, at=at, about=about)


def _told(endorsement: Endorsement) -> Endorsement:
    """An endorsement as its giver is told of it."""
    return evolve(endorsement, standing=endorsement.standing.told)
