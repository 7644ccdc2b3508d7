"""The bodies of a mail say what the document says, of both shipped briefings in all editions."""

from __future__ import annotations

import re

import pypdfium2
import pytest

from ipreport.document import Cards, CardState, Document, Footnote, Span, document_texts
from ipreport.language import EN, ZH
from ipreport.style import MODERN
from ipreport.writers import mail
from mail_bodies import DIGEST, REPLY, body, occasion, shown_texts, told_trends, values
from shipped import NAMES, Shipped

_NUMBER = re.compile(r"\d[\d,.]*")


def pdf_text(data: bytes) -> str:
    """The characters of a PDF without its spaces and breaks."""
    pages = pypdfium2.PdfDocument(data)
    return "".join(re.sub(r"\s|[￾­-]", "", page.get_textpage().get_text_range()) for page in pages)


def bodies(document: Document) -> mail.Bodies:
    return mail.write(document, occasion(document), MODERN)


@pytest.mark.parametrize("name", NAMES)
def test_values_are_those_of_document_and_pdf(shipped: dict[str, Shipped], name: str) -> None:
    document, printed = shipped[name].document, pdf_text(shipped[name].portable)
    written = bodies(document)
    html = "".join(body(written.html).itertext())

    shown = values(shown_texts(document))
    assert len(shown) > 10
    for value in shown:
        assert value in written.text
        assert value in html
        assert re.sub(r"[\s-]", "", value) in printed


@pytest.mark.parametrize("name", NAMES)
def test_both_bodies_have_every_sentence_and_no_number_besides(shipped: dict[str, Shipped], name: str) -> None:
    document = shipped[name].document
    written = bodies(document)
    html = "".join(body(written.html).itertext())
    texts = shown_texts(document)

    inlines = (inline for text in document_texts(document) for inline in text.inlines)
    marks = "|".join({re.escape(inline.text) for inline in inlines if isinstance(inline, Footnote)})
    known = {number for text in document_texts(document) for number in _NUMBER.findall(text.plain())}
    known |= set(_NUMBER.findall(f"{written.subject} SHA-256 1.2 MB {DIGEST[:16]} {mail.file_name(document, 'pdf')}"))
    for words in (written.text, html):
        for text in texts:
            assert re.sub(marks, "", text.plain()) in re.sub(marks, "", words)
        assert set(_NUMBER.findall(words)) <= known


@pytest.mark.parametrize("name", NAMES)
def test_key_figures_stand_in_rows_with_their_values(shipped: dict[str, Shipped], name: str) -> None:
    document = shipped[name].document
    (cards,) = (block for block in document.blocks if isinstance(block, Cards))
    written = bodies(document)

    (table,) = (each for each in body(written.html).iter("table") if each.get("aria-label"))
    rows = [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")]
    lines = [line for line in written.text.splitlines() if line.startswith("- ")]
    assert len(rows) == len(cards.cards)
    for row, line, card in zip(rows, lines, cards.cards, strict=False):
        for text in card.label:
            assert text.plain() in row[0]
            assert text.plain() in line
        for value in values([*card.value]):
            assert value in row[1]
            assert f"{value}" in line
        doubt = any(word in row[0] for word in ("存疑", "In doubt"))
        assert doubt == (card.state is CardState.DOUBTFUL) == any(word in line for word in ("存疑", "In doubt"))


@pytest.mark.parametrize("name", NAMES)
def test_masthead_notices_and_attachment_are_told(shipped: dict[str, Shipped], name: str) -> None:
    document = shipped[name].document
    written = bodies(document)
    html = "".join(body(written.html).itertext()).replace("\N{NO-BREAK SPACE}", " ")

    head = document.masthead
    for words in (written.text, html):
        for text in (*head.remark, *head.name, *head.issue, *head.compiler, *head.date, *document.meta.notice):
            assert text.plain() in words
        assert mail.file_name(document, "pdf") in words
        assert DIGEST[:16] in words
        assert DIGEST[:17] not in words
        assert "1.2 MB" in words
        assert REPLY in words
    assert ("示例" in html or "Illustrative" in html) == name.startswith("illustrative")


@pytest.mark.parametrize("name", NAMES)
def test_trend_lines_of_the_picture_are_told_in_words(shipped: dict[str, Shipped], name: str) -> None:
    document = shipped[name].document
    written = bodies(document)
    lines = {line.lstrip("- ") for line in written.text.splitlines()}
    blocks = {"".join(each.itertext()) for each in body(written.html).iter("div")}

    trends = told_trends(document)
    assert len(trends) == 5 * len(document.meta.languages) * name.startswith("illustrative")
    for trend in trends:
        assert any(span.value_key for span in trend.inlines if isinstance(span, Span))
        assert trend.plain() in lines
        assert trend.plain() in blocks
    assert any(line in ("走势", "Trends", "走势 / Trends") for line in lines) == bool(trends)


def test_a_mark_is_explained_where_it_stands(shipped: dict[str, Shipped]) -> None:
    written = bodies(shipped["haixi.bilingual.modern"].document)

    assert "7.52件②" in written.text
    assert "② 据来源原文刊载。两个比值隐含的分母不一致。详见“数据核验”②。\n" in written.text
    assert "  As stated by the source. Two ratios imply different denominators. See “Data checks”, ②.\n" in written.text
    assert "①" not in written.text  # which stands elsewhere in the document


def test_doubt_is_said_in_each_language_as_such(shipped: dict[str, Shipped]) -> None:
    document = shipped["haixi.bilingual.modern"].document
    (cards,) = (block for block in document.blocks if isinstance(block, Cards))
    (detail,) = next(card.detail for card in cards.cards if card.state is CardState.DOUBTFUL)

    assert [(span.text, span.language) for span in detail.inlines if isinstance(span, Span)] == [
        ("据来源原文", ZH), (" / as stated", EN),
    ]  # fmt: skip
    (aloud,) = (each for each in body(bodies(document).html).iter("span") if each.text == " / as stated")
    assert aloud.get("lang") == "en-US"


@pytest.mark.parametrize(
    ("name", "subject", "file"),
    [
        (
            "illustrative.bilingual.modern",
            "【知识产权工作简报】2025年第3期（第三季度）／IP Work Briefing Q3 2025",
            "知识产权工作简报（2025年第3期，中英文）.pdf",
        ),
        (
            "illustrative.zh.modern",
            "【知识产权工作简报】2025年第3期（第三季度）",
            "知识产权工作简报（2025年第3期）.pdf",
        ),
        ("illustrative.en.modern", "IP Work Briefing: Issue 3, 2025 (Q3 2025)", "IP Work Briefing (Issue 3, 2025).pdf"),
    ],
)
def test_subjects_and_files_are_named_after_the_issue(
    shipped: dict[str, Shipped], name: str, subject: str, file: str
) -> None:
    document = shipped[name].document

    assert bodies(document).subject == subject
    assert mail.file_name(document, "pdf") == file


def test_an_issue_without_a_period_is_named_without(shipped: dict[str, Shipped]) -> None:
    document = shipped["haixi.bilingual.modern"].document

    written = mail.write(document, occasion(document, period=None, languages=(EN, ZH)), MODERN)
    assert written.subject == "Intellectual Property Work Briefing: Issue 1 / 【知识产权工作简报】第1期"
    assert mail.write(document, occasion(document, period=None), MODERN).subject == (
        "【知识产权工作简报】第1期／Intellectual Property Work Briefing, Issue 1"
    )


def test_the_same_document_is_the_same_mail(shipped: dict[str, Shipped]) -> None:
    document = shipped["illustrative.bilingual.official"].document

    assert bodies(document) == bodies(document)
