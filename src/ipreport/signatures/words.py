"""Words of certificates and files, which somebody else has written, as they may be printed."""

from __future__ import annotations


def printable(words: object) -> str:
    """Words on one line, without characters that would steer a terminal or turn a line round."""
    return " ".join("".join(each if each.isprintable() else " " for each in str(words)).split())
