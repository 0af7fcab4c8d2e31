"""Everything that members do, and everything that they read."""

from __future__ import annotations

from hypothesis.stateful import invariant

from connectcore.testing.machine.lockstep import MEMBERS
from connectcore.testing.machine.others import OF_MEMBERS, OPEN
from connectcore.testing.machine.own import FEED, OWN
from connectcore.testing.machine.telling import Telling

__all__ = ["NetworkStateMachine"]


class NetworkStateMachine(Telling):
    """Five members do whatever members can do, an hour or many days apart.

    After each act the network and the model must have given the same answer.
    Then one of them compares what they read of their own, or of somebody, each in their turn; at
    the end of a history everybody compares everything.
    """

    def __init__(self) -> None:
        super().__init__()
        self._looks = 0

    @invariant()
    def look(self) -> None:
        """Compare what one member reads of their own, or what one reads of another."""
        self._looks += 1
        turn, is_own = divmod(self._looks, 2)
        viewer = MEMBERS[turn % len(MEMBERS)]
        if is_own:
            self.compare_own(viewer)
        else:
            self.compare(viewer, MEMBERS[turn // len(MEMBERS) % len(MEMBERS)])

    def teardown(self) -> None:
        """Compare everything that everybody may read."""
        for viewer in MEMBERS:
            self.compare_own(viewer)
            self.compare_feed(viewer)
            self.compare_signed_out(viewer)
            for other in MEMBERS:
                self.compare(viewer, other)

    def compare_own(self, viewer: str) -> None:
        """Compare what a member reads of their own, but for the feed."""
        for what, (read, expected) in OWN.items():
            self.shows(what, viewer, read, expected)

    def compare_feed(self, viewer: str) -> None:
        """Compare the whole feed of a member, read in small pages, in both orders."""
        for what, (read, expected) in FEED.items():
            self.shows(what, viewer, read, expected)

    def compare(self, viewer: str, other: str) -> None:
        """Compare what a member reads of another, or of themselves as others would."""
        for what, (read, expected) in (OPEN if viewer == other else OF_MEMBERS).items():
            self.shows(what, viewer, read, expected, other)

    def compare_signed_out(self, other: str) -> None:
        """Compare what a visitor reads of a member."""
        for what, (read, expected) in OPEN.items():
            self.shows_visitor(what, read, expected, other)
