"""The command line: a tour, and questions to a network in a folder of files."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence

from connectcore.cli import folder
from connectcore.cli.screen import Screen, printable
from connectcore.cli.tour import tour
from connectcore.errors import ConnectcoreError
from connectcore.pages import check_limit
from connectcore.settings import FeedOrder

__all__ = ["main"]

_EXIT_CODES = (
    "Exits with 0 if all is well, with 1 if something is refused, not available, not readable or "
    "left out of a load, and with 2 if the command itself is wrong."
)
_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, and give the code to exit with.

    Whatever the library raises becomes one line on the standard error.
    """
    options = _parser().parse_args(arguments)
    # A name that the terminal cannot show is no reason to fail.
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    try:
        code: int = options.run(options, Screen.of(sys.stdout))
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has enough; what is left in the buffer goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (ConnectcoreError, OSError) as error:
        print(f"connectcore: {printable(str(error))}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return _INTERRUPTED
    return code


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="connectcore",
        description="A professional network: invitations, visibility and feeds, on the command line.",
        epilog=_EXIT_CODES,
    )

    def show_help(_: Namespace, screen: Screen) -> int:
        screen.say_as_it_is(parser.format_help())
        return 0

    parser.set_defaults(run=show_help)
    commands = parser.add_subparsers(title="commands", metavar="command")

    command = commands.add_parser("tour", help="tell a short story of a network at work")
    command.set_defaults(run=tour)

    source, asking = _source(), _asking()
    command = commands.add_parser(
        "load", parents=[source], help="load a folder, and say how it went"
    )
    command.add_argument("--all", action="store_true", help="show every row that was left out")
    command.set_defaults(run=folder.load)

    command = commands.add_parser("feed", parents=[source, asking], help="read somebody's feed")
    orders = [order.value for order in FeedOrder]
    command.add_argument(
        "--order",
        choices=orders,
        default=FeedOrder.RECENT.value,
        help="the newest first, or the best",
    )
    command.add_argument("--limit", type=_limit, default=20, help="items on a page (20)")
    command.add_argument("--pages", type=_limit, default=1, help="pages to print (1)")
    command.set_defaults(run=folder.feed)

    command = commands.add_parser("view", parents=[source], help="look at somebody's profile")
    viewer = command.add_mutually_exclusive_group(required=True)
    viewer.add_argument("--as", dest="reader", metavar="PERSON", help="the id of who looks")
    viewer.add_argument("--visitor", action="store_true", help="look as somebody signed out")
    command.add_argument("member", help="the id of whom to look at")
    command.set_defaults(run=folder.view)

    command = commands.add_parser("degree", parents=[source, asking], help="how far members are")
    command.add_argument("members", metavar="member", nargs="+", help="their ids")
    command.set_defaults(run=folder.degree)

    command = commands.add_parser("mutual", parents=[source, asking], help="who is known to both")
    command.add_argument("member", help="the id of the other one")
    command.set_defaults(run=folder.mutual)
    return parser


def _source() -> ArgumentParser:
    """Where the network comes from: the one place that knows of folders."""
    source = ArgumentParser(add_help=False)
    source.add_argument("folder", help="a folder in the CSV layout of the LDBC benchmark")
    source.add_argument(
        "--without-updates", action="store_true", help="load the snapshot, not what came after it"
    )
    return source


def _asking() -> ArgumentParser:
    asking = ArgumentParser(add_help=False)
    asking.add_argument(
        "--as", dest="reader", metavar="PERSON", required=True, help="the id of who asks"
    )
    return asking


def _limit(text: str) -> int:
    try:
        return check_limit(int(text))
    except ValueError:
        message = f"{text!r} is no number from 1 to 1000"
        raise ArgumentTypeError(message) from None
