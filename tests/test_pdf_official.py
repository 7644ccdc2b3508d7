"""The PDF in the theme `official`: page, lines and marks by the numbers of GB/T 9704-2012."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from pathlib import Path

import page
import pikepdf
import pytest

from ipreport.cache import Cache
from ipreport.fonts import find_faces
from ipreport.style import OFFICIAL
from ipreport.writers.pdf import write
from official_samples import HAN, faces, plain, plain_pages
from page_lines import PageLine, page_lines, words_of
from pdf_facts import face_names
from shipped import EDITIONS, Shipped
from showcase import showcase

MILLIMETRE = 72 / 25.4


def running(lines: list[PageLine]) -> list[PageLine]:
    """The lines of running text, without head and page number."""
    return [line for line in lines if set(line.text) <= set(HAN)]


def test_a_page_has_22_lines_of_28_characters() -> None:
    lines = running(page_lines(plain())[1])
    assert [len(line.text) for line in lines] == [28] * 22


def test_lines_fill_the_type_area() -> None:
    lines = running(page_lines(plain())[1])
    left, right = 28 * MILLIMETRE, (210 - 26) * MILLIMETRE
    for line in lines:
        # The ink of a character leaves some of its em free.
        assert left - 0.1 <= line.left <= left + 3
        assert right - 3 <= line.right <= right + 0.1
    assert lines[0].top <= (297 - 37) * MILLIMETRE
    assert lines[-1].bottom >= 35 * MILLIMETRE
    pitches = [one.bottom - other.bottom for one, other in pairwise(lines)]
    assert sum(pitches) / len(pitches) == pytest.approx(28.95, abs=0.1)


def test_the_first_line_is_set_in_by_two_characters() -> None:
    first = running(page_lines(plain())[0])[0]
    assert len(first.text) == 26
    assert first.left == pytest.approx(28 * MILLIMETRE + 32, abs=3)


def test_page_numbers_stand_7_millimetres_below_the_type_area() -> None:
    for number, lines in enumerate(page_lines(plain()), 1):
        (foot,) = [line for line in lines if line.bottom < 35 * MILLIMETRE and re.search(r"\d", line.text)]
        assert foot.text == f"—{number}—"
        middle = (foot.top + foot.bottom) / 2
        assert middle == pytest.approx((35 - 7) * MILLIMETRE, abs=2.5)  # the dashes stand in the middle of the digits
        odd = number % 2 == 1
        edge = (210 - 26) * MILLIMETRE - 14 if odd else 28 * MILLIMETRE + 14  # one character in
        assert (foot.right if odd else foot.left) == pytest.approx(edge, abs=2.5)


def test_a_red_rule_crosses_the_type_area_below_the_red_name() -> None:
    with pikepdf.open(io.BytesIO(plain())) as pdf:
        content = pdf.pages[0].Contents.read_bytes().decode("latin-1")
    (rule,) = re.findall(r"1 0 0 rg ([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re", content)
    left, bottom, width, thickness = map(float, rule)
    assert (left, width) == (pytest.approx(28 * MILLIMETRE, abs=0.1), pytest.approx(156 * MILLIMETRE, abs=0.1))
    assert thickness == 2
    name = next(line for line in page_lines(plain())[0] if line.text == "知识产权工作简报")
    assert name.bottom > bottom
    # About the top third of the page: the name above it, the rule not far below.
    assert name.bottom > 297 * MILLIMETRE * 2 / 3
    assert bottom > 297 * MILLIMETRE * 0.6


def test_every_role_is_set_in_its_face() -> None:
    names = face_names(write(showcase(), OFFICIAL, faces(), Cache(None)))
    assert {face.name for role, face in faces().roles.items() if role in OFFICIAL.roles} >= names - {"DejaVuSans"}
    assert faces().face(OFFICIAL.roles[3]).name in names


def test_same_input_same_bytes() -> None:
    assert write(plain_pages(), OFFICIAL, find_faces(None, Cache(None), OFFICIAL.roles), Cache(None)) == plain()


EDITION = pytest.mark.parametrize("edition", EDITIONS)


@EDITION
@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A], ids=str)
def test_every_edition_of_haixi_is_valid(
    shipped: dict[str, Shipped], tmp_path: Path, edition: str, profile: page.ValidationProfile
) -> None:
    path = tmp_path / "official.pdf"
    path.write_bytes(shipped[f"haixi.{edition}.official"].portable)
    report = page.validate_pdf(str(path), profile=profile)
    assert [failure.message for failure in report.failures] == []


@EDITION
def test_headings_are_numbered_in_the_way_of_the_leading_language(shipped: dict[str, Shipped], edition: str) -> None:
    first = "1.Creationofintellectualproperty" if edition == "en" else "一、知识产权创造"
    assert first in words_of(shipped[f"haixi.{edition}.official"].portable)
