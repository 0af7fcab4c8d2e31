"""The table of what an owner decides of something that was said of them."""

from connectcore import Showing, Verdict
from connectcore.showing import accept, dismiss, hide, show
from tests.docs.tables import code, table


def decisions() -> str:
    """A row an act, and a column for each standing; a code is a refusal."""
    heads = ["", *(f"*{standing.value}*" for standing in Showing)]
    rows = [
        [code(act.__name__), *(_outcome(act(standing)) for standing in Showing)]
        for act in (accept, dismiss, hide, show)
    ]
    return table(heads, rows)


def _outcome(decided: Showing | Verdict | None) -> str:
    match decided:
        case Verdict(refusals=refusals):
            return ", ".join(code(refusal.code) for refusal in refusals)
        case None:
            return "*done already*"
        case standing:
            return standing.value
