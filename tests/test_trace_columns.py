"""Texts side by side that a page parts are found again by their letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipreport.tracing.cut import Piece, pieces

LETTERS = st.text("甲乙丙ab12", min_size=1, max_size=30)


def test_two_texts_go_on_behind_each_other_on_the_next_page() -> None:
    # 甲乙 and ab on one page, 丙丁 and cd on the next.
    assert pieces(["甲乙丙丁", "abcd"], "甲乙ab丙丁cd", 0, [4, 8]) == (
        Piece(0, 0, 0, 2),
        Piece(1, 0, 2, 2),
        Piece(0, 2, 4, 2),
        Piece(1, 2, 6, 2),
    )


def test_a_mark_between_them_stays_on_the_first_page() -> None:
    found = pieces(["甲乙丙", "1.", "abc"], "甲1.a乙丙bc后", 0, [4, 9])
    assert [(piece.place, piece.length) for piece in found] == [(0, 1), (1, 2), (2, 1), (0, 2), (1, 0), (2, 2)]


@pytest.mark.parametrize(
    ("letters", "ends"),
    [
        ("甲乙ab丙丁cx", [4, 8]),  # the file says something else
        ("甲乙ab后丙丁cd", [5, 9]),  # something else stands at the end of the page
        ("甲乙丙ab丁cd", [4, 8]),  # the page ends elsewhere
    ],
)
def test_other_texts_are_not_taken_for_them(letters: str, ends: list[int]) -> None:
    assert pieces(["甲乙丙丁", "abcd"], letters, 0, ends) == ()


@given(
    st.lists(LETTERS, min_size=2, max_size=3),
    st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), max_size=3),
    LETTERS,
)
def test_any_parts_on_any_pages_are_found(texts: list[str], cuts: list[list[int]], before: str) -> None:
    letters, ends, done = before, [], [0] * len(texts)
    for cut in cuts:
        for place, length in enumerate(cut[: len(texts)]):
            letters += texts[place][done[place] : done[place] + length]
            done[place] = min(len(texts[place]), done[place] + length)
        ends.append(len(letters))
    letters += "".join(text[start:] for text, start in zip(texts, done, strict=True)) + "后"
    ends.append(len(letters))

    found = pieces(texts, letters, len(before), ends)

    for place, text in enumerate(texts):
        own = sorted((piece for piece in found if piece.place == place), key=lambda piece: piece.start)
        assert "".join(letters[piece.found : piece.found + piece.length] for piece in own) == text
    assert len({n for piece in found for n in range(piece.found, piece.found + piece.length)}) == sum(map(len, texts))
