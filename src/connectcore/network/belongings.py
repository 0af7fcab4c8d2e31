"""What belongs to a member: take it along, or have it forgotten."""

from __future__ import annotations

from typing import Generic, final

from connectcore.members import MemberId
from connectcore.network.charter import Charter
from connectcore.network.erasing import erase
from connectcore.profiles import ProfileT

__all__ = ["Belongings"]


@final
class Belongings(Generic[ProfileT]):
    """All that is in the network of the acting member's own."""

    def __init__(self, charter: Charter[ProfileT], actor: MemberId) -> None:
        self._charter = charter
        self._actor = actor

    def erase(self) -> None:
        """Forget the member, with all that is theirs and all of others that names them.

        For everybody they read then like somebody who never joined; erasing again changes nothing.
        Whoever blocked them goes on counting and listing a block, of a digest in the place of the
        id, and may lift it; if somebody joins with the id again, the block holds again at once.
        """
        erase(self._charter, self._actor)
