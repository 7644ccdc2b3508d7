"""What the structure of a PDF says: headings, rows, lists, entries of contents (ISO 32000-1, 14.8)."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import cache

import pikepdf
import pypdfium2

from ipreport.cache import Cache
from ipreport.document import Block, BulletList, Cell, Column, Contents, Heading, Note, Paragraph, Row, Table, text
from ipreport.language import EN, ZH
from ipreport.style import MODERN
from ipreport.writers.pdf import write
from pdf_layout import faces
from showcase import one, showcase


@cache
def written() -> bytes:
    return write(showcase(), MODERN, faces(), Cache(None))


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def structure(data: bytes) -> list[tuple[int, str]]:
    """Level and type of every structure element in reading order."""

    def walk(element: pikepdf.Object, level: int) -> list[tuple[int, str]]:
        found = [(level, str(element.S))]
        for kid in element.get("/K", pikepdf.Array()):
            if not isinstance(kid, int) and "/S" in kid:
                found += walk(kid, level + 1)
        return found

    with opened(data) as pdf:
        return walk(pdf.Root.StructTreeRoot.K, 0)


def test_structure_tells_heads_rows_lists_figures_and_links() -> None:
    elements = structure(written())
    tags = [tag for _, tag in elements]
    assert elements[0] == (0, "/Document")
    assert [tag for tag in tags if re.fullmatch(r"/H\d", tag)] == ["/H1", "/H2", "/H3", "/H1"]
    assert tags.count("/Table") == 2  # although the first stands on two pages
    assert tags.count("/TR") == 32 + 5
    assert tags.count("/TH") == 3 + 31 + 5 + 3
    assert tags.count("/L") == 5
    assert tags.count("/LI") == 5 + 2 * 4
    assert tags.count("/Figure") == 2 + 3
    assert tags.count("/Caption") == 4
    assert tags.count("/Note") == 4
    with opened(written()) as pdf:
        assert tags.count("/Link") == sum(len(page.get("/Annots", [])) for page in pdf.pages)


def test_figure_and_table_are_told_in_words() -> None:
    with opened(written()) as pdf:
        entries = [entry for entry in pdf.objects if isinstance(entry, pikepdf.Dictionary) and "/S" in entry]
        figures = {str(entry.Alt) for entry in entries if entry.S == "/Figure" and "hart" in str(entry.Alt)}
        figures |= {str(entry.Alt) for entry in entries if entry.S == "/Figure" and "Columns" in str(entry.Alt)}
        summaries = [str(entry.A.Summary) for entry in entries if entry.S == "/Table"]
        assert figures == {
            "条形图：356件。\nBar chart: 356 patents.",
            "柱线图：最近944件。\nColumns and a line: lately 944 patents.",
        }
        assert [summary.partition("\n")[2] for summary in sorted(summaries)] == [
            "A table of three columns: indicator, value, source.",
            "Number, rate and growth of three regions.",
        ]


def test_each_paragraph_names_its_language() -> None:
    with opened(written()) as pdf:
        paragraphs = [
            entry for entry in pdf.objects if isinstance(entry, pikepdf.Dictionary) and entry.get("/S") == "/P"
        ]
        assert {str(paragraph.Lang) for paragraph in paragraphs} == {"zh-CN", "en-US"}


def test_entries_of_a_table_of_contents_are_links_in_lists_inside_lists() -> None:
    elements = structure(written())
    lists = [index for index, element in enumerate(elements) if element == (1, "/TOC")]
    listed = [block for block in showcase().blocks if isinstance(block, Contents)]
    assert len(lists) == len(listed)
    whole = elements[lists[0] : lists[1]]
    entry = ["/TOCI", "/Reference", "/Link", "/Span", "/Span"]
    # Levels 1, 2, 3 and 1 again: a list in a list in a list, then the outer one goes on.
    tags = [tag for _, tag in whole]
    assert tags[: tags.index("/P")] == ["/TOC", *entry, "/TOC", *entry, "/TOC", *entry, *entry]
    assert [level for level, tag in whole if tag == "/TOCI"] == [2, 3, 4, 2]


def written_of(*blocks: Block) -> bytes:
    """A document of these blocks."""
    return write(replace(showcase(), blocks=blocks, imprint=None), MODERN, faces(), Cache(None))


def structure_of(*blocks: Block) -> list[str]:
    """The types of the structure elements of blocks in reading order."""
    tags = [tag for _, tag in structure(written_of(*blocks))]
    return tags[tags.index("/P", tags.index("/P") + 1) + 1 :]


def test_headings_leave_no_level_out() -> None:
    headings = (Heading(level, f"h{number}", one("甲")) for number, level in enumerate((2, 1, 3, 3, 2, 3, 1)))
    tags = structure_of(*headings)
    assert [tag for tag in tags if tag.startswith("/H")] == ["/H1", "/H1", "/H2", "/H2", "/H2", "/H3", "/H1"]


def test_sections_hold_what_their_headings_head() -> None:
    headings = [Heading(level, f"h{number}", one("甲")) for number, level in enumerate((1, 3, 2, 1))]
    blocks: list[Block] = [Paragraph(one("前")[0])]
    for heading in headings:
        blocks += [heading, Paragraph(one("文")[0])]
    data = write(replace(showcase(), blocks=tuple(blocks)), MODERN, faces(), Cache(None))
    tree = structure(data)
    begin = tree.index((1, "/Sect"))
    assert (1, "/P") in tree[:begin]
    assert tree[begin : begin + 12] == [
        *[(1, "/Sect"), (2, "/H1"), (3, "/Span"), (2, "/P")],
        *[(2, "/Sect"), (3, "/H2"), (4, "/Span"), (3, "/P")],
        *[(2, "/Sect"), (3, "/H2"), (4, "/Span"), (3, "/P")],
    ]
    assert tree[begin + 12 : begin + 16] == [(1, "/Sect"), (2, "/H1"), (3, "/Span"), (2, "/P")]


def test_a_section_goes_on_over_pages() -> None:
    tags = [tag for _, tag in structure(written())]
    headings = [tag for tag in tags if re.fullmatch(r"/H\d", tag)]
    assert tags.count("/Sect") == len(headings)


def test_pages_are_labelled_as_they_are_numbered() -> None:
    with pypdfium2.PdfDocument(written()) as pdf:
        assert [pdf.get_page_label(index) for index in range(len(pdf))] == [str(n) for n in range(1, len(pdf) + 1)]


_CELLS = ["TR", "TH", "TH", "TR", "TH", "TR", "TH", "TD"]


def test_a_table_has_all_its_cells_in_their_order_also_those_that_show_nothing() -> None:
    head = Row((Cell(()), Cell(one("乙"))))
    body = (Row((Cell(one("一"), rows=2, span=2),)), Row(()), Row((Cell(()), Cell(one("二")))))
    columns = (Column(1), Column(1))
    tags = structure_of(Table("t", None, columns, (head,), body, (), ()))
    assert [tag[1:] for tag in tags if tag in {"/TR", "/TH", "/TD"}] == _CELLS  # a row that begins no cell is none
    assert structure_of(Table("t", None, columns, (head,), (), (), ()))[-1] == "/TBody"
    told = attributes("/TH", written_of(Table("t", None, columns, (), body, (), ())))
    assert told == [{"/ColSpan": "2", "/Scope": "/Row"}, {"/Scope": "/Row"}]  # of the two rows it covers one is none


def test_a_wide_marker_of_a_note_or_an_item_stays_on_one_line() -> None:
    items = BulletList((one("甲"),) * 1000, ordered=True)
    blocks = (Note("n", "[1999]", one("乙")), items)
    data = write(replace(showcase(), blocks=blocks, imprint=None), MODERN, faces(), Cache(None))
    with pypdfium2.PdfDocument(data) as pdf:
        words = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert "[1999]" in words
    assert "1000." in words


def attributes(tag: str, data: bytes = b"") -> list[dict[str, str]]:
    """The attributes of the cells of one type, without their owner."""
    with opened(data or written()) as pdf:
        entries = [entry for entry in pdf.objects if isinstance(entry, pikepdf.Dictionary) and "/S" in entry]
        cells = [entry.get("/A", {}) for entry in entries if tag == entry.S]
        return [{str(key): str(value) for key, value in cell.items() if key != "/O"} for cell in cells]


def test_cells_tell_how_many_columns_and_rows_they_cover() -> None:
    heads = attributes("/TH")
    assert [head for head in heads if "/RowSpan" in head] == [{"/RowSpan": "2", "/Scope": "/Column"}] * 2
    assert {"/ColSpan": "2", "/Scope": "/Column"} in heads


def test_a_cell_of_one_paragraph_is_that_paragraph_and_one_of_several_holds_them() -> None:
    body = (Row((Cell(one("一")), Cell((text(ZH, "二"), text(EN, "two"))))),)
    table = Table("t", None, (Column(1), Column(1)), (), body, (), ())
    data = write(replace(showcase(), blocks=(table,), imprint=None), MODERN, faces(), Cache(None))
    with opened(data) as pdf:
        cells = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each]
        (head,) = [each for each in cells if each.S == "/TH"]
        (cell,) = [each for each in cells if each.S == "/TD"]
        assert str(head.Lang) == "zh-CN"
        assert [isinstance(kid, int) for kid in head.K] == [True]
        assert "/Lang" not in cell
        assert [(str(kid.S), str(kid.Lang)) for kid in cell.K] == [("/P", "zh-CN"), ("/P", "en-US")]


def test_marks_of_another_page_than_that_of_their_element_name_it() -> None:
    long = Paragraph(text(ZH, "一段很长的文字。" * 400))
    data = write(replace(showcase(), blocks=(long,), imprint=None), MODERN, faces(), Cache(None))
    with opened(data) as pdf:
        numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        entries = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/P"]
        paragraph = max(entries, key=lambda each: len(each.K))
        pages = [numbers[paragraph.Pg.objgen if isinstance(kid, int) else kid.Pg.objgen] for kid in paragraph.K]
        assert pages == sorted(pages)
        assert len(set(pages)) >= 2
        for page in pdf.pages:
            owners = pdf.Root.StructTreeRoot.ParentTree.Nums[2 * int(page.obj.StructParents) + 1]
            assert all("/S" in owner for owner in owners)


def test_words_of_an_attribute_may_hold_any_character() -> None:
    said = (text(EN, "5 × 6 − 7 (\\) é"), text(ZH, "（甲）"))
    table = Table("t", None, (Column(1),), (), (Row((Cell(one("一")),)),), (), said)
    data = write(replace(showcase(), blocks=(table,), imprint=None), MODERN, faces(), Cache(None))
    latin = write(
        replace(showcase(), blocks=(replace(table, description=said[:1]),), imprint=None), MODERN, faces(), Cache(None)
    )
    for file, words in ((data, "5 × 6 − 7 (\\) é\n（甲）"), (latin, "5 × 6 − 7 (\\) é")):
        with opened(file) as pdf:
            entries = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
            (entry,) = [each for each in entries if each.get("/S") == "/Table"]
            assert str(entry.A.Summary) == words
