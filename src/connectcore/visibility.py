"""One gate: what a viewer may see is decided here, and nowhere else.

A viewer stands in one circle around a member; a thing is shown when its audience contains that
circle.
Lists, counts, suggestions, feeds and profiles all ask the same `Standpoint`, so none of them can
tell more than another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, Generic, final

import attrs
from attrs import field, frozen

from connectcore.audiences import SECTIONS, Audience, blank_of, declared_audience
from connectcore.choices import check_choice, check_instance, mapping_of, one_of
from connectcore.errors import AudienceOutOfBounds, InvalidValue
from connectcore.members import Member, MemberId
from connectcore.posts import Post
from connectcore.profiles import Profile, ProfileT, ProfileT_co
from connectcore.relationships import Relationship
from connectcore.settings import Settings
from connectcore.texts import storable

__all__ = [
    "Because",
    "Bounds",
    "Explanation",
    "ProfileView",
    "SharedConnections",
    "Standpoint",
    "VisibilityPolicy",
    "audience_of",
    "check_audience",
    "check_audiences",
    "check_bounds",
    "check_choices",
    "explain",
    "view",
]

_DECLARED: dict[type[Profile], Mapping[str, Audience]] = {}
_BLANKED: set[type[Profile]] = set()


@final
class SharedConnections(Enum):
    """When a third party learns that two members are connected.

    `UNLESS_ONLY_ME`: one of the two lets the viewer browse their list, and neither keeps theirs to
    themselves.
    `ALWAYS`: as on LinkedIn, where shared connections stay visible whatever the two choose.
    `BOTH_ADMIT`: both let the viewer browse their lists.
    """

    UNLESS_ONLY_ME = "unless_only_me"
    ALWAYS = "always"
    BOTH_ADMIT = "both_admit"


@final
@frozen
class Bounds:
    """The narrowest and the widest audience that a member may choose for something."""

    narrowest: Audience = field(default=Audience.ONLY_ME, validator=one_of(Audience))
    widest: Audience = field(default=Audience.EVERYONE, validator=one_of(Audience))

    def __attrs_post_init__(self) -> None:
        if self.narrowest > self.widest:
            message = f"no audience lies between {self.narrowest} and {self.widest}; swap them"
            raise InvalidValue(message)


_UNBOUNDED = Bounds()


def _sorted_bounds(
    bounds: Mapping[str, Bounds] | Iterable[tuple[str, Bounds]],
) -> tuple[tuple[str, Bounds], ...]:
    named = mapping_of(
        bounds, "bounds are a mapping from the name of a field or a section to Bounds"
    )
    for each in named.values():
        check_instance("bounds", each, Bounds)
    return tuple(sorted((storable(name), each) for name, each in named.items()))


@final
@frozen(kw_only=True)
class VisibilityPolicy:
    """How far members may open or close what they show, and when connections of others show.

    By default a member cannot hide their name from other members, and may choose anything else.
    """

    bounds: tuple[tuple[str, Bounds], ...] = field(
        default=(("name", Bounds(narrowest=Audience.MEMBERS)),), converter=_sorted_bounds
    )
    shared_connections: SharedConnections = field(
        default=SharedConnections.UNLESS_ONLY_ME, validator=one_of(SharedConnections)
    )

    def bounds_of(self, name: str) -> Bounds:
        """The bounds of a profile field, or of a section such as `connections`."""
        for bounded, bounds in self.bounds:
            if bounded == name:
                return bounds
        return _UNBOUNDED


@final
class Because(Enum):
    """Which voice set an audience."""

    NO_RULE = "no rule opens it"
    DECLARED = "the field declares it"
    CHOSEN = "the member chose it"
    BOUNDED = "the policy allows no wider one"


@final
@frozen(kw_only=True)
class Explanation:
    """Who sees something of a member, and because of which setting."""

    name: str
    audience: Audience
    because: Because

    def __str__(self) -> str:
        return f"{self.name}: {self.audience} ({self.because.value})"


def explain(member: Member[Profile], name: str, policy: VisibilityPolicy) -> Explanation:
    """Say who sees a profile field or a section of *member*, and why.

    A field without a rule, and a name that is no field at all, are private whatever was chosen;
    an audience that is none hides.
    """
    audience, because = _resolve(member, name, policy)
    return Explanation(name=name, audience=audience, because=because)


def audience_of(member: Member[Profile], name: str, policy: VisibilityPolicy) -> Audience:
    """The audience of a profile field or a section of *member*."""
    return _resolve(member, name, policy)[0]


def _resolve(
    member: Member[Profile], name: str, policy: VisibilityPolicy
) -> tuple[Audience, Because]:
    declared = SECTIONS.get(name, declared_audiences(type(member.profile)).get(name))
    if declared is None:
        return Audience.ONLY_ME, Because.NO_RULE
    audience = _chosen(member.settings, name, declared)
    if not isinstance(audience, Audience):
        return Audience.ONLY_ME, Because.CHOSEN
    widest = policy.bounds_of(name).widest
    if audience > widest:
        return widest, Because.BOUNDED
    return audience, Because.DECLARED if audience is declared else Because.CHOSEN


def check_audiences(
    profile: type[Profile], settings: Settings, policy: VisibilityPolicy
) -> Settings:
    """Give *settings* if the policy lets a member choose them.

    A section that has its default was not chosen: as with a field, the stricter of the two wins.
    Raises as `check_choices` does.
    """
    sections = {name: getattr(settings, name) for name in SECTIONS}
    chosen = {name: it for name, it in sections.items() if it is not SECTIONS[name]}
    check_choices(profile, dict(settings.audiences), chosen, policy)
    return settings


def check_choices(
    profile: type[Profile],
    fields: Mapping[str, object],
    sections: Mapping[str, object],
    policy: VisibilityPolicy,
) -> None:
    """Raise unless the policy lets a member choose these audiences for *fields* and *sections*.

    Raises `AudienceOutOfBounds` for an audience outside the bounds, and `InvalidValue` for a field
    that the profile does not have or that is private by declaration.
    """
    for name in fields:
        _check_shown(name, profile, declared_audiences(profile))
    for name, audience in (*fields.items(), *sections.items()):
        check_audience(name, audience, policy)


def check_bounds(profile: type[Profile], policy: VisibilityPolicy) -> None:
    """Raise `InvalidValue` for bounds of something that members with this profile do not show.

    A misspelt name would bound nothing.
    """
    for name, _ in policy.bounds:
        _check_shown(name, profile, (*declared_audiences(profile), *SECTIONS))


def _check_shown(name: str, profile: type[Profile], shown: Iterable[str]) -> None:
    if name not in shown:
        message = f"{profile.__name__} shows nothing called {name!r}; it shows {', '.join(shown)}"
        raise InvalidValue(message)


def check_audience(name: str, audience: object, policy: VisibilityPolicy) -> None:
    """Raise `AudienceOutOfBounds` unless the policy lets a member choose *audience* for *name*.

    Raises `InvalidValue` for what is no audience.
    """
    chosen = check_choice(name, audience, Audience)
    bounds = policy.bounds_of(name)
    if not bounds.narrowest <= chosen <= bounds.widest:
        raise AudienceOutOfBounds(name, str(audience), str(bounds.narrowest), str(bounds.widest))


def _chosen(settings: Settings, name: str, declared: Audience) -> object:
    """What a member chose, which a store may have kept wrong; *declared* where they chose nothing."""
    if name in SECTIONS:
        return getattr(settings, name)
    chosen = settings.chosen_audience(name)
    return declared if chosen is None else chosen


def declared_audiences(profile: type[Profile]) -> Mapping[str, Audience]:
    """The fields of a profile class that have a rule, each with the audience it declares."""
    if profile not in _DECLARED:
        rules = ((entry.name, declared_audience(entry)) for entry in attrs.fields(profile))
        _DECLARED[profile] = {name: audience for name, audience in rules if audience is not None}
    return _DECLARED[profile]


# ── A profile, redacted ─────────────────────────────────────────────────────────────────────────


@final
@frozen(kw_only=True)
class ProfileView(Generic[ProfileT_co]):
    """A profile as a viewer in `circle` sees it: hidden fields are blank and named in `withheld`."""

    member: MemberId
    profile: ProfileT_co
    circle: Audience
    withheld: frozenset[str]

    @property
    def is_blank(self) -> bool:
        """Whether nothing is open to the circle, so that a viewer in it finds nobody there."""
        return len(self.withheld) == len(attrs.fields(type(self.profile)))


def check_blanks(profile: type[Profile]) -> None:
    """Raise `InvalidValue` for a class of profiles of which there can be none with all hidden.

    A blank that a validator of its own field refuses would break every view that hides the field.
    """
    if profile in _BLANKED:
        return
    blanks: dict[str, Any] = {
        attribute.alias or attribute.name: blank_of(attribute)
        for attribute in attrs.fields(profile)
    }
    try:
        profile(**blanks)
    except Exception as error:
        message = (
            f"{profile.__name__} cannot be hidden: it does not take the blanks of its own fields "
            f"({next(iter(error.args), error)}); give them blanks that it takes"
        )
        raise InvalidValue(message) from error
    _BLANKED.add(profile)


def view(
    member: Member[ProfileT], circle: Audience, policy: VisibilityPolicy
) -> ProfileView[ProfileT]:
    """The profile of *member* for a viewer in *circle*, of the same type as the profile itself.

    `withheld` names every field that is closed to the circle, whether or not anything is in it.
    """
    changes: dict[str, Any] = {}
    withheld: set[str] = set()
    for attribute in attrs.fields(type(member.profile)):
        if not audience_of(member, attribute.name, policy).admits(circle):
            withheld.add(attribute.name)
            changes[attribute.alias or attribute.name] = blank_of(attribute)
    if "name" not in withheld and not audience_of(member, "full_name", policy).admits(circle):
        changes["name"] = member.profile.name.abbreviated()
    return ProfileView(
        member=member.id,
        profile=attrs.evolve(member.profile, **changes) if changes else member.profile,
        circle=circle,
        withheld=frozenset(withheld),
    )


# ── Where a viewer stands ───────────────────────────────────────────────────────────────────────


@final
@frozen(kw_only=True)
class Standpoint:
    """Where one viewer stands towards the `members` it was made for; `None` is a visitor.

    `circles` leaves out everybody on either side of a block: for this viewer they do not exist.
    `relationships` is what the viewer and each of the others are to each other.
    """

    viewer: MemberId | None
    members: Mapping[MemberId, Member[Profile]]
    circles: Mapping[MemberId, Audience]
    policy: VisibilityPolicy
    relationships: Mapping[MemberId, Relationship] = field(factory=dict[MemberId, Relationship])
    _seen: dict[MemberId, bool] = field(
        factory=dict[MemberId, bool], init=False, eq=False, repr=False
    )
    _open: dict[tuple[MemberId, str], bool] = field(
        factory=dict[tuple[MemberId, str], bool], init=False, eq=False, repr=False
    )

    def sees(self, owner: MemberId) -> bool:
        """Whether *owner* is there for the viewer: not blocked, and with something open to them."""
        seen = self._seen.get(owner)
        if seen is None:  # a feed asks about the same few members many times
            seen = self._seen[owner] = self._shows_something(owner)
        return seen

    def admits(self, owner: MemberId, audience: object) -> bool:
        """Whether the viewer belongs to an *audience* around *owner*; an unknown one hides."""
        circle = self.circles.get(owner)
        return circle is not None and isinstance(audience, Audience) and audience.admits(circle)

    def may_read(self, owner: MemberId, section: str) -> bool:
        """Whether a section of *owner*, such as `connections`, is open to the viewer."""
        is_open = self._open.get((owner, section))
        if is_open is None:
            member = self.members.get(owner)
            is_open = self._open[owner, section] = member is not None and self.admits(
                owner, audience_of(member, section, self.policy)
            )
        return is_open

    def may_read_post(self, post: Post) -> bool:
        """Whether a post is open to the viewer: its own audience, or a stricter policy, decides."""
        widest = self.policy.bounds_of("posts").widest
        return self.admits(post.author, post.audience) and self.admits(post.author, widest)

    def may_know(self, one: MemberId, other: MemberId) -> bool:
        """Whether the viewer may learn that *one* and *other* are connected, whoever is asked."""
        if self.viewer in (one, other):
            return self.sees(one) and self.sees(other)
        if not (self.sees(one) and self.sees(other)):
            return False
        open_lists = [self.may_read(member, "connections") for member in (one, other)]
        match self.policy.shared_connections:
            case SharedConnections.UNLESS_ONLY_ME:
                return any(open_lists) and not (self._keeps_list(one) or self._keeps_list(other))
            case SharedConnections.ALWAYS:
                return any(open_lists) or self.is_connected(one) or self.is_connected(other)
            case SharedConnections.BOTH_ADMIT:
                return all(open_lists)

    def may_list(self, owner: MemberId, member: MemberId) -> bool:
        """Whether *member* shows in the list of *owner*: it is open, or the two know *member*."""
        known = self.may_read(owner, "connections") or self.is_connected(member)
        return known and self.may_know(owner, member)

    def is_connected(self, member: MemberId) -> bool:
        """Whether the viewer and *member* are connected."""
        return self.circles.get(member) is Audience.CONNECTIONS

    def _shows_something(self, owner: MemberId) -> bool:
        circle = self.circles.get(owner)
        if circle is None:
            return False
        member = self.members[owner]
        return any(
            audience_of(member, name, self.policy).admits(circle)
            for name in declared_audiences(type(member.profile))
        )

    def _keeps_list(self, member: MemberId) -> bool:
        audience = audience_of(self.members[member], "connections", self.policy)
        return audience is Audience.ONLY_ME
