"""The logical structure of the document: what the marks on the pages mean (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from ipreport.language import Language


@dataclass(frozen=True, slots=True)
class Words:
    """A text as the value of an attribute."""

    text: str


Value = str | int | tuple[float, ...] | Words
"""A value of an attribute: a name, a number, a rectangle, a text."""


@dataclass(frozen=True, slots=True)
class MarkedContent:
    """A stretch of a page's contents, by its number on that page."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class PageAnnotation:
    """A link or a field of a page, by its position among them."""

    page: int
    number: int


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
    attributes: Mapping[str, Value] = field(default_factory=dict)
    parent: Element | None = None
    after: Element | None = None
    identifier: str = ""
    heads: tuple[Element, ...] = ()
    kids: list[Element | MarkedContent | PageAnnotation] = field(default_factory=list)
    joined: bool = False
    followers: list[Element] = field(default_factory=list)
    """Those that stand after it."""

    def join(self, opened: Element) -> None:
        """Take the place in the tree: behind `after`, below `parent`, or else below `opened`."""
        if self.joined:
            return
        self.joined = True
        if self.after is not None:
            self.after.join(opened)
            self.after.followers.append(self)
            return
        if self.parent is None:
            self.parent = opened
        self.parent.join(opened)
        self.parent.kids.append(self)


def add_structure(pdf: Pdf, root: Element, marks: Mapping[int, int]) -> None:
    """Write the tree below `root` into `pdf`; `marks` counts the marked contents of each page.

    Pages are entries 0 to n − 1 of the parent tree, annotations follow (14.7.4.4).
    """
    pages = [page.obj for page in pdf.pages]
    builder = _Builder(pdf, pages, [marks[index] for index in range(len(pages))])
    _identify(root)
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    tree.K = builder.element(root, tree)
    numbers = Array()
    for index, owners in enumerate(builder.owners):
        pages[index].StructParents = index
        pages[index].Tabs = Name.S
        numbers.append(index)
        numbers.append(pdf.make_indirect(Array(owners)))
    for index, (annotation, owner) in enumerate(builder.annotations, len(pages)):
        annotation.StructParent = index
        numbers.append(index)
        numbers.append(owner)
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    tree.ParentTreeNextKey = len(pages) + len(builder.annotations)
    if builder.identified:
        names: list[Object] = []
        for identifier, entry in sorted(builder.identified.items()):  # labels are ASCII, so this is the order of bytes
            names += [String(identifier), entry]
        tree.IDTree = pdf.make_indirect(Dictionary(Names=Array(names)))
    pdf.Root.StructTreeRoot = tree
    pdf.Root.MarkInfo = Dictionary(Marked=True)


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


class _Builder:
    """Turns elements into objects and notes which one owns each mark and annotation."""

    def __init__(self, pdf: Pdf, pages: Sequence[Object], marks: Sequence[int]) -> None:
        self.pdf, self.pages = pdf, pages
        self.owners: list[list[Object | None]] = [[None] * count for count in marks]
        self.annotations: list[tuple[Object, Object]] = []
        self.identified: dict[str, Object] = {}

    def element(self, element: Element, parent: Object) -> Object:
        entry = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{element.tag}"), P=parent))
        if element.language is not None:
            entry.Lang = String(element.language.tag)
        if element.alternative:
            entry.Alt = String(element.alternative)
        attributes: dict[str, Object | int] = {**_attributes(element.attributes)}
        if element.heads:
            attributes["/Headers"] = Array([String(head.identifier) for head in element.heads if head.joined])
        if attributes:
            entry.A = Dictionary({"/O": Name(f"/{element.owner}"), **attributes})
        if element.identifier:
            entry.ID = String(element.identifier)
            self.identified[element.identifier] = entry
        kids = list(self._kids(element, entry))
        if kids:
            entry.K = Array(kids)
        return entry

    def _kids(self, element: Element, entry: Object) -> Iterator[Object]:
        for kid in element.kids:
            yield self._kid(kid, entry)
            if isinstance(kid, Element):
                yield from (self.element(follower, entry) for follower in kid.followers)

    def _kid(self, kid: Element | MarkedContent | PageAnnotation, entry: Object) -> Object:
        match kid:
            case Element():
                return self.element(kid, entry)
            case MarkedContent():
                self.owners[kid.page][kid.number] = entry
                return Dictionary(Type=Name.MCR, Pg=self.pages[kid.page], MCID=kid.number)
            case PageAnnotation():
                annotation = self.pages[kid.page].Annots[kid.number]
                self.annotations.append((annotation, entry))
                return Dictionary(Type=Name.OBJR, Pg=self.pages[kid.page], Obj=annotation)


def _attributes(attributes: Mapping[str, Value]) -> dict[str, Array | String | Name | int]:
    found: dict[str, Array | String | Name | int] = {}
    for key, value in attributes.items():
        match value:
            case tuple():
                found[f"/{key}"] = Array([round(number, 2) for number in value])
            case Words():
                found[f"/{key}"] = String(value.text)
            case int():
                found[f"/{key}"] = value
            case str():
                found[f"/{key}"] = Name(f"/{value}")
    return found
