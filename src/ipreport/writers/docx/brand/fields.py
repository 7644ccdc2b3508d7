"""Fields in headers and footers of a template (ECMA-376 17.16): which live on, and which only keep their words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ipreport.writers.docx.brand.wordml import Element, R, W, local, make, remove, unwrap

_PIECES = {W + "fldChar", W + "instrText"}
_DEAD = re.compile(
    r"\s*(?:PAGEREF|REF|NOTEREF|DOCVARIABLE|MERGEFIELD|INCLUDETEXT|INCLUDEPICTURE|LINK|DDE|DDEAUTO|HYPERLINK\s+\\l)\b",
    re.IGNORECASE,
)
"""Fields that repeat what is left behind with the template, or what lies outside it."""


@dataclass(slots=True)
class _Open:
    """A field that has not ended: what makes it, what it says to do, and its result once that has begun."""

    marks: list[Element] = field(default_factory=list)
    instruction: str = ""
    result: list[Element] | None = None

    @property
    def expected(self) -> tuple[str, ...]:
        """The marks that may come next."""
        return ("separate", "end") if self.result is None else ("end",)

    @property
    def last(self) -> list[Element]:
        """Where what comes next belongs."""
        return self.marks if self.result is None else self.result


def settle_fields(root: Element) -> None:
    """Let dead fields keep what they last said, and spell all others out with marks.

    What a field counts is then told from words. Marks that make no whole field, as deletions
    under tracked changes may leave them, are taken out.
    """
    for simple in list(root.iter(W + "fldSimple")):
        for data in simple.findall(W + "fldData"):
            remove(data)
        if not _DEAD.match(simple.get(W + "instr") or ""):
            _spell_out(simple)
        unwrap(simple)
    for link in list(root.iter(W + "hyperlink")):
        if link.get(R + "id") is None:  # it leads to a place in the body
            unwrap(link)
    for mark in _dead_marks(root):
        run = mark.getparent()
        remove(mark)
        if run is not None and not [entry for entry in run if local(entry) != "rPr"]:
            remove(run)


def _spell_out(simple: Element) -> None:
    """Marks before and after the result, as all our fields have them."""
    instruction = make("instrText")
    instruction.text = simple.get(W + "instr")
    begin, separate, end = (make("fldChar", [("fldCharType", kind)]) for kind in ("begin", "separate", "end"))
    for number, mark in enumerate((begin, instruction, separate)):
        simple.insert(number, make("r"))
        simple[number].append(mark)
    simple.append(make("r"))
    simple[-1].append(end)


def _dead_marks(root: Element) -> list[Element]:
    """What makes up the dead and the broken fields, without what they show."""
    dead: list[Element] = []
    fields: list[_Open] = []
    for element in root.iterfind(f".//{W}r/*"):
        if element.tag == W + "rPr":
            continue
        kind = element.get(W + "fldCharType") if element.tag == W + "fldChar" else None
        if kind == "begin":
            fields.append(_Open([element]))
        elif not fields or (element.tag == W + "fldChar" and kind not in fields[-1].expected):
            dead += [element] if element.tag in _PIECES else []
        elif kind == "end":
            _end(fields, element, dead)
        elif kind == "separate":
            fields[-1].marks.append(element)
            fields[-1].result = []
        else:
            fields[-1].last.append(element)
            fields[-1].instruction += (element.text or "") if element.tag == W + "instrText" else ""
    return dead + [mark for unfinished in fields for mark in unfinished.marks if mark.tag in _PIECES]


def _end(fields: list[_Open], mark: Element, dead: list[Element]) -> None:
    """The last field that was begun ends: what of it stays is part of the field around it, if there is one."""
    ended = fields.pop()
    marks, result = [*ended.marks, mark], ended.result or []
    if _DEAD.match(ended.instruction):
        dead += marks
        marks = []
    if fields:
        fields[-1].last.extend([*marks, *result])
