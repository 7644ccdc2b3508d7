"""Paragraphs of mixed text to measure typesetting by: those of briefings, and generated ones like them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from ipreport.document import Document, Text, document_texts, text
from ipreport.language import EN, ZH

SEED = 20260301
_LEAST_LENGTH = 30
"""Characters of a text of a briefing that counts as a paragraph."""

_FOLDER = Path(__file__).parent / "data" / "corpus"


def _read(name: str) -> list[str]:
    return (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()


_ZH_WORDS, _ZH_PIECES = _read("words.zh"), _read("pieces.zh")
_EN_WORDS, _EN_PIECES = _read("words.en"), _read("pieces.en")
_ZH_STOPS = "，，，、；。。："


def paragraphs(count: int, documents: Iterable[Document] = ()) -> Iterator[Text]:
    """`count` paragraphs: first every longer text of `documents` once, then generated ones, two of three Chinese."""
    shipped = {each.plain(): each for document in documents for each in document_texts(document)}
    given = [each for words, each in shipped.items() if len(words) >= _LEAST_LENGTH][:count]
    yield from given
    chance = random.Random(SEED)  # noqa: S311 - the same paragraphs every time
    for number in range(count - len(given)):
        yield text(EN, _english(chance)) if number % 3 == 2 else text(ZH, _chinese(chance))


def _chinese(chance: random.Random) -> str:
    """Some sentences, in which every third word or so is a number, a name, a Latin word or a quotation."""
    parts: list[str] = []
    for _ in range(chance.randint(4, 24)):
        parts += chance.choices(_ZH_WORDS, k=chance.randint(2, 5))
        if chance.random() < 0.5:
            piece = chance.choice(_ZH_PIECES)
            parts.append(piece)
            parts += [chance.choice(_ZH_WORDS)] if piece in {"——", "……"} or chance.random() < 0.5 else []
        parts.append(chance.choice(_ZH_STOPS))
    return "".join(parts[:-1]) + "。"


def _english(chance: random.Random) -> str:
    parts: list[str] = []
    for _ in range(chance.randint(3, 12)):
        words = chance.choices(_EN_WORDS, k=chance.randint(5, 14))
        for _ in range(chance.randint(0, 2)):
            words.insert(chance.randrange(1, len(words)), chance.choice(_EN_PIECES))
        parts.append(" ".join(words).capitalize() + chance.choice((".", ".", ";", ",")))
    return " ".join(parts[:-1]) + "."
