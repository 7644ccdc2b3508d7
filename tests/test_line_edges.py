"""Lines at every measure: what may not stand at their edges or be parted, in text that is out of the ordinary."""

from __future__ import annotations

import pytest

from ipreport.document import Span, Text, text
from ipreport.language import EN, ZH, Language
from ipreport.metrics.units import UNITS, Unit, UnitKind
from ipreport.style import Justify
from ipreport.writers.pdf.characters import Kind, number_groups, word_parts
from ipreport.writers.pdf.linebreak import gaps_of
from test_linebreak import laid_out

MEASURES = range(70, 400)


def lines_of(words: Text, justify: Justify = Justify.BOTH) -> list[list[str]]:
    """Its lines at every measure."""
    return [laid_out(words, width, justify).lines for width in MEASURES]


@pytest.mark.parametrize(
    ("marks", "language"), [("“”", EN), ("‘’", EN), ("〝〞", ZH), ("⋯⋯", ZH), ("〜〜", ZH)], ids=str
)
def test_marks_hold_on_to_what_they_stand_beside(marks: str, language: Language) -> None:
    opening, closing = marks
    shown = f"{opening}知识产权强国建设{closing}"
    words = f"the measures on {shown} and the plan on {shown} were drawn up" if language is EN else f"与{shown}同" * 4
    for lines in lines_of(text(language, words)):
        assert not any(line[0] == closing for line in lines[1:])
        assert opening == closing or not any(line[-1] == opening for line in lines[:-1])


@pytest.mark.parametrize("characters", ["“知", "知”"])
def test_marks_of_english_stand_close_to_chinese_characters(characters: str) -> None:
    found, _ = laid_out(text(EN, characters), 400).set_lines[0]
    assert [atom.gap for atom in found] == [0.0, 0.0]


@pytest.mark.parametrize("last", ["section 5.", "plan “B”.", "you and I.", "café e\u0301."])
def test_no_single_letter_and_its_marks_on_the_last_line(last: str) -> None:
    words = f"The administrative enforcement was carried out in accordance with {last}"
    assert not [lines for lines in lines_of(text(EN, words)) if sum(map(str.isalnum, lines[-1])) < 2]


def test_quantities_stay_whole_in_the_other_language_of_a_line() -> None:
    words = Text(ZH, (Span("图1 全州有效发明专利\u3000", ZH), Span("Figure 1 Fines of 369,700 yuan in all", EN)))
    for lines in lines_of(words, Justify.LEFT):
        assert not any(line.endswith(("Figure", "369,700")) for line in lines)


def test_only_what_no_line_holds_is_parted() -> None:
    wide, others = "12,345,678,901,234.56万元", ("36.97万元", "90.9%", "第2位", "2025年")
    words = text(ZH, f"罚没款{others[0]}，占比{others[1]}，居全省{others[2]}，评估为{wide}，截至{others[3]}九月底。")
    for width in range(70, 110):
        lines = laid_out(words, width).lines
        assert not any(wide in line for line in lines)
        assert all(any(other in line for line in lines) for other in others), lines


def test_space_of_an_em_vanishes_at_the_end_of_a_line() -> None:
    for lines in lines_of(text(ZH, "全州有效发明\u3000专利拥有量和每万人口\u3000高价值发明专利\u3000拥有量均居前列")):
        assert not [line for line in lines if line[0] == "\u3000"]
    box = laid_out(text(ZH, "国" * 8 + "\u3000" + "国" * 9), 10 * 10.5)
    assert box.lines == ["国" * 8 + "\u3000", "国" * 9]


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u2060", "\ufeff"])
def test_signs_for_other_programs_leave_no_hole(sign: str) -> None:
    bare, pasted = (laid_out(text(ZH, words), 300) for words in ("国家知识", f"国家{sign}知识"))
    assert pasted.lines == bare.lines
    assert [line.natural for _, line in pasted.set_lines] == [line.natural for _, line in bare.set_lines]


COUNTED = [unit for unit in UNITS.values() if unit.kind is not UnitKind.RANK and "每" not in unit.label[ZH]]


@pytest.mark.parametrize("unit", COUNTED, ids=lambda unit: str(unit.key))
def test_numbers_stay_with_every_unit_of_the_catalogue(unit: Unit) -> None:
    characters = f"12{unit.label[ZH]}"
    assert list(number_groups(f"共{characters}，", ZH)) == [(1, 1 + len(characters))]


def test_gaps_beside_latin_keep_between_an_eighth_and_half_an_em() -> None:
    words = (
        "全州有效发明专利拥有量为PCT36.97万元，每万人口internationalisation高价值发明专利commercialisation居全省第2位"
    )
    found_gaps: list[float] = []
    for width in range(90, 400):
        for found, line in laid_out(text(ZH, words), width).set_lines:
            part = found[line.start : line.end]
            gaps = [gap / 10.5 for gap in gaps_of(found, line, justified=True)]
            kinds = [{part[n - 1].kind, part[n].kind} for n in range(1, len(part))]
            han = [gap for gap, pair in zip(gaps[1:], kinds, strict=True) if pair == {Kind.HAN}]
            beside = [gap for gap, pair in zip(gaps[1:], kinds, strict=True) if pair == {Kind.HAN, Kind.LATIN}]
            if han and max(han) < 0.45 - 1e-6:
                found_gaps += beside
    assert 0.125 - 1e-6 < min(found_gaps) < 0.13
    assert max(found_gaps) == pytest.approx(0.5)


def test_letters_of_a_word_that_no_line_holds_keep_their_marks() -> None:
    for width in range(40, 120):
        lines = laid_out(text(EN, "(W), $5,000,000,000.00, " * 2 + "W" * 40 + ".)"), width).lines
        assert not any(line[0] in ",.)" for line in lines[1:]), (width, lines)
        assert not any(line[-1] in "($" for line in lines[:-1]), (width, lines)


def test_space_of_an_em_is_an_em_in_a_full_line() -> None:
    found, _ = laid_out(text(ZH, "国\u3000国"), 400).set_lines[0]
    assert [atom.shrink for atom in found] == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("January–September", ["January–", "September"]),
        ("2021–2035", ["2021–2035"]),
        ("high-value", ["high-", "value"]),
        ("A–Z", ["A–Z"]),
    ],
)
def test_compounds_and_ranges_of_words_break_after_their_dash(word: str, parts: list[str]) -> None:
    assert word_parts(word) == parts
