"""What a scenario expects: a sentence for each thing that can be seen, asked in every way there is.

An expectation about a list reads it whole and in short pages, and counts it; one about a field
asks the profile, the preview and the operator; one about an act tries it, undoes it, and asks
beforehand where there is a call for that.
"""

from collections.abc import Callable, Mapping

from tests.scenarios import (
    endorsing,
    guests,
    news,
    recommending,
    seeing,
    taking,
    telling,
    trying,
    writing,
)

__all__ = ["EXPECTATIONS"]

EXPECTATIONS: Mapping[str, Callable[..., None]] = {
    **trying.EXPECTATIONS,
    **seeing.EXPECTATIONS,
    **news.EXPECTATIONS,
    **telling.EXPECTATIONS,
    **endorsing.EXPECTATIONS,
    **recommending.EXPECTATIONS,
    **writing.EXPECTATIONS,
    **guests.EXPECTATIONS,
    **taking.EXPECTATIONS,
}
"""Every sentence that may stand in a [[then]]; a function of the stage, of who looks and the rest."""
