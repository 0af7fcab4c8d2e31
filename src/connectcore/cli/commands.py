"""The commands and what may be said to them."""

from __future__ import annotations

import os
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from connectcore.cli import folder
from connectcore.cli.keeping import DEFAULT
from connectcore.cli.screen import Screen
from connectcore.cli.tour import tour
from connectcore.pages import check_limit
from connectcore.settings import FeedOrder

if TYPE_CHECKING:
    from argparse import _SubParsersAction  # pyright: ignore[reportPrivateUsage]  # it has no other name

    Commands: TypeAlias = _SubParsersAction[ArgumentParser]

__all__ = ["parse"]

_EXIT_CODES = (
    "Exits with 0 if all is well, with 1 if something is refused, not available, not readable or "
    "left out of a load, and with 2 if the command itself is wrong."
)
_FOLDER = "a folder in the CSV layout of the LDBC benchmark"
_MANY = "member [member ...]"


def parse(arguments: Sequence[str] | None) -> Namespace:
    """Read a command; where it is wrong, say so and exit with 2."""
    parser = _parser()
    # Options may stand between words, and what comes after them is left over.
    options, left = parser.parse_known_args(arguments)
    command: ArgumentParser = getattr(options, "command", parser)
    strange = [word for word in left if word.startswith("-") or command is parser]
    if strange:
        command.error(f"unrecognized arguments: {' '.join(strange)}")
    if command is not parser:
        _tell_apart(options, [*options.words, *left], command)
    return options


def _tell_apart(options: Namespace, words: list[str], command: ArgumentParser) -> None:
    """Tell the folder, which may come first, from the members."""
    fewest, most = {"": (0, 0), "member": (1, 1), _MANY: (1, len(words))}[options.asks_about]
    many = options.asks_about == _MANY
    named = bool(words) and _names_folder(words[0], options) if many else len(words) > most
    options.folder = words.pop(0) if named else None
    if len(words) < fewest:
        command.error("the following arguments are required: member")
    if len(words) > most:
        command.error(f"unrecognized arguments: {' '.join(words[most:])}")
    if named and options.db is not None:
        command.error("the answer is either from a folder or from a database; leave one out")
    if options.without_updates and not named:
        command.error("--without-updates is said of a folder")
    options.members = words


def _names_folder(word: str, options: Namespace) -> bool:
    """Whether a word is a path, also of a folder that is not there; beside `--db` it is an id."""
    is_path = any(each in word for each in (os.sep, os.altsep) if each)
    # `Path.is_dir` raises where a name is too long for the system, as an id may be.
    return (is_path and options.db is None) or os.path.isdir(word)  # noqa: PTH112


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
    _add_load(commands)
    _add_feed(commands)
    _add_view(commands)

    command = _asking(commands, "degree", _MANY, "how far members are")
    _needs_reader(command)
    command.set_defaults(run=folder.degree)

    command = _asking(commands, "mutual", "member", "who is known to both")
    _needs_reader(command)
    command.set_defaults(run=folder.mutual)
    return parser


def _add_load(commands: Commands) -> None:
    does = "load a folder into a database, and say how it went"
    command = commands.add_parser(
        "load",
        parents=[_source()],
        help=does,
        description=f"{does.capitalize()}; what is there already is left as it is.",
    )
    command.add_argument("folder", help=_FOLDER)
    command.add_argument("--all", action="store_true", help="show every row that was left out")
    command.set_defaults(run=folder.load)


def _add_feed(commands: Commands) -> None:
    command = _asking(commands, "feed", "", "read somebody's feed")
    _needs_reader(command)
    command.add_argument(
        "--order",
        choices=[order.value for order in FeedOrder],
        default=FeedOrder.RECENT.value,
        help="the newest first, or the best",
    )
    command.add_argument("--limit", type=_limit, default=20, help="items on a page (20)")
    command.add_argument("--pages", type=_limit, default=1, help="pages to print (1)")
    command.set_defaults(run=folder.feed)


def _add_view(commands: Commands) -> None:
    command = _asking(commands, "view", "member", "look at somebody's profile")
    viewer = command.add_mutually_exclusive_group(required=True)
    viewer.add_argument("--as", dest="reader", metavar="PERSON", help="the id of who looks")
    viewer.add_argument("--visitor", action="store_true", help="look as somebody signed out")
    command.set_defaults(run=folder.view)


def _source() -> ArgumentParser:
    """Where the network is, or comes from."""
    source = ArgumentParser(add_help=False)
    source.add_argument(
        "--db",
        metavar="URL",
        help=f"the database, in SQLite or PostgreSQL ({DEFAULT}: a file in the current directory)",
    )
    source.add_argument(
        "--without-updates",
        action="store_true",
        help="load the snapshot of a folder, not what came after it",
    )
    return source


def _asking(commands: Commands, name: str, asks_about: str, does: str) -> ArgumentParser:
    """A command that answers from the database, or from a folder that is named first."""
    words = f"[folder] {asks_about}".rstrip()
    command = commands.add_parser(
        name,
        parents=[_source()],
        usage=f"%(prog)s [options] {words}",
        help=does,
        description=f"{does.capitalize()}, in the database or in a folder that is named.",
    )
    ids = "the ids of members" if asks_about else "nothing"
    about = f"{ids}, or before it {_FOLDER}, to answer from that instead"
    command.add_argument("words", metavar=words, nargs="*", help=about)
    command.set_defaults(command=command, asks_about=asks_about)
    return command


def _needs_reader(command: ArgumentParser) -> None:
    command.add_argument(
        "--as", dest="reader", metavar="PERSON", required=True, help="the id of who asks"
    )


def _limit(text: str) -> int:
    try:
        return check_limit(int(text))
    except ValueError:
        message = f"{text!r} is no number from 1 to 1000"
        raise ArgumentTypeError(message) from None
