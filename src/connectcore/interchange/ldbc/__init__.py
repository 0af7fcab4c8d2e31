"""Networks in the CSV layout of the LDBC Social Network Benchmark, Interactive v1 ("CsvBasic").

A folder holds a snapshot of a network, in `static/` and `dynamic/`, and in `update_streams/` what
happened after it.
What is read: persons with e-mail addresses, companies and universities, who knows whom, posts,
comments and likes.
What is not: forums and tags have no counterpart here, and an interest is not a skill.

`Folder` reads one: `network.load(folder.snapshot())`, and then `network.load(folder.updates())`.
"""

from connectcore.interchange.ldbc.folder import Folder, Item
from connectcore.interchange.ldbc.tables import MissingFile, Row, Unreadable

__all__ = ["Folder", "Item", "MissingFile", "Row", "Unreadable"]
