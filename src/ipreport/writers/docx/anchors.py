"""Bookmarks: where references, citations and captions meet, and what values stand where (ECMA-376 17.13.6).

Printed values are marked by hidden bookmarks, not by content controls: LibreOffice 7.4
drops controls inside a line when it saves (0 of 20 came back, bookmarks 20 of 20, also by
way of ODT), and Word draws a frame round one that is clicked. Word leaves names that begin
with an underscore out of its list of bookmarks. Saves in Word and WPS were not measured;
where marks are lost, values are found by their place in the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count, pairwise

from ipreport.document import VALUE_BOOKMARK, Block, Caption, Contents, Document, Figure, Heading, Note, Table
from ipreport.language import Language

_LONGEST = 40  # 17.13.6.2 allows no more
_UNSAFE = re.compile(r"[^0-9A-Za-z]+")


class Anchors:
    """The bookmarks of one document, by the labels of its blocks and rows.

    ValueError for a label used twice, and for a target that no block has: both
    are faults of the program, for the arrangement was checked before.
    """

    def __init__(self, document: Document) -> None:
        self._names: dict[str, str] = {}
        self._captions: dict[str, Caption] = {}
        self._headings: set[str] = set()
        self._listed = {
            entry.target for block in document.blocks if isinstance(block, Contents) for entry in block.entries
        }
        self._titles = {
            above.label
            for above, below in pairwise(document.blocks)
            if isinstance(above, Heading) and isinstance(below, Contents) and above.label not in self._listed
        }
        self._ids = count(1)
        self._places = count(1)
        self._values: Mapping[str, int] = document.record.numbers()
        for block in document.blocks:
            self._register(block)

    def _register(self, block: Block) -> None:
        match block:
            case Heading():
                self.add(block.label)
                self._headings.add(block.label)
            case Note():
                self.add(block.label)
            case Figure() | Table():
                self.add(block.label)
                if block.caption is not None:
                    self._captions[block.label] = block.caption
                for row in (*block.head, *block.body) if isinstance(block, Table) else ():
                    if row.label is not None:
                        self.add(row.label)
            case _:
                pass

    def add(self, label: str) -> None:
        """Give a bookmark to what is labelled `label`, a block, a row or a footnote."""
        if label in self._names:
            raise ValueError(f"two places are labelled {label!r}")
        # A leading underscore hides the bookmark from Word's list; the number keeps
        # names apart that differ only in characters a bookmark cannot have.
        number = f"_{len(self._names) + 1}"
        room = _LONGEST - len("_Ref_") - len(number) - len("_number")
        self._names[label] = f"_Ref_{_UNSAFE.sub('_', label)[:room]}{number}"

    def name(self, label: str) -> str:
        """The bookmark of a block or row."""
        try:
            return self._names[label]
        except KeyError:
            raise ValueError(f"nothing is labelled {label!r}") from None

    def listed_name(self, label: str) -> str:
        """The bookmark that a table of contents leads to.

        Word begins its names with `_Toc`, and LibreOffice 7.4 keeps a page number as a field
        only where they do. ValueError for what is neither a heading nor has a caption.
        """
        if label not in self._headings and label not in self._captions:
            raise ValueError(f"no heading or caption is labelled {label!r}")
        return self.name(label).replace("_Ref_", "_Toc_", 1)

    def listed(self, label: str, content: str) -> str:
        """A heading or caption inside its bookmark for tables of contents, if it stands in one."""
        return self.mark(self.listed_name(label), content) if self.lists(label) else content

    def lists(self, label: str) -> bool:
        """Whether a table of contents leads to what is labelled `label`."""
        return label in self._listed

    def is_title(self, label: str) -> bool:
        """Whether the heading `label` stands right above a table of contents, and in none: in Word it is no heading."""
        return label in self._titles

    def number_name(self, label: str) -> str:
        """The bookmark round the bare number of a caption."""
        return f"{self.name(label)}_number"

    def prefix_name(self, label: str, language: Language) -> str:
        """The bookmark round word and number of a caption in `language`."""
        return f"{self.name(label)}_{language.code}"

    def caption_prefix(self, label: str, language: Language, text: str) -> str | None:
        """The bookmark whose content is exactly `text`, so that a field can repeat it; None if there is none."""
        caption = self._captions.get(label)
        if caption is None or language not in {entry.language for entry in caption.texts}:
            return None
        return self.prefix_name(label, language) if caption.prefix(language) == text else None

    def value(self, key: str | None, content: str) -> str:
        """`content` inside a hidden bookmark that names the record of the value `key`, if it has one.

        `_value_7_42` is the seventh value of the record; the last number tells places apart.
        """
        number = self._values.get(key) if key is not None else None
        return content if number is None else self.mark(f"{VALUE_BOOKMARK}{number}_{next(self._places)}", content)

    def mark(self, name: str, content: str) -> str:
        """`content` inside the bookmark `name`."""
        number = next(self._ids)
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'
