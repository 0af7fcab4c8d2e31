"""Faults in the layout of LDBC: each is reported with its row, and stops nothing."""

from pathlib import Path

import pytest

from connectcore import ConnectcoreError, Network, Post
from connectcore.interchange import ldbc
from tests.interchange.folders import (
    COMMENTS,
    EMAILS,
    FORUM_STREAM,
    KNOWS,
    LIKES_OF_COMMENTS,
    LIKES_OF_POSTS,
    ORGANISATIONS,
    PERSON_STREAM,
    PERSONS,
    PLACES,
    POSTS,
    REQUIRED,
    SMALL,
    STUDY,
    WORK,
    last_line,
    read,
    with_row,
    write_folder,
)


def left_out(path: Path) -> list[tuple[str, str]]:
    """What a network does not take of a folder that can be read: the row and the code of the refusal."""
    folder, network = ldbc.Folder(path), Network()
    reports = [network.load(folder.snapshot()), network.load(folder.updates())]
    assert folder.unreadable == []
    return [
        (str(folder.row_of(left.item)), left.refusal.code)
        for report in reports
        for left in report.left_out
    ]


@pytest.mark.parametrize("file", REQUIRED)
def test_a_missing_file_is_one_clear_error(tmp_path: Path, file: str) -> None:
    """It names the folder and the file, before anything is read."""
    (write_folder(tmp_path) / file).unlink()

    with pytest.raises(ldbc.MissingFile) as missing:
        ldbc.Folder(tmp_path)

    assert (missing.value.folder, missing.value.file) == (str(tmp_path), file)
    assert str(missing.value) == f"{tmp_path} cannot be read: it has no {file}"
    assert isinstance(missing.value, ConnectcoreError)
    assert isinstance(missing.value, FileNotFoundError)


@pytest.mark.parametrize(
    ("file", "row", "reason"),
    [
        (PERSONS, "5|Tim|Lee|male|once|2026-01-05T10:00:00+00:00|-|-|1", "'once' is no moment"),
        (PERSONS, "5|Tim|Lee|male|1955-06-08|1|-|-|77", "there is no place '77'"),
        (PERSONS, "five|Tim|Lee|male|1955-06-08|1|-|-|1", "'five' is no id"),
        (PERSONS, "|Tim|Lee|male|1955-06-08|1|-|-|1", "'' is no id"),
        (PERSONS, "5|Tim|Lee", "this row has 3 fields, not 9"),
        (EMAILS, "5|tim@example.org", "there is no person '5'"),
        (EMAILS, "1|ada@example.net|and more", "this row has 3 fields, not 2"),
        (WORK, "1|9|1833", "there is no organisation '9'"),
        (WORK, "1|0|then", "'then' is no year"),
        (WORK, "5|0|1833", "there is no person '5'"),
        (STUDY, "1|2|10000", "'10000' is no year"),
        (STUDY, "1|2|99999999999999999999", "'99999999999999999999' is no year"),
        (PLACES, "3|Atlantis|-|city|99", "there is no country '99'"),
        (ORGANISATIONS, "3|company", "this row has 2 fields, not 5"),
        (KNOWS, "1|3|2026-13-01", "'2026-13-01' is no moment"),
        (KNOWS, "1|3|99999999999999999999", "'99999999999999999999' is no moment"),
        (KNOWS, "1|3|0001-01-01T00:00+23:59", "'0001-01-01T00:00+23:59' is no moment"),
        (KNOWS, "1|3|", "'' is no moment"),
        (KNOWS, "1|x|1", "'x' is no id"),
        (POSTS, "12||now|-|-|en|Hello|5|1|0|1", "'now' is no moment"),
        (
            POSTS,
            "12||1|-|-|en| |1|1|0|1",
            "there is no text; write something, or do not publish",
        ),
        (COMMENTS, "23|1|-|-|Yes|3|1|1||99", "there is no comment '99' before this"),
        (COMMENTS, "23|1|-|-|Yes|3|1|1||23", "there is no comment '23' before this"),
        (COMMENTS, "23|1|-|-|Yes|3|1|1|-1|-1", "'-1' is no id"),
        (LIKES_OF_POSTS, "1|10|soon", "'soon' is no moment"),
        (LIKES_OF_COMMENTS, "1|99|1", "there is no comment '99' before this"),
        (PERSON_STREAM, "1|0|1|5|Tim|Lee|male|1|1|-|-|1||||2|", "'2' is no organisation and year"),
        (PERSON_STREAM, "1|0|1|5|Tim|Lee", "this row has 6 fields, not 17"),
        (FORUM_STREAM, "soon|0|2|1|10|1", "'soon' is no moment"),
        (FORUM_STREAM, "1|0|9|1|10|1", "'9' is no kind of update"),
        (FORUM_STREAM, "1", "'' is no kind of update"),
        (FORUM_STREAM, "1|0|3|1|99|1", "there is no comment '99' before this"),
    ],
)
def test_a_row_that_cannot_be_read_is_reported(
    tmp_path: Path, file: str, row: str, reason: str
) -> None:
    """Its file, its line and the reason; all the rest is read as if it were not there."""
    whole, _ = read(write_folder(tmp_path / "whole"))

    items, report = read(write_folder(tmp_path / "faulty", with_row(file, row)))

    assert report == [(f"{file}:{last_line(file)}", reason)]
    assert items == whole


@pytest.mark.parametrize(
    ("file", "row", "code"),
    [
        (PERSONS, "1|Ada|Byron|female|1815-12-10|1|-|-|1", "already_joined"),
        (KNOWS, "1|99|1", "missing"),
        (KNOWS, "1|1|1", "oneself"),
        (KNOWS, "2|1|1", "already_connected"),
        (POSTS, "12||1|-|-|en|Hello|5|99|0|1", "missing"),
        (POSTS, "10||1|-|-|en|Hello|5|1|0|1", "already_there"),
        (COMMENTS, "23|1|-|-|Yes|3|99|1|10|", "missing"),
        (COMMENTS, "23|1|-|-|Yes|3|1|1|99|", "missing"),
        (COMMENTS, "20|1|-|-|Yes|3|1|1|10|", "already_there"),
        (LIKES_OF_POSTS, "1|99|1", "missing"),
        (LIKES_OF_COMMENTS, "99|20|1", "missing"),
        (FORUM_STREAM, "1767700800000|0|8|4|99|1767700800000", "missing"),
    ],
)
def test_a_row_that_does_not_fit_is_left_out_and_can_be_found(
    tmp_path: Path, file: str, row: str, code: str
) -> None:
    """What can be read but contradicts the rest is refused by the network, with its row known."""
    path = write_folder(tmp_path, with_row(file, row))

    assert left_out(path) == [(f"{file}:{last_line(file)}", code)]


def test_replies_to_a_comment_that_is_left_out_are_left_out_too(tmp_path: Path) -> None:
    """And so are the likes of any of them; each row is reported."""
    path = write_folder(
        tmp_path,
        {
            COMMENTS: SMALL[COMMENTS].replace("|13|2|0|10|", "|13|99|0|10|"),
            FORUM_STREAM: "",
        },
    )

    assert left_out(path) == [
        (f"{COMMENTS}:2", "missing"),
        (f"{COMMENTS}:3", "missing"),
        (f"{LIKES_OF_COMMENTS}:2", "missing"),
    ]


@pytest.mark.parametrize("file", REQUIRED)
def test_a_table_without_a_column_is_reported_once(tmp_path: Path, file: str) -> None:
    """None of its rows is read, and what is missing is named; so it is with an empty file."""
    first, bar, others = SMALL[file].partition("|")
    renamed = write_folder(tmp_path / "renamed", {file: f"{first}s{bar}{others}"})
    empty = write_folder(tmp_path / "empty", {file: ""})

    assert read(renamed)[1][0] == (f"{file}:1", f"no row here is read: there is no column {first}")
    assert f"{file}:1" in dict(read(empty)[1])


def test_a_line_that_is_not_utf_8_is_reported(tmp_path: Path) -> None:
    """The other lines of the file are read; letters beyond ASCII are no fault."""
    broken = SMALL[POSTS].encode() + b"12||1|-|-|en|\xe9t\xe9|4|1|0|1\n"
    sound = "13||1|-|-|en|été|4|1|0|1\n".encode()

    items, report = read(write_folder(tmp_path, {POSTS: broken + sound}))

    assert report == [(f"{POSTS}:3", "this line is not written in UTF-8")]
    assert [each.text for each in items if isinstance(each, Post)][1] == "été"


def test_comments_that_reply_to_each_other_are_reported(tmp_path: Path) -> None:
    """A circle of replies hangs under no post."""
    circle = "23|1|-|-|Yes|3|1|1||24\n24|1|-|-|No|2|1|1||23\n"

    _, report = read(write_folder(tmp_path, {COMMENTS: SMALL[COMMENTS] + circle}))

    assert sorted(report) == [
        (f"{COMMENTS}:4", "there is no comment '24' before this"),
        (f"{COMMENTS}:5", "there is no comment '23' before this"),
    ]
