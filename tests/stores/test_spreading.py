"""The statements of a store fit a database that is spread over machines, and are for few owners."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from psycopg import IsolationLevel
from sqlalchemy import Connection, MetaData

from connectcore.storage.sql import define_tables
from connectcore.storage.sql.schema import all_of
from tests.stores.databases import PLACE_OF
from tests.stores.keeping import ADA
from tests.stores.sending import CALLS, Sent, all_sent, listening, postgresql
from tests.stores.spreading import COUNTED, RULES, broken_rules
from tests.stores.statements import EVERYBODY, OWNERS, Values, owners_of

TABLES = define_tables(MetaData(), prefix="")

LOCKS = "rows are locked of one owner at a time"
JOINS = "tables are joined by their owners"
OUTSIDE = "a subquery looks outside by the owner alone"
STEADY = "what is set is the same on every machine"
MOVED = "rows stay with their owner"
PLACE = "no row is named by its place"
INSERTED = "what is inserted is known, or all of it selected"
CONFLICT = "a conflict is one among rows of one owner"

BREACHES: Sequence[tuple[str, str]] = (
    (LOCKS, "SELECT id FROM locks WHERE id = ANY (%(ids)s::TEXT[]) FOR UPDATE"),
    (LOCKS, "SELECT id FROM locks WHERE id IN ('ada', 'bob') FOR NO KEY UPDATE"),
    (LOCKS, "SELECT owner FROM entries WHERE register = 'mail' FOR UPDATE SKIP LOCKED"),
    (LOCKS, "SELECT owner FROM entries WHERE owner = 'ada' OR other = 'ada' FOR SHARE"),
    (JOINS, "SELECT m.document FROM relationships r JOIN members m ON m.id = r.other"),
    (JOINS, "SELECT m.document FROM relationships r, members m WHERE m.id = r.other"),
    (
        JOINS,
        (
            "SELECT a.other FROM relationships a JOIN relationships b ON a.other = b.other "
            "WHERE a.owner = 'ada' AND b.owner = 'bob'"
        ),
    ),
    (
        OUTSIDE,
        (
            "SELECT r.other FROM relationships r WHERE r.owner = 'ada' "
            "AND EXISTS (SELECT 1 FROM members m WHERE m.id = r.other)"
        ),
    ),
    (
        OUTSIDE,
        (
            "SELECT r.other FROM relationships r WHERE r.owner = 'ada' "
            "AND NOT EXISTS (SELECT 1 FROM mutes WHERE mutes.other = r.owner)"
        ),
    ),
    (
        OUTSIDE,
        "SELECT r.other, (SELECT m.lists FROM members m WHERE m.id = r.other) FROM relationships r",
    ),
    (
        OUTSIDE,
        (
            "SELECT a.document FROM relationships r JOIN LATERAL (SELECT t.document FROM activities t "
            "WHERE t.actor = r.other ORDER BY t.at DESC LIMIT 20) a ON true WHERE r.owner = 'ada'"
        ),
    ),
    (
        OUTSIDE,
        (
            "SELECT a.document FROM unnest(%(ids)s::TEXT[]) AS w(id) JOIN LATERAL "
            "(SELECT t.document FROM activities t WHERE t.actor = w.id LIMIT 20) a ON true"
        ),
    ),
    (
        OUTSIDE,
        "DELETE FROM entries WHERE EXISTS (SELECT 1 FROM members m WHERE m.id = entries.other)",
    ),
    (STEADY, "UPDATE tallies SET at = clock_timestamp() WHERE owner = 'ada'"),
    (STEADY, "UPDATE entries SET key = gen_random_uuid()::text WHERE owner = 'ada'"),
    (
        STEADY,
        (
            "INSERT INTO mutes (owner, other) VALUES ('ada', 'bob') "
            "ON CONFLICT (owner, other) DO UPDATE SET until = clock_timestamp()"
        ),
    ),
    (JOINS, "UPDATE entries SET document = m.document FROM members m WHERE m.id = entries.other"),
    (JOINS, "DELETE FROM entries USING members m WHERE m.id = entries.other"),
    (MOVED, "UPDATE entries SET owner = 'bob' WHERE owner = 'ada'"),
    (PLACE, "DELETE FROM entries WHERE ctid = '(0,1)'"),
    (
        INSERTED,
        "INSERT INTO locks (id, held) VALUES ('ada', (SELECT lists FROM members WHERE id = 'ada'))",
    ),
    (
        "nothing is recursive",
        (
            "WITH RECURSIVE far AS (SELECT other FROM relationships WHERE owner = 'ada' UNION "
            "SELECT r.other FROM relationships r JOIN far ON r.owner = far.other) SELECT other FROM far"
        ),
    ),
    (
        "rows are grouped in one way",
        "SELECT owner, place, count(*) FROM relationships GROUP BY ROLLUP (owner, place)",
    ),
    ("an inserted row has an owner", "INSERT INTO locks (held) VALUES (0)"),
    (
        CONFLICT,
        "INSERT INTO comment_places (id, post) VALUES ('c', 'p') ON CONFLICT (post) DO NOTHING",
    ),
    ("settings hold for one machine alone", "SET LOCAL lock_timeout = '1s'"),
    (
        "settings hold for one machine alone",
        "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
    ),
    ("advisory locks hold on one machine alone", "SELECT pg_advisory_xact_lock(1)"),
    ("advisory locks hold on one machine alone", "SELECT pg_try_advisory_xact_lock(1)"),
)
"""Statements that are right in PostgreSQL, each with the rule that it breaks."""

SOUND: Sequence[str] = (
    "SELECT id FROM locks WHERE id = 'ada' FOR UPDATE",
    'SELECT id FROM locks WHERE locks.id = %(id)s::VARCHAR COLLATE "C" FOR NO KEY UPDATE',
    "SELECT value FROM secrets WHERE name = 'key' FOR UPDATE",
    "SELECT m.document FROM relationships r JOIN members m ON m.id = r.owner",
    "SELECT r.other FROM relationships r, mutes m WHERE r.owner = 'ada' AND m.owner = 'ada'",
    "SELECT m.id FROM members m, unnest(%(ids)s::TEXT[]) AS w(id) WHERE m.id = w.id",
    "SELECT w.id, m.id FROM unnest(%(ids)s::TEXT[]) AS w(id) LEFT JOIN members m ON m.id = w.id",
    "SELECT id FROM members WHERE id IN (SELECT other FROM relationships WHERE owner = 'ada')",
    (
        "SELECT other FROM relationships WHERE owner = 'ada' "
        "INTERSECT SELECT other FROM relationships WHERE owner = 'bob'"
    ),
    (
        "SELECT a.document FROM members m JOIN LATERAL (SELECT t.document FROM activities t "
        "WHERE t.actor = m.id ORDER BY t.at DESC LIMIT 20) a ON true WHERE m.id = ANY (%(ids)s::TEXT[])"
    ),
    (
        "SELECT r.other FROM relationships r "
        "WHERE EXISTS (SELECT 1 FROM members m WHERE m.id = r.owner)"
    ),
    (
        "INSERT INTO mutes (owner, other, until) VALUES ('ada', 'bob', NULL) "
        "ON CONFLICT (owner, other) DO UPDATE SET until = coalesce(excluded.until, mutes.until)"
    ),
    "INSERT INTO locks (id, held) SELECT owner, 0 FROM entries ON CONFLICT DO NOTHING RETURNING id",
    "DELETE FROM entries WHERE owner IN (SELECT id FROM members WHERE lists = 0)",
    "SAVEPOINT sa_savepoint_1",
)
"""Statements that break no rule."""


@pytest.mark.parametrize(("rule", "statement"), BREACHES)
def test_each_breach_is_found(rule: str, statement: str) -> None:
    """A statement that must not be sent is told by the one rule that it breaks."""
    assert broken_rules(statement) == [rule]


@pytest.mark.parametrize("statement", SOUND)
def test_no_breach_is_made_up(statement: str) -> None:
    """A statement that is taken as it is meant breaks no rule."""
    assert broken_rules(statement) == []


def test_every_rule_is_tried() -> None:
    """A rule that no breach breaks would find none."""
    assert {rule for rule, _ in BREACHES} == set(RULES)


def test_rows_that_were_left_out_are_not_to_be_counted() -> None:
    """Citus counts what was selected, and not what was written, so such a count is a breach."""
    left_out = SOUND[12]

    assert broken_rules(left_out, counted=True) == [COUNTED]
    assert broken_rules("INSERT INTO locks (id, held) VALUES ('ada', 0)", counted=True) == []


GIVEN: Values = {"id": "ada", "ids": ["ada", "bob"], "keys": ["x", "y"], "held": 0}

FOR: Mapping[str, set[str]] = {
    "SELECT id FROM locks WHERE id = %(id)s": {"ada"},
    "SELECT id FROM locks WHERE id = 'eve'": {"eve"},
    "SELECT id FROM locks WHERE (id = ANY (%(ids)s::TEXT[])) AND held = 0": {"ada", "bob"},
    "SELECT id FROM locks WHERE held = 0": {EVERYBODY},
    "SELECT id FROM locks WHERE id = %(id)s OR held = 0": {EVERYBODY},
    "SELECT id FROM locks WHERE id IN (SELECT owner FROM mutes WHERE owner = %(id)s)": {
        "ada",
        EVERYBODY,
    },
    "SELECT m.id FROM mutes JOIN members m ON m.id = mutes.owner WHERE mutes.owner = %(id)s": {
        "ada"
    },
    "SELECT m.id FROM members m, unnest(%(ids)s::TEXT[]) AS w(id) WHERE m.id = w.id": {EVERYBODY},
    "SELECT value FROM secrets WHERE name = 'key'": set(),
    "INSERT INTO locks (held, id) VALUES (%(held)s, %(id)s)": {"ada"},
    "INSERT INTO secrets (name, value) VALUES ('key', '')": set(),
    "INSERT INTO locks (id, held) SELECT w.id, 0 FROM unnest(%(keys)s, %(ids)s) AS w(key, id)": {
        "ada",
        "bob",
    },
    "INSERT INTO locks (id, held) SELECT owner, 0 FROM mutes WHERE owner = %(id)s": {
        "ada",
        EVERYBODY,
    },
    "UPDATE locks SET held = 1 WHERE id = %(id)s": {"ada"},
    "DELETE FROM mutes WHERE owner = %(id)s OR other = %(id)s": {EVERYBODY},
    "RELEASE SAVEPOINT sa_savepoint_1": set(),
}
"""Statements, and for whose rows each is."""


@pytest.mark.parametrize(("statement", "owners"), FOR.items())
def test_a_statement_tells_for_whom_it_is(statement: str, owners: set[str]) -> None:
    """By what it says of the column by which a table is spread; where it says nothing, for all."""
    assert owners_of(statement, [GIVEN]) == owners


def test_rows_of_many_are_for_each_of_their_owners() -> None:
    """A statement that is sent with several sets of values is for all whom these name."""
    insert = "INSERT INTO locks (id, held) VALUES (%(id)s, 0)"

    assert owners_of(insert, [{"id": "ada"}, {"id": "bob"}]) == {"ada", "bob"}


def test_what_is_the_stores_own_is_everywhere() -> None:
    """All other tables are spread."""
    own = {table.name for table in all_of(TABLES)} - OWNERS.keys()

    assert own == {"secrets", "schema_version"}


# ── What the store sends ────────────────────────────────────────────────────────────────────────


@pytest.fixture(name="sent", scope="module")
def _sent() -> Mapping[str, Sequence[Sent]]:
    """Give what each act and each read sends to PostgreSQL."""
    return all_sent()


def test_no_statement_of_any_call_breaks_a_rule(sent: Mapping[str, Sequence[Sent]]) -> None:
    """Whatever members do and read, Citus takes all that is sent for it, as it is meant."""
    breaches = {
        (rule, each.statement): call
        for call, statements in sent.items()
        for each in statements
        for rule in each.broken_rules
    }

    assert breaches == {}


def test_every_call_is_listened_to(sent: Mapping[str, Sequence[Sent]]) -> None:
    """All calls send something, and all tables are read and written by some."""
    statements = {each.statement for call in sent.values() for each in call}

    assert sent.keys() == CALLS.keys()
    assert [call for call, each in sent.items() if not each] == []
    for table in OWNERS:
        assert any("INTO" in each and f".connectcore_{table} " in each for each in statements)


def test_no_transaction_is_serializable() -> None:
    """Citus takes that, and lets two through that do not go together: reads keep to less, writes lock."""
    store = postgresql()
    levels: set[int] = set()

    def note(connection: Connection, *_: object) -> None:
        driver: Any = connection.connection.dbapi_connection
        levels.add(driver.isolation_level)

    with listening(PLACE_OF[store].engine, note):
        store.read(lambda snapshot: snapshot.members((ADA,)))
        store.write((ADA,), lambda transaction: transaction.members((ADA,)))

    assert levels == {IsolationLevel.READ_COMMITTED, IsolationLevel.REPEATABLE_READ}


ASK_EVERYBODY = {
    *("data.erase", "network.join, erased"),
    *("network.mail.due", "network.mail.sent", "network.journal.settle"),
    *("posts.retract of a post", "posts.retract of a comment"),
}
"""The calls that ask every machine; `docs/citus.md` says why."""


def test_few_calls_ask_every_machine(sent: Mapping[str, Sequence[Sent]]) -> None:
    """All others name the owners of the rows that they read and write."""
    asking = {
        call
        for call, statements in sent.items()
        if any(EVERYBODY in each.owners for each in statements)
    }

    assert asking == ASK_EVERYBODY


def test_what_is_ones_own_lies_on_ones_own_machine(sent: Mapping[str, Sequence[Sent]]) -> None:
    """Whoever looks at nobody else asks for no rows but their own."""
    for call in ("settings.read", "settings.change", "profiles.edit", "contacts.page"):
        assert {owner for each in sent[call] for owner in each.owners} == {"ada"}
