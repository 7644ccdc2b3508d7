"""Charts that Word draws itself: who decides for them, and what a trace tells of their data."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from docx_helpers import soffice, with_part
from helpers import BRIEFING, METRICS, Copy
from ipreport.cli import app
from ipreport.compose import verify
from ipreport.document import Figure, read_record, write_record
from ipreport.outline import Edition
from ipreport.pipeline import story
from ipreport.pipeline.checked import checked
from ipreport.pipeline.moment import moment_of
from ipreport.problems import ReportError
from ipreport.tracing import Found, Kind, Traced, trace

CHARTS = """      - figure:
          id: both
          kind: column
          word: native
          title: {zh: 专利, en: Patents}
          values: [patent_invention_in_force, patent_invention_hv]
      - figure:
          id: money
          kind: column
          word: native
          title: {zh: 罚没款, en: Fines}
          values: [penalty_amount]
      - table:
"""
SHARE = "patent_invention_hv/share_of/patent_invention_in_force"


@pytest.fixture
def native(small: Copy) -> Copy:
    """A copy whose three figures are charts that Word draws."""
    small.change(BRIEFING, "          kind: part-of-whole\n", "          kind: part-of-whole\n          word: native\n")
    small.change(BRIEFING, "      - table:\n", CHARTS)
    return small


def word_file(copy: Copy, edition: str = "zh") -> Path:
    built = copy.build(editions=[edition])
    return next(path for path in built.documents if path.suffix == ".docx")


Edit = Callable[[int, str, str], Traced]


@pytest.fixture
def edit(native: Copy, tmp_path: Path) -> Edit:
    """Traces the Chinese Word file with one text of a chart part replaced."""
    source = word_file(native).read_bytes()

    def traced(number: int, old: str, new: str) -> Traced:
        path = tmp_path / "edited.docx"
        path.write_bytes(with_part(source, f"word/charts/chart{number}.xml", old, new))
        return trace(path)

    return traced


def oddities(traced: Traced) -> list[tuple[Kind, str, str, str | None]]:
    odd = (number for number in traced.numbers if number.kind in {Kind.CHANGED, Kind.UNKNOWN})
    return [(number.kind, number.recorded, number.text, number.key) for number in odd]


def in_charts(traced: Traced) -> list[Found]:
    return [number for number in traced.numbers if ", in the chart" in number.where]


def charts_of(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return sorted(name for name in archive.namelist() if re.fullmatch(r"word/charts/chart\d+\.xml", name))


# --- who decides -------------------------------------------------------------------------


def test_a_figure_says_for_itself_that_word_draws_it(small: Copy) -> None:
    small.change(BRIEFING, "          kind: part-of-whole\n", "          kind: part-of-whole\n          word: native\n")

    built = small.build()
    files = [path for path in built.documents if path.suffix == ".docx"]
    assert [charts_of(path) for path in files] == [["word/charts/chart1.xml"]] * 3


def test_an_edition_says_it_for_all_figures_that_say_nothing(small: Copy) -> None:
    small.change(BRIEFING, "number: 1\n", "number: 1\neditable: [en]\n")
    small.change(BRIEFING, "      - table:\n", CHARTS.replace("word: native", "word: picture"))

    built = {path.name.split(".")[1]: charts_of(path) for path in small.build().documents if path.suffix == ".docx"}
    assert built == {"bilingual": [], "zh": [], "en": ["word/charts/chart1.xml"]}


def test_charts_of_slides_and_pdf_are_drawn_as_ever(native: Copy) -> None:
    def made() -> tuple[dict[str, bytes], list[tuple[str, str | None]]]:
        built = native.build(editions=["zh"])
        (pdf,) = [path for path in built.documents if path.suffix == ".pdf"]
        traced = trace(pdf)
        assert traced.sound
        files = {path.name: path.read_bytes() for path in built.figures}
        return files, [(number.text, number.key) for number in in_charts(traced)]

    drawn = made()
    for _ in range(3):
        native.change(BRIEFING, "word: native", "word: picture")
    assert charts_of(word_file(native)) == []
    assert made() == drawn


def test_a_kind_that_word_cannot_draw_is_refused(small: Copy) -> None:
    figure = CHARTS.replace(
        "kind: column\n          word: native\n          title: {zh: 罚",
        "kind: bar\n          word: native\n          title: {zh: 罚",
    )
    small.change(BRIEFING, "      - table:\n", figure)

    with pytest.raises(ReportError, match="Word cannot draw a chart of kind 'bar' itself"):
        small.build()


def test_an_editable_edition_keeps_the_pictures_of_other_kinds(small: Copy) -> None:
    small.change(BRIEFING, "number: 1\n", "number: 1\neditable: [zh]\n")
    bars = CHARTS.replace("kind: column\n          word: native\n", "kind: bar\n")
    small.change(BRIEFING, "      - table:\n", bars)

    path = word_file(small)
    assert charts_of(path) == ["word/charts/chart1.xml"]
    with zipfile.ZipFile(path) as archive:
        assert len([name for name in archive.namelist() if name.endswith(".svg")]) == 2


# --- every number ------------------------------------------------------------------------


@pytest.mark.parametrize("edition", ["bilingual", "zh", "en"])
def test_every_number_of_a_chart_leads_to_its_record(native: Copy, edition: str) -> None:
    traced = trace(word_file(native, edition))

    assert traced.sound
    assert (traced.gone, traced.notes) == ((), ())
    found = {(number.text, number.key) for number in in_charts(traced) if number.kind is Kind.VALUE}
    money = {"zh": "36.97", "en": "369700", "bilingual": "369700"}[edition]
    assert found == {
        ("400", "patent_invention_in_force"),
        ("100", "patent_invention_hv"),
        ("25.0%", SHARE),
        (money, "penalty_amount"),
    }
    assert traced.values["penalty_amount"].origin.startswith("metrics.yaml:")


def test_a_value_is_found_by_the_digits_that_word_prints(native: Copy) -> None:
    native.change(METRICS, 'value: "369700"', 'value: "123456789"')
    traced = trace(word_file(native), "1.23")

    assert [(number.text, number.key) for number in in_charts(traced)] == [("1.23456789", "penalty_amount")]


def test_the_place_of_a_value_names_series_and_category(native: Copy) -> None:
    traced = trace(word_file(native), "100")

    assert [number.where for number in in_charts(traced)] == [
        "知识产权创造 › 图1, in the chart, 高价值发明专利拥有量, 高价值发明专利",
        "知识产权创造 › 图2, in the chart, 专利, 高价值发明专利拥有量",
    ]


# --- edited in Word ----------------------------------------------------------------------


def test_an_edited_value_is_told_with_its_key(edit: Edit) -> None:
    traced = edit(2, "<c:v>100</c:v>", "<c:v>110</c:v>")

    assert oddities(traced) == [(Kind.CHANGED, "100", "110", "patent_invention_hv")]
    assert not traced.sound


def test_an_edited_value_ends_the_command_with_3(native: Copy, tmp_path: Path) -> None:
    path = tmp_path / "edited.docx"
    path.write_bytes(with_part(word_file(native).read_bytes(), "word/charts/chart1.xml", ">400<", ">405<"))

    result = CliRunner().invoke(app, ["trace", str(path)], env={"NO_COLOR": "1"})
    assert result.exit_code == 3
    assert result.stderr == (
        "changed in the file [patent_invention_in_force]: recorded 400, found 405 "
        "(知识产权创造 › 图1, in the chart, 有效发明专利量, 高价值发明专利)\n"
    )


def test_binary_fractions_of_other_programs_are_no_change(edit: Edit) -> None:
    traced = edit(3, "<c:v>36.97</c:v>", "<c:v>36.969999999999999</c:v>")

    assert oddities(traced) == []
    assert traced.sound


def test_the_place_holder_of_a_field_is_no_change(edit: Edit) -> None:
    assert edit(1, "<a:t>100</a:t>", "<a:t>[VALUE]</a:t>").sound
    assert edit(1, "<a:t>100</a:t>", "<a:t>[值]</a:t>").sound


def test_edited_words_at_a_value_are_told(edit: Edit) -> None:
    assert oddities(edit(1, ">25.0%<", ">26.0%<")) == [(Kind.CHANGED, "25.0%", "26.0%", SHARE)]


def test_an_added_value_is_not_from_the_records(edit: Edit) -> None:
    point = '<c:pt idx="1"><c:v>100</c:v></c:pt>'
    traced = edit(2, point, point + '<c:pt idx="2"><c:v>77</c:v></c:pt>')

    assert oddities(traced) == [(Kind.UNKNOWN, "", "77", None)]


def test_a_removed_value_is_gone(edit: Edit) -> None:
    traced = edit(2, '<c:pt idx="1"><c:v>100</c:v></c:pt>', "")

    assert traced.sound
    assert [(gone.text, gone.key) for gone in traced.gone] == [("100", "patent_invention_hv")]


def test_no_value_of_a_chart_can_be_changed_unnoticed(native: Copy, tmp_path: Path) -> None:
    source, path = word_file(native, "bilingual").read_bytes(), tmp_path / "edited.docx"
    tried = 0
    for number in (1, 2, 3):
        with zipfile.ZipFile(word_file(native, "bilingual")) as archive:
            xml = archive.read(f"word/charts/chart{number}.xml").decode("utf-8")
        for found in re.finditer(r"<c:v>(\d[\d.]*)</c:v>", xml):
            other = found[1][:-1] + str((int(found[1][-1]) + 3) % 10)
            edited = xml[: found.start(1)] + other + xml[found.end(1) :]
            path.write_bytes(with_part(source, f"word/charts/chart{number}.xml", xml, edited))
            assert [(found.recorded, found.text) for found in trace(path).numbers if found.recorded] == [
                (found[1], other)
            ]
            tried += 1
    assert tried == 5


def test_a_chart_that_was_taken_out_is_told(native: Copy, tmp_path: Path) -> None:
    source, path = word_file(native).read_bytes(), tmp_path / "edited.docx"
    with zipfile.ZipFile(word_file(native)) as archive:
        body = archive.read("word/document.xml").decode("utf-8")
    drawing = re.search("<w:drawing>.*?</w:drawing>", body, re.DOTALL)
    assert drawing is not None
    path.write_bytes(with_part(source, "word/document.xml", drawing[0], ""))

    traced = trace(path)
    assert traced.sound
    assert traced.notes == ("the chart at 知识产权创造 › 图1 is no longer in the file",)
    assert not any("图1" in number.where for number in in_charts(traced))


def test_a_chart_that_was_told_in_other_words_is_still_known(native: Copy, tmp_path: Path) -> None:
    path = tmp_path / "edited.docx"
    path.write_bytes(with_part(word_file(native).read_bytes(), "word/document.xml", 'descr="占比', 'descr="X'))

    traced = trace(path)
    assert traced.sound
    assert traced.notes == ("the alternative text of the chart at 知识产权创造 › 图1 was changed",)


@pytest.mark.slow
@pytest.mark.skipif(soffice() is None, reason="LibreOffice (soffice) is not on the path")
@pytest.mark.parametrize("edition", ["bilingual", "zh", "en"])
def test_every_number_of_a_chart_resolves_after_a_save_in_libreoffice(
    native: Copy, tmp_path: Path, edition: str
) -> None:
    source = word_file(native, edition)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    target = tmp_path / "saved"
    command = [soffice() or "", "--headless", profile, "--convert-to", "docx", "--outdir", str(target), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)

    before, after = trace(source), trace(target / source.name)
    assert after.sound
    assert after.gone == ()
    assert [(n.text, n.key) for n in in_charts(after)] == [(n.text, n.key) for n in in_charts(before)]
    # LibreOffice 7.4 keeps the data of charts, but not what they are described with.
    assert all(note.startswith("the alternative text of the chart at ") for note in after.notes)


# --- the record --------------------------------------------------------------------------


def test_a_record_with_charts_is_read_back(native: Copy, warm_cache: Path) -> None:
    ready = checked(native.folder, warm_cache, accept_warnings=False)
    drawn = story._draw(ready.content, Edition.BILINGUAL, ready.formats)
    document = story.compose(ready.content, Edition.BILINGUAL, drawn, moment_of(ready.content.outline.date).date())

    assert [chart.label for chart in document.record.charts] == ["figure-share", "figure-both", "figure-money"]
    assert document.record.pictures == ()
    assert read_record(write_record(document.record)) == document.record


def test_a_record_without_charts_says_nothing_of_them(small: Copy, warm_cache: Path) -> None:
    ready = checked(small.folder, warm_cache, accept_warnings=False)
    drawn = story._draw(ready.content, Edition.EN, ready.formats)
    record = story.compose(ready.content, Edition.EN, drawn, moment_of(ready.content.outline.date).date()).record

    # As before there were such charts, so that files of then and now read alike.
    assert b'"charts"' not in write_record(record)


def test_a_chart_with_another_value_than_its_record_is_found(native: Copy, warm_cache: Path) -> None:
    ready = checked(native.folder, warm_cache, accept_warnings=False)
    drawn = story._draw(ready.content, Edition.ZH, ready.formats)
    document = story.compose(ready.content, Edition.ZH, drawn, moment_of(ready.content.outline.date).date())
    assert verify(document, ready.content) == ()

    figure = next(block for block in document.blocks if isinstance(block, Figure) and block.label == "figure-both")
    assert figure.native is not None
    (series,) = figure.native.series
    points = tuple(replace(p, value=Decimal(405)) if p is not None and p.value == 400 else p for p in series.points)
    spoilt = replace(figure, native=replace(figure.native, series=(replace(series, points=points),)))
    blocks = tuple(spoilt if block is figure else block for block in document.blocks)
    (problem,) = verify(replace(document, blocks=blocks), ready.content)
    assert problem.rule == "R26"
    assert problem.message.startswith("'405' (patents) is drawn for 'patent_invention_in_force', expected 400")


def test_a_value_of_the_data_file_changes_its_chart(native: Copy) -> None:
    native.change(METRICS, 'value: "369700"', 'value: "369750"')

    texts = [number.text for number in in_charts(trace(word_file(native))) if number.key == "penalty_amount"]
    assert texts == ["36.975"]
