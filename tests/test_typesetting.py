"""Lines of 2,000 paragraphs of mixed text, and the account that a document gives of its own."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from typer.testing import CliRunner

from corpus import paragraphs
from helpers import Copy
from ipreport.cli import app
from ipreport.document import Paragraph, Text, text
from ipreport.language import EN, ZH
from ipreport.style import MODERN, Justify, StyleName
from ipreport.writers.pdf.hyphenation import SOFT_HYPHEN
from ipreport.writers.pdf.linebreak import overflow_of, stretch_of
from ipreport.writers.pdf.paragraph import TextBox
from ipreport.writers.pdf.typesetting import Fault, typesetting_of
from pdf_layout import faces, setter
from shipped import NAMES, Shipped
from showcase import showcase

COUNT = 2000
NARROWEST, WIDEST = 120, 480
MAY_NOT_START = "，。、；：？！）》」』】〕”’—…·～％%‰℃,.;:!?)"
MAY_NOT_END = "（《「『【〔“‘(￥$"
NUMBERS = (
    "第三季度", "36.97万元", "90.9%", "第2位", "1.2个百分点", "2.5亿元", "1,250件", "——", "……",
    "369,700 yuan", "2.5 million yuan", "Figure 3", "No. 12",
)  # fmt: skip


ADDRESS = re.compile(r"\S*://\S*")


@dataclass(frozen=True, slots=True)
class Sample:
    """A paragraph, laid out in a measure of some points."""

    words: Text
    width: int
    box: TextBox


@pytest.fixture(scope="module")
def samples(shipped: dict[str, Shipped]) -> list[Sample]:
    """Every paragraph in one of the measures, which follow each other in no simple order."""
    found = []
    for number, words in enumerate(paragraphs(COUNT, (each.document for each in shipped.values()))):
        width = NARROWEST + number * 37 % (WIDEST - NARROWEST + 1)
        style = replace(MODERN.text(StyleName.BODY, words.language), justify=Justify.BOTH)
        box = setter().styled(words, style)
        box.layout(width)
        found.append(Sample(words, width, box))
    return found


def breaks(sample: Sample) -> Iterator[tuple[str, str, str]]:
    """Every end of a line inside the paragraph: the line, the space that stood there if any, and the next line."""
    words, position = sample.words.plain(), 0
    for before, behind in pairwise(sample.box.lines):
        shown = before.rstrip(SOFT_HYPHEN)
        for character in filter(None, shown.replace(" ", "")):
            position = words.index(character, position) + 1
        space = words[position : position + 1] if words[position : position + 1].isspace() else ""
        yield before, space, behind


def test_no_line_begins_or_ends_with_a_mark_that_may_not(samples: list[Sample]) -> None:
    for sample in samples:
        in_address = addresses(sample)
        for before, _, behind in breaks(sample):
            assert behind[0] not in MAY_NOT_START or behind.split()[0] in in_address, (sample.width, before, behind)
            assert before[-1] not in MAY_NOT_END, (sample.width, before, behind)


def addresses(sample: Sample) -> set[str]:
    """The ends of all addresses of a paragraph, which may begin a line."""
    return {
        rest
        for found in ADDRESS.findall(sample.words.plain())
        for rest in (found[start:] for start in range(len(found)))
        for rest in {rest, *(rest[:end] for end in range(1, len(rest)))}
    }


def test_words_are_whole_or_hyphenated(samples: list[Sample]) -> None:
    for sample in samples:
        in_address = addresses(sample)
        for before, space, behind in breaks(sample):
            if before[-1].isascii() and before[-1].isalnum() and behind[0].isascii() and behind[0].isalnum():
                assert space or behind.split()[0] in in_address, (sample.width, before, behind)


def test_numbers_stand_with_their_units_and_signs_of_two_parts_are_whole(samples: list[Sample]) -> None:
    for sample in samples:
        for unit in NUMBERS:
            shown = sum(line.count(unit) for line in sample.box.lines)
            assert shown == sample.words.plain().count(unit), (unit, sample.width, sample.box.lines)


def test_no_character_is_lost_and_no_line_sticks_out(samples: list[Sample]) -> None:
    for sample in samples:
        shown = "".join(sample.box.lines).replace(SOFT_HYPHEN, "")
        assert "".join(shown.split()) == "".join(sample.words.plain().split())
        assert not any(overflow_of(*each, justified=True) for each in sample.box.set_lines), sample.width


def test_few_lines_stand_loose(samples: list[Sample]) -> None:
    lines: Counter[str] = Counter()
    loose: Counter[str] = Counter()
    for sample in samples:
        band = "wide" if sample.width >= 300 else "column" if sample.width >= 200 else "narrow"
        for atoms, line in sample.box.set_lines:
            lines[band] += 1
            loose[band] += stretch_of(atoms, line) > 3
    assert min(lines.values()) > 4000
    assert loose["wide"] <= 0.005 * lines["wide"], (loose, lines)
    assert loose["column"] <= 0.02 * lines["column"], (loose, lines)
    assert loose["narrow"] <= 0.15 * lines["narrow"], (loose, lines)


def test_no_paragraph_ends_with_one_character(samples: list[Sample]) -> None:
    for sample in samples:
        last = re.sub(r"[\W_]+", "", sample.box.lines[-1])
        assert len(last) > 1 or len(sample.box.lines) == 1, sample.box.lines


# --- the account of a document -----------------------------------------------------------


def test_an_account_counts_lines_and_shows_the_loosest() -> None:
    account = typesetting_of(showcase(), MODERN, faces())
    assert account.violations == ()
    assert account.lines >= account.paragraphs > 50
    assert 0 < account.justified < account.lines
    assert list(account.stretched) == [1, 2, 3]
    stretches = [line.stretch for line in account.worst]
    assert stretches == sorted(stretches, reverse=True)
    assert all(line.page >= 1 for line in account.worst)


def built(small: Copy, *options: str) -> str:
    folders = ["--output", str(small.root / "output"), "--figures", str(small.root / "figures")]
    result = CliRunner().invoke(app, ["build", str(small.folder), *folders, *options])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_command_prints_the_account_of_every_pdf(small: Copy) -> None:
    printed = built(small, "--typesetting-report")
    for edition in ("bilingual", "zh", "en"):
        assert re.search(rf"small-2025Q3\.{edition}\.pdf: \d+ lines in \d+ paragraphs, \d+ hyphenated\n", printed)
    assert printed.count("no violation(s)") == 3


def test_programs_get_the_account_as_json_where_they_ask_for_it(small: Copy) -> None:
    told = json.loads(built(small, "--typesetting-report", "--json"))["typesetting"]
    assert len(told) == 3
    assert all(account["lines"] and account["violations"] == [] for account in told.values())
    assert "typesetting" not in json.loads(built(small, "--json"))


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (text(EN, "W" * 200), Fault.WORD),
        (text(ZH, "罚款" + "9" * 76 + "万元"), Fault.NUMBER),
        (text(ZH, "罚款" + "）" * 100), Fault.EDGE),
    ],
)
def test_what_no_line_should_show_is_told(words: Text, fault: Fault) -> None:
    account = typesetting_of(replace(showcase(), blocks=(Paragraph(words),)), MODERN, faces())
    assert fault in {found for found, _ in account.violations}


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith("modern")])
def test_shipped_briefings_are_set_without_a_fault(shipped: dict[str, Shipped], name: str) -> None:
    document = shipped[name].document
    account = typesetting_of(document, MODERN.led_by(document.meta.languages[0]), faces())
    assert account.violations == ()
    assert account.stretched[2] == 0
    assert account.hyphenated <= 0.02 * account.lines
