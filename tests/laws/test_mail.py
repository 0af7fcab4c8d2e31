"""The law of silent mail: no mail tells of an ignore, report, withdrawal, removal, block or erasure."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from types import MethodType
from typing import cast

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from connectcore import (
    ActingMember,
    Blocked,
    Channel,
    ConnectcoreError,
    ConnectionRemoved,
    Email,
    JournalEntry,
    Mailing,
    MemberId,
    MemoryStore,
    Notice,
    NoticeKind,
    NoticePreferences,
    PairEvent,
    Profile,
    Relationship,
    Settings,
    Strangers,
)
from connectcore.notices import NOTICES
from connectcore.storage import Store, Transaction
from tests.laws.breaking import AlteredStore, breaks
from tests.laws.societies import (
    CAST,
    ENDORSING,
    MESSAGING,
    PAIRS,
    RECOMMENDING,
    USUAL_KINDS,
    Script,
    Step,
    scripts,
    stage,
)
from tests.worlds import World

QUIETLY: Mapping[str, Callable[[ActingMember[Profile], str], object]] = {
    "ignore": lambda member, of: member.invitations.ignore(of),
    "report": lambda member, of: member.invitations.report(of),
    "withdraw": lambda member, to: member.invitations.withdraw(to),
    "remove": lambda member, other: member.connections.remove(other),
    "block": lambda member, other: member.blocks.add(other),
    "erase": lambda member, _: member.data.erase(),
}
"""What nobody is told of."""

LOUDLY = ("invite", "invite", *USUAL_KINDS, *ENDORSING, *RECOMMENDING, *MESSAGING)
LAST = 900
ALL_DUE = timedelta(days=8)


def told_by(channel: Channel) -> Settings:
    """The settings of somebody who is told of everything by one channel."""
    return Settings(notices=NoticePreferences(channels=dict.fromkeys(NoticeKind, (channel,))))


@frozen
class Quiet:
    """A society, at the end of which one does something quietly, when mail was sent or still waits."""

    script: Script
    act: Step
    drained: bool


@st.composite
def quiets(
    draw: st.DrawFn,
    acts: Sequence[str] = tuple(QUIETLY),
    kinds: Sequence[str] = LOUDLY,
    channels: Sequence[Channel] = tuple(Channel),
) -> Quiet:
    """What was done, and one of some *acts* between two of whom one did something to the other."""
    script = draw(scripts(chosen=st.sampled_from(channels).map(told_by), kinds=kinds))
    authors = {step.written: step.by for step in script.steps}
    tried = [(step.by, authors.get(step.to, step.to)) for step in script.steps]
    met = [(by, to) for by, to in tried if to not in {by, ""}] or PAIRS
    by, to = draw(st.permutations(draw(st.sampled_from(met))))
    act = Step(LAST, draw(st.sampled_from(acts)), by, to)
    return Quiet(script, act, draw(st.booleans()))


Sent = Mapping[str, Mapping[str, Email]]


def sent_by(world: World) -> Sent:
    """All mail that is due in a week, by its reader and then by its id; it is sent with that."""
    found: dict[str, dict[str, Email]] = {member: {} for member in CAST}
    later = world.clock.now + ALL_DUE
    while emails := world.network.mail.due(at=later):
        for email in emails:
            found[email.owner][email.id] = evolve(email, token="")  # each store has its own key
        world.network.mail.sent(*emails)
    return found


def told(mail: Mapping[str, Email]) -> set[str]:
    """The ids of all that some mail tells."""
    return {entry for email in mail.values() for entry in email.entries}


def no_mail_tells(quiet: Quiet, *, make_store: Callable[[], Store] = MemoryStore) -> None:
    """The law: with the act there is no mail that there is not without it, and none says more.

    To whomever the act does not concern the mail is the very same, and so it is to an inviter who is
    ignored or reported; whoever is blocked or erased is not named to the other any more.
    """
    with_it, attempt = stage(quiet.script.members, store=make_store(), journal=[Mailing])
    without, attempt_too = stage(quiet.script.members, journal=[Mailing])
    for step in quiet.script.steps:
        assert attempt(step) is attempt_too(step)
    if quiet.drained:
        assert sent_by(with_it) == sent_by(without)
    with suppress(ConnectcoreError):
        QUIETLY[quiet.act.kind](with_it[quiet.act.by], quiet.act.to)
    without.clock.now = with_it.clock.now
    mail, usual = sent_by(with_it), sent_by(without)

    by, to, kind = quiet.act.by, quiet.act.to, quiet.act.kind
    for member in CAST:
        assert told(mail[member]) <= told(usual[member])
        concerned = {by} if kind in {"ignore", "report"} else {by, to}
        if member not in concerned and kind != "erase":
            assert mail[member] == usual[member]
    parties = {"block": ((by, to), (to, by)), "erase": [(by, each) for each in CAST]}
    for hidden, reader in parties.get(kind, ()):
        assert not any(hidden.title() in email.text for email in mail[reader].values())


@given(quiets())
def test_no_mail_tells_of_what_is_done_quietly(quiet: Quiet) -> None:
    """Whatever was done before, and whether or not the mail about that was sent already."""
    no_mail_tells(quiet)


@pytest.mark.thorough
def test_the_law_of_silent_mail_finds_one_that_tells() -> None:
    """A planted fault: whoever is removed is told of something."""

    def loud(record: Callable[..., None], event: PairEvent, state: Relationship) -> None:
        record(event, state)
        if isinstance(event, ConnectionRemoved):
            transaction = cast("Transaction", cast("MethodType", record).__self__)
            kind = NoticeKind.SKILL_ENDORSED
            by_mail = frozenset({Channel.EMAIL})
            notice = Notice(
                id="loud", kind=kind, to=event.to, actor=event.by, at=event.at, channels=by_mail
            )
            transaction.enter(NOTICES, notice.to, notice)
            transaction.write_down(
                JournalEntry(
                    id="loud mail",
                    owner=notice.to,
                    other=notice.actor,
                    due_at=notice.at,
                    happening=Mailing(notice=notice),
                )
            )

    def telling() -> Store:
        return AlteredStore(MemoryStore(), record=loud)

    assert breaks(partial(no_mail_tells, make_store=telling), quiets(["remove"], ["connect"]))


@pytest.mark.thorough
def test_the_law_of_silent_mail_finds_a_name_that_stays() -> None:
    """A planted fault: somebody who blocked is still there for the other."""

    def one_sided(
        relationships: Callable[..., Mapping[MemberId, Relationship]],
        viewer: MemberId,
        others: Sequence[MemberId],
    ) -> Mapping[MemberId, Relationship]:
        return {
            other: Strangers() if isinstance(state, Blocked) and viewer not in state.by else state
            for other, state in relationships(viewer, others).items()
        }

    def half() -> Store:
        return AlteredStore(MemoryStore(), relationships=one_sided)

    answered = quiets(["block"], ["connect", "publish", "react", "react"], [Channel.EMAIL])
    assert breaks(partial(no_mail_tells, make_store=half), answered)
