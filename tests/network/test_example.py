"""The example with which the design begins, as an application would type it."""

from connectcore import ContactDetails, Member, Name, Network, PostPublished, Profile, Tie


def test_the_example_of_the_design_runs_as_it_stands() -> None:
    """Two join, one invites, the other accepts and then sees more; posts reach the feed."""
    network = Network()
    network.join(
        Member(
            "ada",
            Profile(
                name=Name("Ada", "Lovelace"),
                headline="Analyst",
                contact=ContactDetails(emails=("ada@example.org",)),
            ),
        )
    )
    network.join(Member("grace", Profile(name=Name("Grace", "Hopper"))))
    ada, grace = network.as_member("ada"), network.as_member("grace")

    ada.invitations.send("grace", note="We met at the compiler talk.")
    assert grace.profiles.view("ada").profile.contact == ContactDetails()
    assert "contact" in grace.profiles.view("ada").withheld

    grace.invitations.accept("ada")
    shown = grace.profiles.view("ada").profile.contact
    assert shown == ContactDetails(emails=("ada@example.org",))

    post = ada.posts.publish("The engine might compose music.")
    grace.posts.react(post.id)
    ada.endorsements.give("grace", skill="Compilers")
    (endorsement,) = grace.endorsements.waiting().items
    assert (endorsement.giver, endorsement.skill) == ("ada", "Compilers")

    page = ada.feed.page(limit=20)
    assert page.next is None

    newest = grace.feed.page(limit=20).items[0]
    assert isinstance(newest.lead, PostPublished)
    assert newest.post == post
    assert (newest.reason.tie, newest.reason.member) == (Tie.CONNECTION, "ada")
