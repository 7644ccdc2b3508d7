"""Lists of a briefing beside those of a template (ECMA-376 17.9): theirs stay, ours get numbers that are free."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ipreport.writers.docx.brand.cascade import Cascade
from ipreport.writers.docx.brand.graft import Grafted
from ipreport.writers.docx.brand.names import canonical
from ipreport.writers.docx.brand.orders import PARAGRAPH_ORDER, STYLE_ORDER
from ipreport.writers.docx.brand.wordml import Element, W, make, place, properties, remove, val


@dataclass(frozen=True, slots=True)
class Numbering:
    """The definitions of both; `ids` leads from our instances to those there, `added` names our definitions."""

    root: Element
    ids: Mapping[str, str]
    added: frozenset[str]

    def kind(self, instance: str, level: str) -> str | None:
        """How a level of an instance counts, such as `bullet`; None where it is not defined."""
        number = _by_id(self.root, "num", "numId", instance)
        abstract = _by_id(self.root, "abstractNum", "abstractNumId", val(number, "abstractNumId"))
        for each in () if abstract is None else abstract.iterfind(W + "lvl"):
            if each.get(W + "ilvl") == level:
                return val(each, "numFmt")
        return None


def _by_id(root: Element, tag: str, attribute: str, identifier: str | None) -> Element | None:
    return next((each for each in root.iterfind(W + tag) if each.get(W + attribute) == identifier), None)


def numbered(ours: Element, theirs: Element | None, users: Iterable[Element]) -> Numbering:
    """Our definitions added to the template's.

    Of the template those stay that one of the `users`, its styles and headers, names: the rest belonged
    to the body that was left out.
    """
    root = make("numbering") if theirs is None else theirs
    _keep_used(root, users)
    abstracts = _added_abstracts(ours, root)
    ids: dict[str, str] = {}
    highest = max((int(each.get(W + "numId", "0")) for each in root.iterfind(W + "num")), default=0)
    for number, each in enumerate(ours.iterfind(W + "num"), highest + 1):
        made = copy.deepcopy(each)
        ids[each.get(W + "numId", "")] = str(number)
        made.set(W + "numId", str(number))
        for definition in made.iterfind(W + "abstractNumId"):
            definition.set(W + "val", abstracts[definition.get(W + "val", "")])
        _insert(root, made, ("numIdMacAtCleanup",))
    return Numbering(root, ids, frozenset(abstracts.values()))


def _keep_used(root: Element, users: Iterable[Element]) -> None:
    used = {entry.get(W + "val") for user in users for entry in user.iter(W + "numId")}
    for number in list(root.iterfind(W + "num")):
        if number.get(W + "numId") not in used:
            remove(number)
    kept = {val(number, "abstractNumId") for number in root.iterfind(W + "num")}
    for abstract in list(root.iterfind(W + "abstractNum")):
        if abstract.get(W + "abstractNumId") not in kept:
            remove(abstract)
    pictures = {entry.get(W + "val") for entry in root.iter(W + "lvlPicBulletId")}
    for picture in list(root.iterfind(W + "numPicBullet")):
        if picture.get(W + "numPicBulletId") not in pictures:
            remove(picture)


def _added_abstracts(ours: Element, root: Element) -> dict[str, str]:
    """Our definitions at the end of the template's; the numbers they have there."""
    there = [int(each.get(W + "abstractNumId", "0")) for each in root.iterfind(W + "abstractNum")]
    names = {val(each, "nsid") for each in root.iterfind(W + "abstractNum")}
    numbers = {}
    for number, each in enumerate(ours.iterfind(W + "abstractNum"), max(there, default=-1) + 1):
        made = copy.deepcopy(each)
        numbers[each.get(W + "abstractNumId", "")] = str(number)
        made.set(W + "abstractNumId", str(number))
        name = made.find(W + "nsid")
        while name is not None and name.get(W + "val") in names:
            # Word takes definitions of the same name for one list.
            name.set(W + "val", f"{int(name.get(W + 'val', '0'), 16) + 0x1000:08X}")
        names.add(None if name is None else name.get(W + "val"))
        _insert(root, made, ("num", "numIdMacAtCleanup"))
    return numbers


def _insert(root: Element, made: Element, before: tuple[str, ...]) -> None:
    """In front of the first of these, which the schema wants behind it."""
    following = next((each for each in root if each.tag in {W + name for name in before}), None)
    if following is None:
        root.append(made)
    else:
        following.addprevious(made)


def unlink(numbering: Numbering, styles: Grafted) -> None:
    """Tie levels of ours to the styles that were added, in their faces; the template's own keep their own lists."""
    for abstract in numbering.root.iterfind(W + "abstractNum"):
        if abstract.get(W + "abstractNumId") not in numbering.added:
            continue
        for link in list(abstract.iter(W + "pStyle")):
            style_id = link.get(W + "val", "")
            if style_id in styles.office:
                remove(link)
            else:
                link.set(W + "val", styles.ids.get(style_id, style_id))
        for fonts in abstract.iter(W + "rFonts"):
            styles.faces.settle(fonts)


def without_numbers(theirs: Cascade, ours: Cascade) -> None:
    """Take automatic numbers from styles of the template that have none in the house.

    What number a heading or caption has, the briefing says: it would stand there twice.
    """
    named = theirs.named()
    for style_id, style in ours.styles.items():
        found = named.get((style.get(W + "type", "paragraph"), canonical(val(style, "name") or "")))
        if found is None or ours.look(style_id).numbering is not None or theirs.look(found).numbering is None:
            continue
        own = properties(theirs.styles[found], "pPr", STYLE_ORDER)
        for number in list(own.iterfind(W + "numPr")):
            remove(number)
        if theirs.look(found).numbering is not None:
            none = make("numPr")
            none.append(make("numId", [("val", "0")]))
            place(own, none, PARAGRAPH_ORDER)


def keep_used(numbering: Numbering, users: Iterable[Element]) -> None:
    """Take out what in the end nothing names."""
    _keep_used(numbering.root, users)
