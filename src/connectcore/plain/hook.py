"""What pydantic asks of a class when it finds one in a model, or in a route of FastAPI."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

__all__ = ["answer_pydantic"]


def answer_pydantic(public: Iterable[object]) -> None:
    """Let pydantic take and give the values of all attrs classes among what is *public*.

    Pydantic itself is imported when it asks, so whoever does without it never loads it.
    """
    for kind in public:
        if isinstance(kind, type) and attrs.has(kind):
            type.__setattr__(kind, "__get_pydantic_core_schema__", classmethod(_core_schema))


def _core_schema(_: type, source: object, __: object) -> Any:  # noqa: ANN401 - pydantic's own word for it
    from connectcore.plain.schemas import core_schema_of  # noqa: PLC0415 - pydantic is loaded by now

    return core_schema_of(source)
