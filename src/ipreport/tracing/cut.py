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

    On each page a first part of every text stands behind that of the one before, and on the next what is left
    of them. `page_ends` are places in `letters`, those after `index` first to last.
    """
    return _pieces(texts, [0] * len(texts), letters, index, page_ends)


def _pieces(
    texts: Sequence[str], done: Sequence[int], letters: str, index: int, page_ends: Sequence[int]
) -> tuple[Piece, ...]:
    """The same, from as many letters of each text on as are `done`."""
    rests = [text[start:] for text, start in zip(texts, done, strict=True)]
    if page_ends and letters.startswith("".join(rests), index):
        return tuple(_laid([len(rest) for rest in rests], done, index))
    for end in page_ends[:1]:
        for taken in _taken(rests, letters[index:end]):
            further = [start + length for start, length in zip(done, taken, strict=True)]
            found = _pieces(texts, further, letters, end, page_ends[1:])
            if found:
                return (*_laid(taken, done, index), *found)
    return ()


def _laid(lengths: Sequence[int], done: Sequence[int], index: int) -> Iterator[Piece]:
    for place, (start, length) in enumerate(zip(done, lengths, strict=True)):
        yield Piece(place, start, index, length)
        index += length


def _taken(rests: Sequence[str], page: str) -> Iterator[list[int]]:
    """How much of each text a page may hold that holds nothing else, those first where earlier texts have most."""
    if not rests:
        yield from () if page else ([],)
        return
    first, *others = rests
    for length in range(_common(first, page), -1, -1):
        yield from ([length, *behind] for behind in _taken(others, page[length:]))


def _common(one: str, other: str) -> int:
    """How many letters two texts begin alike with."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
