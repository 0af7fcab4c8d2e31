"""What a rule calls while it judges: clocks, chance, files and stores are none of its business."""

from __future__ import annotations

import gc
import random
import sys
from collections.abc import Callable
from datetime import date
from types import FrameType
from typing import Any, TypeVar, final

__all__ = ["Watch"]

T = TypeVar("T")

_CLOCKS = frozenset({"now", "today", "utcnow"})
_OUTSIDE = (
    "_io",
    "_posixsubprocess",
    "_socket",
    "_sqlite3",
    "io",
    "nt",
    "posix",
    "sqlite3",
    "time",
)
_OURS = ("connectcore.network", "connectcore.storage")
_CHANCE = random.random.__self__  # type: ignore[attr-defined] # what the functions of the module share


@final
class Watch:
    """Runs something, and keeps the names of what it called that is outside of its arguments."""

    def __init__(self) -> None:
        self.outside: list[str] = []

    def over(self, judge: Callable[[], T]) -> T:
        """Give what *judge* gives; where the program is profiled already, nothing is noticed."""
        if sys.getprofile() is not None:
            return judge()
        collects = gc.isenabled()
        gc.disable()  # or what is called when garbage is collected would be taken for the rule's
        sys.setprofile(self.note)
        try:
            return judge()
        finally:
            sys.setprofile(None)
            if collects:
                gc.enable()

    def note(self, frame: FrameType, event: str, called: Any) -> None:
        """Take note of a call; Python calls this for each."""
        module = str(frame.f_globals.get("__name__", ""))
        if event == "c_call":
            self.outside += [_name_of(called)] if _is_outside(called) else []
        elif event == "call":
            self.outside += [f"{module}.{frame.f_code.co_name}"] * module.startswith(_OURS)


def _is_outside(called: Any) -> bool:
    """Whether a built-in function reads a clock or the machine, or draws by chance."""
    owner = getattr(called, "__self__", None)
    if isinstance(owner, type):
        return issubclass(owner, date) and called.__name__ in _CLOCKS
    return owner is _CHANCE or _module_of(called) in _OUTSIDE


def _module_of(called: Any) -> str:
    """Where a built-in function is from, or what it is a method of."""
    return called.__module__ or type(called.__self__).__module__


def _name_of(called: Any) -> str:
    owner = getattr(called, "__self__", None)
    if isinstance(owner, type):
        return f"{owner.__name__}.{called.__name__}"
    return f"{_module_of(called).strip('_')}.{called.__name__}"
