"""Headers and footers of a template: which there are, and what of them may stand in a briefing."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from ipreport.writers.docx.brand.wordml import MC, Element, W, is_on, local, make, remove, val
from ipreport.writers.docx.sample_texts import HEAD_PLACEHOLDER

_LEFT_OUT = {
    *("del", "moveFrom", "rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange"),
    *("cellIns", "cellDel", "cellMerge", "sectPrChange", "numberingChange", "tblPrExChange"),
    *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
    *("customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd"),
    *("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "proofErr", "permStart", "permEnd"),
    *("footnoteReference", "endnoteReference", "lastRenderedPageBreak", "bookmarkStart", "bookmarkEnd"),
    "placeholder",
}
"""Traces of changes and remarks, names that a briefing has too, and ties to parts that are left behind."""
_UNWRAPPED = {"ins", "moveTo"}
_VISIBLE = {"drawing", "pict", "object", "sym", "pgNum", "instrText"}
_DEAD_FIELD = re.compile(r"\s*(?:PAGEREF|REF|NOTEREF)\s")
_PROMPTS = {HEAD_PLACEHOLDER.zh, HEAD_PLACEHOLDER.en}
_WATERMARK = ("装饰：水印", "Decoration: watermark")
"""How our own watermarks are told in words; one of the office's own stays."""


def cleaned(root: Element, notice_style: str | None) -> None:
    """Leave of a header or footer what the office put there.

    Changes are accepted. Left out are remarks, bookmarks, placeholders that nobody has filled in, and
    notices that stand there because the template is itself a briefing: `notice_style` is the id
    of their character style.
    """
    for element in list(root.iter(*(W + name for name in _UNWRAPPED))):
        _unwrap(element)
    for element in list(root.iter(*(W + name for name in _LEFT_OUT))):
        remove(element)
    for binding in list(root.iter(W + "dataBinding")):
        # Title and author are properties of every file; other data stay behind with the template.
        if "core-properties" not in (binding.get(W + "prefixMappings") or ""):
            remove(binding)
    _without_placeholders(root)
    _without_notices(root, notice_style)
    _without_dead_fields(root)
    without_revision_ids(root)
    if root.find(f".//{W}p") is None:
        root.append(make("p"))


def without_dead_styles(root: Element, known: Container[str | None]) -> None:
    """Take out what names a style that the template does not have; Word then sets the default one."""
    for reference in list(root.iter(*(W + name for name in ("pStyle", "rStyle", "tblStyle")))):
        if reference.get(W + "val") not in known:
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


def _unwrap(element: Element) -> None:
    """Put what an element holds in its place."""
    for child in list(element):
        element.addprevious(child)
    remove(element)


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
    """Take out an element, and its paragraph where that shows nothing else and is not the last of its kind."""
    parent = element.getparent()
    remove(element)
    if parent is None or parent.tag != W + "p" or is_visible(parent):
        return
    if any(list(parent.itersiblings(W + "p", preceding=preceding)) for preceding in (False, True)):
        remove(parent)


def _without_dead_fields(root: Element) -> None:
    """A field that repeats a place in the body left behind keeps what it last said (17.16.5.51)."""
    for field in list(root.iter(W + "fldSimple")):
        if not _DEAD_FIELD.match(field.get(W + "instr") or ""):
            _spell_out(field)
        _unwrap(field)
    for paragraph in root.iter(W + "p"):
        for marks in _dead_fields(paragraph):
            for mark in marks:
                remove(mark)


def _spell_out(field: Element) -> None:
    """Marks before and after the result, as all our fields have them: what a field counts is then told from words."""
    instruction = make("instrText")
    instruction.text = field.get(W + "instr")
    begin, separate, end = (make("fldChar", [("fldCharType", kind)]) for kind in ("begin", "separate", "end"))
    for number, mark in enumerate((begin, instruction, separate)):
        field.insert(number, make("r"))
        field[number].append(mark)
    field.append(make("r"))
    field[-1].append(end)


def _dead_fields(paragraph: Element) -> Iterator[list[Element]]:
    """The runs that make each such field, without those of its result."""
    open_fields: list[tuple[list[Element], list[str], bool]] = []
    for run in paragraph.iter(W + "r"):
        kind = next((mark.get(W + "fldCharType") for mark in run.iter(W + "fldChar")), None)
        if kind == "begin":
            open_fields.append(([run], [], False))
        elif open_fields and kind == "separate":
            marks, words, _ = open_fields.pop()
            open_fields.append(([*marks, run], words, True))
        elif open_fields and kind == "end":
            marks, words, _ = open_fields.pop()
            if _DEAD_FIELD.match("".join(words)):
                yield [*marks, run]
        elif open_fields and not open_fields[-1][2]:
            open_fields[-1][0].append(run)
            open_fields[-1][1].extend(text.text or "" for text in run.iter(W + "instrText"))
