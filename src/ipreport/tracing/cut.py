"""Texts that stood side by side when a page ended: each goes on below the rests of the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """So many letters of the text at `place`, from `start` on, stand at `found` in the file."""

    place: int
    start: int
    found: int
    length: int


def pieces(texts: Sequence[str], letters: str, index: int, page_ends: Sequence[int]) -> tuple[Piece, ...]:
    """Where the letters of `texts` stand from `index` on; none where they do not.

    On each page a first part of every text stands behind the one before, and what is left of them on the
    next. `page_ends` are places in `letters`, those after `index` first to last.
    """
    found: list[Piece] = []
    done = [0] * len(texts)
    for end in page_ends:
        rests = [text[start:] for text, start in zip(texts, done, strict=True)]
        if letters.startswith("".join(rests), index):
            return (*found, *_laid(map(len, rests), done, index))
        taken = _taken(rests, letters[index:end])
        if taken is None:
            return ()
        found += _laid(taken, done, index)
        done = [start + length for start, length in zip(done, taken, strict=True)]
        index = end
    return ()


def _laid(lengths: Iterator[int] | Sequence[int], done: Sequence[int], index: int) -> Iterator[Piece]:
    for place, (start, length) in enumerate(zip(done, lengths, strict=True)):
        yield Piece(place, start, index, length)
        index += length


def _taken(rests: Sequence[str], page: str) -> list[int] | None:
    """How much of each text a page holds, of earlier ones as much as can be; None where it holds others."""
    if not rests:
        return None if page else []
    first, *others = rests
    for length in range(_common(first, page), -1, -1):
        behind = _taken(others, page[length:])
        if behind is not None:
            return [length, *behind]
    return None


def _common(one: str, other: str) -> int:
    """How many letters two texts begin alike with."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
