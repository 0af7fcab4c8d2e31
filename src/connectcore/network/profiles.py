"""Profiles: view them, edit one's own, and see it with the eyes of others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Generic, final

from attrs import evolve, fields

from connectcore.activities import ProfileChanged
from connectcore.audiences import SECTIONS, Audience
from connectcore.choices import check_choice
from connectcore.errors import InvalidValue, NotFound, Refused
from connectcore.feed import Announcement, announcement
from connectcore.members import Member, MemberId, member_id, member_ids
from connectcore.network.charter import Charter, acting, standpoint
from connectcore.profiles import Profile, ProfileT
from connectcore.refusals import Verdict
from connectcore.storage import Snapshot, Transaction
from connectcore.texts import texts
from connectcore.visibility import Explanation, ProfileView, check_blanks, explain, view

__all__ = ["OwnProfiles", "Profiles", "check_skills", "own_profile"]


class Profiles(Generic[ProfileT]):
    """Profiles as a member or a signed-out visitor sees them."""

    def __init__(self, charter: Charter[ProfileT], viewer: MemberId | None) -> None:
        self._charter = charter
        self._viewer = viewer

    def view(self, member: str) -> ProfileView[ProfileT]:
        """The profile of *member*, with what the viewer may not see blank and named as withheld.

        Raises `NotFound` where nothing of it is open to the viewer.
        """
        owner = member_id(member)
        try:
            return self.views((owner,))[owner]
        except KeyError:
            raise NotFound from None

    def views(self, members: Iterable[str]) -> Mapping[str, ProfileView[ProfileT]]:
        """The profiles of many members at once, by id; those not open to the viewer are left out."""
        owners = member_ids(members)

        def unit(snapshot: Snapshot) -> Mapping[str, ProfileView[ProfileT]]:
            where = standpoint(self._charter, snapshot, self._viewer, owners)
            return {
                owner: view(
                    own_profile(where.members[owner], self._charter.profile),
                    where.circles[owner],
                    where.policy,
                )
                for owner in owners
                if where.sees(owner)
            }

        return self._charter.store.read(unit)


@final
class OwnProfiles(Profiles[ProfileT]):
    """Profiles as the acting member sees them, and their own."""

    def __init__(self, charter: Charter[ProfileT], actor: MemberId) -> None:
        super().__init__(charter, actor)
        self._actor = actor

    def edit(
        self,
        profile: ProfileT,
        *,
        announce: Collection[str] = (),
        at: datetime | None = None,
    ) -> None:
        """Put *profile* in the place of the member's own, whole.

        To change one field, evolve what the member sees of themselves:
        `edit(attrs.evolve(member.profiles.view(member.id).profile, headline="Analyst"))`.

        Nothing is announced but the fields that *announce* names, to those who may see them: what
        is worth telling is decided at each edit, not guessed; `preview_edit` says who would read it.
        Raises `InvalidValue` for a name that is no field or that the edit does not change, and
        `Refused` for other skills than before that the policy for skills does not allow.
        """
        moment, told = self._charter.moment(at), frozenset(texts(announce))

        def unit(transaction: Transaction) -> None:
            member, edited = self._edited(transaction, profile)
            unchanged = told.difference(_differences(member.profile, profile))
            if unchanged:
                names = ", ".join(sorted(unchanged))
                message = f"only fields that this edit changes can be announced, not {names}"
                raise InvalidValue(message)
            transaction.put_member(edited)
            if told:
                transaction.publish(
                    ProfileChanged(
                        id=self._charter.new_id(),
                        actor=self._actor,
                        at=moment,
                        fields=tuple(sorted(told)),
                    )
                )

        self._charter.store.write((self._actor,), unit)

    def preview_edit(self, profile: ProfileT) -> tuple[Announcement, ...]:
        """What putting *profile* in the place of the member's own would change, field by field.

        Each field comes with who would read of the change if the edit announced it: the members in
        that circle who follow this one.
        Nothing is changed; raises as `edit` does.
        """

        def unit(snapshot: Snapshot) -> tuple[Announcement, ...]:
            member, edited = self._edited(snapshot, profile)
            changed = _differences(member.profile, profile)
            return tuple(announcement(edited, name, self._charter.visibility) for name in changed)

        return self._charter.store.read(unit)

    def preview_as(self, audience: Audience) -> ProfileView[ProfileT]:
        """The member's own profile as a viewer in the circle *audience* sees it."""
        check_choice("audience", audience, Audience)
        return view(self._own(), audience, self._charter.visibility)

    def explain(self, name: str) -> Explanation:
        """Who sees a field of the member's profile, or a section such as `connections`, and why.

        Raises `InvalidValue` for a name that is neither.
        """
        known = (*(attribute.name for attribute in fields(self._charter.profile)), *SECTIONS)
        if name not in known:
            message = f"there is nothing called {name!r} to show; there are {', '.join(known)}"
            raise InvalidValue(message)
        return explain(self._own(), name, self._charter.visibility)

    def _edited(
        self, snapshot: Snapshot, profile: ProfileT
    ) -> tuple[Member[ProfileT], Member[ProfileT]]:
        """The member before and after an edit, if it may be."""
        member = own_profile(acting(snapshot, self._actor), self._charter.profile)
        edited = own_profile(evolve(member, profile=profile), self._charter.profile)
        if profile.skills != member.profile.skills:
            check_skills(self._charter, profile)
        return member, edited

    def _own(self) -> Member[ProfileT]:
        member = self._charter.store.read(lambda snapshot: acting(snapshot, self._actor))
        return own_profile(member, self._charter.profile)


def _differences(before: Profile, now: Profile) -> list[str]:
    names = (attribute.name for attribute in fields(type(now)))
    return [name for name in names if getattr(before, name) != getattr(now, name)]


def check_skills(charter: Charter[ProfileT], profile: Profile) -> None:
    """Raise `Refused` for more skills, or longer names of some, than a member may list."""
    refusals = charter.skills.weigh(profile)
    if refusals:
        raise Refused(Verdict(refusals))


def own_profile(member: Member[Profile], expected: type[ProfileT]) -> Member[ProfileT]:
    """*member* with a profile of the class that the network is for.

    Raises `InvalidValue` for any other, and for one that could not be hidden.
    """
    profile = member.profile
    if not isinstance(profile, expected):
        message = (
            f"this network is for {expected.__name__}, not {type(profile).__name__}; "
            "name the class of your profiles: Network(profile=...)"
        )
        raise InvalidValue(message)
    if type(profile) is not expected:
        check_blanks(type(profile))
    return Member(member.id, profile, settings=member.settings, joined_at=member.joined_at)
