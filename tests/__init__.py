"""The promises of connectcore, one file a module."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "connectcore"

if sys.dont_write_bytecode:
    # Each of the many processes of a run would compile everything anew; so they share a folder.
    sys.pycache_prefix = tempfile.mkdtemp(prefix="connectcore-bytecode-")
    atexit.register(shutil.rmtree, sys.pycache_prefix, ignore_errors=True)
    sys.dont_write_bytecode = False
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
