"""The logical structure of the document: what the marks on the pages mean (ISO 32000-1, 14.7).

A long document has tens of thousands of elements. They are written as text behind the file
that has the pages, as an update of it (7.5.6): made one by one as objects of pikepdf they
take five times as long.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from types import MappingProxyType
from typing import NamedTuple

import pikepdf
from pikepdf import Dictionary, Name, Pdf, String

from ipreport.language import Language


@dataclass(frozen=True, slots=True)
class Words:
    """A text as the value of an attribute."""

    text: str


Value = str | int | tuple[float, ...] | Words
"""A value of an attribute: a name, a number, a rectangle, a text."""


class MarkedContent(NamedTuple):
    """A stretch of a page's contents, by its number on that page."""

    page: int
    number: int


class PageAnnotation(NamedTuple):
    """A link or a field of a page, by its position among them."""

    page: int
    number: int


_NO_ATTRIBUTES: Mapping[str, Value] = MappingProxyType({})


@dataclass(slots=True, eq=False)
class Element:
    """A structure element. It joins the tree when something of it is first painted.

    `tag` is a standard structure type; `attributes` belong to `owner` (Table, Layout);
    `parent` is the element it joins, by default the one that is then open. One that is to
    stand `after` another joins the parent of that, behind it. `identifier` is its ID; the
    `heads` of a cell, which it names by theirs, get one when the tree is written.
    """

    tag: str
    language: Language | None = None
    alternative: str = ""
    owner: str = ""
    attributes: Mapping[str, Value] = field(default_factory=lambda: _NO_ATTRIBUTES)
    parent: Element | None = None
    after: Element | None = None
    identifier: str = ""
    heads: tuple[Element, ...] = ()
    kids: list[Element | MarkedContent | PageAnnotation] = field(default_factory=list)
    joined: bool = False
    followers: tuple[Element, ...] = ()
    """Those that stand after it."""

    def join(self, opened: Element) -> None:
        """Take the place in the tree: behind `after`, below `parent`, or else below `opened`."""
        if self.joined:
            return
        self.joined = True
        if self.after is not None:
            self.after.join(opened)
            self.after.followers += (self,)
            return
        if self.parent is None:
            self.parent = opened
        self.parent.join(opened)
        self.parent.kids.append(self)


def opened_with_structure(file: bytes, root: Element, marks: Mapping[int, int]) -> Pdf:
    """`file` as an open one that has the tree below `root`; `marks` counts the marked contents of each page.

    Pages are entries 0 to n − 1 of the parent tree, annotations follow (14.7.4.4).
    """
    with pikepdf.open(io.BytesIO(file)) as plain:
        pages = [page.obj.objgen[0] for page in plain.pages]
        annotations = [[each.objgen[0] for each in page.obj.get("/Annots", ())] for page in plain.pages]
        trailer = {key: plain.trailer[key].objgen[0] for key in ("/Root", "/Info")}
        tree = _Tree(pages, annotations, [marks[index] for index in range(len(pages))], int(plain.trailer.Size))
    _identify(root)
    number = tree.written(root)
    pdf = pikepdf.open(io.BytesIO(file + _update(file, tree.objects, tree.first, trailer)))
    pdf.Root.StructTreeRoot = pdf.get_object(number, 0)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    for index, page in enumerate(pdf.pages):
        page.obj.StructParents = index
        page.obj.Tabs = Name.S
    for index, (annotation, _) in enumerate(tree.owned, len(pages)):
        pdf.get_object(annotation, 0).StructParent = index
    return pdf


def _identify(root: Element) -> None:
    """Give every head that a cell names an ID, in reading order, and none that another element has."""
    elements = list(_below(root))
    named = {head for element in elements for head in element.heads}
    taken = {element.identifier for element in elements}
    free = (name for number in count(1) if (name := f"h{number}") not in taken)
    for element in elements:
        if element in named and not element.identifier:
            element.identifier = next(free)


def _below(element: Element) -> Iterator[Element]:
    """The element and all that stand in it, in reading order."""
    yield element
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _below(kid)
            for follower in kid.followers:
                yield from _below(follower)


class _Tree:
    """Objects numbered from `first` on, and which of them own the marks and the annotations of each page.

    `pages` and `annotations` are numbers of objects, the latter those of each page.
    """

    def __init__(
        self, pages: Sequence[int], annotations: Sequence[Sequence[int]], marks: Sequence[int], first: int
    ) -> None:
        self.pages, self.annotations, self.first = pages, annotations, first
        self.objects: list[str] = []
        self.owned: list[tuple[int, int]] = []
        self._owners = [["null"] * count for count in marks]
        self._identified: dict[str, int] = {}

    def written(self, root: Element) -> int:
        """Make the objects of the tree; the number of its own."""
        tree = self._add("")
        document = self._element(root, tree)
        owners = [self._add(f"[{' '.join(each)}]") for each in self._owners]
        owners += [owner for _, owner in self.owned]
        numbers = [f"{index} {owner} 0 R" for index, owner in enumerate(owners)]
        parents = self._add(f"<</Nums[{' '.join(numbers)}]>>")
        entries = f"/Type/StructTreeRoot/K {document} 0 R/ParentTree {parents} 0 R/ParentTreeNextKey {len(numbers)}"
        if self._identified:
            named = sorted(self._identified.items())  # labels are ASCII, so this is the order of bytes
            names = " ".join(f"{_string(name)} {number} 0 R" for name, number in named)
            entries += f"/IDTree {self._add(f'<</Names[{names}]>>')} 0 R"
        self.objects[tree - self.first] = f"<<{entries}>>"
        return tree

    def _add(self, entry: str) -> int:
        """The number of one more object."""
        self.objects.append(entry)
        return self.first + len(self.objects) - 1

    def _element(self, element: Element, parent: int) -> int:
        number = self._add("")
        page = next((kid.page for kid in element.kids if not isinstance(kid, Element)), None)
        entry = f"<</Type/StructElem/S/{element.tag}/P {parent} 0 R"
        if page is not None:
            entry += f"/Pg {self.pages[page]} 0 R"
        if element.language is not None:
            entry += f"/Lang({element.language.tag})"
        if element.alternative:
            entry += f"/Alt{_string(element.alternative)}"
        if element.attributes or element.heads:
            entry += f"/A<</O/{element.owner}{''.join(_attributes(element))}>>"
        if element.identifier:
            entry += f"/ID{_string(element.identifier)}"
            self._identified[element.identifier] = number
        if element.kids:
            entry += f"/K[{' '.join(self._kids(element, number, page))}]"
        self.objects[number - self.first] = f"{entry}>>"
        return number

    def _kids(self, element: Element, number: int, page: int | None) -> Iterator[str]:
        """What an element holds; marks and annotations of its own `page` need not name that."""
        for kid in element.kids:
            if isinstance(kid, Element):
                for each in (kid, *kid.followers):
                    yield f"{self._element(each, number)} 0 R"
                continue
            where = "" if kid.page == page else f"/Pg {self.pages[kid.page]} 0 R"
            if isinstance(kid, PageAnnotation):
                annotation = self.annotations[kid.page][kid.number]
                self.owned.append((annotation, number))
                yield f"<</Type/OBJR/Obj {annotation} 0 R{where}>>"
            else:
                self._owners[kid.page][kid.number] = f"{number} 0 R"
                yield f"<</Type/MCR/MCID {kid.number}{where}>>" if where else str(kid.number)


def _update(file: bytes, objects: Iterable[str], first: int, trailer: Mapping[str, int]) -> bytes:
    """What adds objects, numbered from `first` on, to a `file` when it stands behind that (7.5.6)."""
    written, places, place = list[bytes](), list[str](), len(file)
    for number, entry in enumerate(objects, first):
        written.append(f"{number} 0 obj\n{entry}\nendobj\n".encode("latin-1"))
        places.append(f"{place:010d} 00000 n \n")
        place += len(written[-1])
    entries = "".join(f"{key} {number} 0 R" for key, number in trailer.items())
    before = int(file[file.rindex(b"startxref") :].split()[1])
    end = f"""xref\n{first} {len(places)}\n{"".join(places)}trailer
<</Size {first + len(places)}/Prev {before}{entries}>>\nstartxref\n{place}\n%%EOF\n"""
    return b"".join((*written, end.encode("ascii")))


def _string(text: str) -> str:
    """A text as PDF writes it, every byte of that as one character."""
    return String(text).unparse().decode("latin-1")


def _attributes(element: Element) -> Iterator[str]:
    for key, value in element.attributes.items():
        match value:
            case tuple():
                yield f"/{key}[{' '.join(f'{round(number, 2):.15g}' for number in value)}]"
            case Words():
                yield f"/{key}{_string(value.text)}"
            case int():
                yield f"/{key} {value}"
            case str():
                yield f"/{key}/{value}"
    if element.heads:
        yield f"/Headers[{''.join(_string(head.identifier) for head in element.heads if head.joined)}]"
