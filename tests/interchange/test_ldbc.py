"""Reading the layout of LDBC: every row becomes a value, or a line of a report."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectcore import (
    Audience,
    Comment,
    Connection,
    ContactDetails,
    Education,
    Member,
    Name,
    Position,
    Post,
    Profile,
    Reacted,
)
from connectcore.interchange import ldbc
from connectcore.posts import CommentId
from tests.interchange.folders import (
    COMMENTS,
    FORUM_STREAM,
    KNOWS,
    PERSON_STREAM,
    PERSONS,
    REQUIRED,
    SMALL,
    read,
    write_folder,
)


def moment(day: int, hour: int) -> datetime:
    """A moment of January 2026."""
    return datetime(2026, 1, day, hour, tzinfo=UTC)


def test_a_person_is_a_member_with_all_that_the_tables_tell_of_them(tmp_path: Path) -> None:
    """Place with country, e-mail addresses, positions and education, the newest first."""
    members = [each for each in read(write_folder(tmp_path))[0] if isinstance(each, Member)]

    assert [(each.id, each.profile, each.joined_at) for each in members[:2]] == [
        (
            "1",
            Profile(
                name=Name("Ada", "Lovelace"),
                place="London, United Kingdom",
                positions=(
                    Position(title="Employee", company="Notes and Co", started=date(1842, 1, 1)),
                    Position(
                        title="Employee", company="Analytical Engines", started=date(1833, 1, 1)
                    ),
                ),
                education=(Education(school="Open University", ended=date(1840, 1, 1)),),
                contact=ContactDetails(emails=("ada@example.org", "ada@example.com")),
                birthday=date(1815, 12, 10),
            ),
            moment(1, 10),
        ),
        (
            "2",
            Profile(
                name=Name("Grace", "Hopper"),
                place="United Kingdom",
                contact=ContactDetails(emails=("grace@example.org",)),
                birthday=date(1906, 12, 9),
            ),
            moment(1, 11),
        ),
    ]


def test_a_snapshot_is_read_in_the_order_in_which_it_can_be_loaded(tmp_path: Path) -> None:
    """Members, connections, posts, comments under the post they belong to, reactions."""
    items = list(ldbc.Folder(write_folder(tmp_path)).snapshot())

    assert [type(each) for each in items[:3]] == [Member] * 3
    assert items[3:] == [
        Connection(of="1", member="2", since=moment(2, 10)),
        Connection(of="2", member="3", since=moment(2, 11)),
        Post(
            id="10",
            author="1",
            at=moment(3, 10),
            text="The engine might compose music.",
            audience=Audience.MEMBERS,
        ),
        Comment(id="20", post="10", author="2", at=moment(3, 11), text="And programs."),
        Comment(
            id="21",
            post="10",
            author="1",
            at=moment(3, 12),
            text="Indeed.",
            reply_to=CommentId("20"),
        ),
        Reacted(post="10", member="3", at=moment(4, 10)),
        Reacted(post="10", comment=CommentId("20"), member="1", at=moment(4, 11)),
    ]


def test_updates_are_read_in_the_order_of_time(tmp_path: Path) -> None:
    """Both streams are merged, and somebody joins before what they do in the same millisecond."""
    folder = ldbc.Folder(write_folder(tmp_path))
    list(folder.snapshot())
    noon = datetime(2026, 1, 6, 12, tzinfo=UTC)

    hedy = Member(
        "4",
        Profile(
            name=Name("Hedy", "Lamarr"),
            place="London, United Kingdom",
            positions=(
                Position(title="Employee", company="Notes and Co", started=date(1941, 1, 1)),
                Position(title="Employee", company="Analytical Engines", started=date(1940, 1, 1)),
            ),
            education=(Education(school="Open University", ended=date(1930, 1, 1)),),
            contact=ContactDetails(emails=("hedy@example.org", "hedy@example.com")),
            birthday=date(1914, 10, 22),
        ),
        joined_at=noon,
    )
    assert list(folder.updates()) == [
        hedy,
        Connection(of="1", member="4", since=noon),
        Post(
            id="11",
            author="4",
            at=noon.replace(second=3),
            text="photo11.jpg",
            audience=Audience.MEMBERS,
        ),
        Comment(
            id="22",
            post="10",
            author="4",
            at=noon.replace(second=4),
            text="Quite so.",
            reply_to=CommentId("20"),
        ),
        Reacted(post="11", member="1", at=noon.replace(second=5)),
        Reacted(post="10", comment=CommentId("22"), member="2", at=noon.replace(second=6)),
    ]
    assert folder.passed_over == {"forums": 1, "members of forums": 1}


def test_a_folder_without_update_streams_has_no_updates(tmp_path: Path) -> None:
    """What happened after the snapshot is not part of every folder."""
    path = write_folder(tmp_path)
    (path / PERSON_STREAM).unlink()
    (path / FORUM_STREAM).unlink()

    assert list(ldbc.Folder(path).updates()) == []


def test_columns_are_found_by_their_names(tmp_path: Path) -> None:
    """Their order is free, and so is what stands beside them."""
    whole, _ = read(write_folder(tmp_path / "whole"))
    turned = {file: _turned_around(SMALL[file]) for file in REQUIRED if file != KNOWS}

    assert read(write_folder(tmp_path / "turned", turned)) == (whole, [])


def _turned_around(text: str) -> str:
    rows = [["more", *line.split("|")][::-1] for line in text.splitlines()]
    return "".join("|".join(row) + "\n" for row in rows)


@pytest.mark.parametrize(
    "change",
    [
        {file: text.replace("\n", "\r\n") for file, text in SMALL.items()},
        {file: f"\ufeff{text}" for file, text in SMALL.items()},
        {file: text.replace("\n", "\n\n") for file, text in SMALL.items()},
        {file: text.rstrip("\n") for file, text in SMALL.items()},
        {file: text.replace(".000+0000", "Z") for file, text in SMALL.items()},
        {file: text.replace(".000+0000", "") for file, text in SMALL.items()},
    ],
    ids=["CRLF", "byte order mark", "empty lines", "no last newline", "Z", "no time zone"],
)
def test_the_same_is_read_however_it_is_written(tmp_path: Path, change: Mapping[str, str]) -> None:
    """Line endings, a byte order mark, empty lines and ways to write UTC make no difference."""
    whole, _ = read(write_folder(tmp_path / "whole"))

    assert read(write_folder(tmp_path / "changed", change)) == (whole, [])


def test_a_table_may_be_split_into_parts(tmp_path: Path) -> None:
    """Several threads write a part each, with a header of its own."""
    whole, _ = read(write_folder(tmp_path / "whole"))
    head, *rows = SMALL[PERSONS].splitlines(keepends=True)
    parts = {PERSONS: head + rows[0], "dynamic/person_1_0.csv": head + "".join(rows[1:])}

    assert read(write_folder(tmp_path / "parts", parts)) == (whole, [])


@given(shuffled=st.randoms(), parents=st.lists(st.integers(0), max_size=12))
def test_comments_may_stand_in_any_order(shuffled: Random, parents: list[int]) -> None:
    """Each comment comes after the one that it replies to, under the post of the first of them."""
    rows = ["100|1|-|-|Yes|3|1|1|10|"]
    for index, parent in enumerate(parents, start=101):
        rows.append(f"{index}|1|-|-|Yes|3|1|1||{100 + parent % (index - 100)}")
    shuffled.shuffle(rows)
    table = SMALL[COMMENTS] + "\n".join(rows)

    with TemporaryDirectory() as path:
        items, report = read(write_folder(Path(path), {COMMENTS: table}))

    comments = [each for each in items if isinstance(each, Comment)]
    places = {comment.id: place for place, comment in enumerate(comments)}
    assert report == []
    assert len(comments) == len(rows) + 3
    assert {comment.post for comment in comments} == {"10"}
    assert all(
        comment.reply_to is None or places[comment.reply_to] < places[comment.id]
        for comment in comments
    )
