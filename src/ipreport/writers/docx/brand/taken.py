"""Parts of a template that go into a briefing as they are, with all that they lead to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ipreport.problems import Problem
from ipreport.writers.docx.brand.opc import Relation
from ipreport.writers.docx.brand.opened import Opened, problem
from ipreport.writers.docx.brand.wordml import Element, R, serialise

_LEADS_TO = {
    *("image", "hdphoto", "hyperlink", "chart", "package", "oleObject", "chartColorStyle", "chartStyle"),
    *("diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing", "themeOverride"),
}
"""What a header may lead to and still be complete in another file."""
_OWN_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_REFERENCES = (R, "{urn:schemas-microsoft-com:office:office}relid")
"""How the attributes begin that name a relationship."""
_HEAVIEST = 20 * 2**20
"""More than so many bytes of pictures and other parts would make every issue too heavy to send."""
_LINKED_HINT = "in Word, File, Info, Edit Links to Files: break the link or save the picture in the document"
_SAVE_ANEW = "open it in Word and save it anew"
PLACES = {"numbering": "the lists", "theme": "the theme"}
"""How messages call what leads to pictures; anything else is a header or footer."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the template that goes into the briefing as it is, with what it leads to in turn."""

    content: bytes
    content_type: str
    relations: tuple[Relation, ...] = ()


class Taken:
    """Gathers parts by their names in the template, and the problems that this meets."""

    def __init__(self, package: Opened) -> None:
        self._package = package
        self._weights: dict[str, int] = {}
        self._problems: list[Problem] = []
        self.parts: dict[str, Part] = {}

    def add(self, name: str, root: Element, relations: tuple[Relation, ...] = ()) -> None:
        """Take a part as the tree that was made of it."""
        self.parts[name] = Part(serialise(root), self._package.content_type(name), relations)

    def add_with_pictures(self, name: str, root: Element, kind: str) -> None:
        """Take a part and whatever its words name, such as pictures and links; `kind` is what leads to it."""
        used = {
            str(value)
            for element in root.iter("*")
            for key, value in element.attrib.items()
            if str(key).startswith(_REFERENCES)
        }
        entries = {entry.id: entry for entry in self._package.relations(name) if entry.id in used}
        for identifier in sorted(used - entries.keys()):
            self._damaged(f"{name} leads to '{identifier}', which is not told")
        self.add(name, root, self._followed(name, tuple(entries.values()), PLACES.get(kind, "a header or footer")))

    def add_as_it_is(self, name: str, relations: tuple[Relation, ...] = ()) -> None:
        """Take a part without looking into it."""
        self.parts[name] = Part(self._package.files[name], self._package.content_type(name), relations)

    def problems(self) -> Iterator[Problem]:
        """What cannot be taken, each once."""
        yield from dict.fromkeys(self._problems)
        if self._weight > _HEAVIEST:
            message = f"the pictures in a header or footer of the template come to {self._weight / 2**20:.0f} MB"
            hint = f"compress them to less than {_HEAVIEST // 2**20} MB: every issue carries them"
            yield problem(message, self._package.file, hint)

    @property
    def _weight(self) -> int:
        return sum(self._weights.values())

    def _followed(self, name: str, entries: tuple[Relation, ...], place: str) -> tuple[Relation, ...]:
        """These relationships of a part, after what they lead to was taken as well."""
        for entry in entries:
            if entry.external and entry.short_kind != "hyperlink":
                message = f"a picture or object in {place} lies outside the template, at {entry.target}"
                self._problems.append(problem(message, self._package.file, _LINKED_HINT))
            elif not entry.external and entry.short_kind not in _LEADS_TO:
                message = f"{place} of the template holds an object that cannot be copied: {entry.short_kind}"
                self._problems.append(problem(message, self._package.file, "put a picture of it in its place"))
            elif not entry.external and entry.target not in self._package.files:
                self._damaged(f"{name} leads to {entry.target}, which is missing")
            elif not entry.external and not self._is_copy(entry):
                self._damaged(f"{name} leads to {entry.target}, which is no {entry.short_kind}")
            elif not entry.external and entry.target not in self.parts:
                self._follow(entry.target, place)
        return entries

    def _follow(self, target: str, place: str) -> None:
        self._weights[target] = self._package.files.size(target)
        if self._weight <= _HEAVIEST:
            self.add_as_it_is(target)  # so that a circle ends here
            self.add_as_it_is(target, self._followed(target, self._package.relations(target), place))

    def _is_copy(self, entry: Relation) -> bool:
        """Whether the part is of a kind that may be there several times: a picture, not the body or the styles."""
        kind = self._package.content_type(entry.target)
        if entry.short_kind == "image":
            return kind.startswith("image/")
        return bool(kind) and not (kind.startswith(_OWN_PART) and kind.endswith("+xml"))

    def _damaged(self, detail: str) -> None:
        self._problems.append(problem(f"the template is damaged: {detail}", self._package.file, _SAVE_ANEW))
