"""The styles of a template: what would keep a briefing from taking them, and what is mended in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

from ipreport.language import EN, ZH
from ipreport.problems import Problem
from ipreport.style import THEMES
from ipreport.writers.docx.brand.cascade import Cascade
from ipreport.writers.docx.brand.margins import without_revision_ids
from ipreport.writers.docx.brand.names import canonical, english
from ipreport.writers.docx.brand.opened import problem
from ipreport.writers.docx.brand.orders import PARAGRAPH_ORDER, STYLE_ORDER
from ipreport.writers.docx.brand.wordml import Element, W, drop, make, parse, place, properties, remove, val
from ipreport.writers.docx.names import HEADINGS, Name
from ipreport.writers.docx.sheet import Sheet
from ipreport.writers.docx.styles import styles

_KINDS = {"paragraph": "paragraph", "character": "character", "table": "table", "numbering": "list"}
_INVISIBLE = {"vanish": "hides its text", "strike": "strikes its text through", "dstrike": "strikes its text through"}
_SMALLEST, _LARGEST = 4, 144
"""What letters can be read, and what words fit on a page, in points."""
_WITHOUT_WORDS = {canonical(name) for name in (Name.SEPARATOR, Name.IMPRINT_PLACE, Name.IMPRINT_END)}


@cache
def house_styles() -> dict[str, tuple[str, str]]:
    """Kind and name of every style that a briefing may need, by its name in the form in which names are compared."""
    found: dict[str, tuple[str, str]] = {}
    for style in THEMES.values():
        for languages in ((ZH, EN), (EN, ZH)):
            for entry in parse(styles(Sheet(style, languages)).encode()).iterfind(W + "style"):
                name = val(entry, "name") or ""
                found[canonical(name)] = entry.get(W + "type", ""), name
    return found


def style_problems(root: Element, file: str) -> Iterator[Problem]:
    """What is wrong with the styles of a template, each by its name."""
    ids = Counter(style.get(W + "styleId", "") for style in root.iterfind(W + "style"))
    sheet = Cascade(root)
    circular = _circular(sheet)
    for style_id, style in sheet.styles.items():
        name = val(style, "name") or style_id
        if not style_id:
            yield problem(f"the style '{name}' has no id, by which text could name it", file, _MEND)
        elif ids[style_id] > 1:
            yield problem(f"the style '{name}' is defined {ids[style_id]} times", file, _MEND)
        if style_id in circular:
            hint = "in Word, Modify Style, choose another style under “Style based on”"
            yield problem(f"the style '{name}' is based on itself", file, hint)
    yield from _of_another_kind(sheet, file)
    yield from _unreadable(sheet, file)


_MEND = "open the template in Word, save it anew, and name the new file"


def _circular(sheet: Cascade) -> set[str]:
    """Styles that what they are based on leads back to."""
    parents = {style_id: val(style, "basedOn") or "" for style_id, style in sheet.styles.items() if style_id}
    seen: set[str] = set()
    circular: set[str] = set()
    for start in parents:
        line, at = [], start
        while at in parents and at not in seen:
            seen.add(at)
            line.append(at)
            at = parents[at]
        if at in line:
            circular.update(line[line.index(at) :])
    return circular


def _of_another_kind(sheet: Cascade, file: str) -> Iterator[Problem]:
    """Styles that have the name of one that a briefing needs, which can be had only once."""
    named, house = sheet.named(), house_styles()
    order = list(sheet.styles)
    for (kind, name), style_id in sorted(named.items(), key=lambda entry: (order.index(entry[1]), entry[0])):
        wanted, own_name = house.get(name, (kind, name))
        if wanted != kind and (wanted, name) not in named:
            shown = val(sheet.styles[style_id], "name") or style_id
            alike = "" if shown == own_name else f" (Word's '{own_name}')"
            yield problem(
                f"the style '{shown}'{alike} is expected to be a {_KINDS.get(wanted, wanted)} style,"
                f" and is a {_KINDS.get(kind, kind)} style in the template",
                file,
                f"rename it in the template; a {_KINDS.get(wanted, wanted)} style '{own_name}' is then added",
            )


def _unreadable(sheet: Cascade, file: str) -> Iterator[Problem]:
    """No style that a briefing uses may hide or strike out what it says, or set it in letters that nobody can read."""
    named = sheet.named()
    used = [named.get((kind, name)) for name, (kind, _) in house_styles().items() if kind != "table"]
    for style_id in dict.fromkeys((*used, sheet.default("paragraph"))):
        if style_id is None:
            continue
        look, name = sheet.look(style_id), val(sheet.styles[style_id], "name") or style_id
        for toggle in (toggle for toggle in _INVISIBLE if look.is_on(toggle)):
            message = f"the style '{name}' {_INVISIBLE[toggle]}, which a briefing needs to show"
            yield problem(message, file, "take that out of the style's font")
        legible = look.size is None or _SMALLEST <= look.size <= _LARGEST
        if not legible and canonical(name) not in _WITHOUT_WORDS:
            hint = f"give its font a size from {_SMALLEST} to {_LARGEST} pt"
            yield problem(f"the style '{name}' sets its text in {look.size:g} pt", file, hint)


def mended(root: Element) -> None:
    """Give Word's own styles the names that Word writes, and take out what leads nowhere."""
    without_revision_ids(root)
    sheet = Cascade(root)
    named = sheet.named()
    for style_id, style in sheet.styles.items():
        for reference in ("basedOn", "next", "link"):
            target = val(style, reference)
            found = style.find(W + reference)
            if found is not None and target not in sheet.styles:
                remove(found)
        _rename(style, style_id, named)
        for change in list(style.iter(W + "rPrChange", W + "pPrChange", W + "rsid")):
            remove(change)
    _outline(sheet)


def _rename(style: Element, style_id: str, named: dict[tuple[str, str], str]) -> None:
    """The name as Word spells it, unless another style has that: heading 1 for 标题 1 and for Heading 1.

    A name may have others behind a comma, as in files of before Word 2007; those are its aliases.
    """
    name, kind = style.find(W + "name"), style.get(W + "type", "paragraph")
    whole = "" if name is None else name.get(W + "val", "")
    former, *others = (each.strip() for each in whole.split(","))
    _, spelt = house_styles().get(canonical(former), ("", former))
    own = english(former) or spelt
    if name is None or own == whole or named.get((kind, canonical(own))) != style_id:
        return
    name.set(W + "val", own)
    if own.casefold() != former.casefold():
        drop(style, W + "customStyle")
        others.insert(0, former)
    if others:
        aliases = ",".join(filter(None, [val(style, "aliases"), *others]))
        place(style, make("aliases", [("val", aliases)]), STYLE_ORDER)


def _outline(sheet: Cascade) -> None:
    """Headings have the level that their names say, for contents and navigation (17.3.1.20)."""
    named = sheet.named()
    for level, name in enumerate(HEADINGS):
        style_id = named.get(("paragraph", canonical(name)))
        if style_id is not None and sheet.look(style_id).of_paragraph("outlineLvl") != str(level):
            own = properties(sheet.styles[style_id], "pPr", STYLE_ORDER)
            place(own, make("outlineLvl", [("val", str(level))]), PARAGRAPH_ORDER)
