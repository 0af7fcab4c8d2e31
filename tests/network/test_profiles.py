"""Profiles: viewed, edited, previewed and explained, and settings that decide who sees what."""

import pytest
from attrs import evolve

from connectcore import (
    Audience,
    AudienceOutOfBounds,
    Because,
    Bounds,
    ContactDetails,
    FeedOrder,
    FeedPreferences,
    InvalidValue,
    Member,
    Name,
    NotFound,
    Profile,
    ProfileChanged,
    Refused,
    Settings,
    UnknownMember,
    VisibilityPolicy,
    WhoMayInvite,
)
from tests.stores.keeping import contents
from tests.worlds import HIDDEN, UNBOUNDED, World, profile_of, world

RING = [("ada", "bob"), ("bob", "cat"), ("cat", "dan")]
WITHHELD_FROM_STRANGERS = {"about", "contact", "birthday"}


def ring() -> World:
    """Ada with a first, a second and a third degree, and Eve out of network."""
    return world("ada", "bob", "cat", "dan", "eve", connected=RING)


# ── Viewing ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("viewer", "circle", "withheld"),
    [
        ("ada", Audience.ONLY_ME, set()),
        ("bob", Audience.CONNECTIONS, set()),
        ("cat", Audience.SECOND_DEGREE, WITHHELD_FROM_STRANGERS),
        ("dan", Audience.THIRD_DEGREE, WITHHELD_FROM_STRANGERS),
        ("eve", Audience.MEMBERS, WITHHELD_FROM_STRANGERS),
    ],
)
def test_each_circle_sees_what_is_open_to_it(
    viewer: str, circle: Audience, withheld: set[str]
) -> None:
    """A view is of the profile's own type, says where the viewer stands, and blanks what is hidden."""
    view = ring()[viewer].profiles.view("ada")

    whole = profile_of("ada")
    blanked = evolve(whole, about="", contact=ContactDetails())
    assert (view.member, view.circle) == ("ada", circle)
    assert view.withheld == withheld
    assert view.profile == (blanked if withheld else whole)


def test_a_batch_holds_those_who_are_there() -> None:
    """Views of many are those of each, and leave out who is not there."""
    made = ring()
    made["eve"].blocks.add("ada")

    views = made["ada"].profiles.views(["bob", "nobody", "eve", "cat", "bob"])

    assert list(views) == ["bob", "cat"]
    assert views == {m: made["ada"].profiles.view(m) for m in ("bob", "cat")}


def test_a_member_without_an_open_field_is_not_there() -> None:
    """Hiding everything is not being there, except for oneself."""
    made = world("ada", "bob", visibility=UNBOUNDED)
    made["ada"].settings.change(audiences=HIDDEN)

    assert made["bob"].profiles.views(["ada"]) == {}
    with pytest.raises(NotFound):
        made["bob"].profiles.view("ada")
    assert made["ada"].profiles.view("ada").withheld == frozenset()


def test_an_abbreviated_name_is_for_those_beyond_the_circle() -> None:
    """`full_name` is who sees more than an initial of the family name."""
    made = ring()
    made["ada"].settings.change(full_name=Audience.CONNECTIONS)

    assert str(made["bob"].profiles.view("ada").profile.name) == "Ada Example"
    assert str(made["cat"].profiles.view("ada").profile.name) == "Ada E."
    assert str(made["ada"].profiles.preview_as(Audience.MEMBERS).profile.name) == "Ada E."


@pytest.mark.parametrize("circle", Audience)
def test_a_preview_is_what_the_circle_sees(circle: Audience) -> None:
    """Previewing shows what a viewer who stands there gets."""
    made = ring()
    viewers = dict(zip(Audience, ("ada", "bob", "cat", "dan", "eve"), strict=False))
    made["ada"].settings.change(audiences={"about": Audience.EVERYONE})

    preview = made["ada"].profiles.preview_as(circle)

    reader = made.visitor if circle is Audience.EVERYONE else made[viewers[circle]]
    assert preview == reader.profiles.view("ada")


# ── Editing ─────────────────────────────────────────────────────────────────────────────────────


def test_an_edit_replaces_the_profile_and_keeps_the_settings() -> None:
    """Only the profile changes; the member is the same one, with the same choices."""
    made = world("ada", "bob")
    settings = made["ada"].settings.change(connections=Audience.MEMBERS)
    edited = evolve(profile_of("ada"), headline="Poet of numbers")

    made["ada"].profiles.edit(edited)

    assert made["bob"].profiles.view("ada").profile.headline == "Poet of numbers"
    assert made["ada"].settings.read() == settings


def test_an_edit_tells_of_what_it_announces() -> None:
    """Nothing is told but the named fields, and those to whom they are open alone."""
    made = world("ada", "bob", connected=[("ada", "bob")])
    made["ada"].profiles.edit(evolve(profile_of("ada"), headline="Silent"))
    assert not changes(made)

    edited = evolve(profile_of("ada"), headline="Poet", about="Likes verse.", place="London")
    made["ada"].profiles.edit(edited, announce=["headline", "about"])
    assert changes(made) == [("about", "headline")]

    made["ada"].settings.change(audiences={"about": Audience.ONLY_ME})
    assert changes(made) == [("headline",)]
    made["ada"].settings.change(audiences={"headline": Audience.ONLY_ME})
    assert changes(made) == []


def changes(made: World, reader: str = "bob") -> list[tuple[str, ...]]:
    """The changed fields that a reader is told of."""
    leads = [item.lead for item in made[reader].feed.page().items]
    return [lead.fields for lead in leads if isinstance(lead, ProfileChanged)]


def test_a_preview_says_who_would_read_of_each_change() -> None:
    """Once it is announced those read it, of all who follow the member, and nobody else."""
    made = ring()
    for reader in ("cat", "dan", "eve"):
        made[reader].follows.follow("ada")
    made["ada"].settings.change(activities=Audience.SECOND_DEGREE)
    edited = evolve(profile_of("ada"), headline="Poet", about="Likes verse.")
    before = contents(made.store)

    preview = made["ada"].profiles.preview_edit(edited)

    assert {each.name: each.audience for each in preview} == {
        "headline": Audience.SECOND_DEGREE,
        "about": Audience.CONNECTIONS,
    }
    assert made["ada"].profiles.preview_edit(profile_of("ada")) == ()
    assert contents(made.store) == before
    made["ada"].profiles.edit(edited, announce=[each.name for each in preview])
    assert changes(made) == [("about", "headline")]
    assert [changes(made, reader) for reader in ("cat", "dan", "eve")] == [[("headline",)], [], []]


def test_a_preview_refuses_what_an_edit_does() -> None:
    """More skills than may be listed, and a profile of another class."""
    made = world("ada", "bob")
    crowded = evolve(profile_of("ada"), skills=tuple(f"Skill {number}" for number in range(101)))

    for call in (made["ada"].profiles.preview_edit, made["ada"].profiles.edit):
        with pytest.raises(Refused, match="100 skills"):
            call(crowded)
    with pytest.raises(UnknownMember):
        made["nobody"].profiles.preview_edit(profile_of("ada"))


@pytest.mark.parametrize("announced", ["headline", "nothing like it", "photo"])
def test_only_what_changes_can_be_announced(announced: str) -> None:
    """A field that the edit leaves alone, or that is none, is an error and nothing is edited."""
    made = world("ada", "bob")
    before = contents(made.store)

    with pytest.raises(InvalidValue, match=f"not {announced}"):
        made["ada"].profiles.edit(
            evolve(profile_of("ada"), about="New"), announce=["about", announced]
        )

    assert contents(made.store) == before


# ── Settings ────────────────────────────────────────────────────────────────────────────────────


def test_settings_change_what_is_given_and_keep_the_rest() -> None:
    """Each change adds to those before; reading gives all of them."""
    made = world("ada")
    feed = FeedPreferences(order=FeedOrder.TOP, hidden_kinds={"member_joined"})

    made["ada"].settings.change(connections=Audience.ONLY_ME, audiences={"about": Audience.MEMBERS})
    made["ada"].settings.change(
        audiences={"photo": Audience.CONNECTIONS},
        who_may_invite=WhoMayInvite.NOBODY,
        unshared_kinds=["post_published"],
        feed=feed,
    )
    last = made["ada"].settings.change(
        full_name=Audience.MEMBERS, activities=Audience.MEMBERS, posts=Audience.EVERYONE
    )

    expected = Settings(
        audiences={"about": Audience.MEMBERS, "photo": Audience.CONNECTIONS},
        full_name=Audience.MEMBERS,
        connections=Audience.ONLY_ME,
        activities=Audience.MEMBERS,
        posts=Audience.EVERYONE,
        who_may_invite=WhoMayInvite.NOBODY,
        unshared_kinds=frozenset({"post_published"}),
        feed=feed,
    )
    assert last == made["ada"].settings.read() == expected


def test_a_choice_for_a_field_can_be_taken_back() -> None:
    """Without a choice the audience that the field declares holds again."""
    made = world("ada", "bob", connected=[("ada", "bob")])
    made["ada"].settings.change(audiences={"about": Audience.ONLY_ME, "photo": Audience.MEMBERS})
    assert "about" in made["bob"].profiles.view("ada").withheld

    made["ada"].settings.change(audiences={"about": None})

    assert "about" not in made["bob"].profiles.view("ada").withheld
    assert made["ada"].settings.read().audiences == (("photo", Audience.MEMBERS),)


def test_a_narrower_audience_takes_effect_at_once() -> None:
    """The read after the change no longer shows the field."""
    made = world("ada", "bob")
    made["ada"].settings.change(audiences={"about": Audience.MEMBERS})
    assert made["bob"].profiles.view("ada").profile.about

    made["ada"].settings.change(audiences={"about": Audience.CONNECTIONS})

    assert not made["bob"].profiles.view("ada").profile.about


def test_the_policy_bounds_what_members_choose() -> None:
    """Too wide and too narrow are one error that names the bounds; inside them all is allowed."""
    policy = VisibilityPolicy(
        bounds={"contact": Bounds(Audience.CONNECTIONS, Audience.SECOND_DEGREE)}
    )
    made = world("ada", visibility=policy)

    for outside in (Audience.ONLY_ME, Audience.THIRD_DEGREE, Audience.EVERYONE):
        with pytest.raises(AudienceOutOfBounds, match="choose from connections to second degree"):
            made["ada"].settings.change(audiences={"contact": outside})
    made["ada"].settings.change(audiences={"contact": Audience.SECOND_DEGREE})

    assert made["ada"].settings.read().audiences == (("contact", Audience.SECOND_DEGREE),)


def test_a_field_that_is_none_cannot_be_shown() -> None:
    """The error names the fields that there are."""
    made = world("ada")

    with pytest.raises(InvalidValue, match="Profile shows nothing called 'shoes'; it shows name"):
        made["ada"].settings.change(audiences={"shoes": Audience.EVERYONE})


def test_an_explanation_says_who_sees_something_and_why() -> None:
    """As declared, as chosen, or as far as the policy allows; a section like a field."""
    policy = VisibilityPolicy(bounds={"about": Bounds(widest=Audience.ONLY_ME)})
    made = world(visibility=policy)
    chosen = Settings(connections=Audience.MEMBERS)
    made.network.join(Member("ada", Profile(name=Name("Ada")), settings=chosen))

    explained = [
        (it.audience, it.because)
        for it in map(made["ada"].profiles.explain, ("contact", "connections", "about"))
    ]

    assert explained == [
        (Audience.CONNECTIONS, Because.DECLARED),
        (Audience.MEMBERS, Because.CHOSEN),
        (Audience.ONLY_ME, Because.BOUNDED),
    ]
    with pytest.raises(InvalidValue, match="nothing called 'shoes'"):
        made["ada"].profiles.explain("shoes")


def test_a_change_that_is_announced_twice_is_told_once() -> None:
    """Whoever names a field twice tells no more by it."""
    made = world("ada")
    made["ada"].profiles.edit(
        evolve(profile_of("ada"), headline="Analyst"), announce=["headline", "headline"]
    )

    (told, *_) = made["ada"].activities.page("ada").items
    assert isinstance(told, ProfileChanged)
    assert told.fields == ("headline",)
