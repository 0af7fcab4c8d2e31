"""A kit for tests of applications and of stores: strategies, small networks, and stores that fail.

It comes with the extra `testing`, which brings Hypothesis; `connectcore` itself never imports it.
"""

from connectcore.testing.conformance import (
    Capability,
    Conformance,
    StoreConformance,
    check_store,
)
from connectcore.testing.history import NoLegalOrder, Operation, check_history
from connectcore.testing.interleaving import (
    Interleaving,
    StoreAct,
    StuckInterleaving,
    interleavings,
)
from connectcore.testing.laws import Law, LawBroken, check_rules
from connectcore.testing.paired import (
    PairedWorlds,
    WorldsDiffer,
    check_paired_worlds,
    paired_worlds,
)
from connectcore.testing.scripts import Script, Step
from connectcore.testing.stores import (
    FlakyStore,
    LatencyStore,
    RecordingStore,
    StoreCall,
    StoreFailed,
    Watch,
    WatchedStore,
)
from connectcore.testing.worlds import Clock, World, person, position_of, profile_of

__all__ = [
    "Capability",
    "Clock",
    "Conformance",
    "FlakyStore",
    "Interleaving",
    "LatencyStore",
    "Law",
    "LawBroken",
    "NoLegalOrder",
    "Operation",
    "PairedWorlds",
    "RecordingStore",
    "Script",
    "Step",
    "StoreAct",
    "StoreCall",
    "StoreConformance",
    "StoreFailed",
    "StuckInterleaving",
    "Watch",
    "WatchedStore",
    "World",
    "WorldsDiffer",
    "check_history",
    "check_paired_worlds",
    "check_rules",
    "check_store",
    "interleavings",
    "paired_worlds",
    "person",
    "position_of",
    "profile_of",
]
