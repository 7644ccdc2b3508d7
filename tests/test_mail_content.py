"""What a mail says of a document made for the purpose: order of languages, marks, notices, corrections."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ipreport.document import (
    Card,
    Cards,
    CardState,
    Citation,
    Document,
    Footnote,
    Inline,
    LineBreak,
    Link,
    Mark,
    Masthead,
    Meta,
    Paragraph,
    ParagraphRole,
    Reference,
    SideBySide,
    Span,
    Text,
    Texts,
    text,
)
from ipreport.language import EN, ZH, Language, Localized
from ipreport.style import MODERN
from ipreport.writers import mail
from ipreport.writers.mail import Attached, Occasion
from mail_bodies import QUARTER, body, tree


def both(zh: str, en: str) -> Texts:
    return text(ZH, zh), text(EN, en)


def summary(language: Language, *inlines: Inline) -> Paragraph:
    return Paragraph(Text(language, inlines), ParagraphRole.SUMMARY)


HEAD = Masthead(both("示例省", "Sample"), both("简报", "Briefing"), both("第1期", "Issue 1"), both("局", "Office"), ())
META = Meta("t", "s", "a", (), "bilingual", (ZH, EN), (), (), date(2025, 1, 1))
NOTE = (text(ZH, "见来源。"), text(EN, "See the source."))
VALUE_ZH, VALUE_EN = Span("7件", ZH, (), "a"), Span("7", EN, (), "a")
CARD = Card(both("甲", "Alpha"), (Text(ZH, (VALUE_ZH,)), Text(EN, (VALUE_EN,))), both("增", "up"))
DOCUMENT = Document(
    META,
    HEAD,
    (
        summary(ZH, VALUE_ZH),
        Paragraph(text(ZH, "正文")),
        summary(ZH, Span("二", ZH)),
        summary(EN, VALUE_EN),
        Cards((CARD,)),
    ),
)


def lines(document: Document, **changes: object) -> list[str]:
    return mail.write(document, Occasion(**changes), MODERN).text.splitlines()  # type: ignore[arg-type]


def html(document: Document, **changes: object) -> str:
    return mail.write(document, Occasion(**changes), MODERN).html  # type: ignore[arg-type]


def test_the_whole_text() -> None:
    files = (Attached("简报.pdf", 2_500, "ab" * 32), Attached("b.docx", 3, "cd" * 32))
    assert lines(DOCUMENT, attached=files, reply_to="a@b.example") == [
        "示例省 / Sample", "简报 / Briefing", "第1期 / Issue 1", "局 / Office", "-" * 40, "",
        "7件", "", "二", "", "7", "",
        "关键指标 / Key figures", "- 甲 / Alpha: 7件 / 7 (增 / up)", "",
        "附件 / Attached", "- 简报.pdf (2 KB)",
        "  SHA-256以abababababababab开头", "  SHA-256 begins with abababababababab",
        "- b.docx (1 KB)", "  SHA-256以cdcdcdcdcdcdcdcd开头", "  SHA-256 begins with cdcdcdcdcdcdcdcd", "",
        "-" * 40,
        "文中数字与附件一致，全文、来源和核验情况见附件。", "本邮件由程序发送。回复请寄a@b.example。",
        "The figures are those of the attachment, which has the whole text, the sources and the checks of data.",
        "This mail was sent by a program. Replies go to a@b.example.",
    ]  # fmt: skip


def test_the_recipient_s_language_leads() -> None:
    found = lines(DOCUMENT, languages=(EN, ZH))

    assert found[1] == "Briefing / 简报"
    assert found[6:11] == ["7", "", "7件", "", "二"]
    assert "- Alpha / 甲: 7 / 7件 (up / 增)" in found
    assert lines(DOCUMENT, languages=(EN,)) == found
    page = tree(html(DOCUMENT, languages=(EN, ZH)))
    assert page.get("lang") == "en-US"
    assert [each.get("lang") for each in page.iter("p")] == ["en-US", "zh-CN", "zh-CN"]


def test_languages_that_the_edition_has_not_are_not_there() -> None:
    only = replace(DOCUMENT, meta=replace(META, languages=(ZH,)), blocks=(summary(ZH, VALUE_ZH),))
    assert lines(only, languages=(EN, ZH))[-1] == "本邮件由程序发送。"


def test_texts_side_by_side_are_a_summary_as_well() -> None:
    beside = SideBySide(both("摘要", "Summary"), ParagraphRole.SUMMARY)
    other = SideBySide(both("正文", "Text"))
    assert lines(replace(DOCUMENT, blocks=(beside, other)))[6:9] == ["摘要", "", "Summary"]


def test_marks_are_explained_or_left_out() -> None:
    marked = summary(
        ZH, VALUE_ZH, Footnote("f", "①", ZH), Citation("c", "[9]", ZH), Citation("d", "（图）", ZH, raised=False)
    )
    elsewhere = Paragraph(Text(ZH, (Span("又", ZH), Footnote("g", "①", ZH, NOTE), Footnote("h", "②", ZH, NOTE))))
    document = replace(DOCUMENT, blocks=(marked, elsewhere))

    found = lines(document)
    assert "7件①（图）" in found
    where = found.index("注（所提章节见附件） / Notes (the sections they name are in the attachment)")
    assert found[where + 1 : where + 3] == ["① 见来源。", "  See the source."]
    assert "②" not in "".join(found)
    assert "[9]" not in "".join(found)
    assert "<sup" in html(document)
    assert "[9]" not in html(document)


def test_marks_of_cards_are_explained_too() -> None:
    value = (Text(ZH, (VALUE_ZH, Citation("check-1", "③", ZH))),)
    note = Paragraph(Text(ZH, (Footnote("x", "③", ZH, NOTE),)))
    found = lines(replace(DOCUMENT, blocks=(Cards((replace(CARD, value=value),)), note)), languages=(EN, ZH))
    assert "- Alpha / 甲: 7件③ (up / 增)" in found
    assert found[found.index("③ See the source.") + 1] == "  见来源。"


def test_doubt_is_said_in_words() -> None:
    doubtful = replace(DOCUMENT, blocks=(Cards((replace(CARD, state=CardState.DOUBTFUL, detail=()),)),))

    assert "- 甲 / Alpha: 7件 / 7 (存疑 / In doubt)" in lines(doubtful)
    assert "存疑" in "".join(body(html(doubtful)).itertext())
    assert "存疑" not in "".join(body(html(DOCUMENT)).itertext())


def test_only_the_first_cards_are_shown() -> None:
    other = replace(CARD, label=both("乙", "Beta"))
    document = replace(DOCUMENT, blocks=(*DOCUMENT.blocks, Cards((other,))))
    assert mail.key_figures(document) == Cards((CARD,))
    assert "Beta" not in "\n".join(lines(document))
    assert mail.key_figures(replace(DOCUMENT, blocks=())) is None


def test_what_only_the_picture_shows_stands_below_it() -> None:
    cards = Cards((CARD,), notes=(both("季度走势", "Quarterly trends"),))
    document = replace(DOCUMENT, blocks=(cards,))

    assert "季度走势" in html(document, picture="c@d.example")
    assert "季度走势" not in html(document)
    assert "季度走势" not in "\n".join(lines(document, picture="c@d.example"))
    assert "cid:" not in html(replace(DOCUMENT, blocks=()), picture="c@d.example")


def test_notices_and_draft_are_told_in_both_bodies() -> None:
    meta = replace(META, notice=both("示例数据", "Illustrative data"), draft=both("草稿", "Draft"))
    document = replace(DOCUMENT, meta=meta)

    found = lines(document)
    assert found.index("(!) 草稿 / Draft") + 1 == found.index("(!) 示例数据 / Illustrative data")
    assert [found[4], found[5]] == ["-" * 40, ""]
    words = "".join(body(html(document)).itertext())
    assert all(each in words for each in ("草稿", "Draft", "示例数据", "Illustrative data"))


def test_a_correction_says_so_with_its_reason() -> None:
    written = mail.write(DOCUMENT, Occasion(correction=Localized("表1有误", "Table 1 was wrong")), MODERN)

    assert written.subject == "更正：【简报】第1期／Correction: Briefing, Issue 1"
    found = written.text.splitlines()
    assert found[6:10] == [
        "(!) 更正 / Correction", "表1有误", "Table 1 was wrong",
        "本邮件替代此前就本期发送的邮件。 / This mail takes the place of the one sent before on this issue.",
    ]  # fmt: skip
    words = "".join(body(written.html).itertext())
    assert all(each in words for each in ("更正", "表1有误", "Table 1 was wrong", "takes the place"))
    once = lines(DOCUMENT, correction=Localized.same("typo"))
    assert once.count("typo") == 1


def test_text_cannot_become_markup() -> None:
    evil = '<script>alert(1)</script> & "quoted"'
    document = replace(DOCUMENT, blocks=(summary(EN, Span(evil, EN)), Cards((replace(CARD, label=(text(EN, evil),)),))))
    files = (Attached(evil, 1, "ab" * 32),)
    page = html(document, attached=files, correction=Localized.same(evil), reply_to='"><img src="http://x.example/">@b')

    assert "<script" not in page
    assert "".join(body(page).itertext()).count(evil) == 4
    assert [*body(page).iter("img")] == []


def test_links_lead_only_to_the_web_and_to_mail() -> None:
    there = Link("https://a.example/?x=1&y=2", "网页", ZH)
    bad = Link("javascript:alert(1)", "坏", ZH)
    document = replace(DOCUMENT, blocks=(summary(ZH, there, bad, LineBreak(), Reference("f", "图1", ZH)),))

    assert "网页 <https://a.example/?x=1&y=2>坏 <javascript:alert(1)>" in lines(document)
    page = tree(html(document))
    assert [link.get("href") for link in page.iter("a")] == ["https://a.example/?x=1&y=2"]
    assert len([*page.iter("br")]) == 1
    assert "图1" in "".join(page.itertext())


def test_emphasis_stays() -> None:
    document = replace(DOCUMENT, blocks=(summary(ZH, Span("创造。", ZH, (Mark.STRONG,)), Span("全州", ZH)),))
    assert "<strong>创造。</strong>全州" in html(document)


@pytest.mark.parametrize(
    ("languages", "period", "subject"),
    [
        ((ZH, EN), QUARTER, "【简报】2025年第3期（第三季度）／Briefing Q3 2025"),
        (
            (EN, ZH),
            Localized("2025年第三季度", "Q3 2025"),
            "Briefing: Issue 3, 2025 (Q3 2025) / 【简报】2025年第3期（第三季度）",
        ),
        ((ZH, EN), Localized("2024年", "2024"), "【简报】2025年第3期（2024年）／Briefing 2024"),
        ((ZH, EN), None, "【简报】2025年第3期／Briefing, Issue 3, 2025"),
        ((ZH, EN), Localized("2025年第3期", "Issue 3, 2025"), "【简报】2025年第3期／Briefing Issue 3, 2025"),
        ((EN, ZH), Localized("2025年", "Issue 3"), "Briefing: Issue 3, 2025 / 【简报】2025年第3期"),
    ],
)
def test_subjects_lead_with_the_recipient_s_language(
    languages: tuple[Language, ...], period: Localized | None, subject: str
) -> None:
    document = replace(DOCUMENT, masthead=replace(HEAD, issue=both("2025年第3期", "Issue 3, 2025")))
    assert mail.write(document, Occasion(languages, period=period), MODERN).subject == subject


@pytest.mark.parametrize(
    ("name", "issue", "file"),
    [
        (both("简报", "Briefing"), both("第1期", "Issue 1"), "简报（第1期，中英文）.pdf"),
        (both('简/报:"甲"', "B"), both("第1期\n", "I"), "简-报-甲-（第1期-，中英文）.pdf"),
        (both("..简报", "B"), both("第1期", "I"), "简报（第1期，中英文）.pdf"),
        (both("简" * 60, "B"), both("第1期", "I"), f"{'简' * 40}.pdf"),
        ((text(ZH, "IP"),), (), "IP（，中英文）.pdf"),
    ],
)
def test_names_of_files_are_those_that_every_system_takes(name: Texts, issue: Texts, file: str) -> None:
    document = replace(DOCUMENT, masthead=replace(HEAD, name=name, issue=issue))
    assert mail.file_name(document, "pdf") == file
