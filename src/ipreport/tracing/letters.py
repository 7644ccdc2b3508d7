"""Characters that count when texts are compared, and the words and numbers they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_IGNORED = frozenset("•\u00ad\u200b\ufeff")
"""Signs of list items, and what only says where a line may break."""


@dataclass(frozen=True, slots=True)
class Letters:
    """The characters of a text that count, and where each of them stands in it.

    Two characters touch when their positions follow each other: spaces and line breaks
    differ from one program to the next, so they part words and are otherwise left out.
    """

    characters: str
    positions: tuple[int, ...]

    def touch(self, index: int) -> bool:
        """Whether nothing stands between the characters at `index` − 1 and `index`."""
        return 0 < index < len(self.positions) and self.positions[index] == self.positions[index - 1] + 1

    def parts_number(self, index: int) -> bool:
        """Whether a cut before `index` would go through a number."""
        if not self.touch(index):
            return False
        before, after = self.characters[index - 1], self.characters[index]
        if before.isdecimal():  # enclosed digits such as ② stand beside a number and are none of it
            return after.isdecimal() or (after in ".," and self._digit(index + 1))
        return before in ".," and after.isdecimal() and self._digit(index - 2)

    def _digit(self, index: int) -> bool:
        return 0 <= index < len(self.characters) and self.characters[index].isdecimal()


def counts(character: str) -> bool:
    """Whether a character counts when texts are compared."""
    return not character.isspace() and character not in _IGNORED


def letters(text: str, left_out: Sequence[bool] = ()) -> Letters:
    """The characters of `text` that count; those at positions that are `left_out` do not."""
    kept = [
        (character, position)
        for position, character in enumerate(text)
        if counts(character) and not (left_out and left_out[position])
    ]
    return Letters("".join(character for character, _ in kept), tuple(position for _, position in kept))


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a Latin word, or a single other character, by its place among the letters."""

    text: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        """Whether it begins with a digit; enclosed digits such as ① count."""
        return self.text[0].isdigit()


def tokens(found: Letters, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of the letters from `start` to `end`."""
    limit = len(found.characters) if end is None else end
    made: list[Token] = []
    while start < limit:
        stop = start + 1
        while stop < limit and _joined(found, stop):
            stop += 1
        made.append(Token(found.characters[start:stop], start, stop))
        start = stop
    return made


def _joined(found: Letters, index: int) -> bool:
    if found.parts_number(index):
        return True
    before, after = found.characters[index - 1], found.characters[index]
    return found.touch(index) and before.isascii() and after.isascii() and before.isalpha() and after.isalpha()
