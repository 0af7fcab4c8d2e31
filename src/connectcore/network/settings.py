"""Settings: a member's own choices."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Generic, TypeVar, final

from attrs import evolve

from connectcore.audiences import SECTIONS, Audience
from connectcore.channels import NoticePreferences
from connectcore.choices import check_instance
from connectcore.members import MemberId
from connectcore.network.charter import Charter, acting
from connectcore.profiles import ProfileT
from connectcore.settings import FeedPreferences, Settings, WhoMayInvite, WhoMayWrite
from connectcore.storage import Transaction
from connectcore.visibility import check_choices

__all__ = ["MemberSettings"]

ValueT = TypeVar("ValueT")


@final
class MemberSettings(Generic[ProfileT]):
    """The settings of the acting member."""

    def __init__(self, charter: Charter[ProfileT], actor: MemberId) -> None:
        self._charter = charter
        self._actor = actor

    def read(self) -> Settings:
        """What the member chose."""
        return self._charter.store.read(lambda snapshot: acting(snapshot, self._actor)).settings

    def change(
        self,
        *,
        audiences: Mapping[str, Audience | None] | None = None,
        full_name: Audience | None = None,
        connections: Audience | None = None,
        activities: Audience | None = None,
        posts: Audience | None = None,
        endorsements: Audience | None = None,
        recommendations: Audience | None = None,
        who_may_invite: WhoMayInvite | None = None,
        who_may_write: WhoMayWrite | None = None,
        unshared_kinds: Collection[str] | None = None,
        feed: FeedPreferences | None = None,
        notices: NoticePreferences | None = None,
    ) -> Settings:
        """Change what is given and keep the rest; what has parts of its own is given whole.

        *unshared_kinds*, *feed* and *notices* are such.
        *audiences* changes the profile fields that it names; `None` takes a choice back, so that
        the field has the audience that it declares.
        Raises `AudienceOutOfBounds` for an audience that the visibility policy does not let a
        member choose; nothing is changed then.
        What they chose before is not looked at, though the policy may have become stricter.
        """
        given: dict[str, Any] = {
            "full_name": full_name,
            "connections": connections,
            "activities": activities,
            "posts": posts,
            "endorsements": endorsements,
            "recommendations": recommendations,
            "who_may_invite": who_may_invite,
            "who_may_write": who_may_write,
            "unshared_kinds": unshared_kinds,
            "feed": feed,
            "notices": notices,
        }
        changes = _chosen(given)

        def unit(transaction: Transaction) -> Settings:
            member = acting(transaction, self._actor)
            if audiences is not None:
                check_instance("audiences", audiences, Mapping)
            named = {**dict(member.settings.audiences), **(audiences or {})}
            settings = evolve(member.settings, audiences=_chosen(named), **changes)
            fields, sections = _chosen(audiences or {}), _chosen({n: given[n] for n in SECTIONS})
            check_choices(type(member.profile), fields, sections, self._charter.visibility)
            transaction.put_member(evolve(member, settings=settings))
            return settings

        return self._charter.store.write((self._actor,), unit)


def _chosen(given: Mapping[str, ValueT | None]) -> dict[str, ValueT]:
    return {name: value for name, value in given.items() if value is not None}
