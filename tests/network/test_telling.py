"""Telling from inside a transaction, as every act does it."""

import pytest

from connectcore import MemberId, Notice, NoticeKind
from connectcore.network.telling import tell, untell
from connectcore.notices import NOTICES
from connectcore.storage import Transaction
from tests.stores.keeping import ADA, BOB
from tests.worlds import NOON, World, world

WRITTEN = NoticeKind.RECOMMENDATION_WRITTEN


def told_after(made: World, to: MemberId, *, untold: str | None = None) -> list[str]:
    """What the notices of *to* are about after Bob wrote two letters, of which one is *untold*."""

    def unit(transaction: Transaction) -> list[Notice]:
        for about in ("a letter", "another"):
            charter = made.network._charter
            tell(charter, transaction, WRITTEN, to=to, actor=BOB, at=NOON, about=about)
        if untold is not None:
            untell(transaction, WRITTEN, to=to, actor=BOB, about=untold)
        return [*transaction.entries(NOTICES, (to,))]

    return [notice.about for notice in made.store.write((to, BOB), unit)]


@pytest.mark.parametrize(
    ("to", "untold", "expected"),
    [
        (ADA, None, ["another", "a letter"]),
        (ADA, "another", ["a letter"]),
        (ADA, "no such letter", ["another", "a letter"]),
        (BOB, None, []),
        (MemberId("nobody"), None, []),
    ],
    ids=["told", "untold", "nothing to take back", "oneself", "nobody there"],
)
def test_somebody_else_who_is_there_is_told(
    to: MemberId, untold: str | None, expected: list[str]
) -> None:
    """One notice for each thing; nobody is told of their own doings, and nobody who is gone."""
    assert told_after(world("ada", "bob"), to, untold=untold) == expected
