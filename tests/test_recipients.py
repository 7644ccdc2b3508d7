"""Whom an issue goes to, and the imprint at the foot of its last page: read, refused, composed, traced."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from helpers import BRIEFING, HAIXI, SAMPLE, Copy
from ipreport.compose import Content, compose, content_of, verify
from ipreport.document import Document, Imprint, NotData, Texts
from ipreport.language import EN, ZH, Localized
from ipreport.outline import Attachment, Edition, Recipient, Terms
from ipreport.readers import RECIPIENTS_FILE, Input, read
from ipreport.wording import show_copies
from ipreport.writers import plain

THREE = """\
report_to:
  - name: {zh: 省政府办公厅, en: General Office of the Province}
    address: office@province.example
copy_to:
  - name: {zh: 发展改革委, en: Reform Commission}
  - name: {zh: 科技厅, en: "Science, Technology"}
distribute_to:
  - name: {zh: 各县知识产权局, en: County IP offices}
  - name: {zh: 张三, en: Zhang San}
    print: false
    address: zhang.san@office.example
"""
IMPRINT = "number: 1\n"


def with_recipients(small: Copy, text: str = THREE) -> Copy:
    small.overwrite(RECIPIENTS_FILE, text.encode())
    return small


def with_imprint(small: Copy, *lines: str) -> Copy:
    small.change(BRIEFING, IMPRINT, f"{IMPRINT}imprint:\n" + "".join(f"  {line}\n" for line in lines))
    return small


def content(source: Input) -> Content:
    return content_of(source.outline, source.metrics, ())


def composed(small: Copy, edition: Edition = Edition.BILINGUAL) -> Document:
    """The document of a copy without its figure, which no test here looks at."""
    text = (small.folder / BRIEFING).read_text(encoding="utf-8")
    figure = text[text.index("      - figure:") : text.index("      - table:")]
    text = text.replace(figure, "").replace("，见{{ figure('share') }}", "").replace(", see {{ figure('share') }}", "")
    small.overwrite(BRIEFING, text.encode())
    return compose(content(read(small.folder)), edition, {}, date(2025, 10, 15))


def imprint(document: Document) -> Imprint:
    assert document.imprint is not None
    return document.imprint


def words(texts: Texts) -> list[str]:
    return [text.plain() for text in texts]


def lines(document: Document) -> list[tuple[list[str], list[str]]]:
    return [(words(line.label), words(line.names)) for line in imprint(document).lines]


# --- reading -------------------------------------------------------------------------


def test_recipients_are_read_in_their_groups(small: Copy) -> None:
    source = read(with_recipients(small).folder)

    above, beside, below = source.outline.recipients
    assert [group.terms for group in (above, beside, below)] == [*Terms]
    assert isinstance(above.recipients[0], Recipient)
    assert above.recipients[0].name == Localized("省政府办公厅", "General Office of the Province")
    assert above.recipients[0].address == "office@province.example"
    assert [(entry.name.zh, entry.printed, entry.address) for entry in below.recipients] == [
        ("各县知识产权局", True, None),
        ("张三", False, "zhang.san@office.example"),
    ]
    assert str(below.recipients[1].origin).endswith("recipients.yaml:9:5")


MAILED = """\
distribute_to:
  - name: {en: John Doe}
    print: false
    address: john.doe@office.example
    languages: [en, zh]
    attachments: [pdf, docx]
"""


def test_what_a_recipient_is_mailed_is_read(small: Copy) -> None:
    (group,) = read(with_recipients(small, MAILED).folder).outline.recipients

    (recipient,) = group.recipients
    assert recipient.name == Localized("John Doe", "John Doe")
    assert recipient.edition is Edition.BILINGUAL
    assert recipient.languages == (EN, ZH)
    assert recipient.attachments == (Attachment.PDF, Attachment.DOCX)


def test_a_briefing_needs_no_recipients(small: Copy) -> None:
    source = read(small.folder)

    assert source.outline.recipients == ()
    assert RECIPIENTS_FILE not in {path.name for path in source.files}


REFUSED = [
    ("a group of another name", "copy_to:", "copies_to:",
     "recipients.yaml:4:1: block: unknown key 'copies_to' (copies_to)", "did you mean 'copy_to'?"),
    ("a key of an entry that is none", "    print: false", "    printed: false",
     "recipients.yaml:10:5: block: unknown key 'printed' (distribute_to[1].printed)", "did you mean 'print'?"),
    ("a name without its English", "{zh: 发展改革委, en: Reform Commission}", "{zh: 发展改革委}",
     "recipients.yaml:5:5: block: the English text is missing (copy_to[0].name.en)",
     "add 'en:' beside the other language"),
    ("mail without an address", "en: County IP offices}", "en: County IP offices}\n    edition: zh",
     "recipients.yaml:9:5: block: 'edition' is for mails, and there is no address (distribute_to[0].edition)",
     "add the address that it goes to, or leave the key out"),
    ("an edition that is none", "address: office@", "edition: bilingul\n    address: office@",
     "recipients.yaml:3:5: block: expected 'bilingual', 'zh' or 'en', found 'bilingul' (report_to[0].edition)",
     ""),
    ("languages of another edition", "address: office@", "edition: zh\n    languages: [en, zh]\n    address: office@",
     ("recipients.yaml:4:5: block: expected the languages of the edition 'zh', each once, found en, zh "
      "(report_to[0].languages)"), "write languages: [zh] in the order that you want"),
    ("no PDF", "address: office@", "attachments: docx\n    address: office@",
     "recipients.yaml:3:5: block: every mail brings the PDF along (report_to[0].attachments)",
     "write attachments: [pdf] or [pdf, docx]"),
    ("a bare name", "  - name: {zh: 发展改革委, en: Reform Commission}", "  - 发展改革委",
     "recipients.yaml:5:5: block: expected a mapping of keys, found '发展改革委' (copy_to[0])", ""),
    ("a placeholder in a name", "County IP offices", '"{{ peer }}"',
     "recipients.yaml:8:25: block: expected plain text, found a placeholder in '{{ peer }}' (distribute_to[0].name.en)",
     "titles, names and labels hold no {{ … }}; use it in the text of a block"),
    ("what is no address", "office@province.example", "office at province",
     ("recipients.yaml:3:5: block: expected an e-mail address such as office@example.org, found 'office at province' "
      "(report_to[0].address)"), ""),
    ("an address that would begin a header of its own", "office@province.example", '"a@b.example\\nBcc: c@d.example"',
     ("recipients.yaml:3:5: block: expected an e-mail address such as office@example.org, found 'a@b.example\nBcc: "
      "c@d.example' (report_to[0].address)"), ""),
    *(
        (f"an address with {what}", "office@province.example", address,
         ("recipients.yaml:3:5: block: expected an e-mail address such as office@example.org, found "
          f"'{address if len(address) <= 60 else f'{address[:57]}…'}' (report_to[0].address)"), "")
        for what, address in (
            ("two dots", "a..b@c.example"), ("a dot before", ".a@c.example"), ("a dot behind", "a.@c.example"),
            ("no domain", "a@"), ("one label", "a@localhost"), ("a hyphen before", "a@-c.example"),
            ("a hyphen behind", "a@c-.example"), ("a long label", f"a@{'c' * 64}.x"),
        )
    ),
    ("an address with a long part before its @", "office@province.example", f"{'a' * 65}@c.example",
     (f"recipients.yaml:3:5: block: expected at most 64 characters before the @ of an address, found "
      f"'{'a' * 57}…' (report_to[0].address)"), ""),
    ("an address that is not said", "address: office@province.example", "address:",
     "recipients.yaml:3:5: block: expected a value, found nothing (report_to[0].address)",
     "write one behind it, or leave the key out"),
    ("neither yes nor no", "print: false", "print: perhaps",
     "recipients.yaml:10:5: block: expected true or false, found 'perhaps' (distribute_to[1].print)", ""),
    ("one office on two terms", "各县知识产权局", "科技厅",
     "recipients.yaml:8:5: block: the recipient '科技厅' stands twice (distribute_to[0])",
     "name each recipient once, on the terms that come first"),
    ("one address twice", "zhang.san@office.example", "Office@province.example",
     "recipients.yaml:9:5: block: the address 'Office@province.example' stands twice (distribute_to[1])",
     "give each recipient an address of its own, or leave it out"),
    ("a group of nothing", THREE, "report_to:\n",
     "recipients.yaml:1:1: block: expected a list, found nothing (report_to)", ""),
    ("nobody", THREE, "report_to: []\n",
     "recipients.yaml:1:1: block: the file names no recipient",
     "list them under report_to:, copy_to:, distribute_to: or delete the file"),
    ("no text", THREE, "", "recipients.yaml:1: block: the file is empty", ""),
    ("a list", THREE, "- a\n", "recipients.yaml:1:1: block: expected a mapping of keys, found a list", ""),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message", "hint"), [case[1:] for case in REFUSED], ids=[c[0] for c in REFUSED])
def test_recipients_that_cannot_be_are_refused(small: Copy, old: str, new: str, message: str, hint: str) -> None:
    with_recipients(small, THREE.replace(old, new, 1))

    assert small.check() == [message + (f"\n    hint: {hint}" if hint else "")]


def test_a_recipient_without_a_name_is_refused(small: Copy) -> None:
    with_recipients(small, THREE.replace("{zh: 张三, en: Zhang San}", "{}"))

    assert [problem.splitlines()[0] for problem in small.check()] == [
        f"recipients.yaml:9:5: block: the {language} text is missing (distribute_to[1].name.{code})"
        for language, code in (("Chinese", "zh"), ("English", "en"))
    ]


def test_problems_of_all_files_come_together(small: Copy) -> None:
    with_recipients(small, THREE.replace("copy_to", "copies_to"))
    small.change("metrics.yaml", "unit: yuan", "unit: yaun")
    small.change(BRIEFING, "number: 1\n", "number: one\n")

    assert [problem.split(":")[0] for problem in small.check()] == ["metrics.yaml", "briefing.yaml", "recipients.yaml"]


def test_names_of_both_languages_must_agree_and_be_printable(small: Copy) -> None:
    with_recipients(small, THREE.replace("各县知识产权局", "8县知识产权局").replace("Zhang San", "Zhang \U00012000"))

    numbers, glyph = small.check()
    assert numbers.startswith("recipients.yaml:8:25: block [R15]: the numbers of the two languages differ")
    assert glyph.startswith("recipients.yaml:9:20: block: no glyph for the character")


IMPRINTS = [
    ("an early date", "date: 2025-10-14",
     ("briefing.yaml:9:3: block: expected a date from that of the briefing on, 2025-10-15, found 2025-10-14 "
      "(imprint.date)"),
     "the imprint says when the issue is sent out; leave the date out where that is the same day"),
    ("no date", "date: soon",
     "briefing.yaml:9:3: block: expected a date such as 2025-10-15, found 'soon' (imprint.date)", ""),
    ("no copies", "copies: 0",
     "briefing.yaml:9:3: block: expected a number of at least 1, found '0' (imprint.copies)", ""),
    ("copies in words", "copies: thirty",
     "briefing.yaml:9:3: block: expected a whole number, found 'thirty' (imprint.copies)", ""),
    ("one language", "signed_by: {zh: 张三}",
     "briefing.yaml:9:3: block: the English text is missing (imprint.signed_by.en)",
     "add 'en:' beside the other language"),
    ("another key", "copys: 3",
     "briefing.yaml:9:3: block: unknown key 'copys' (imprint.copys)", "did you mean 'copies'?"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "message", "hint"), [case[1:] for case in IMPRINTS], ids=[c[0] for c in IMPRINTS])
def test_an_imprint_that_cannot_be_is_refused(small: Copy, line: str, message: str, hint: str) -> None:
    with_imprint(small, line)

    assert small.check() == [message + (f"\n    hint: {hint}" if hint else "")]


# --- what is composed ----------------------------------------------------------------


def test_a_document_without_either_has_no_imprint(small: Copy) -> None:
    assert composed(small).imprint is None


def test_recipients_alone_make_an_imprint_with_issuer_and_date_of_the_masthead(small: Copy) -> None:
    document = composed(with_recipients(small))

    assert lines(document) == [
        (["报：", "To:"], ["省政府办公厅。", "General Office of the Province"]),
        (["送：", "Copy to:"], ["发展改革委、科技厅。", "Reform Commission; Science, Technology"]),
        (["发：", "Circulated to:"], ["各县知识产权局。", "County IP offices"]),
    ]
    assert words(imprint(document).issuer) == ["某市场监督管理局", "A market regulator"]
    assert words(imprint(document).date) == ["2025年10月15日印发", "Issued 15 October 2025"]
    assert imprint(document).copies == ()


def test_who_is_not_to_be_named_makes_none(small: Copy) -> None:
    nobody = "copy_to:\n  - {name: {zh: 张三, en: Zhang San}, print: false, address: a@office.example}\n"

    assert composed(with_recipients(small, nobody)).imprint is None


def test_an_imprint_alone_has_no_recipients(small: Copy) -> None:
    document = composed(with_imprint(small, "copies: 1"))

    assert lines(document) == []
    assert words(imprint(document).copies) == ["（共印1份）", "(1 copy)"]


def test_an_imprint_says_who_issues_signs_and_edits_when_and_how_many(small: Copy) -> None:
    with_imprint(
        small, "issuer: {zh: 办公室, en: General office}", "date: 2025-10-20", "copies: 1200",
        "edited_by: {zh: 李四, en: Li Si}", "signed_by: {zh: 张三, en: Zhang San}",
    )  # fmt: skip
    document = composed(with_recipients(small), Edition.EN)

    assert lines(document)[3:] == [(["Signed by:"], ["Zhang San"]), (["Edited by:"], ["Li Si"])]
    assert words(imprint(document).issuer) == ["General office"]
    assert words(imprint(document).date) == ["Issued 20 October 2025"]
    assert words(imprint(document).copies) == ["(1,200 copies)"]
    assert show_copies(1200).zh == "（共印1200份）"


def test_a_name_that_lists_offices_itself_is_told_from_the_next_one(small: Copy) -> None:
    with_recipients(small, THREE.replace("科技厅", "州、市科技局"))

    assert lines(composed(small, Edition.ZH))[1] == (["送："], ["发展改革委，州、市科技局。"])


def test_the_imprint_is_the_last_of_the_plain_text(small: Copy) -> None:
    with_imprint(small, "copies: 30")

    written = plain.write(composed(with_recipients(small))).decode()

    assert written.endswith(
        f"{'-' * 40}\n报： 省政府办公厅。 / To: General Office of the Province\n"
        "送： 发展改革委、科技厅。 / Copy to: Reform Commission; Science, Technology\n"
        "发： 各县知识产权局。 / Circulated to: County IP offices\n"
        "某市场监督管理局 / A market regulator\n2025年10月15日印发 / Issued 15 October 2025\n"
        "（共印30份） / (30 copies)\n"
    )
    assert "张三" not in written


# --- what is recorded ----------------------------------------------------------------


def test_every_number_of_the_imprint_is_known_for_what_it_is(small: Copy) -> None:
    with_imprint(small, "copies: 30", "issuer: {zh: 第2办公室, en: Office 2}")
    document = composed(with_recipients(small, THREE.replace("科技厅", "12所高校").replace('"Sc', '"12 Sc')))

    printed = [s for s in document.record.printed if s.where == "imprint"]
    told = {(part.text, part.not_data) for stretch in printed for part in stretch.parts if part.not_data is not None}
    assert told == {
        ("12", NotData.NAME), ("2", NotData.NAME),
        ("2025年10月15日", NotData.DATE), ("15 October 2025", NotData.DATE), ("30", NotData.COPIES),
    }  # fmt: skip
    rest = [part.text for s in printed for part in s.parts if part.not_data is None]
    assert not any(character.isdigit() for text in rest for character in text)
    assert verify(document, content(read(small.folder))) == ()


@pytest.mark.usefixtures("plain_only")
def test_the_file_of_recipients_is_part_of_what_goes_into_a_build(small: Copy) -> None:
    record = json.loads(with_recipients(small).build().manifest.read_text(encoding="utf-8"))

    assert [*record["inputs"]] == [BRIEFING, "metrics.yaml", RECIPIENTS_FILE]


def test_the_two_shipped_briefings_have_an_imprint_only_where_it_is_true() -> None:
    sample, account = read(SAMPLE).outline, read(HAIXI).outline

    assert [group.terms for group in sample.recipients] == [*Terms]
    assert sample.imprint is not None
    addresses = [entry.address for group in sample.recipients for entry in group.recipients if entry.address]
    assert addresses
    assert all(address.endswith(".example") for address in addresses)
    # It is compiled from a published account and issued by no office.
    assert (account.recipients, account.imprint) == ((), None)


def test_the_examples_of_the_readme_are_read_as_they_say(small: Copy) -> None:
    readme = (HAIXI.parent.parent / "README.md").read_text(encoding="utf-8").partition("## Recipients and imprint")[2]
    recipients, spec = re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL)[:2]
    small.change(BRIEFING, IMPRINT, f"{IMPRINT}{spec}")

    document = composed(with_recipients(small, recipients))

    assert lines(document)[0] == (["报：", "To:"], ["省政府办公厅。", "General Office of the Provincial Government"])
    assert lines(document)[2][1] == ["各市州知识产权局。", "IP offices of the prefectures"]
    for texts in (imprint(document).date, imprint(document).copies):
        assert " / ".join(words(texts)) in readme


def test_the_folder_of_a_briefing_may_hold_the_file_as_a_folder_and_is_told(small: Copy) -> None:
    Path(small.folder / RECIPIENTS_FILE).mkdir()

    (problem,) = small.check()
    assert problem.startswith("recipients.yaml: block: the file cannot be read")
