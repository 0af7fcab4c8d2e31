"""The table of the fields of `Profile` by the audience that each declares."""

from itertools import groupby

import attrs

from connectcore import Profile
from connectcore.audiences import declared_audience
from tests.docs.tables import code, table


def shown_by_default() -> str:
    """A row for each audience that some field declares, the widest first."""
    declared = [(declared_audience(field), field.name) for field in attrs.fields(Profile)]
    rows = [
        [str(audience), ", ".join(code(name) for _, name in fields)]
        for audience, fields in groupby(declared, key=lambda entry: entry[0])
    ]
    return table(["shown to", "fields of `Profile`"], rows)
