"""Schemas for pydantic: values are read and written as plain data, and described by their shapes.

Nobody imports this but pydantic, by way of `hook`: it is the one module that needs it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, TypeAlias, TypeVar, assert_never, cast

from pydantic_core import (
    InitErrorDetails,
    PydanticCustomError,
    PydanticSerializationError,
    PydanticSerializationUnexpectedValue,
    ValidationError,
    core_schema,
)

from connectcore.plain.places import Misfit, Plain
from connectcore.plain.reading import reader_of
from connectcore.plain.shapes import (
    IS,
    Choice,
    Fixed,
    Maybe,
    OneOf,
    Row,
    Scalar,
    Shape,
    Unknown,
    Value,
    has_to_say_what_it_is,
    parts_of,
    says_what_it_is,
    shape_of,
    word_of,
    words_of,
)
from connectcore.plain.writing import writer_of

__all__ = ["core_schema_of"]

Schema: TypeAlias = core_schema.CoreSchema


def core_schema_of(annotation: object) -> Schema:
    """Make the schema of a class of values, or of a generic one with what it holds.

    A value is taken as it is, or read as `from_dict` reads it; it is given as `to_dict` writes it.
    What does not fit is an error of pydantic at its place, which never repeats what stands there.

    Raises `InvalidValue` for a class that has no plain form.
    """
    shape = cast("Value", shape_of(annotation))
    described = _Description()
    plain = described.of(shape)
    read, write = reader_of(shape), writer_of(shape)

    def take(given: object, _: object) -> object:
        try:
            if isinstance(given, shape.kind):
                write(given)
                return given
            return read(given)
        except Misfit as misfit:
            raise _invalid(shape.kind, misfit) from None

    def give(value: object) -> Plain:
        try:
            return write(value)
        except Misfit as misfit:
            message = misfit.told_of(shape.kind.__name__)
            if isinstance(value, shape.kind):
                raise PydanticSerializationError(message) from None
            # In a union another class may fit.
            raise PydanticSerializationUnexpectedValue(message) from None

    values = core_schema.no_info_wrap_validator_function(
        take, plain, serialization=core_schema.plain_serializer_function_ser_schema(give)
    )
    return core_schema.definitions_schema(values, list(described.definitions.values()))


def _invalid(kind: type, misfit: Misfit) -> ValidationError:
    error = PydanticCustomError("misfit", "{reason}", {"reason": misfit.reason})
    # The input would be repeated to whoever sees the error, and in logs.
    details = InitErrorDetails(type=error, loc=misfit.place, input=None)
    return ValidationError.from_exception_data(kind.__name__, [details])


class _Description:
    """What plain data looks like, each class once and by its name."""

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = {}

    def of(self, shape: Shape) -> Schema:
        match shape:
            case Scalar(kind):
                return _SCALARS[kind]
            case Choice(words):
                return core_schema.literal_schema(list(words_of(words)))
            case Maybe(inner):
                return core_schema.nullable_schema(self.of(inner))
            case Row(item, ordered):
                if ordered:
                    return core_schema.list_schema(self.of(item))
                return core_schema.set_schema(self.of(item))
            case Fixed(items):
                return core_schema.tuple_schema([self.of(item) for item in items])
            case Value():
                return self._of_value(shape, told=has_to_say_what_it_is(shape.kind))
            case OneOf(values):
                return core_schema.union_schema(
                    [self._of_value(each, told=True) for each in values]
                )
            case Unknown():
                return core_schema.any_schema()
            case _:
                assert_never(shape)

    def _of_value(self, value: Value, *, told: bool) -> Schema:
        kind = value.kind
        name = _reference(kind, "InUnion" if told and not says_what_it_is(kind) else "")
        held = ",".join(
            _reference(each) for _, each in value.parameters if not isinstance(each, TypeVar)
        )
        name = f"{name}[{held}]" if held else name
        if name not in self.definitions:
            self.definitions[name] = core_schema.any_schema()  # a class may hold others of itself
            self.definitions[name] = self._object(value, name, told=told)
        return core_schema.definition_reference_schema(name)

    def _object(self, value: Value, name: str, *, told: bool) -> Schema:
        kind = value.kind
        closed = bool(vars(kind).get("__final__"))
        fields: dict[str, core_schema.TypedDictField] = {}
        if told or says_what_it_is(kind):
            word = core_schema.literal_schema([word_of(kind)]) if closed else _TEXT
            fields[IS] = core_schema.typed_dict_field(word, required=told)
        for part in parts_of(kind, value.parameters):
            fields[part.name] = core_schema.typed_dict_field(
                self.of(part.shape), required=part.required
            )
        return core_schema.typed_dict_schema(
            fields,
            cls_name=kind.__name__,
            # What extends a class may stand in its place, with more in it.
            extra_behavior="forbid" if closed else "allow",
            ref=name,
            metadata={"pydantic_js_updates": {"title": kind.__name__}},
        )


def _reference(kind: object, ending: str = "") -> str:
    # Of all this pydantic shows the name, unless two classes have the same one.
    name = getattr(kind, "__qualname__", "").replace("<locals>.", "") or str(kind)
    return f"{getattr(kind, '__module__', '')}.{name}{ending}:{id(kind)}"


_TEXT = core_schema.str_schema()
_SCALARS: dict[type[Any], Schema] = {
    str: _TEXT,
    bool: core_schema.bool_schema(),
    int: core_schema.int_schema(),
    float: core_schema.float_schema(),
    datetime: core_schema.datetime_schema(),
    date: core_schema.date_schema(),
    timedelta: core_schema.timedelta_schema(),
}
