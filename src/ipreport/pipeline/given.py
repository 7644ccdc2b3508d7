"""Words that are given on a command line and then stand in a record or a mail."""

from __future__ import annotations

import unicodedata

from ipreport.problems import Origin, ReportError, block

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Kinds of characters that are not seen, or turn those round them. Rare characters of names may be of any other."""


def line(words: str, option: str, longest: int) -> str:
    """The words as one line, which may be empty: any white space between two of them is one space.

    Raises ReportError where they have more than `longest` characters, or one that cannot be seen.
    """
    said, origin = " ".join(words.split()), Origin(option)
    problems = [
        block(f"a character that cannot be seen (U+{ord(each):04X})", origin, "type the words anew, and only them")
        for each in dict.fromkeys(said)
        if unicodedata.category(each) in _UNSEEN
    ]
    if len(said) > longest:
        problems.append(block(f"expected at most {longest} characters, found {len(said)}", origin, "say it shorter"))
    if problems:
        raise ReportError(problems)
    return said
