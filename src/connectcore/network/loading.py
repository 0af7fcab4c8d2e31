"""Loading a network that exists already: in bulk, checked, with a report of what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Generic, final

from attrs import frozen

from connectcore.choices import check_instance
from connectcore.errors import InvalidValue
from connectcore.network.batches import Batch, Loadable
from connectcore.network.charter import Charter
from connectcore.network.naming import write_naming
from connectcore.profiles import ProfileT
from connectcore.refusals import Refusal

__all__ = ["LeftOut", "LoadReport", "Loadable", "load"]


@final
@frozen
class LeftOut(Generic[ProfileT]):
    """Something that was not loaded, and why."""

    item: Loadable[ProfileT]
    refusal: Refusal


@final
@frozen(kw_only=True)
class LoadReport(Generic[ProfileT]):
    """What a load did: how many of each class it loaded, and everything that it left out.

    `present` counts what was there already, just as it was to be loaded: after a load that was cut
    short, what it had done.
    """

    loaded: Mapping[type[object], int]
    present: Mapping[type[object], int]
    left_out: tuple[LeftOut[ProfileT], ...]


def load(
    charter: Charter[ProfileT],
    items: Iterable[Loadable[ProfileT]],
    *,
    batch: int,
    progress: Callable[[int], None] | None,
) -> LoadReport[ProfileT]:
    """Load *items* batch by batch; see `Network.load`."""
    check_instance("items", items, Iterable)
    check_instance("batch", batch, int)
    if batch < 1:
        message = f"batch={batch!r} loads nothing; a batch holds at least one item"
        raise InvalidValue(message)
    loaded: Counter[type[object]] = Counter()
    present: Counter[type[object]] = Counter()
    left_out: list[LeftOut[ProfileT]] = []
    coming, seen = iter(items), 0
    while chunk := tuple(islice(coming, batch)):
        whole = Batch(charter, chunk)
        outcomes = write_naming(charter.store, whole.touched, whole.load)
        for item, outcome in zip(chunk, outcomes, strict=True):
            if isinstance(outcome, Refusal):
                left_out.append(LeftOut(item, outcome))
            else:
                (loaded if outcome == "loaded" else present)[type(item)] += 1
        seen += len(chunk)
        if progress is not None:
            progress(seen)
    return LoadReport(loaded=dict(loaded), present=dict(present), left_out=tuple(left_out))
