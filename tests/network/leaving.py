"""Eve, of whom there is a trace in everything that a store keeps, and the search for it."""

import gc
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from inspect import isclass, isfunction, ismodule
from typing import Any

from connectcore import (
    Audience,
    Contact,
    ContactDetails,
    Education,
    FeedPreferences,
    GuestInvited,
    Mailing,
    Member,
    MemberId,
    MemoryStore,
    Name,
    Notice,
    NoticeKind,
    PairEvent,
    Position,
    Profile,
    Settings,
    WorkingRelationship,
)
from connectcore.journal import JournalEntry
from connectcore.notices import NOTICES
from connectcore.storage import Store, Transaction
from tests.kinds import talk
from tests.surface import (
    ACTS_ON_A_MEMBER,
    ACTS_ON_A_POST,
    READS_OF_A_MEMBER,
    READS_OF_A_POST,
)
from tests.worlds import NOON, World, position_of, world

MARK = "Zyxomma"
ADA, EVE = MemberId("ada"), MemberId(f"eve {MARK}")

MARKED_PROFILE = Profile(
    name=Name(MARK, MARK),
    headline=MARK,
    photo=MARK,
    place=MARK,
    industry=MARK,
    positions=(Position(title=MARK, company=MARK, place=MARK, description=MARK),),
    education=(Education(school=MARK, degree=MARK, field_of_study=MARK),),
    skills=(MARK,),
    about=MARK,
    contact=ContactDetails(emails=(MARK,), phones=(MARK,), address=MARK, websites=(MARK,)),
    birthday=date(1815, 12, 10),
)
KNOWN_TO_BOB = "somebody@example.org"
"""An address of Eve's without a trace of her: whom others invited by an address, they go on knowing."""

ON_MEMBERS: Mapping[str, Callable[[Any, str], object]] = {**READS_OF_A_MEMBER, **ACTS_ON_A_MEMBER}
ON_POSTS: Mapping[str, Callable[[Any, str], object]] = {**READS_OF_A_POST, **ACTS_ON_A_POST}
MARKED_SETTINGS = Settings(unshared_kinds={MARK}, feed=FeedPreferences(hidden_kinds={MARK}))


def texts_in(root: object) -> Iterator[str]:
    """Every text that can be reached from *root*, through whatever holds it."""
    seen, left = {id(root)}, [root]
    while left:
        holder = left.pop()
        keys = list[object](holder) if isinstance(holder, dict) else []  # the collector skips these
        for value in (*keys, *gc.get_referents(holder)):
            if isinstance(value, str):
                yield value
            elif id(value) not in seen and not (
                isclass(value) or isfunction(value) or ismodule(value)
            ):
                seen.add(id(value))
                left.append(value)


def marked(store: object) -> int:
    """In how many places a store names Eve, or holds something that she wrote."""
    return sum(is_marked(text) for text in texts_in(store))


def is_marked(text: str) -> bool:
    """Whether Eve is in a text, in whatever spelling."""
    return MARK.casefold() in text.casefold()


def town(store: Store | None = None) -> World:
    """Four members, and Eve, who does everything with each of them, and they with her."""
    kept = MemoryStore() if store is None else store
    made = world(
        *("ada", "bob", "cat", "dan"),
        connected=[("ada", "bob")],
        journal=(PairEvent, Notice, Mailing, GuestInvited),
        store=kept,
    )
    made.network.join(Member(EVE, MARKED_PROFILE, settings=MARKED_SETTINGS))
    eve = made[EVE]
    made.connect(("ada", EVE), (EVE, "cat"))
    made["bob"].invitations.send(EVE, note="Hello.")
    eve.invitations.report("bob")
    eve.invitations.send("dan", note=MARK)
    eve.follows.mute("ada")
    made["cat"].follows.mute(EVE)
    eve.blocks.add("nobody")
    own = eve.posts.publish(MARK, audience=Audience.MEMBERS)
    other = made["ada"].posts.publish("By Ada.", audience=Audience.MEMBERS)
    for post in (own, other):
        comments = [eve.posts.comment(post.id, MARK), made["cat"].posts.comment(post.id, "By Cat.")]
        for target in (post.id, *(comment.id for comment in comments)):
            eve.posts.react(target)
            made["bob"].posts.react(target)
        made["bob"].posts.comment(comments[0].id, "By Bob, to Eve.")
        eve.posts.comment(comments[1].id, MARK)
    eve.activities.publish(talk(EVE, MARK))
    made["dan"].activities.publish(talk("dan", "Engines", EVE))
    eve.addresses.confirm(f"{MARK}@example.org")
    eve.contacts.add(Contact(MARK, name=Name(MARK), emails=(f"{MARK}@example.com",), note=MARK))
    made.store.write((ADA, EVE), _tell)
    for member in (*made.members, EVE):
        made[member].notices.mark_seen()
    return made


def whole_town(store: Store | None = None) -> World:
    """The town, in which Eve also vouches, writes and is told of everything; mail of it waits."""
    made = town(store)
    made[EVE].invitations.send_to_address(f"{MARK}@example.net", note=MARK)
    made[EVE].addresses.confirm(KNOWN_TO_BOB)
    made["bob"].invitations.send_to_address(KNOWN_TO_BOB)
    made[EVE].invitations.report("bob")
    _vouch(made)
    _write(made)
    for member in ("ada", "cat"):
        made[EVE].posts.comment(made[member].posts.publish("By mail.").id, MARK)
    made.network.mail.due(limit=1)
    return made


def _vouch(made: World) -> None:
    """Let Eve and Cat endorse and recommend each other, and ask for more, in every standing."""
    eve, cat = made[EVE], made["cat"]
    job = Position(title=MARK, company=MARK)
    eve.endorsements.give("cat", skill=MARK)
    cat.endorsements.dismiss(EVE, skill=MARK)
    eve.endorsements.give("cat", skill="Compilers")
    cat.endorsements.give(EVE, skill=MARK)
    eve.endorsements.hide("cat", skill=MARK)
    eve.endorsements.request("ada", skill=MARK)
    made["ada"].endorsements.request(EVE, skill="Compilers")
    how = WorkingRelationship.TAUGHT
    about_cat = eve.recommendations.write(
        "cat", position=position_of("cat"), relationship=how, text=MARK
    )
    cat.recommendations.accept(about_cat.id)
    cat.recommendations.ask_revision(about_cat.id)
    eve.recommendations.revise(about_cat.id, text=f"{MARK} again")
    about_eve = cat.recommendations.write(EVE, position=job, relationship=how, text="By Cat.")
    eve.recommendations.hide(about_eve.id)
    eve.recommendations.request("ada", position=job, message=MARK)


def _write(made: World) -> None:
    """Let Eve write to everybody, and get answers, and let something wait."""
    eve = made[EVE]
    eve.messages.send("ada", MARK)
    made["ada"].messages.send(EVE, "By Ada.")
    eve.messages.send_inmail("dan", MARK, subject=MARK)
    made["bob"].messages.request(EVE, "By Bob.")
    eve.messages.accept("bob")


def _tell(transaction: Transaction) -> None:
    for to, actor in ((ADA, EVE), (EVE, ADA)):
        notice = Notice(id=to, kind=NoticeKind.POST_REACTED_TO, to=to, actor=actor, at=NOON)
        transaction.enter(NOTICES, notice.to, notice)
        entry = JournalEntry(id=to, owner=to, other=actor, due_at=NOON, happening=notice)
        transaction.write_down(entry)
