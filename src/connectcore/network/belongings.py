"""What belongs to a member: take it along, or have it forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Generic, final

from connectcore.members import MemberId
from connectcore.network.charter import Charter
from connectcore.network.erasing import erase
from connectcore.network.exporting import export
from connectcore.plain import Plain
from connectcore.profiles import ProfileT

__all__ = ["Belongings"]


@final
class Belongings(Generic[ProfileT]):
    """All that is in the network of the acting member's own."""

    def __init__(self, charter: Charter[ProfileT], actor: MemberId) -> None:
        self._charter = charter
        self._actor = actor

    def export(self, *, at: datetime | None = None) -> dict[str, Plain]:
        """Give all that is the member's own, as plain data for `json.dumps`.

        Nothing of others is in it that the member could not see: who is not there for them is left
        out with what they did together, as in the lists, and names are as their owners show them.
        Everything else is whole, also what the member hides, dismissed or shares with nobody.
        """
        moment = self._charter.moment(at)
        return self._charter.store.read(
            lambda snapshot: export(self._charter, snapshot, self._actor, at=moment)
        )

    def erase(self) -> None:
        """Forget the member, with all that is theirs and all of others that names them.

        For everybody they read then like somebody who never joined; erasing again changes nothing.
        Whoever blocked them goes on counting and listing a block, of a digest in the place of the
        id, and may lift it; if somebody joins with the id again, the block holds again at once.
        """
        erase(self._charter, self._actor)
