"""The tables of reads and acts leave nothing of the face of a network out."""

from collections.abc import Iterable

from tests.surface import (
    ACTS_ON_A_MEMBER,
    ACTS_ON_A_POST,
    ACTS_ON_A_RECOMMENDATION,
    OWN_ACTS,
    OWN_READS,
    READS_OF_A_MEMBER,
    READS_OF_A_POST,
    VISITS_TO_A_MEMBER,
)
from tests.worlds import world

OF_MEMBERS = (
    *(OWN_READS, READS_OF_A_MEMBER, READS_OF_A_POST),
    *(OWN_ACTS, ACTS_ON_A_MEMBER, ACTS_ON_A_POST, ACTS_ON_A_RECOMMENDATION),
)
OF_VISITORS = (VISITS_TO_A_MEMBER, READS_OF_A_POST)


def offered(somebody: object) -> set[str]:
    """The public methods of every handle that *somebody* has, as `handle.method`."""
    return {
        f"{handle}.{method}"
        for handle, owner in vars(somebody).items()
        if handle != "id"
        for method in dir(owner)
        if not method.startswith("_")
    }


def named(tables: Iterable[Iterable[str]]) -> set[str]:
    """The methods that the rows of *tables* are about."""
    return {row.split()[0] for table in tables for row in table}


def test_every_call_of_a_member_is_in_a_table() -> None:
    """What holds for every read and every act is held for all that there are."""
    assert named(OF_MEMBERS) == offered(world("ada")["ada"])


def test_every_call_of_a_visitor_is_in_a_table() -> None:
    """The same for somebody signed out."""
    assert named(OF_VISITORS) == offered(world().visitor)
