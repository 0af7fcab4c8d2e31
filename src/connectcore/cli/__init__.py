"""The command line: a tour, and questions to a network in a database or in a folder of files."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from connectcore.cli.commands import parse
from connectcore.cli.keeping import complaint
from connectcore.cli.screen import Screen, printable

__all__ = ["main"]

_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, and give the code to exit with.

    Whatever the library raises becomes one line on the standard error.
    """
    # A stream that was closed beforehand is `None`, and what is printed there goes nowhere.
    with (
        Path(os.devnull).open("w", encoding="utf-8") as nowhere,
        redirect_stdout(sys.stdout or nowhere),
        redirect_stderr(sys.stderr or nowhere),
    ):
        return _run(parse(arguments))


def _run(options: Namespace) -> int:
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
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:
        said = complaint(error, getattr(options, "db", None))
        if said is None:
            raise
        print(f"connectcore: {printable(said)}", file=sys.stderr)
        return 1
    return code
