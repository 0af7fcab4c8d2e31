"""A process that is killed at a step of its own choice, as a watch over all that it does."""

from typing import final

__all__ = ["Killed", "Life"]


@final
class Killed(BaseException):
    """The process is no more."""


@final
class Life:
    """A watch that lets as many steps pass as are `left`, and is killed at every one after them.

    With none counted, which is how it begins, it lets every step pass.
    """

    def __init__(self) -> None:
        self.left: int | None = None

    def __call__(self, *_step: object) -> None:
        """Let a step pass, or be killed."""
        if self.left is None:
            return
        if not self.left:
            raise Killed
        self.left -= 1
