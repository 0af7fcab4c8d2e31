"""`python -m connectcore` is the command `connectcore`."""

import sys

from connectcore.cli import main

if __name__ == "__main__":
    sys.exit(main())
