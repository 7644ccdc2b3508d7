"""Word files and PDFs say the same, block by block, and it is what the plain writer says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docx_helpers import with_part
from ipreport.document import Paragraph, footnotes
from same_text import differences
from shipped import NAMES, Shipped


@pytest.mark.parametrize("name", NAMES)
def test_word_and_pdf_say_what_the_document_says(shipped: dict[str, Shipped], name: str) -> None:
    made = shipped[name]
    assert differences(made.document, made.word, made.portable) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("356件", "365件"), ("，其中高价值", "。其中高价值"), ("，协同推进", "，推进")],
    ids=["digit", "mark", "word"],
)
def test_a_difference_is_found_and_its_place_named(shipped: dict[str, Shipped], old: str, new: str) -> None:
    made = shipped["haixi.zh.modern"]
    assert any(
        difference.startswith("Word, ")
        for difference in differences(made.document, with_part(made.word, "word/document.xml", old, new), made.portable)
    )


def test_a_block_that_the_files_lack_is_found(shipped: dict[str, Shipped]) -> None:
    made = shipped["haixi.zh.modern"]
    paragraphs = ((at, block) for at, block in enumerate(made.document.blocks) if isinstance(block, Paragraph))
    number = [at for at, block in paragraphs if not any(footnotes((block.text,)))][1]
    blocks = (*made.document.blocks[:number], *made.document.blocks[number + 1 :])
    fuller = differences(replace(made.document, blocks=blocks), made.word, made.portable)
    assert {difference.partition(",")[0] for difference in fuller} == {"Word", "PDF"}
    longer = (*made.document.blocks[: number + 1], *made.document.blocks[number:])
    twice = differences(replace(made.document, blocks=longer), made.word, made.portable)
    assert {difference.partition(",")[0] for difference in twice} == {"Word", "PDF"}
