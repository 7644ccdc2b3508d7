"""What tracing tells of files that were edited after they were built."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from docx_helpers import with_part
from ipreport.document import Part, Record, Standing, Stretch
from ipreport.tracing import Kind, Traced, trace
from ipreport.tracing.align import align
from ipreport.tracing.portable import read_pdf
from ipreport.tracing.reading import Reading
from ipreport.tracing.resolve import Resolver
from ipreport.tracing.word import read_word

Edit = Callable[[str, str], Traced]


@pytest.fixture
def edit(haixi: dict[str, Path], tmp_path: Path) -> Edit:
    """Traces the Chinese Word file with the first match of a pattern replaced in its body."""

    def traced(pattern: str, replacement: str) -> Traced:
        source = haixi["zh.docx"]
        body = package_text(source)
        found = re.search(pattern, body, re.DOTALL)
        assert found is not None
        edited = tmp_path / "edited.docx"
        new = found.expand(replacement)
        edited.write_bytes(with_part(source.read_bytes(), "word/document.xml", found[0], new))
        return trace(edited)

    return traced


def package_text(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read("word/document.xml").decode("utf-8")


def oddities(traced: Traced) -> list[tuple[Kind, str, str, str | None]]:
    odd = (number for number in traced.numbers if number.kind in {Kind.CHANGED, Kind.UNKNOWN})
    return [(number.kind, number.recorded, number.text, number.key) for number in odd]


def test_a_changed_digit_is_told_with_what_was_recorded(edit: Edit) -> None:
    traced = edit(">356件<", ">365件<")

    assert oddities(traced) == [(Kind.CHANGED, "356件", "365件", "patent_invention_in_force")]
    assert not traced.sound
    assert traced.gone == ()


def test_another_form_of_the_same_value_is_no_change(edit: Edit) -> None:
    traced = edit(">356件<", ">356<")

    assert oddities(traced) == []
    assert traced.sound


def test_digits_typed_right_behind_a_value_are_told(edit: Edit) -> None:
    traced = edit("累计2亿元</w:t></w:r><w:bookmarkEnd [^>]*/>", r"\g<0><w:r><w:t>3</w:t></w:r>")

    assert oddities(traced) == [(Kind.UNKNOWN, "", "3", None)]


def test_digits_typed_into_the_end_of_a_number_are_told(edit: Edit) -> None:
    traced = edit(">第2位<", ">第12位<")

    assert oddities(traced) == [(Kind.CHANGED, "第2位", "第12位", "rank_in_province")]


def test_a_value_put_into_words_is_told(edit: Edit) -> None:
    traced = edit(">17件<", ">十余件<")

    assert oddities(traced) == [(Kind.CHANGED, "17件", "十余件", "penalty_cases")]
    assert traced.gone == ()


def test_a_number_typed_into_running_text_is_not_from_the_records(edit: Edit) -> None:
    traced = edit("协同推进", "48次协同推进")

    (odd,) = [number for number in traced.numbers if number.kind is Kind.UNKNOWN]
    assert odd.text == "48"
    assert "48次协同推进" in odd.where
    assert odd.where.startswith("知识产权创造 › ")


def test_a_number_typed_in_is_unknown_even_when_another_record_has_it(edit: Edit) -> None:
    traced = edit("协同推进", "全年356次协同推进")

    assert oddities(traced) == [(Kind.UNKNOWN, "", "356", None)]


def test_a_new_paragraph_leaves_the_others_as_they_are(edit: Edit) -> None:
    paragraph = "<w:p><w:r><w:t>本期新增服务站点12个，比上期多3个。</w:t></w:r></w:p>"
    traced = edit("<w:p>(?=(?:(?!<w:p>).)*工作机制方面)", paragraph + r"\g<0>")

    assert [text for _, _, text, _ in oddities(traced)] == ["12", "3"]
    assert traced.gone == ()


def test_a_deleted_paragraph_is_gone_and_no_fault(edit: Edit) -> None:
    traced = edit("<w:p>(?:(?!<w:p>).)*工作机制方面(?:(?!</w:p>).)*</w:p>", "")

    assert traced.sound
    assert [(number.key, number.text) for number in traced.gone] == [("joint_conference_members", "23家")]


def test_a_reworded_sentence_keeps_its_values(edit: Edit) -> None:
    traced = edit("全州拥有有效发明专利", "据统计，目前全州范围内共有仍然有效的发明专利共计")

    assert traced.sound
    assert traced.gone == ()


def test_a_value_moved_to_another_sentence_is_still_one(edit: Edit) -> None:
    moved = r"(<w:bookmarkStart [^>]*_value_\d+_\d+\"/>(?:(?!bookmarkEnd).)*?>23家<.*?<w:bookmarkEnd [^>]*/>)"
    traced = edit(moved + "(.*?)(</w:p>)", r"\2\1\3")

    assert traced.sound
    assert traced.gone == ()


def unmarked(haixi: dict[str, Path], path: Path, old: str = "", new: str = "") -> Path:
    """The Chinese Word file without its marks, one text replaced."""
    body = package_text(haixi["zh.docx"])
    other = body.replace('w:name="_value_', 'w:name="other_').replace(old, new, 1)
    path.write_bytes(with_part(haixi["zh.docx"].read_bytes(), "word/document.xml", body, other))
    return path


def test_without_its_marks_a_file_is_traced_by_its_text(haixi: dict[str, Path], tmp_path: Path) -> None:
    traced = trace(unmarked(haixi, tmp_path / "unmarked.docx"))

    assert traced.sound
    assert len(traced.numbers) == len(trace(haixi["zh.docx"]).numbers)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("356件", "365件", "patent_invention_in_force"),
        ("36.97万元", "36.97亿元", "penalty_amount"),
        ("36.97万元", "36.97元", "penalty_amount"),
        ("17件", "17余件", "penalty_cases"),
        ("超过196亿元", "不到196亿元", "gi_brand_value"),
        ("第2位", "第2名", "rank_in_province"),
    ],
)
def test_without_its_marks_changes_of_number_and_unit_are_told(
    haixi: dict[str, Path], tmp_path: Path, old: str, new: str, key: str
) -> None:
    traced = trace(unmarked(haixi, tmp_path / "edited.docx", f">{old}<", f">{new}<"))

    assert oddities(traced) == [(Kind.CHANGED, old, new, key)]
    assert traced.gone == ()


def test_a_changed_date_is_told_as_well(edit: Edit) -> None:
    traced = edit("2022年8月的", "2023年8月的")

    (odd,) = [number for number in traced.numbers if number.kind is Kind.CHANGED]
    assert (odd.recorded, odd.text, odd.key) == ("2022年8月", "2023年8月", None)


def test_tracked_deletions_are_no_part_of_the_text(edit: Edit) -> None:
    run = r"<w:r>((?:(?!</w:r>).)*)<w:t xml:space=\"preserve\">356件</w:t></w:r>"
    deleted = r'<w:del w:id="900" w:author="a"><w:r>\1<w:delText>356件</w:delText></w:r></w:del>'
    traced = edit(run, deleted + r'<w:ins w:id="901" w:author="a"><w:r>\1<w:t>365件</w:t></w:r></w:ins>')

    assert oddities(traced) == [(Kind.CHANGED, "356件", "365件", "patent_invention_in_force")]


def test_a_chart_that_was_taken_out_is_told(edit: Edit) -> None:
    traced = edit("<w:drawing>.*?</w:drawing>", "")

    assert traced.notes == ("the chart at 知识产权创造 › 图1 is no longer in the file",)
    assert not any("图1, in the chart" in number.where for number in traced.numbers)


def test_a_chart_that_was_saved_anew_is_told(haixi: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "compressed.docx"
    names = {"word/media/image1.png": b"other", "word/media/drawing1.svg": b"other"}
    path.write_bytes(with_contents(haixi["zh.docx"], names))

    traced = trace(path)
    assert traced.sound
    assert traced.notes[0].startswith("the chart at 知识产权创造 › 图1 is not the picture that was built")


def with_contents(path: Path, contents: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, contents.get(name, source.read(name)))
    return target.getvalue()


def test_places_of_an_edited_number_are_found_by_both_its_forms(edit: Edit, tmp_path: Path) -> None:
    edit(">356件<", ">365件<")

    for number in ("365", "356件"):
        kinds = {found.kind for found in trace(tmp_path / "edited.docx", number).numbers}
        assert Kind.CHANGED in kinds


def test_a_page_may_begin_with_the_words_of_a_cell_of_a_head() -> None:
    parts = (Part("银行放款"), Part("24亿元", "loan"), Part("，"), Part("同比增长12.2%", "growth"), Part("。"))
    head = [Stretch("表1, head", (Part(words),), Standing.HEAD) for words in ("指标", "同比")]
    running = Stretch("page", (Part("工作简报"),), Standing.MARGIN)
    row = Stretch("表1, row 1", (Part("放款"),))
    pages = "工作简报银行放款24亿元，", "工作简报同比增长12.2%。\n指标 同比\n", "工作简报指标 同比\n放款"
    heads = (0, len(pages[0]), len(pages[0]) + len(pages[1]))
    printed = (running, Stretch("paragraph 1", parts), *head, row)
    reading = Reading(Record(printed=printed), "".join(pages), heads, heads)

    found = align(printed, reading)

    text = printed[1].text
    places = [found.placed[1, position] for position in range(len(text))]
    assert "".join(reading.text[place] for place in places) == text
    repeated = len(pages[0]) + len(pages[1]) + len("工作简报")
    assert [found.owners[repeated + offset][0] for offset in (0, 1, 3, 4)] == [2, 2, 3, 3]


def test_a_pdf_whose_words_are_not_those_of_its_record_is_told(haixi: dict[str, Path], tmp_path: Path) -> None:
    with pikepdf.open(haixi["zh.pdf"]) as pdf:
        attached = pdf.Root.Names.EmbeddedFiles.Names[3].EF.F
        record = attached.read_bytes().decode("utf-8")
        attached.write(record.replace('"356件","key"', '"365件","key"', 1).encode("utf-8"))
        pdf.save(tmp_path / "edited.pdf")

    traced = trace(tmp_path / "edited.pdf")
    assert oddities(traced) == [(Kind.CHANGED, "365件", "356件", "patent_invention_in_force")]
    assert [number.page for number in traced.numbers if number.kind is Kind.CHANGED] == [1]


@pytest.mark.parametrize("name", ["en.docx", "zh.pdf"])
def test_no_digit_can_be_changed_unnoticed(haixi: dict[str, Path], name: str) -> None:
    content = haixi[name].read_bytes()
    reading = read_word(content, name) if name.endswith("docx") else read_pdf(content, name)
    counted = {position for start, end in reading.page_numbers for position in range(start, end)}
    digits = [p for p, character in enumerate(reading.text) if character.isdecimal() and p not in counted]

    for position in digits[::STRIDE]:
        other = str((int(reading.text[position]) + 3) % 10)
        text = reading.text[:position] + other + reading.text[position + 1 :]
        edited = replace(reading, text=text)
        numbers, _ = Resolver(edited, align(edited.record.printed, edited)).numbers()
        excerpt = text[max(0, position - 10) : position + 10]
        assert any(number.kind in {Kind.CHANGED, Kind.UNKNOWN} for number in numbers), excerpt


STRIDE = 29
"""Every so many digits are tried; all of them (1) take minutes."""
