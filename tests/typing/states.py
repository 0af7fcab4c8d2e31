"""A `match` over the four states is exhaustive, and forgetting one is an error."""

from typing import assert_never

from connectcore import Blocked, Connected, Invited, Relationship, Strangers


def every_state_is_named(relationship: Relationship) -> str:
    """Four cases are all there are."""
    match relationship:
        case Strangers():
            return "strangers"
        case Invited():
            return f"invited by {relationship.invitation.inviter}"
        case Connected():
            return f"connected since {relationship.since}"
        case Blocked():
            return f"blocked by {', '.join(relationship.by)}"
        case _:
            assert_never(relationship)


def leaving_a_state_out_is_refused(relationship: Relationship) -> str:
    """A fifth state, or a forgotten one, would show here."""
    match relationship:
        case Strangers() | Invited():
            return "not yet"
        case Connected():
            return "connected"
        case _:
            assert_never(relationship)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def leaving_a_state_out_is_refused_without_a_last_case(relationship: Relationship) -> None:
    """Also where nothing is returned, a state that no case takes is an error."""
    match relationship:  # type: ignore[exhaustive-match]  # pyright: ignore[reportMatchNotExhaustive]
        case Strangers() | Invited() | Connected():
            pass


def a_state_has_no_fields_of_another(relationship: Relationship) -> None:
    """Until a `match` or `isinstance` told them apart, only what all states share can be read."""
    repr(relationship.past)
    repr(relationship.since)  # type: ignore[union-attr]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownArgumentType, reportUnknownMemberType]
