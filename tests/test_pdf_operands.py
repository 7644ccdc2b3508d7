"""What shows a line of text in a PDF: codes of glyphs, shifts between them, and the look they share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from math import fsum

import pytest
from reportlab.pdfbase.pdfdoc import PDFDocument

from ipreport.fonts import find_faces
from ipreport.language import EN, ZH, Language
from ipreport.style import FontRole
from ipreport.writers.pdf.atoms import Atom, Shaper, atoms
from ipreport.writers.pdf.embed import STEPS, EmbeddedFaces
from ipreport.writers.pdf.operands import Stretch, Typesetter, number, rgb
from ipreport.writers.pdf.pieces import Run, Setting

SIZE = 10.0
SERIF = Setting(FontRole.SERIF, SIZE, "#000000", ZH)


@cache
def shaper() -> Shaper:
    return Shaper(find_faces())


def typesetter() -> Typesetter:
    return Typesetter(EmbeddedFaces(PDFDocument()), shaper())


def line(characters: str, language: Language = ZH, setting: Setting = SERIF) -> list[Atom]:
    return atoms([Run(characters, replace(setting, language=language))], shaper())


def shown(line: Sequence[Atom], gaps: Sequence[float]) -> list[str]:
    """The operands of a line."""
    return ["".join(stretch.parts) for stretch in typesetter().stretches(line, gaps)]


def test_characters_get_codes_in_order_of_first_use_and_keep_them() -> None:
    assert shown(line("甲乙甲"), [0.0] * 3) == ["000100020001"]


def test_a_gap_is_a_shift_in_thousandths_of_an_em_to_the_left() -> None:
    assert shown(line("甲乙"), [0.0, 0.5]) == ["0001>-50<0002"]
    assert shown(line("甲乙"), [0.0, -0.5]) == ["0001>50<0002"]
    assert shown(line("甲乙"), [0.0, 0.004]) == ["00010002"]


def test_letters_of_a_word_are_kerned() -> None:
    kern = shaper().face("A", SERIF).kern("A", "V")
    assert kern < 0
    assert shown(line("AV", EN), [0.0]) == [f"0001>{round(-1000 * kern)}<0002"]


def test_a_gap_that_looks_like_a_space_widens_a_glyph() -> None:
    step = SIZE / STEPS
    # Before a Latin word its own first letter takes the gap, in front of others the character before.
    assert shown(line("甲ab"), [0.0, 2 * step + 0.1]) == ["0001>-10<00040003"]
    assert shown(line("a甲"), [0.0, 2 * step]) == ["00030002"]
    assert shown(line("甲a乙"), [0.0, 2 * step, 3 * step]) == ["000100050004"]


def test_the_widened_glyph_is_as_much_wider_as_the_gap() -> None:
    setter = typesetter()
    (stretch,) = setter.stretches(line("a甲"), [0.0, 2 * SIZE / STEPS])
    units = stretch.face.face.units_per_em
    advances = [glyph.advance for glyph in stretch.face._glyphs]
    assert advances[3] == advances[1] + round(2 * units / STEPS)


def test_a_letter_between_two_gaps_is_widened_on_both_sides() -> None:
    setter = typesetter()
    (stretch,) = setter.stretches(line("甲a乙"), [0.0, 2 * SIZE / STEPS, 3 * SIZE / STEPS])
    shown = "".join(stretch.parts)
    units, glyphs = stretch.face.face.units_per_em, stretch.face._glyphs
    widened, plain = glyphs[int(shown[4:8], 16)], stretch.face.face.glyph("a", ZH)
    assert widened.advance == plain.advance + round(2 * units / STEPS) + round(3 * units / STEPS)
    assert widened.parts[0][1] == round(2 * units / STEPS)


def test_a_written_space_is_a_glyph_and_what_it_lacks_of_the_gap_a_shift() -> None:
    space = shaper().width(" ", SERIF)
    assert shown(line("a b", EN), [0.0, space]) == ["000100030002"]
    assert shown(line("a b", EN), [0.0, space + 0.3]) == ["00010003>-30<0002"]
    assert shown(line("a b", EN), [0.0, space + SIZE / STEPS]) == ["000100040002"]


def stretches(*parts: tuple[str, Setting]) -> list[Stretch]:
    found = [atom for text, setting in parts for atom in atoms([Run(text, setting)], shaper())]
    return typesetter().stretches(found, [0.0] * len(found))


def test_what_looks_alike_and_leads_to_one_place_is_shown_at_once() -> None:
    same = replace(SERIF, language=EN)
    assert len(stretches(("甲", SERIF), ("乙", SERIF), ("a", same))) == 1
    others = (
        replace(SERIF, size=9.0), replace(SERIF, colour="#ff0000"), replace(SERIF, rise=3.0),
        replace(SERIF, tracking=1.0), replace(SERIF, target="t"), replace(SERIF, address="a"),
    )  # fmt: skip
    for other in others:
        assert len(stretches(("甲", SERIF), ("乙", other))) == 2


def test_a_character_that_the_face_lacks_is_shown_in_another() -> None:
    first, second, third = stretches(("甲✗乙", SERIF))
    assert first.face is third.face is not second.face
    word = stretches(("a✗b", SERIF))
    assert [stretch.face.face.has("✗") for stretch in word] == [False, True, False]


def test_the_operators_name_font_size_and_colour_and_set_back_what_is_set() -> None:
    raised = replace(SERIF, rise=3.5, tracking=0.25, colour="#336699")
    (stretch,) = stretches(("甲", raised))
    assert stretch.shown == "/F1 10 Tf 0.2 0.4 0.6 rg 3.5 Ts 0.25 Tc [<0001>] TJ 0 Ts 0 Tc"
    (plain,) = stretches(("甲", SERIF))
    assert plain.shown == "/F1 10 Tf 0 0 0 rg [<0001>] TJ"


def test_no_operand_holds_an_empty_string() -> None:
    (stretch,) = typesetter().stretches(line("甲"), [0.5])
    assert re.search(r"\[.*\]", stretch.shown)[0] == "[-50<0001>]"  # type: ignore[index]


def test_numbers_have_three_decimals_at_most() -> None:
    assert [number(value) for value in (1.0, 0.1234, -0.0004, 10.5, 100)] == ["1", "0.123", "0", "10.5", "100"]
    assert rgb("#ff0080") == "1 0 0.502"


@pytest.mark.parametrize("gap", [0.0044, 0.0144, -0.0056, 0.628, 1.879, 2.5])
def test_many_gaps_that_are_no_whole_thousandths_add_up(gap: float) -> None:
    count = 60
    (stretch,) = typesetter().stretches(line("甲" * count), [0.0, *[gap] * (count - 1)])
    codes = re.split(r">(-?\d+)<", "".join(stretch.parts))
    glyphs, units = stretch.face._glyphs, stretch.face.face.units_per_em
    advances = [
        glyphs[int(part[start : start + 4], 16)].advance for part in codes[::2] for start in range(0, len(part), 4)
    ]
    reached = fsum(advances) / units - fsum(map(int, codes[1::2])) / 1000
    assert reached * SIZE == pytest.approx(count * SIZE + (count - 1) * gap, abs=0.06)
