"""A small application of FastAPI takes and returns values, and shows no more than they hold."""

from typing import Annotated, Any

import pytest
from fastapi import Body, FastAPI, Header, HTTPException
from fastapi.testclient import TestClient

from connectcore import (
    Member,
    Name,
    Network,
    NotFound,
    Page,
    Post,
    Profile,
    ProfileView,
    from_dict,
    to_dict,
)
from tests.kinds import LibraryProfile

PRIVATE = "a-private-word"
ADA = Member("ada", LibraryProfile(name=Name("Ada", "Lovelace"), about=PRIVATE))
GRACE = Member("grace", LibraryProfile(name=Name("Grace", "Hopper")))


@pytest.fixture
def network() -> Network[Profile]:
    """A network in memory, with one member."""
    network = Network[Profile]()
    network.join(GRACE)
    return network


@pytest.fixture
def client(network: Network[Profile]) -> TestClient:
    """A client of an application that takes members, and gives views and pages of posts."""
    app = FastAPI()

    @app.post("/members")
    def join(member: Annotated[Member[Profile], Body()]) -> Member[Profile]:
        return network.join(member)

    @app.get("/members/{member}")
    def view(member: str, viewer: Annotated[str, Header()]) -> ProfileView[Profile]:
        try:
            return network.as_member(viewer).profiles.view(member)
        except NotFound as error:
            raise HTTPException(404, str(error)) from None

    @app.put("/drafts")
    def draft(page: Page[Post]) -> Page[Post]:
        return page

    return TestClient(app)


def test_a_member_goes_in_and_comes_out(client: TestClient, network: Network[Profile]) -> None:
    """What a client posts joins, with the profile class that it says, and is answered with."""
    answer = client.post("/members", json=to_dict(ADA))

    assert answer.status_code == 200
    joined = from_dict(Member, answer.json())
    assert joined.profile == ADA.profile == network.as_member("ada").profiles.view("ada").profile


def test_a_redacted_profile_never_shows_what_was_withheld(
    client: TestClient, network: Network[Profile]
) -> None:
    """A view is answered as it was redacted: the field is blank, and only its name is told."""
    network.join(ADA)
    seen = client.get("/members/ada", headers={"viewer": "grace"})
    own = client.get("/members/ada", headers={"viewer": "ada"})

    assert from_dict(ProfileView, seen.json()) == network.as_member("grace").profiles.view("ada")
    assert "about" in seen.json()["withheld"]
    assert PRIVATE not in seen.text
    assert PRIVATE in own.text


def test_a_block_looks_like_nobody_over_the_wire(
    client: TestClient, network: Network[Profile]
) -> None:
    """Whoever is blocked gets the answer that they get of somebody who never joined."""
    network.join(ADA)
    network.as_member("ada").blocks.add("grace")
    blocked = client.get("/members/ada", headers={"viewer": "grace"})
    nobody = client.get("/members/eve", headers={"viewer": "grace"})

    assert blocked.status_code == nobody.status_code == 404
    assert blocked.text == nobody.text.replace("eve", "ada")


def test_what_does_not_fit_is_told_at_its_place(client: TestClient) -> None:
    """A client learns where the fault is; the answer repeats nothing of what was sent."""
    sent = {"id": "ada", "profile": {"name": {"given": "Ada"}, "birthday": PRIVATE}}
    answer = client.post("/members", json=sent)

    assert answer.status_code == 422
    (error,) = answer.json()["detail"]
    assert error["loc"] == ["body", "profile", "birthday"]
    assert error["msg"] == "a date is needed, such as 2026-03-02"
    assert PRIVATE not in answer.text


def test_a_page_is_taken_by_what_is_on_it(client: TestClient) -> None:
    """A generic class works in a route as any other."""
    empty: dict[str, Any] = {"items": [], "next": None}

    assert client.put("/drafts", json=empty).json() == empty
    assert client.put("/drafts", json={**empty, "items": [7]}).status_code == 422


def test_the_application_describes_itself(client: TestClient) -> None:
    """OpenAPI has a schema for each class, by its name, and the routes refer to it."""
    described = client.get("/openapi.json").json()
    schemas = described["components"]["schemas"]
    taken = described["paths"]["/members"]["post"]["requestBody"]["content"]["application/json"]

    assert {"Member_Profile_", "Name", "Post", "Profile", "Settings"} <= schemas.keys()
    assert taken["schema"] == {"$ref": "#/components/schemas/Member_Profile_"}
    assert schemas["Member_Profile_"]["properties"]["profile"] == {
        "$ref": "#/components/schemas/Profile"
    }
