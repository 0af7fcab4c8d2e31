"""Noninterference: two worlds that differ only in what a viewer may not see read alike to them."""

from connectcore.testing.paired.comparing import (
    OwnRead,
    PairedWorlds,
    WorldsDiffer,
    check_paired_worlds,
)
from connectcore.testing.paired.drawing import DIFFERENCES, paired_worlds

__all__ = [
    "DIFFERENCES",
    "OwnRead",
    "PairedWorlds",
    "WorldsDiffer",
    "check_paired_worlds",
    "paired_worlds",
]
