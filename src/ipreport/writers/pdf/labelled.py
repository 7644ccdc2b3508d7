"""Lines of a label and what it is the label of, as imprint and signature have them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from ipreport.document import ImprintLine, Text
from ipreport.language import ZH
from ipreport.style import StyleName
from ipreport.writers.pdf.boxes import Box, Hanging, Stack
from ipreport.writers.pdf.setter import Setter
from ipreport.writers.pdf.structure import Element

_BETWEEN = 3.0
"""Space between lines in several languages."""
_BEHIND_LABEL = 0.8
"""Space between a label and the words in other languages than Chinese, whose colon has it, in em."""


class _Labelled(Hanging):
    """A label, and its words behind it."""

    @property
    def natural_width(self) -> float:
        """The width in which the words break no line."""
        return self._blanks + self._box.natural_width


def labelled(lines: Sequence[ImprintLine], name: StyleName, setter: Setter) -> Iterator[Box]:
    """The lines in the style `name`, all words as far from the edge as the widest label wants."""
    labels = [label for line in lines for label in line.label]
    indent = max((_label_width(label, name, setter) for label in labels), default=0.0)
    for line in lines:
        box = Stack(list(_line(line, name, setter, indent)))
        box.space_after = _BETWEEN if len(box.boxes) > 1 else 0.0
        yield box


def _label_width(label: Text, name: StyleName, setter: Setter) -> float:
    gap = 0.0 if label.language is ZH else _BEHIND_LABEL
    size = setter.style.text(name, label.language).size
    return setter.flush(label, name).natural_width + gap * size


def _line(line: ImprintLine, name: StyleName, setter: Setter, indent: float) -> Iterator[Box]:
    """A paragraph for every language: the words hang behind their label."""
    for label, names in zip_longest(line.label, line.names):
        text = names or label
        paragraph = Element("P", text.language)
        marker = None if label is None else setter.flush(label, name)
        body = Stack(()) if names is None else setter.flush(names, name)
        if marker is not None:
            marker.element = None
        body.element = None
        yield _Labelled(marker, body, indent, paragraph)
