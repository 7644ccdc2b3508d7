"""Comments (ECMA-376 17.13.4): remarks to the editor of a draft, in the margin beside what they are about.

Their author is the program, not the compilers: an editor sees that nobody of the office wrote
them, and can show, hide or delete all of them by their author.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.parts.document import DocumentPart

from ipreport.document import Block, Cards, Contents, Document, Figure, Table
from ipreport.writers.docx.context import Context
from ipreport.writers.docx.flow import Beside, Grid, Item, Para
from ipreport.writers.docx.footnotes import refuse_note
from ipreport.writers.docx.names import Name
from ipreport.writers.docx.sheet import Sheet
from ipreport.writers.docx.side_part import SidePart
from ipreport.writers.docx.styles import COMMENT_REFERENCE

AUTHOR, INITIALS = "ipreport", "ip"
# LibreOffice 7.4 takes the ids of comments for those of footnotes as well, and confuses the notes
# behind a comment whose id a note has.
_FIRST_ID = 10_000
_STYLE = f'<w:rPr><w:rStyle w:val="{COMMENT_REFERENCE}"/></w:rPr>'


class Comments:
    """The remarks of one document, each tied to a place as the body is written."""

    def __init__(self, document: Document) -> None:
        self._comments = document.comments
        self._date = f"{document.meta.stamp.isoformat()}T00:00:00Z"
        self._by_block: defaultdict[int, list[int]] = defaultdict(list)
        for number, comment in enumerate(self._comments):
            self._by_block[comment.block].append(number)
        self._waiting: list[int] = []

    def begin(self, block: int) -> None:
        """What comes next is written for the block number `block`."""
        self._check()
        self._waiting = self._by_block.pop(block, [])

    def value(self, key: str | None, content: str) -> str:
        """Runs that show the value `key`; a remark on it that waits for its first place is tied to them."""
        if not self._waiting or not key:
            return content
        for number in [number for number in self._waiting if self._comments[number].value_key == key]:
            self._waiting.remove(number)
            content = f"{_start(number)}{content}{_end(number)}"
        return content

    def end(self, sheet: Sheet, block: Block, items: list[Item]) -> list[Item]:
        """The finished block; remarks that found no place in it are tied to the whole of it.

        That is the caption of a table or figure, and the first cell of what has none.
        ValueError for a remark on a block that prints nothing.
        """
        for number in self._waiting:
            first, last = _extent(sheet, block, items)
            items[first] = _put(items[first], before=_start(number))
            items[last] = _put(items[last], after=_end(number))
        self._waiting = []
        return items

    def enter(self, main: DocumentPart, context: Context) -> None:
        """Add the part to the package, if there are remarks; ValueError for one on a block that is not there."""
        self._check()
        if self._by_block:
            raise ValueError(f"remarks on blocks that are not there: {sorted(self._by_block)}")
        if self._comments:
            part = SidePart("comments", CONTENT_TYPE.WML_COMMENTS, RELATIONSHIP_TYPE.COMMENTS)
            # Values are marked where they are printed, not where a remark is about them.
            inside = replace(context, link=part.link, value=lambda _, content: content, note=refuse_note)
            part.enter(main, "".join(self._content(inside, number) for number in range(len(self._comments))))

    def _check(self) -> None:
        if self._waiting:
            raise ValueError("a remark on a block that prints nothing")

    def _content(self, context: Context, number: int) -> str:
        lead = f"<w:r>{_STYLE}<w:annotationRef/></w:r>"
        paragraphs = [
            context.para(Name.COMMENT, text, lead="" if index else lead).xml()
            for index, text in enumerate(self._comments[number].texts)
        ]
        return (
            f'<w:comment w:id="{_FIRST_ID + number}" w:author="{AUTHOR}" w:date="{self._date}" w:initials="{INITIALS}">'
            f"{''.join(paragraphs)}</w:comment>"
        )


def _start(number: int) -> str:
    return f'<w:commentRangeStart w:id="{_FIRST_ID + number}"/>'


def _end(number: int) -> str:
    """The end of the range, and the reference that Word shows as a balloon (17.13.4.5)."""
    identifier = f'w:id="{_FIRST_ID + number}"'
    return f"<w:commentRangeEnd {identifier}/><w:r>{_STYLE}<w:commentReference {identifier}/></w:r>"


def _extent(sheet: Sheet, block: Block, items: list[Item]) -> tuple[int, int]:
    """Between which of its items a remark on the whole block begins and ends."""
    places = [index for index, item in enumerate(items) if isinstance(item, Para | Grid | Beside)]
    if not places:
        raise ValueError("a remark on a block that prints nothing")
    if isinstance(block, Figure | Table):
        captions = {sheet.style_id(name, sheet.primary) for name in (Name.CAPTION, Name.TABLE_CAPTION)}
        places = [index for index in places if getattr(items[index], "style_id", "") in captions] or places
    if isinstance(block, Figure | Table | Cards | Contents):
        return places[0], places[0]
    return places[0], places[-1]


def _put(item: Item, *, before: str = "", after: str = "") -> Item:
    """`item` with marks round what it holds: the runs of a paragraph, or of the first one in a table."""
    match item:
        case Para():
            return replace(item, content=f"{before}{item.content}{after}")
        case Beside():
            opened = (replace(item.cells[0], content=before + item.cells[0].content), *item.cells[1:])
            return replace(item, cells=(*opened[:-1], replace(opened[-1], content=opened[-1].content + after)))
        case Grid():
            head, properties, rest = item.table.partition("</w:pPr>")
            content, end, tail = rest.partition("</w:p>")
            return Grid(f"{head}{properties}{before}{content}{after}{end}{tail}")
        case _:
            raise AssertionError(item)
