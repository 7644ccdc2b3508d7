"""Texts side by side that a page parts are found again by their letters."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipreport.document import NotData, Part, Standing, Stretch
from ipreport.tracing.cut import Piece, pieces
from ipreport.tracing.result import Kind
from test_trace_notes import AFTER, BEFORE, MARK, NOTE, footnote, numbers, pdf, stretch, told

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


# --- with all of a file ------------------------------------------------------------------


def test_a_paragraph_in_columns_that_a_page_cuts_is_traced() -> None:
    zh = stretch("paragraph 1", "全州有效发明专利", BEFORE, MARK, "，比上年多了", AFTER, "。")
    en = stretch(
        "paragraph 1", "The prefecture holds ", Part("356 patents", "patents"), ", ", Part("9", "more"), " more."
    )
    reading = pdf(
        [zh, en, NOTE],
        "全州有效发明专利356件[1]，\nThe prefecture holds\n[1] 统计公报，2025年，其中12件待核。",
        "比上年多了9件。\n356 patents, 9 more.",
    )

    found = numbers(reading)

    assert [(n.text, n.where, n.page) for n in found if n.kind is Kind.VALUE] == [
        ("356件", "paragraph 1", 1), ("12件", "footnote", 1), ("9件", "paragraph 1", 2),
        ("356 patents", "paragraph 1", 2), ("9", "paragraph 1", 2),
    ]  # fmt: skip


def test_a_note_is_that_at_the_foot_and_not_the_like_in_a_list_before() -> None:
    """A list of sources before the text has the words of its notes."""
    words = (MARK, " ", "统计公报和统计年鉴。")
    printed = [
        stretch("note 1", *words), stretch("paragraph 1", "前文多句", MARK, "。"), footnote("footnote", *words),
        stretch("paragraph 2", "全州有效发明专利", BEFORE, "。"),
    ]  # fmt: skip
    lines = "[1] 统计公报和统计年鉴。"
    reading = pdf(printed, f"{lines}\n前文多句[1]。\n全州有效\n{lines}", "发明专利356件。")

    assert [(n.where, n.kind, n.page) for n in numbers(reading)] == [
        ("note 1", Kind.NOT_DATA, 1), ("paragraph 1", Kind.NOT_DATA, 1),
        ("footnote", Kind.NOT_DATA, 1), ("paragraph 2", Kind.VALUE, 2),
    ]  # fmt: skip


def test_a_number_of_a_heading_that_word_does_not_count_is_known() -> None:
    def heading(name: str, *words: str) -> tuple[Stretch, ...]:
        number = stretch(name, Part(words[0], not_data=NotData.LABEL), standing=Standing.MARKER)
        return number, stretch(name, *words[1:])

    printed = (*heading("heading 1", "1.", "总体情况"), *heading("heading 2", "2.", "数据变动"))
    reading = replace(pdf(printed, "总体情况\n2. 数据变动"), pictures=(), page_starts=())

    assert numbers(reading) == []  # what Word counts is not told, and nothing else is new


def test_a_value_may_go_on_behind_the_bullet_of_the_other_column() -> None:
    value = Part("完成年度目标的62.9%", "progress")
    printed = (stretch("list 1", "培训进度偏慢，", value, "。"), stretch("list 1", "Training is behind schedule."))
    reading = pdf(printed, "• 培训进度偏慢，完成年度目标\n• Training is", "的62.9%。\nbehind schedule.")

    assert told(numbers(reading)) == [("完成年度目标的62.9%", "list 1", Kind.VALUE)]
