"""Headers and footers of a template: which there are, and what of them may stand in a briefing."""

from __future__ import annotations

from collections.abc import Container, Iterator

from ipreport.writers.docx.brand.fields import settle_fields
from ipreport.writers.docx.brand.wordml import MC, Element, W, drop, is_on, local, make, remove, unwrap, val
from ipreport.writers.docx.sample_texts import HEAD_PLACEHOLDER

_LEFT_OUT = {
    *("del", "moveFrom", "rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange"),
    *("cellIns", "cellDel", "cellMerge", "sectPrChange", "numberingChange", "tblPrExChange"),
    *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
    *("customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd"),
    *("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "proofErr", "permStart", "permEnd"),
    *("footnoteReference", "endnoteReference", "lastRenderedPageBreak", "bookmarkStart", "bookmarkEnd"),
    *("placeholder", "smartTagPr", "customXmlPr"),
}
"""Traces of changes and remarks, names that a briefing has too, and ties to parts that are left behind."""
_UNWRAPPED = {"ins", "moveTo", "smartTag", "customXml"}
"""Changes that are accepted, and marks on words that Word itself drops since 2010."""
_VISIBLE = {"drawing", "pict", "object", "sym", "pgNum", "instrText"}
_SIDES = {"start": "left", "end": "right"}
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_DECORATION = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_PROMPTS = {HEAD_PLACEHOLDER.zh, HEAD_PLACEHOLDER.en}
_WATERMARK = ("装饰：水印", "Decoration: watermark")
"""How our own watermarks are told in words; one of the office's own stays."""


def cleaned(root: Element, notice_style: str | None) -> None:
    """Leave of a header or footer what the office put there.

    Changes are accepted. Left out are remarks, bookmarks, placeholders that nobody has filled in, and
    notices that stand there because the template is itself a briefing: `notice_style` is the id
    of their character style.
    """
    deleted = _deleted_paragraphs(root)
    for element in list(root.iter(*(W + name for name in _UNWRAPPED))):
        unwrap(element)
    for element in list(root.iter(*(W + name for name in _LEFT_OUT))):
        remove(element)
    for paragraph in deleted:
        _remove_empty(paragraph)
    for binding in list(root.iter(W + "dataBinding")):
        # Title and author are properties of every file; other data stay behind with the template.
        if "core-properties" not in (binding.get(W + "prefixMappings") or ""):
            remove(binding)
    _without_placeholders(root)
    _without_notices(root, notice_style)
    settle_fields(root)
    _in_plain_values(root)
    without_revision_ids(root)
    for holder in list(root.iter(str(root.tag), W + "tc", W + "txbxContent")):
        # Each must end with a paragraph, also where its last one was taken out (17.4.65).
        if [each.tag for each in holder.iterchildren("*")][-1:] not in ([W + "p"], [W + "sdt"]):
            holder.append(make("p"))


def without_dead_styles(root: Element, known: Container[str | None]) -> None:
    """Take out what names a style that the template does not have; Word then sets the default one."""
    for reference in list(root.iter(*(W + name for name in ("pStyle", "rStyle", "tblStyle")))):
        if reference.get(W + "val") not in known:
            remove(reference)


def without_dead_numbers(root: Element, known: Container[str | None]) -> None:
    """Take out what names a list that the template does not have (17.9.18): one of ours may get its number."""
    for reference in list(root.iter(W + "numPr")):
        number = val(reference, "numId")
        if number not in {None, "0"} and number not in known:
            remove(reference)


def without_revision_ids(root: Element) -> None:
    """Leave out the numbers by which Word tells apart when it was used on the file (17.15.1.70)."""
    for element in root.iter("*"):
        for key in [key for key in element.attrib if str(key).startswith(W + "rsid")]:
            del element.attrib[key]


def is_visible(root: Element) -> bool:
    """Whether a header or footer shows anything: words, a field, a picture."""
    for element in root.iter("*"):
        if element.tag == W + "t" and (element.text or "").strip():
            return True
        if element.tag == MC + "AlternateContent" or (local(element) in _VISIBLE and str(element.tag).startswith(W)):
            return True
    return False


def untold_pictures(root: Element) -> Iterator[str]:
    """The names of pictures without a text that can be read out, unless they are marked as decoration."""
    for picture in root.iter(_PICTURE):
        if not (picture.get("descr") or picture.get("title")) and next(picture.iter(_DECORATION), None) is None:
            yield picture.get("name") or ""


def _in_plain_values(root: Element) -> None:
    """Say in the words of the format what LibreOffice says in newer or other ones; it means the same."""
    for toggle in root.iter(W + "cantSplit", W + "tblHeader", W + "hidden"):
        if is_on(toggle):
            drop(toggle, W + "val")
    for side in root.iter(W + "jc"):
        if side.get(W + "val") in _SIDES:
            side.set(W + "val", _SIDES[side.get(W + "val", "")])
    for shape in root.iter("{urn:schemas-microsoft-com:vml}*"):
        drop(shape, "ID")


def _deleted_paragraphs(root: Element) -> list[Element]:
    """Paragraphs whose ends were deleted under tracked changes (17.13.5); deleted rows are taken out at once."""
    for row in root.findall(f".//{W}trPr/{W}del/../.."):
        table = row.getparent()
        remove(row)
        if table is not None and table.find(f".//{W}tr") is None:
            remove(table)
    marks = root.iterfind(f".//{W}pPr/{W}rPr/*")
    ends = (mark.iterancestors(W + "p") for mark in marks if mark.tag in {W + "del", W + "moveFrom"})
    return [next(paragraphs) for paragraphs in ends]


def _without_placeholders(root: Element) -> None:
    """A content control that still shows its prompt has nothing to say (17.5.2.39)."""
    for control in list(root.iter(W + "sdt")):
        if not is_on(control.find(f"{W}sdtPr/{W}showingPlcHdr")):
            continue
        parent = control.getparent()
        if parent is not None and parent.tag in {W + "tr", W + "tbl"}:
            for words in list(control.iter(W + "r")):
                remove(words)
        else:
            _remove_with_paragraph(control)
    for paragraph in list(root.iter(W + "p")):
        # LibreOffice may save the prompt of the starter template as plain words.
        if "".join(words.text or "" for words in paragraph.iter(W + "t")).strip() in _PROMPTS:
            for words in list(paragraph.iter(W + "r")):
                remove(words)


def _without_notices(root: Element, notice_style: str | None) -> None:
    for run in list(root.iter(W + "r")):
        styled = notice_style is not None and val(run.find(W + "rPr"), "rStyle") == notice_style
        if styled or _is_watermark(run):
            holder = run.getparent()
            control = None if holder is None or holder.tag != W + "sdtContent" else holder.getparent()
            _remove_with_paragraph(run if control is None else control)


def _is_watermark(run: Element) -> bool:
    return any((shape.get("alt") or "").startswith(_WATERMARK) for shape in run.iter("*") if local(shape) == "shape")


def _remove_with_paragraph(element: Element) -> None:
    """Take out an element, and its paragraph where that shows nothing else."""
    parent = element.getparent()
    remove(element)
    if parent is not None and parent.tag == W + "p":
        _remove_empty(parent)


def _remove_empty(paragraph: Element) -> None:
    """Take out a paragraph that shows nothing, unless it is the last of its kind."""
    siblings = (*paragraph.itersiblings(W + "p"), *paragraph.itersiblings(W + "p", preceding=True))
    if siblings and not is_visible(paragraph):
        remove(paragraph)
