"""The command line: a tour, and questions to a network in a database or in a folder of files."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from connectcore.cli.commands import parse
from connectcore.cli.screen import Screen, printable
from connectcore.errors import ConnectcoreError

__all__ = ["main"]

_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, and give the code to exit with.

    Whatever the library raises becomes one line on the standard error.
    """
    options = parse(arguments)
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
