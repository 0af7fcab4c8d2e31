"""All rules in one value: what the presets hold, and how an application changes them."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from attrs import evolve, frozen

from connectcore import (
    BlocksAtMost,
    Caution,
    ConnectionRules,
    ConnectionsAtMost,
    CoolingOff,
    EmailAfterReports,
    NoteAtMost,
    NotesPerMonth,
    PendingAtMost,
    PendingInvitation,
    Proposal,
    ReblockAfter,
    Refusal,
    Rule,
    SentPerWeek,
    caution_strangers,
    invitee_chooses,
)
from connectcore.refusals import EMAIL_NEEDED, ONESELF
from connectcore.rulebook import weigh
from connectcore.windows import MONTH
from tests.between import ADA, GRACE, proposal
from tests.worlds import NOON

PROFESSIONAL = ConnectionRules.professional()
ALLOWED = proposal()


def on_sundays_only(asked: Proposal) -> Refusal | None:
    """A rule that an application adds."""
    return None if asked.at.isoweekday() == 7 else ONESELF


def never(_asked: Proposal) -> Refusal | None:
    """Another one."""
    return EMAIL_NEEDED


def within(days: int, asked: Proposal) -> Refusal | None:
    """One whose number is given beforehand."""
    return ONESELF if asked.at.day > days else None


def mind_the_hour(_asked: Proposal) -> Caution | None:
    """A caution that an application adds."""
    return Caution(code="late", message="It is late.")


@frozen
class Crowded:
    """A caution of theirs with a number: the other has very many connections."""

    connections: int

    def __call__(self, _asked: Proposal) -> Caution | None:
        """Warn of nobody."""
        return None


class Etiquette:
    """Rules of an application that are methods of one object."""

    def no_mondays(self, asked: Proposal) -> Refusal | None:
        """Refuse on Mondays."""
        return ONESELF if asked.at.isoweekday() == 1 else None

    def no_nights(self, asked: Proposal) -> Refusal | None:
        """Refuse at night."""
        return ONESELF if asked.at.hour < 6 else None


# ── The presets ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (
            "inviting",
            {
                invitee_chooses,
                EmailAfterReports(reports=5),
                CoolingOff(
                    withdrawing=timedelta(days=21),
                    ignoring=timedelta(0),
                    reporting=None,
                    removing=None,
                ),
                NoteAtMost(characters=300),
                NotesPerMonth(notes=5),
                SentPerWeek(invitations=100),
                PendingAtMost(invitations=3000),
                ConnectionsAtMost(connections=30_000),
            },
        ),
        ("accepting", {ConnectionsAtMost(connections=30_000)}),
        ("blocking", {ReblockAfter(wait=timedelta(hours=48)), BlocksAtMost(members=1000)}),
        ("cautions", {caution_strangers}),
    ],
)
def test_the_professional_preset_is_linkedins(part: str, expected: set[object]) -> None:
    """Every number that LinkedIn publishes, or is seen to keep, is in the preset, once."""
    rules = getattr(ConnectionRules.professional(), part)

    assert len(rules) == len(expected)
    assert set(rules) == expected


def test_invitations_expire_after_180_days_in_the_professional_preset() -> None:
    """Six months, as LinkedIn's."""
    assert ConnectionRules.professional().expiry == timedelta(days=180)


def test_the_preset_remembers_as_far_back_as_its_rules_count() -> None:
    """A standing reaches beyond the longest time that a rule of the preset counts over."""
    assert PROFESSIONAL.window > MONTH


def test_the_open_preset_refuses_nothing() -> None:
    """No rule, no caution and no expiry."""
    rules = ConnectionRules.open()

    assert (rules.inviting, rules.accepting, rules.blocking, rules.cautions) == ((), (), (), ())
    assert rules.expiry is None


# ── Asking rules ────────────────────────────────────────────────────────────────────────────────


def test_all_rules_are_asked_and_all_refusals_collected() -> None:
    """The first refusal does not hide the next, and the order is that of the rules."""
    rules = (never, NoteAtMost(3), on_sundays_only, NoteAtMost(2))
    refusals = weigh(rules, proposal(note="Hey"))

    assert [refusal.code for refusal in refusals] == ["email_needed", "oneself", "note_too_long"]


def test_cautions_are_collected() -> None:
    """Those that have nothing to say are silent."""
    rules = ConnectionRules(cautions=(caution_strangers, mind_the_hour))

    assert [caution.code for caution in rules.cautions_about(ALLOWED)] == ["stranger", "late"]
    assert [caution.code for caution in rules.cautions_about(proposal(shared=1))] == ["late"]


@pytest.mark.parametrize(
    ("expiry", "expected"),
    [(None, None), (timedelta(days=180), NOON + timedelta(days=180)), (timedelta(0), NOON)],
)
def test_an_invitation_expires_so_long_after_it_was_sent(
    expiry: timedelta | None, expected: object
) -> None:
    """The moment follows from the invitation and the rules alone."""
    invitation = PendingInvitation(inviter=ADA, invitee=GRACE, sent_at=NOON)

    assert ConnectionRules(expiry=expiry).expiring_at(invitation) == expected


# ── Changing rules ──────────────────────────────────────────────────────────────────────────────

ADDING = {
    "inviting": ConnectionRules.with_inviting,
    "accepting": ConnectionRules.with_accepting,
    "blocking": ConnectionRules.with_blocking,
}


@pytest.mark.parametrize("part", ADDING)
def test_a_rule_is_added_at_the_end_of_its_part_alone(part: str) -> None:
    """The rules that were there stay in their order, and those of the other parts too."""
    changed = ADDING[part](PROFESSIONAL, on_sundays_only, never)

    for each in ADDING:
        added = (on_sundays_only, never) if each == part else ()
        assert getattr(changed, each) == (*getattr(PROFESSIONAL, each), *added)
    assert changed.cautions == PROFESSIONAL.cautions
    assert changed.expiry == PROFESSIONAL.expiry


@pytest.mark.parametrize("part", ADDING)
def test_a_rule_takes_the_place_of_one_of_its_class(part: str) -> None:
    """Another number for the same rule does not make a second rule."""
    rules = ADDING[part](ConnectionRules(), never, SentPerWeek(100), on_sundays_only)
    changed = ADDING[part](rules, SentPerWeek(20))

    assert getattr(changed, part) == (never, SentPerWeek(20), on_sundays_only)


def test_a_caution_is_added_or_takes_the_place_of_one_of_its_class() -> None:
    """As other rules do, in their own part alone."""
    rules = PROFESSIONAL.with_cautions(mind_the_hour, Crowded(10)).with_cautions(Crowded(5))

    assert rules.cautions == (caution_strangers, mind_the_hour, Crowded(5))
    assert evolve(rules, cautions=PROFESSIONAL.cautions) == PROFESSIONAL


def test_a_rule_that_is_there_is_not_added_again() -> None:
    """The same function is one rule."""
    rules = ConnectionRules().with_inviting(never, never)

    assert rules.inviting == (never,)
    assert rules.with_inviting(never) == rules


@pytest.mark.parametrize(
    ("one", "another"),
    [
        (on_sundays_only, never),
        (lambda _asked: None, lambda _asked: None),
        (partial(within, 7), partial(within, 14)),
        (Etiquette().no_mondays, Etiquette().no_nights),
    ],
    ids=["functions", "lambdas", "partial functions", "methods"],
)
def test_two_functions_are_two_rules(one: Rule, another: Rule) -> None:
    """Plain callables of every make stand beside each other: none is dropped for another."""
    assert ConnectionRules().with_inviting(one, another).inviting == (one, another)
    assert ConnectionRules().with_inviting(one).with_inviting(another).inviting == (one, another)


@pytest.mark.parametrize(
    ("unwanted", "part", "left"),
    [
        (invitee_chooses, "inviting", PROFESSIONAL.inviting[1:]),
        (EmailAfterReports, "inviting", (invitee_chooses, *PROFESSIONAL.inviting[2:])),
        (ConnectionsAtMost, "accepting", ()),
        (ReblockAfter, "blocking", (BlocksAtMost(1000),)),
        (BlocksAtMost(1000), "blocking", (ReblockAfter(timedelta(hours=48)),)),
        (caution_strangers, "cautions", ()),
        (BlocksAtMost(50), "blocking", PROFESSIONAL.blocking),
        (on_sundays_only, "inviting", PROFESSIONAL.inviting),
    ],
)
def test_rules_are_taken_out_by_their_class_or_themselves(
    unwanted: type[object] | Rule, part: str, left: tuple[object, ...]
) -> None:
    """A class takes out whatever numbers it has; a value or a function takes out itself alone."""
    assert getattr(PROFESSIONAL.without(unwanted), part) == left


def test_a_rule_is_taken_out_wherever_it_stands() -> None:
    """A limit for invitations and acceptances goes from both; nothing else goes."""
    changed = PROFESSIONAL.without(ConnectionsAtMost)

    assert changed.inviting == PROFESSIONAL.inviting[:-1]
    assert changed.accepting == ()
    assert (changed.blocking, changed.cautions) == (PROFESSIONAL.blocking, PROFESSIONAL.cautions)


@pytest.mark.parametrize("preset", [ConnectionRules.professional, ConnectionRules.open])
def test_presets_are_values(preset: Callable[[], ConnectionRules]) -> None:
    """Two networks with the same preset have equal rules."""
    assert preset() == preset()
    assert hash(preset()) == hash(preset())
