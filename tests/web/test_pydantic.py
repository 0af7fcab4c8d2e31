"""Pydantic takes and gives every public value as plain data, and describes it."""

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pytest
from attrs import frozen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from connectcore import (
    Audience,
    Caution,
    Comment,
    EndorsedSkill,
    InvalidValue,
    LeftOut,
    Member,
    Name,
    Page,
    Post,
    Profile,
    Refusal,
    Relationship,
    Strangers,
    shown_to,
    to_dict,
)
from tests.kinds import LibraryProfile, ShelfDusted
from tests.plain.test_round_trip import NOT_PLAIN, READ_AS
from tests.plain.values import values_of

ADA: Mapping[str, object] = {"id": "ada", "profile": {"name": {"given": "Ada"}}}
PRIVATE = "a-private-word"


@frozen(kw_only=True)
class OrderProfile(Profile):
    """A profile that nobody announced to pydantic."""

    guild: str = shown_to(Audience.MEMBERS, default="")


class Letter(BaseModel):
    """A model of an application, which holds values of ours."""

    sender: Member[Profile]
    about: tuple[Post, ...] = ()


@pytest.mark.parametrize("kind", READ_AS.values(), ids=READ_AS)
@settings(
    max_examples=settings().max_examples // 10 or 1,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(data=st.data())
def test_every_public_value_goes_through_pydantic_and_back(kind: Any, data: st.DataObject) -> None:
    """It is given as `to_dict` writes it, and read back the same, from JSON and from Python."""
    adapter = TypeAdapter[Any](kind)
    value = data.draw(values_of(kind))
    written = adapter.dump_json(value)

    assert json.loads(written) == to_dict(value) == adapter.dump_python(value)
    assert adapter.validate_json(written) == value
    assert adapter.validate_python(to_dict(value)) == value
    assert adapter.validate_python(value) is value


@pytest.mark.parametrize("kind", READ_AS.values(), ids=READ_AS)
def test_every_public_value_has_a_json_schema(kind: Any) -> None:
    """Read or written, it is an object whose properties are what `to_dict` writes, with no loose end."""
    adapter = TypeAdapter[Any](kind)
    for schema in (adapter.json_schema(), adapter.json_schema(mode="serialization")):
        definitions = schema.pop("$defs", {})
        described = definitions[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
        names = {part.name for part in kind_parts(kind)}

        assert described["type"] == "object"
        assert described["properties"].keys() - {"is"} == names
        assert set(described.get("required", ())) <= {*names, "is"}
        assert references(json.loads(json.dumps([schema, definitions]))) <= definitions.keys()


def kind_parts(kind: Any) -> Any:
    """What a class of values holds, generic or not."""
    return getattr(kind, "__origin__", kind).__attrs_attrs__


def references(schema: Any) -> set[str]:
    """The names of all definitions that a schema refers to."""
    if isinstance(schema, list):
        return set().union(*map(references, schema))
    if not isinstance(schema, dict):
        return set()
    own = schema.get("$ref")
    named = {own.rpartition("/")[2]} if isinstance(own, str) else set()
    return named.union(*map(references, schema.values()))


def test_a_schema_says_what_fits() -> None:
    """Names, kinds of text, words and what must be given are there to read."""
    schema = TypeAdapter(Post).json_schema()

    assert schema["title"] == "Post"
    assert schema["properties"]["at"] == {"title": "At", "type": "string", "format": "date-time"}
    assert "connections" in schema["properties"]["audience"]["enum"]
    assert schema["required"] == ["id", "author", "at", "text", "audience"]
    assert schema["additionalProperties"] is False
    assert TypeAdapter(Profile).json_schema()["$defs"]["Name"]["title"] == "Name"
    assert TypeAdapter(ShelfDusted).json_schema()["properties"]["is"]["const"] == "shelf_dusted"
    assert "Refusal" in TypeAdapter(Refusal).json_schema()["$defs"]
    item = TypeAdapter(LeftOut).json_schema()["properties"]["item"]
    assert {"$ref": "#/$defs/MemberInUnion"} in item["anyOf"]


def test_an_error_is_told_at_its_place_without_what_stands_there() -> None:
    """What does not fit is an error of pydantic, as deep as it is, and repeats nothing private."""
    post = {"id": "7", "author": "ada", "at": PRIVATE, "text": "x", "audience": "members"}
    with pytest.raises(ValidationError) as caught:
        Letter.model_validate({"sender": ADA, "about": [post]})
    (error,) = caught.value.errors()

    assert error["loc"] == ("about", 0, "at")
    assert error["msg"] == "a moment is needed, such as 2026-03-02T09:00:00Z"
    assert error["type"] == "misfit"
    assert PRIVATE not in f"{caught.value}{caught.value.errors()}{caught.value.json()}"


@pytest.mark.parametrize("given", [PRIVATE, [PRIVATE], None, 7, {**ADA, PRIVATE[:1]: PRIVATE}])
def test_what_is_no_value_is_refused(given: object) -> None:
    """Anything else than an object of the right names is refused, and is not repeated."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Member).validate_python(given)

    assert PRIVATE not in str(caught.value)


def test_a_profile_of_an_application_is_taken_as_it_is() -> None:
    """A class that extends ours inherits the hook, in a member and by itself."""
    adapter = TypeAdapter(Member[OrderProfile])
    grace = Member("grace", OrderProfile(name=Name("Grace"), guild="Compilers"))

    assert adapter.validate_json(adapter.dump_json(grace)) == grace
    assert TypeAdapter(Member).validate_json(adapter.dump_json(grace)) == grace
    assert "guild" in adapter.json_schema()["$defs"]["OrderProfile"]["properties"]
    assert "guild" in TypeAdapter(OrderProfile).json_schema()["properties"]
    with pytest.raises(ValidationError, match="a OrderProfile is needed"):
        adapter.validate_python(Member("ada", LibraryProfile(name=Name("Ada"))))


def test_what_is_held_may_be_a_generic_class() -> None:
    """A page of pages, or of several classes, is described and read by what is named."""
    assert "Post" in TypeAdapter(Page[Page[Post]]).json_schema()["$defs"]
    assert "properties" in TypeAdapter(Page[Post | Comment]).json_schema()


def test_a_union_is_whichever_fits() -> None:
    """Among several classes each value is given and read back as what it is."""
    adapter = TypeAdapter[Any](Relationship)

    assert adapter.validate_json(adapter.dump_json(Strangers())) == Strangers()
    caution = Caution(code="new", message="They are new here.")
    assert TypeAdapter[Any](Name | Caution).dump_python(caution) == to_dict(caution)


def test_a_page_of_nothing_named_is_not_read() -> None:
    """What a generic class holds has to be said before it is read, and the error says how."""
    assert TypeAdapter(Page).dump_python(Page(("x",), None))["items"] == ["x"]
    with pytest.raises(ValueError, match=r"name it, as in Page\[Post\]"):
        TypeAdapter(Page).validate_python({"items": ["x"]})


def test_what_does_not_fit_its_annotations_is_not_given() -> None:
    """A value that holds what its class does not say is an error, not half an answer."""
    with pytest.raises(PydanticSerializationError, match=r"skill: a text is needed"):
        TypeAdapter(EndorsedSkill).dump_python(EndorsedSkill(skill=7, endorsements=1))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", NOT_PLAIN, ids=lambda kind: kind.__name__)
def test_functions_have_no_schema(kind: type) -> None:
    """What holds functions says so when a model is made, and names the attribute."""
    with pytest.raises(InvalidValue, match=f"{kind.__name__} is no plain data"):
        TypeAdapter(kind)


def test_nothing_of_pydantic_is_loaded_before_it_asks() -> None:
    """To read and write plain data takes the core alone, even where pydantic is installed."""
    program = (
        "import sys; from connectcore import Name, from_dict, to_dict;"
        "from_dict(Name, to_dict(Name('Ada'))); print('pydantic_core' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert run.stdout.strip() == "False"
