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
    Drawing,
    Footnote,
    Inline,
    LineBreak,
    Link,
    Mark,
    Masthead,
    Meta,
    Paragraph,
    ParagraphRole,
    Picture,
    Reference,
    Rendered,
    SideBySide,
    Span,
    Text,
    Texts,
    text,
)
from ipreport.language import EN, ZH, Language, Localized
from ipreport.metrics import PeriodKind, parse_period
from ipreport.style import MODERN
from ipreport.wording import show_period
from ipreport.writers import mail
from ipreport.writers.mail import Attached, Occasion
from ipreport.writers.mail.content import content_of
from ipreport.writers.mail.words import ENCRYPTED
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


def test_a_mail_with_an_encrypted_file_tells_nothing_of_it() -> None:
    files = (Attached("简报.pdf", 2_500, "ab" * 32),)
    given: dict[str, object] = {"attached": files, "encrypted": True, "picture": "cards@office.example"}
    assert lines(DOCUMENT, **given) == [
        "示例省 / Sample", "简报 / Briefing", "第1期 / Issue 1", "局 / Office", "-" * 40, "",
        f"(!) {ENCRYPTED.zh} / {ENCRYPTED.en}", "",
        "附件 / Attached", "- 简报.pdf (2 KB)",
        "  SHA-256以abababababababab开头", "  SHA-256 begins with abababababababab", "",
        "-" * 40, "本邮件由程序发送。", "This mail was sent by a program.",
    ]  # fmt: skip
    page = html(DOCUMENT, **given)
    assert "7件" not in page
    assert "cards@office.example" not in page


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
    assert lines(only, languages=(EN, ZH))[-2:] == ["-" * 40, "本邮件由程序发送。"]  # and nothing of an attachment


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
    assert "① 见来源。" in "".join(body(html(document)).itertext())
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
    assert content_of(replace(DOCUMENT, blocks=()), Occasion(picture="c@d.example")).picture == ""


def test_trends_and_what_their_marks_mean_are_told_in_both_bodies() -> None:
    drawn = Rendered(Picture(52.0, 14.0, Drawing(()), b"", b""), both("走势：由1至7②。", "Trend: from 1 to 7②."))
    doubt = tuple(Text(each.language, (Citation("c", "②", each.language), *each.inlines)) for each in both("疑", "d"))
    cards = Cards((replace(CARD, trend=drawn), CARD), notes=(both("季度走势", "Quarterly trends"), doubt))
    document = replace(DOCUMENT, blocks=(cards,))

    found = lines(document, languages=(EN, ZH))
    where = found.index("Trends / 走势")
    assert found[where - 1 : where + 6] == [
        "", "Trends / 走势", "- Trend: from 1 to 7②.", "  走势：由1至7②。", "②d", "②疑", "",
    ]  # fmt: skip
    page = "".join(body(html(document, languages=(EN, ZH))).itertext())
    assert page.index("Trends / 走势") < page.index("Trend: from") < page.index("走势：由") < page.index("②d")
    assert "Quarterly" not in page
    pictured = "".join(body(html(document, languages=(EN, ZH), picture="c@d.example")).itertext())
    assert (pictured.count("②d"), pictured.count("Quarterly")) == (1, 1)
    assert "走势" not in "\n".join(lines(DOCUMENT))
    unexplained = replace(document, blocks=(replace(cards, notes=()),))
    assert "②d" not in "\n".join(lines(unexplained))


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


@pytest.mark.parametrize(
    ("size", "words"), [(0, "1 KB"), (1_500, "1 KB"), (1_047_552, "1023 KB"), (1_048_576, "1.0 MB"), (10**7, "9.5 MB")]
)
def test_sizes_are_those_of_file_managers(size: int, words: str) -> None:
    assert f"- a.pdf ({words})" in lines(DOCUMENT, attached=(Attached("a.pdf", size, "ab" * 32),))


def test_the_title_of_the_window_is_text() -> None:
    name = both("</title><script>1</script>&amp;", "B")
    title = tree(html(replace(DOCUMENT, masthead=replace(HEAD, name=name)))).find("head/title")

    assert title is not None
    assert str(title.text).startswith("【</title><script>1</script>&amp;】第1期")


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
    ("written", "zh", "en", "both_of_them"),
    [
        ("2025Q3", "【简报】2025年第3期（第三季度）", "Briefing: Issue 3, 2025 (Q3 2025)", "／Briefing Q3 2025"),
        ("2025", "【简报】2025年第3期", "Briefing: Issue 3, 2025", "／Briefing 2025"),
        ("2025-01/2025-06", "【简报】2025年第3期（1—6月）", "Briefing: Issue 3, 2025 (January–June 2025)",
         "／Briefing January–June 2025"),
        ("2025-09/2025-09", "【简报】2025年第3期（9月）", "Briefing: Issue 3, 2025 (September 2025)",
         "／Briefing September 2025"),
        ("2025-09-30", "【简报】2025年第3期（9月底）", "Briefing: Issue 3, 2025 (end of September 2025)",
         "／Briefing, end of September 2025"),
        ("2024-07/2025-06", "【简报】2025年第3期（2024年7月—2025年6月）",
         "Briefing: Issue 3, 2025 (July 2024–June 2025)", "／Briefing July 2024–June 2025"),
    ],
)  # fmt: skip
def test_subjects_name_any_period(written: str, zh: str, en: str, both_of_them: str) -> None:
    document = replace(DOCUMENT, masthead=replace(HEAD, issue=both("2025年第3期", "Issue 3, 2025")))
    period = show_period(parse_period(written, PeriodKind.WINDOW))

    found = [
        mail.write(replace(document, meta=replace(META, languages=languages)), Occasion((), (), period), MODERN).subject
        for languages in ((ZH,), (EN,), (ZH, EN), (EN, ZH))
    ]
    assert found == [zh, en, zh + both_of_them, f"{en} / {zh}"]


@pytest.mark.parametrize(
    ("issue", "period", "subject"),
    [
        ((), QUARTER, "【简报】（2025年第三季度）／Briefing Q3 2025"),
        ((), None, "【简报】／Briefing"),
        (both("2025年第三季度", "Q3 2025"), QUARTER, "【简报】2025年第三季度／Briefing Q3 2025"),
        (both("2025年第三季度", "Q3 2025"), None, "【简报】2025年第三季度／Briefing, Q3 2025"),
    ],
)
def test_subjects_say_nothing_twice(issue: Texts, period: Localized | None, subject: str) -> None:
    document = replace(DOCUMENT, masthead=replace(HEAD, issue=issue))

    assert mail.write(document, Occasion(period=period), MODERN).subject == subject
    english = mail.write(document, Occasion((EN,), period=period), MODERN).subject
    assert english.startswith("Briefing: Q3 2025 / " if period or issue else "Briefing / ")


@pytest.mark.parametrize(
    ("name", "issue", "file"),
    [
        (both("简报", "Briefing"), both("第1期", "Issue 1"), "简报（第1期，中英文）.pdf"),
        (both('简/报:"甲"', "B"), both("第1期\n", "I"), "简-报-甲-（第1期-，中英文）.pdf"),
        (both("..简报", "B"), both("第1期", "I"), "简报（第1期，中英文）.pdf"),
        (both("简" * 60, "B"), both("第1期", "I"), f"{'简' * 40}.pdf"),
        ((text(ZH, "IP"),), (), "IP（中英文）.pdf"),
    ],
)
def test_names_of_files_are_those_that_every_system_takes(name: Texts, issue: Texts, file: str) -> None:
    document = replace(DOCUMENT, masthead=replace(HEAD, name=name, issue=issue))
    assert mail.file_name(document, "pdf") == file


def test_a_file_of_one_language_without_an_issue_has_its_name_alone() -> None:
    english = replace(DOCUMENT, meta=replace(META, languages=(EN,)))

    assert mail.file_name(english, "docx") == "Briefing (Issue 1).docx"
    assert mail.file_name(replace(english, masthead=replace(HEAD, issue=())), "docx") == "Briefing.docx"


@pytest.mark.parametrize(("languages", "size"), [((ZH, EN), 19), ((EN, ZH), 16)])
def test_values_are_large_as_far_as_a_phone_has_room(languages: tuple[Language, ...], size: int) -> None:
    cells = [cell for cell in body(html(DOCUMENT, languages=languages)).iter("td") if cell.get("align") == "right"]
    assert [f"font-size:{size}px" in str(cell[0].get("style")) for cell in cells] == [True]
    assert "font-weight:bold" in str(cells[0][0].get("style"))
    assert "font-weight:bold" not in str(cells[0][1].get("style"))


def test_what_is_in_doubt_looks_like_a_warning() -> None:
    doubtful = replace(DOCUMENT, blocks=(Cards((replace(CARD, state=CardState.DOUBTFUL),)),))
    for document, colour in ((doubtful, "warning"), (DOCUMENT, "muted")):
        (name,) = body(html(document)).iter("th")
        assert {each.get("class") for each in name[2:]} == {colour}
        assert ("on-warning-panel" in str(name.get("class"))) == (document is doubtful)


def test_marks_without_trends_have_no_title() -> None:
    note = (Text(ZH, (Citation("c", "②", ZH), Span("存疑", ZH))),)
    document = replace(DOCUMENT, blocks=(Cards((CARD,), notes=(note,)),))

    for words in ("".join(body(html(document)).itertext()), "\n".join(lines(document))):
        assert "②存疑" in words
        assert "走势" not in words
