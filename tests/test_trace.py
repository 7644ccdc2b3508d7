"""From the numbers of finished files back to their records."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest

import ipreport
from docx_helpers import part, soffice, with_part
from helpers import HAIXI, Copy
from ipreport.document import NotData
from ipreport.problems import ReportError
from ipreport.readers import read_metrics
from ipreport.tracing import Found, Kind, Traced, trace
from libreoffice import converted

FILES = [f"{edition}.{ending}" for edition in ("bilingual", "zh", "en") for ending in ("docx", "pdf")]


def texts(numbers: tuple[Found, ...], kind: Kind) -> list[str]:
    return [number.text for number in numbers if number.kind is kind]


# --- every number ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_every_number_of_the_shipped_briefing_resolves(haixi: dict[str, Path], name: str) -> None:
    traced = trace(haixi[name])

    assert traced.sound
    assert (traced.gone, traced.notes) == ((), ())
    assert (traced.briefing, traced.edition) == ("haixi", name.partition(".")[0])
    for number in traced.numbers:
        if number.kind is Kind.VALUE:
            value = traced.values[number.key or ""]
            assert number.text in value.wordings
            assert value.source
            assert value.origin.startswith("metrics.yaml:") or (value.formula and value.rests_on)
        else:
            assert number.not_data is not None


@pytest.mark.parametrize("name", FILES)
def test_every_digit_of_the_pages_is_in_a_listed_number(haixi: dict[str, Path], name: str) -> None:
    listed = Counter(digit for number in trace(haixi[name]).numbers for digit in number.text if digit.isdigit())

    printed = Counter(digit for digit in visible(haixi[name]) if digit.isdigit())
    if name.endswith("pdf"):
        repeated = listed - printed
        assert not repeated
    assert not set(printed) - set(listed)
    # The head of pages is repeated: its issue number is listed once.
    assert set(printed - listed) <= {"1"}


def visible(path: Path) -> str:
    """The text of a file: of all pages, or of the body and the notes of a Word file without field codes."""
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(path)
        text = "".join(page.get_textpage().get_text_range() for page in document)
        document.close()
        return text
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(path) as archive:
        stories = [name for name in ("word/document.xml", "word/footnotes.xml") if name in archive.namelist()]
    return "".join(each.text or "" for name in stories for each in part(path.read_bytes(), name).iter(w + "t"))


@pytest.mark.parametrize("edition", ["bilingual", "zh", "en"])
def test_both_formats_show_the_same_numbers(haixi: dict[str, Path], edition: str) -> None:
    assert counted(trace(haixi[f"{edition}.docx"])) == counted(trace(haixi[f"{edition}.pdf"]))


def counted(traced: Traced) -> Counter[tuple[str, str | None]]:
    """The numbers of a file but those of its pages, which programs count themselves."""
    return Counter((number.text, number.key) for number in traced.numbers if number.not_data is not NotData.PAGE)


def test_values_lead_to_the_line_of_the_data_file(haixi: dict[str, Path]) -> None:
    lines = (HAIXI / "metrics.yaml").read_text(encoding="utf-8").splitlines()
    metrics = read_metrics(HAIXI / "metrics.yaml")

    for value in trace(haixi["bilingual.docx"]).values.values():
        if value.origin:
            assert lines[int(value.origin.split(":")[1]) - 1].strip().startswith("value:")
            assert lines[int(value.origin.split(":")[1]) - 1].split('"')[1] == value.value
            assert value.amount == format(metrics[value.key].value or 0, "f")
            assert value.source == metrics[value.key].source


def test_what_is_not_data_is_known_as_such(haixi: dict[str, Path]) -> None:
    found = {(n.text, n.not_data) for n in trace(haixi["bilingual.pdf"]).numbers if n.not_data is not None}
    with closing(pypdfium2.PdfDocument(haixi["bilingual.pdf"])) as document:
        pages = len(document)

    assert {
        ("第1期", NotData.ISSUE),
        ("2026年11月22日", NotData.DATE),
        ("August 2022", NotData.DATE),
        ("图4", NotData.LABEL),
        ("Table 2", NotData.LABEL),
        ("[3]", NotData.LABEL),
        ("②", NotData.LABEL),
        (f"3 / {pages}", NotData.PAGE),
        ("0.1", NotData.SCALE),
        ("Per 10,000", NotData.NAME),
        ("GB/T 8170—2008", NotData.STANDARD),
        ("https://reportify.ai/news/1206326654729850880", NotData.ADDRESS),
        ("R05", NotData.CHECK),
    } <= found


def test_a_record_is_the_same_wherever_the_briefing_stands(haixi: dict[str, Path], tmp_path: Path) -> None:

    shutil.copytree(HAIXI, tmp_path / "elsewhere" / "haixi")
    folders = {"output": tmp_path / "output", "figures": tmp_path / "figures"}
    built = ipreport.build(tmp_path / "elsewhere" / "haixi", editions=["en"], **folders)  # type: ignore[arg-type]

    for path in built.documents:
        assert path.read_bytes() == haixi[path.name.partition(".")[2]].read_bytes()


# --- one number ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "number", "keys"),
    [
        ("en.docx", "369,700", {"penalty_amount"}),
        ("en.pdf", "369700", {"penalty_amount"}),
        ("zh.pdf", "36.97", {"penalty_amount"}),
        ("zh.docx", "36.97万元", {"penalty_amount"}),
        ("zh.docx", "３６．９７ 万元", {"penalty_amount"}),
        ("zh.docx", "369,700", {"penalty_amount"}),  # printed in 万, recorded in yuan
        ("bilingual.docx", "28.4%", {"patent_invention_hv/share_of/patent_invention_in_force"}),
        ("zh.docx", "356", {"patent_invention_in_force"}),
        ("en.pdf", "over 19.6 billion yuan", {"gi_brand_value"}),
    ],
)
def test_a_number_is_found_in_every_form(haixi: dict[str, Path], name: str, number: str, keys: set[str]) -> None:
    traced = trace(haixi[name], number)

    values = [found for found in traced.numbers if found.kind is Kind.VALUE]
    assert {found.key for found in values} == keys
    assert keys <= traced.values.keys()
    assert all(found.where for found in values)


def test_a_value_is_found_at_every_place(haixi: dict[str, Path]) -> None:
    explained = ipreport.explain(HAIXI, "gi_users_2022")
    traced = trace(haixi["zh.pdf"], "14")

    there = [place.where for place in explained.places if place.edition == "zh" and place.text in {"14家", "14"}]
    found = [number.where for number in traced.numbers if number.key == "gi_users_2022"]
    assert set(found) <= set(there)
    assert found[0] == "公共服务与品牌建设 › paragraph 2"
    assert all(number.page is not None for number in traced.numbers)


def test_a_derived_value_brings_the_records_it_rests_on(haixi: dict[str, Path]) -> None:
    traced = trace(haixi["en.pdf"], "28.4%")

    derived, *bases = sorted(traced.values.values(), key=lambda value: value.origin)
    assert (derived.formula, derived.rests_on) == ("101 ÷ 356", ("patent_invention_hv", "patent_invention_in_force"))
    assert {base.key for base in bases} == set(derived.rests_on)


def test_doubts_are_told(haixi: dict[str, Path]) -> None:
    traced = trace(haixi["en.pdf"], "90.9%")

    assert traced.values["mediation_success_rate"].remarks[-1].startswith("③ R03")


def test_digits_of_another_number_are_no_match(haixi: dict[str, Path]) -> None:
    with pytest.raises(ReportError, match=r"'36\.9' does not stand in the file"):
        trace(haixi["zh.pdf"], "36.9")


# --- after LibreOffice -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def resaved(haixi: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The Word files, opened and saved by LibreOffice."""
    if soffice() is None:  # an office program, which a newcomer need not have; the gate installs it
        pytest.skip("LibreOffice (soffice) is not on the path")
    folder = tmp_path_factory.mktemp("resaved")
    files = {path.stem: path.read_bytes() for name, path in haixi.items() if name.endswith(".docx")}
    converted(files, "docx", folder)
    return {path.name.partition(".")[2]: path for path in (folder / "docx").glob("*.docx")}


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["bilingual", "zh", "en"])
def test_every_number_resolves_after_a_save_in_libreoffice(
    haixi: dict[str, Path], resaved: Mapping[str, Path], edition: str
) -> None:
    before, after = trace(haixi[f"{edition}.docx"]), trace(resaved[f"{edition}.docx"])

    assert after.sound
    assert (after.gone, after.notes) == ((), ())
    assert after.values == before.values
    assert counted(after) == counted(before)


@pytest.mark.slow
def test_every_mark_survives_a_save_in_libreoffice(haixi: dict[str, Path], resaved: Mapping[str, Path]) -> None:
    def marks(path: Path) -> list[str]:
        w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
        names = (str(e.get(w + "name")) for e in part(path.read_bytes()).iter(w + "bookmarkStart"))
        return [name for name in names if name.startswith("_value_")]

    for name, path in resaved.items():
        assert sorted(marks(path)) == sorted(marks(haixi[name]))
        assert len(marks(path)) > 60


@pytest.mark.slow
def test_a_change_made_after_a_save_in_libreoffice_is_told(resaved: Mapping[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "edited.docx"
    path.write_bytes(with_part(resaved["zh.docx"].read_bytes(), "word/document.xml", ">36.97<", ">36.79<"))

    (changed,) = changes(trace(path))
    assert (changed.key, changed.recorded, changed.text) == ("penalty_amount", "36.97万元", "36.79万元")


def changes(traced: Traced) -> list[Found]:
    return [number for number in traced.numbers if number.kind in {Kind.CHANGED, Kind.UNKNOWN}]


def test_hidden_marks_and_the_record_are_all_that_a_word_file_gains(haixi: dict[str, Path]) -> None:
    names = re.findall(r'w:name="(_value_[^"]*)"', package_text(haixi["bilingual.docx"]))

    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"_value_\d+_\d+", name) and len(name) <= 40 for name in names)


def package_text(path: Path) -> str:

    with zipfile.ZipFile(path) as archive:
        return archive.read("word/document.xml").decode("utf-8")


# --- a later issue ---------------------------------------------------------------------------


def test_a_revised_figure_leads_to_both_issues(second: Copy) -> None:
    for path in second.build(editions=["bilingual"]).documents:
        traced = trace(path)

        assert [n for n in traced.numbers if n.kind in {Kind.CHANGED, Kind.UNKNOWN}] == []
        earlier = [value for key, value in traced.values.items() if "/as_in/" in key]
        moved = [value for key, value in traced.values.items() if "/revised_since/" in key]
        assert earlier
        assert {value.origin.partition(":")[0] for value in earlier} == {"previous/manifest.json"}
        assert all(value.value and value.remarks[0].startswith("as issue ") for value in earlier)
        assert moved
        assert all(set(value.rests_on) <= traced.values.keys() and len(value.rests_on) == 2 for value in moved)
