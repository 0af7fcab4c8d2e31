"""A kit for tests of applications and of stores: strategies, small networks, and stores that fail.

It comes with the extra `testing`, which brings Hypothesis; `connectcore` itself never imports it.
"""

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
    "Clock",
    "FlakyStore",
    "LatencyStore",
    "RecordingStore",
    "Script",
    "Step",
    "StoreCall",
    "StoreFailed",
    "Watch",
    "WatchedStore",
    "World",
    "person",
    "position_of",
    "profile_of",
]
