"""A small network in the layout of LDBC, to be written anew with faults planted in it.

Ada knows Grace, who knows Alan; Ada posts, Grace comments, Ada replies.
Later Hedy joins, gets to know Ada, posts an image and replies to Grace.
"""

from collections.abc import Mapping
from pathlib import Path

from connectcore.interchange import ldbc

ADA, GRACE, ALAN, HEDY = "1", "2", "3", "4"

PERSONS = "dynamic/person_0_0.csv"
EMAILS = "dynamic/person_email_emailaddress_0_0.csv"
WORK = "dynamic/person_workAt_organisation_0_0.csv"
STUDY = "dynamic/person_studyAt_organisation_0_0.csv"
KNOWS = "dynamic/person_knows_person_0_0.csv"
POSTS = "dynamic/post_0_0.csv"
COMMENTS = "dynamic/comment_0_0.csv"
LIKES_OF_POSTS = "dynamic/person_likes_post_0_0.csv"
LIKES_OF_COMMENTS = "dynamic/person_likes_comment_0_0.csv"
PLACES = "static/place_0_0.csv"
ORGANISATIONS = "static/organisation_0_0.csv"
PERSON_STREAM = "update_streams/updateStream_0_0_person.csv"
FORUM_STREAM = "update_streams/updateStream_0_0_forum.csv"

SMALL: Mapping[str, str] = {
    PLACES: """\
id|name|url|type|isPartOf
0|United_Kingdom|-|country|2
1|London|-|city|0
2|Europe|-|continent|
""",
    ORGANISATIONS: """\
id|type|name|url|place
0|company|Analytical_Engines|-|0
1|company|Notes_and_Co|-|0
2|university|Open_University|-|1
""",
    PERSONS: """\
id|firstName|lastName|gender|birthday|creationDate|locationIP|browserUsed|place
1|Ada|Lovelace|female|1815-12-10|2026-01-01T10:00:00.000+0000|-|-|1
2|Grace|Hopper|female|1906-12-09|2026-01-01T11:00:00.000+0000|-|-|0
3|Alan|Turing|male|1912-06-23|2026-01-01T12:00:00.000+0000|-|-|1
""",
    EMAILS: """\
Person.id|email
1|ada@example.org
2|grace@example.org
1|ada@example.com
""",
    WORK: """\
Person.id|Organisation.id|workFrom
1|0|1833
1|1|1842
""",
    STUDY: """\
Person.id|Organisation.id|classYear
1|2|1840
""",
    KNOWS: """\
Person.id|Person.id|creationDate
1|2|2026-01-02T10:00:00.000+0000
2|3|2026-01-02T11:00:00.000+0000
""",
    POSTS: """\
id|imageFile|creationDate|locationIP|browserUsed|language|content|length|creator|Forum.id|place
10||2026-01-03T10:00:00.000+0000|-|-|en|The engine might compose music.|31|1|0|1
""",
    COMMENTS: """\
id|creationDate|locationIP|browserUsed|content|length|creator|place|replyOfPost|replyOfComment
20|2026-01-03T11:00:00.000+0000|-|-|And programs.|13|2|0|10|
21|2026-01-03T12:00:00.000+0000|-|-|Indeed.|7|1|1||20
""",
    LIKES_OF_POSTS: """\
Person.id|Post.id|creationDate
3|10|2026-01-04T10:00:00.000+0000
""",
    LIKES_OF_COMMENTS: """\
Person.id|Comment.id|creationDate
1|20|2026-01-04T11:00:00.000+0000
""",
    PERSON_STREAM: """\
1767700800000|0|1|4|Hedy|Lamarr|female|-1741824000000|1767700800000|-|-|1|en;de\
|hedy@example.org;hedy@example.com|7;8|2,1930|0,1940;1,1941
""",
    FORUM_STREAM: """\
1767700800000|0|8|1|4|1767700800000
1767700801000|0|4|50|Wall of Hedy|1767700801000|4|
1767700802000|0|5|1|50|1767700802000
1767700803000|0|6|11|photo11.jpg|1767700803000|-|-|||0|4|50|1|
1767700804000|0|7|22|1767700804000|-|-|Quite so.|9|4|1|-1|20|
1767700805000|0|2|1|11|1767700805000
1767700806000|0|3|2|22|1767700806000
""",
}
"""The files of the folder, without what nobody reads."""

REQUIRED = [file for file in SMALL if not file.startswith("update_streams/")]


def write_folder(folder: Path, changed: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Write the small network, with other text for some files, or without those that get none."""
    for file, text in {**SMALL, **(changed or {})}.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is not None:
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def with_row(file: str, row: str) -> Mapping[str, str]:
    """The change that adds a row to a file; the row is the last one then."""
    return {file: f"{SMALL[file]}{row}\n"}


def last_line(file: str) -> int:
    """The number of the line that `with_row` adds."""
    return SMALL[file].count("\n") + 1


def read(path: Path) -> tuple[list[ldbc.Item], list[tuple[str, str]]]:
    """Everything in a folder, and the report of what could not be read."""
    folder = ldbc.Folder(path)
    items = [*folder.snapshot(), *folder.updates()]
    return items, [(str(each.row), each.reason) for each in folder.unreadable]
