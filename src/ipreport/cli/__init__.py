"""The command line: thin commands over the public functions, for people and for programs."""

from __future__ import annotations

import gc
import os
import sys

from ipreport.cli import notifying, post  # noqa: F401 - their commands join the others
from ipreport.cli.commands import app


def main() -> None:
    """Run the command line; problems of the input end it with exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may not be UTF-8; a briefing's names must still print.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    # numpy would start a thread for every processor core, which takes longer than a chart has use for them.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # A command is over before cycles of references matter, and looking for them among a record's objects takes time.
    gc.set_threshold(200_000, 50, 50)
    try:
        app()
    finally:
        # Nor does the interpreter need to take a record apart before it ends.
        gc.freeze()


__all__ = ["app", "main"]
