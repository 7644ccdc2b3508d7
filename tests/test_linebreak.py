from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipreport.cache import Cache
from ipreport.document import Span, Text, text
from ipreport.fonts import find_faces
from ipreport.language import EN, ZH, Language
from ipreport.style import MODERN, FontRole, Justify, StyleName
from ipreport.writers.pdf.atoms import Atom, Barrier, Shaper
from ipreport.writers.pdf.characters import Kind, autospaced, number_groups
from ipreport.writers.pdf.hyphenation import SOFT_HYPHEN, syllables
from ipreport.writers.pdf.linebreak import Line, break_lines, gaps_of, hyphenated, overflow_of
from ipreport.writers.pdf.paragraph import TextBox
from ipreport.writers.pdf.pieces import Setting
from ipreport.writers.pdf.setter import Setter

MAY_NOT_START = "，。、；：？！）》」』】〕”’—…·～％%"
MAY_NOT_END = "（《「『【〔“‘"

PIECES_ZH = (
    "全州有效发明专利",
    "其中高价值",
    "36.97万元",
    "90.9%",
    "第2位",
    "2025年9月底",
    "2021—2035年",
    "PCT",
    "e-commerce",
    "（Patent Cooperation Treaty）",
    "《知识产权强国建设纲要》",
    "“严保护”",
    "“快保护”“同保护”",
    "——",
    "……",
    "，",
    "。",
    "；",
    "：",
    "、",
    "！",
    "罚没款",
    "R&D",
    "1.2个百分点",
)
PIECES_EN = (
    "The prefecture ",
    "holds 356 patents ",
    "369,700 yuan ",
    "2.5 million yuan, ",
    "90.9%; ",
    "“quality” isn’t ",
    "internationalisation ",
    "high-value ",
    "(see Figure 1) ",
    "— ",
    "of them. ",
)
MARKS = frozenset("—…，。；：、！")
UNBROKEN_ZH = ("36.97万元", "90.9%", "第2位", "2021—2035年", "1.2个百分点", "——", "……", "2025年", "9月")


@cache
def setter() -> Setter:
    return Setter(MODERN, Shaper(find_faces(cache=Cache(None))))


def laid_out(words: Text, width: float, justify: Justify = Justify.BOTH) -> TextBox:
    style = replace(MODERN.text(StyleName.BODY, words.language), justify=justify)
    box = setter().styled(words, style)
    box.layout(width)
    return box


def words(pieces: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), min_size=1, max_size=40).map(parted)


def parted(pieces: list[str]) -> str:
    """The pieces in a row, kept apart where they would run together.

    Latin ones and numbers would make a new word, and where no line holds a string of marks, a rule gives way.
    """
    joined = pieces[0]
    for piece in pieces[1:]:
        pair = joined[-1] + piece[0]
        run_together = (pair.isascii() and joined[-1] != " ") or set(pair) <= MARKS
        joined += ("与" if run_together else "") + piece
    return joined


@settings(deadline=None, max_examples=150)
@given(characters=words(PIECES_ZH), width=st.integers(120, 480), justify=st.sampled_from([Justify.BOTH, Justify.LEFT]))
def test_chinese_lines_keep_the_rules(characters: str, width: int, justify: Justify) -> None:
    box = laid_out(text(ZH, characters), width, justify)
    lines = box.lines
    assert "".join("".join(lines).split()) == "".join(characters.split())
    assert not any(line[0] in MAY_NOT_START for line in lines[1:])
    assert not any(line[-1] in MAY_NOT_END for line in lines[:-1])
    assert_unbroken(characters, lines, UNBROKEN_ZH)
    assert_flush(box, justify)


ANY = "国际知识产权一二，。；：、！？——……·《》（）“”‘’「」％～aAiWgf0123456789.,;:!?-–()[]/&%$€①②[1] \u3000é𬭊"


@settings(deadline=None, max_examples=300)
@given(
    characters=st.text(ANY, min_size=1, max_size=120).filter(str.strip),
    language=st.sampled_from([ZH, EN]),
    width=st.integers(48, 480),
    justify=st.sampled_from([Justify.BOTH, Justify.LEFT]),
)
def test_any_mix_of_characters_is_set_within_the_measure(
    characters: str, language: Language, width: int, justify: Justify
) -> None:
    box = laid_out(text(language, characters), width, justify)
    shown = "".join(box.lines).replace(SOFT_HYPHEN, "")
    assert "".join(shown.split()) == "".join(characters.split())
    justified = justify is Justify.BOTH
    for atoms, line in box.set_lines:
        assert not overflow_of(atoms, line, justified=justified)
        if line.end < len(atoms) and atoms[line.end].barrier >= Barrier.GROUP:
            indent = MODERN.text(StyleName.BODY, language).indent * atoms[0].setting.size
            assert overflow_of(atoms, held(atoms, line.end, width, indent), justified=justified)


def held(atoms: Sequence[Atom], place: int, width: float, indent: float) -> Line:
    """What belongs together as closely as the atom at `place` with the one before, on a line of its own."""
    looser = [n for n, atom in enumerate(atoms) if n == 0 or atom.barrier < atoms[place].barrier]
    start, end = max(n for n in looser if n < place), min([n for n in looser if n > place], default=len(atoms))
    part = atoms[start:end]
    lead = part[0].left if start or not indent else 0.0
    hyphen = atoms[end].hyphen if end < len(atoms) else 0.0
    filled = sum(atom.width for atom in part) + sum(atom.gap for atom in part[1:]) - lead - part[-1].right + hyphen
    return Line(start, end, width - (0.0 if start else indent), filled, lead, end == len(atoms))


@settings(deadline=None, max_examples=100)
@given(characters=words(PIECES_EN), width=st.integers(120, 480))
def test_english_lines_keep_words_and_quantities(characters: str, width: int) -> None:
    box = laid_out(text(EN, characters), width)
    joined = " ".join(box.lines).replace(f"{SOFT_HYPHEN} ", "").replace("- ", "-")
    assert joined.split() == characters.split()
    for line in box.lines[1:]:
        assert line[0] not in ",.;:!?)—%"
    assert_unbroken(characters, box.lines, ("369,700 yuan", "2.5 million yuan", "Figure 1"))
    assert_flush(box, Justify.BOTH)


def assert_unbroken(characters: str, lines: list[str], units: tuple[str, ...]) -> None:
    for unit in units:
        assert sum(line.count(unit) for line in lines) == characters.count(unit), unit


def assert_flush(box: TextBox, justify: Justify) -> None:
    """No line is longer than the measure, and every line but the last fills it if it can without holes."""
    for found, line in box._lines:
        gaps = gaps_of(found, line, justified=justify is Justify.BOTH)
        part = found[line.start : line.end]
        hyphen = found[line.end].hyphen if hyphenated(found, line) else 0.0
        extent = sum(gaps) + sum(atom.width for atom in part) - part[-1].right + hyphen
        assert extent <= line.width + 0.1
        most = sum(atom.stretch + 0.4 * part[0].setting.size for atom in part[1:] if atom.stretch)
        if justify is Justify.BOTH and not line.last and line.width - line.natural <= most:
            assert extent == pytest.approx(line.width, abs=0.1)


@pytest.mark.parametrize("width", range(60, 400, 17))
def test_shown_value_parts_only_where_a_line_would_stand_loose(width: int) -> None:
    value = Span("超过19亿6,970万元人民币", ZH, (), "brand_value")
    words = Text(ZH, (Span("品牌价值评估为", ZH), value, Span("，居全国前列。", ZH)))
    box, ragged = laid_out(words, width), laid_out(words, width, Justify.LEFT)
    if width > 150:
        assert any("19亿6,970万元" in line for line in box.lines)
        assert any(value.text in line for line in ragged.lines)
    if width > 220:
        assert any(value.text in line for line in box.lines)
    assert "".join(box.lines) == "品牌价值评估为超过19亿6,970万元人民币，居全国前列。"


def test_word_wider_than_the_line_is_hyphenated_and_else_taken_apart() -> None:
    box = laid_out(text(EN, "an internationalisation of WWWWWWWWWW"), 40)
    assert box.lines == ["an", "interna\xad", "tional\xad", "isation", "of WW", "WWW", "WWW", "WW"]
    assert all(line.natural <= 41 for _, line in box._lines)


@pytest.mark.parametrize("width", range(120, 480, 7))
def test_no_single_character_on_the_last_line(width: int) -> None:
    characters = "截至报告期末全州有效发明专利拥有量和每万人口高价值发明专利拥有量均居全省前列。"
    last = laid_out(text(ZH, characters), width).lines[-1]
    assert len(last.rstrip("。")) >= 2


def test_addresses_break_after_a_slash_and_before_other_separators() -> None:
    box = laid_out(text(EN, "https://www.example.org/reports/annual-2025?year=2025&region=haixi."), 90)
    assert box.lines == ["https://www", ".example.org/", "reports/annual", "-2025?year=2025", "&region=haixi."]


def test_words_are_hyphenated_only_where_a_line_would_stand_loose() -> None:
    words = text(EN, "The administrative authorities reported commercialisation of geographical indications.")
    wide, narrow, ragged = laid_out(words, 300), laid_out(words, 130), laid_out(words, 130, Justify.LEFT)
    assert not [line for line in (*wide.lines, *ragged.lines) if SOFT_HYPHEN in line]
    assert [line for line in narrow.lines if line.endswith(SOFT_HYPHEN)]


def test_english_words_in_chinese_are_hyphenated_only_where_no_line_holds_them() -> None:
    name = Span("commercialisation internationalisation", EN)
    words = Text(ZH, (Span("称为", ZH), name, Span("的工作。", ZH)))
    assert not [line for line in laid_out(words, 130).lines if SOFT_HYPHEN in line]
    assert [line for line in laid_out(words, 60).lines if line.endswith(SOFT_HYPHEN)]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("geographical", ["geo", "graph", "i", "cal"]),
        ("(“institution”),", ["(“insti", "tu", "tion”),"]),
        ("Geographical", ["Geographical"]),
        ("cross-regional", ["cross-regional"]),
        ("area", ["area"]),
        ("2025Q3", ["2025Q3"]),
    ],
)
def test_syllables_of_words_in_small_letters(word: str, parts: list[str]) -> None:
    assert syllables(word, EN) == parts


def gap_between(characters: str, language: Language = ZH) -> float:
    """The gap in em before the second of two atoms."""
    box = laid_out(text(language, characters), 400)
    found, _ = box._lines[0]
    return found[1].gap / found[1].setting.size


@pytest.mark.parametrize(
    ("characters", "gap"),
    [("国P", 0.25), ("P国", 0.25), ("国，", 0.0), ("P，", 0.0), ("）P", 0.0), ("国国", 0.0), ("国%", 0.25)],
)
def test_gap_between_han_and_latin(characters: str, gap: float) -> None:
    assert gap_between(characters) == pytest.approx(gap)


@pytest.mark.parametrize("characters", ["》（", "，“", "。”", "》）", "（《", "”“"])
def test_neighbouring_marks_lose_half_an_em(characters: str) -> None:
    assert gap_between(characters) == pytest.approx(-0.5)


def test_marks_at_line_edges_take_half_an_em() -> None:
    em = MODERN.text(StyleName.BODY, ZH).size
    box = laid_out(text(ZH, "国" * 20 + "，" + "国" * 40), 22.5 * em)  # two em of indent, twenty Han, half a comma
    found, line = box._lines[0]
    assert found[line.end - 1].kind is Kind.CLOSING
    assert line.natural == pytest.approx(20.5 * em)
    assert line.width == pytest.approx(20.5 * em)


def test_nothing_breaks_to_nothing() -> None:
    assert break_lines([], 100, justified=True) == []


def test_gaps_shrink_before_they_stretch() -> None:
    setting = Setting(FontRole.SERIF, 10.0, "#000000", ZH)
    atoms = [Atom("国", setting, Kind.HAN, 10.0, stretch=1.0, shrink=2.0) for _ in range(4)]
    line = Line(0, 4, 37.0, 40.0, 0.0, last=True)
    assert gaps_of(atoms, line, justified=True) == [0.0, -1.0, -1.0, -1.0]


@pytest.mark.parametrize(
    ("characters", "language", "groups"),
    [
        ("罚没款36.97万元", ZH, ["36.97万元"]),
        ("占90.9%，居第2位", ZH, ["90.9%", "第2位"]),
        ("2021—2035年间", ZH, ["2021—2035年"]),
        ("提高1.2个百分点", ZH, ["1.2个百分点"]),
        ("截至2025年9月底", ZH, ["2025年", "9月"]),
        ("超过19亿6,970万元", ZH, ["19亿6,970万元"]),
        ("2025年第三季度、第十四届", ZH, ["2025年", "第三季度", "第十四届"]),
        ("3,000余件、20多项、1万多件、2亿余、30余（家）", ZH, ["3,000余件", "20多项", "1万多件", "2亿余", "30余"]),
        ("36.97 万元，第 2 位，90.9 %", ZH, ["36.97 万元", "第 2 位", "90.9 %"]),
        (
            "5万亩、12场、3份、2人次、100㎡、3个工作日、第5版",
            ZH,
            ["5万亩", "12场", "3份", "2人次", "100㎡", "3个工作日", "第5版"],
        ),
        ("二〇二五年九月，〔2025〕12号，3：2", ZH, ["二〇二五年", "〔2025〕12号", "3：2"]),
        ("came to 369,700 yuan in all", EN, ["369,700 yuan"]),
        ("nearly 2 million yuan④ received", EN, ["2 million yuan"]),
        ("see Figure 1 and Table 12.", EN, ["Figure 1", "Table 12."]),
        ("RMB 36.97 million, 5 km, January 1, 5 matters", EN, ["RMB 36.97 million", "5 km", "January 1,", "5"]),
        ("Section 2 and p. 5", EN, ["Section 2", "p. 5"]),
        ("up 12.5% to 15 October 2025", EN, ["12.5%", "15 October", "2025"]),
    ],
)
def test_numbers_with_what_belongs_to_them(characters: str, language: Language, groups: list[str]) -> None:
    assert [characters[start:end] for start, end in number_groups(characters, language)] == groups


@pytest.mark.parametrize(
    ("first", "second", "spaced"),
    [
        ("户", "/", False),
        ("/", "件", False),
        ("第", "2", True),
        ("5.2", "户", True),
        ("件", "(", True),
        ("(", "件", False),
    ],
)
def test_han_and_latin_are_parted_but_marks_stand_close(first: str, second: str, spaced: bool) -> None:
    kinds = [Kind.HAN if ord(each[0]) > 0x2E80 else Kind.LATIN for each in (first, second)]

    assert autospaced(first, kinds[0], second, kinds[1]) is spaced
