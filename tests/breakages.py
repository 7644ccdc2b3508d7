"""Ways to break a PDF file that readers may not notice and validators must: each takes one thing away, or adds one."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pikepdf
from pikepdf import Dictionary, Name, Pdf

BREAKAGES: dict[str, Callable[[Pdf], None]] = {}


def breakage(function: Callable[[Pdf], None]) -> Callable[[Pdf], None]:
    """Put a way into the list by its name."""
    BREAKAGES[function.__name__.removeprefix("_").replace("_", " ")] = function
    return function


def broken(data: bytes, name: str) -> bytes:
    """The file with one breakage, as different from `data` as that makes it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        before = _unparsed(pdf)
        BREAKAGES[name](pdf)
        assert _unparsed(pdf) != before
        target = io.BytesIO()
        pdf.save(target, preserve_pdfa=True, deterministic_id=True)
        return target.getvalue()


def _unparsed(pdf: Pdf) -> list[bytes]:
    return [each.unparse(resolved=True) for each in pdf.objects] + [
        each.read_raw_bytes() for each in pdf.objects if isinstance(each, pikepdf.Stream)
    ]


def _elements(pdf: Pdf, tag: str = "") -> Iterator[pikepdf.Object]:
    for each in pdf.objects:
        if isinstance(each, Dictionary) and each.get("/Type") == Name.StructElem and tag in {"", str(each.S)}:
            yield each


def _having(pdf: Pdf, key: str) -> list[pikepdf.Object]:
    found = [each for each in pdf.objects if isinstance(each, Dictionary) and key in each]
    assert found
    return found


@breakage
def _figures_without_alternative_text(pdf: Pdf) -> None:
    for figure in _elements(pdf, "/Figure"):
        del figure["/Alt"]


@breakage
def _no_mark_information(pdf: Pdf) -> None:
    del pdf.Root["/MarkInfo"]


@breakage
def _no_language(pdf: Pdf) -> None:
    del pdf.Root["/Lang"]
    for element in _elements(pdf):
        if "/Lang" in element:
            del element["/Lang"]


@breakage
def _no_output_intent(pdf: Pdf) -> None:
    del pdf.Root["/OutputIntents"]


@breakage
def _heads_of_tables_without_scope(pdf: Pdf) -> None:
    for head in _elements(pdf, "/TH"):
        del head["/A"]


@breakage
def _a_path_that_is_neither_tagged_nor_artifact(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(b"q 0 0 10 10 re f Q")


@breakage
def _a_text_that_is_neither_tagged_nor_artifact(pdf: Pdf) -> None:
    font = next(iter(pdf.pages[0].Resources.Font.keys()))
    pdf.pages[0].contents_add(f"BT {font} 10 Tf 10 10 Td <0001> Tj ET".encode())


@breakage
def _a_level_of_headings_left_out(pdf: Pdf) -> None:
    first, *others = _elements(pdf, "/H1")
    del first
    for heading in others:
        heading.S = Name.H4


@breakage
def _no_parent_tree(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot["/ParentTree"]


@breakage
def _title_not_displayed(pdf: Pdf) -> None:
    del pdf.Root["/ViewerPreferences"]


@breakage
def _fonts_not_embedded(pdf: Pdf) -> None:
    for descriptor in _having(pdf, "/FontFile2"):
        del descriptor["/FontFile2"]


@breakage
def _fonts_without_a_map_to_unicode(pdf: Pdf) -> None:
    for font in _having(pdf, "/ToUnicode"):
        del font["/ToUnicode"]


@breakage
def _links_without_words(pdf: Pdf) -> None:
    for annotation in (each for page in pdf.pages for each in page.get("/Annots", [])):
        del annotation["/Contents"]


@breakage
def _a_paragraph_in_a_table(pdf: Pdf) -> None:
    table = next(_elements(pdf, "/Table"))
    table.K.append(pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=table)))


@breakage
def _no_claim_of_accessibility(pdf: Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(packet.replace(b"<pdfuaid:part>1</pdfuaid:part>", b""))


@breakage
def _attached_data_without_a_relation(pdf: Pdf) -> None:
    del pdf.Root.AF[0]["/AFRelationship"]
