"""The promises of connectcore, one file a module."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "connectcore"
