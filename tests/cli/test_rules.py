"""Rules printed from their values."""

from datetime import timedelta
from typing import final

import pytest
from attrs import frozen

from connectcore import (
    ConnectionRules,
    CoolingOff,
    NoteAtMost,
    Proposal,
    ReblockAfter,
    Refusal,
    Rule,
)
from connectcore.cli.rules import show_rules
from connectcore.cli.screen import Screen


@final
@frozen
class OnlyBefore:
    """Invitations are sent in the `morning`, by a rule of an application's own.

    Nobody knows why.
    """

    hour: str = "noon"

    def __call__(self, _: Proposal) -> Refusal | None:
        """Allow all the same."""
        return None


def friday(proposal: Proposal) -> Refusal | None:
    """Refuse nothing on a Friday."""
    return None


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        (NoteAtMost(1300), ("NoteAtMost", "A note may have", "characters: 1,300")),
        (ReblockAfter(timedelta(days=1)), ("ReblockAfter", "How long somebody", "wait: 1 day")),
        (ReblockAfter(timedelta(hours=36)), ("ReblockAfter", "How long", "wait: 36 hours")),
        (ReblockAfter(timedelta(hours=1.5)), ("ReblockAfter", "How long", "wait: 1:30:00")),
        (
            OnlyBefore(),
            (
                "OnlyBefore",
                "sent in the morning, by a rule of an application's own. ",
                "hour: noon",
            ),
        ),
        (friday, ("friday", "Refuse nothing on a Friday.", "")),
        (
            CoolingOff(ignoring=timedelta(weeks=1)),
            ("withdrawing: 3 weeks", "ignoring: 1 week", "reporting: for good"),
        ),
        (CoolingOff(), ("withdrawing: 3 weeks", "ignoring: no wait", "removing: for good")),
    ],
)
def test_a_rule_speaks_for_itself(
    capsys: pytest.CaptureFixture[str], rule: Rule, row: tuple[str, ...]
) -> None:
    """Its name, the first paragraph of its docstring, and the numbers that it holds."""
    show_rules(Screen(width=400), ConnectionRules(inviting=(rule,)))

    _, _, shown, _ = capsys.readouterr().out.splitlines()
    assert [part for part in row if part not in shown] == []


def test_every_rule_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    """Also one that holds for invitations and acceptances alike; the expiry comes last."""
    rules = ConnectionRules.professional()
    stated = {*rules.inviting, *rules.accepting, *rules.blocking, *rules.cautions}

    show_rules(Screen(width=400), rules)

    lines = capsys.readouterr().out.splitlines()
    names = [line.split()[0] for line in lines]
    assert len(lines) == 2 + len(stated) + 1
    assert len(set(names)) == len(names)
    assert lines[-1].split()[0] == "expiry"
    assert lines[-1].endswith("180 days")


def test_invitations_that_never_expire_wait_for_good(capsys: pytest.CaptureFixture[str]) -> None:
    """Where there are no rules, the table says so."""
    show_rules(Screen(width=80), ConnectionRules.open())

    assert capsys.readouterr().out.splitlines()[-1].endswith("for good")


def test_rules_without_words_have_no_column_for_them(capsys: pytest.CaptureFixture[str]) -> None:
    """As under `python -OO`, which takes docstrings away; names and numbers are told all the same."""
    show_rules(Screen(width=80), ConnectionRules(inviting=(lambda _: None,)))

    assert capsys.readouterr().out.splitlines() == [
        "rule      here",
        "--------  --------",
        "<lambda>",
        "expiry    for good",
    ]
