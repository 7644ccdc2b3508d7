"""YAML files, read as text with the place of every value kept.

Every scalar stays the characters that were written: `7.50` keeps its zero, `0123`
its first digit, `NO` is a country. Anchors, aliases, tags, duplicate keys and several
documents in a file are refused; no number passes through a binary float.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ipreport.problems import Origin, Problem, ReportError, block

Value = str | None | list["Value"] | dict[str, "Value"]
Path_ = tuple[str | int, ...]

MAX_BYTES = 2_000_000
MAX_DEPTH = 50
_TOO_DEEP = f"nested more than {MAX_DEPTH} levels deep"
_NULLS = {"", "~", "null"}
QUOTE_BRACES = "put quotes around a text that begins with {{, or write >- and the text on the lines below"
_FULL_WIDTH = re.compile(r"(?<=[A-Za-z_])：|，(?=\s*[A-Za-z_]+:\s)")
"""A full-width colon behind a key, or a full-width comma before one."""
_IMPLIED = {"str", "int", "float", "bool", "null", "timestamp", "merge", "value", "map", "seq"}
"""Tags that YAML gives to what is written without one."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The content of a file and the origin of each of its parts, by path of keys."""

    file: str
    data: Value
    places: Mapping[Path_, tuple[int, int]]

    def origin(self, path: Path_) -> Origin:
        """The place of the value at `path`, or of the nearest part that contains it."""
        known = path
        while known and known not in self.places:
            known = known[:-1]
        line, column = self.places.get(known, (1, 1))
        return Origin(self.file, pointer_text(path), line, column)

    def texts(self) -> Iterator[tuple[str, Origin]]:
        """Every text of the file with its place, in the order of the file."""
        yield from self._texts(self.data, ())

    def _texts(self, value: Value, path: Path_) -> Iterator[tuple[str, Origin]]:
        match value:
            case str():
                yield value, self.origin(path)
            case list():
                for index, entry in enumerate(value):
                    yield from self._texts(entry, (*path, index))
            case dict():
                for key, entry in value.items():
                    yield from self._texts(entry, (*path, key))


def pointer_text(path: Path_) -> str:
    """A path of keys in words: `metrics[3].value`."""
    words = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return words.removeprefix(".")


def load_yaml(path: Path) -> Tree:
    """The content of a YAML file. Raises ReportError with every problem found."""
    return parse_yaml(_decoded(path), path.as_posix())


def parse_yaml(text: str, file: str) -> Tree:
    """The content of YAML text that stands in `file`. Raises ReportError with every problem found."""
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        raise ReportError([_syntax_problem(error, file, text)]) from error
    except RecursionError as error:
        raise ReportError([block(_TOO_DEEP, Origin(file))]) from error
    if root is None:
        raise ReportError([block("the file is empty", Origin(file, line=1))])
    builder = _Builder(file)
    data = builder.value(root, ())
    if builder.problems:
        raise ReportError(builder.problems)
    return Tree(file, data, builder.places)


def _decoded(path: Path) -> str:
    file = path.as_posix()
    try:
        content = path.read_bytes()
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        reason = "there is no such file" if missing else f"the file cannot be read: {error.strerror}"
        hint = "check the name and the folder" if missing else "check that it is a file and that you may read it"
        raise ReportError([block(reason, Origin(file), hint)]) from error
    if len(content) > MAX_BYTES:
        message = f"the file has {len(content):,} bytes; at most {MAX_BYTES:,} are read"
        raise ReportError([block(message, Origin(file), "put bulk data into a CSV or XLSX file")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = "expected UTF-8 text, found bytes of another encoding (GBK?)"
        raise ReportError([block(message, Origin(file, line=line), "save the file as UTF-8")]) from error
    _refuse_control_characters(text, file)
    return text


def _refuse_control_characters(text: str, file: str) -> None:
    """Control, private-use and text-reversing characters break every output format."""
    problems = []
    for number, line in enumerate(text.split("\n"), start=1):
        for column, character in enumerate("" if line.isprintable() else line, start=1):
            if character not in "\t\r" and is_control(character):
                message = control_found(character)
                problems.append(block(message, Origin(file, line=number, column=column), "delete it"))
    if problems:
        raise ReportError(problems)


def control_found(character: str) -> str:
    """What is wrong with a text that holds this character."""
    return f"expected text, found the control character U+{ord(character):04X}"


def is_control(character: str) -> bool:
    """Whether a character would break an output format or reverse the text around it; none that is printable does."""
    reverses_text = "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069"
    # A byte order mark within a text is not seen, and no glyph of a PDF/A may stand for it (6.2.11.7.2).
    return reverses_text or character == "\ufeff" or unicodedata.category(character) in {"Cc", "Cs", "Co", "Zl", "Zp"}


def _syntax_problem(error: MarkedYAMLError, file: str, text: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    origin = Origin(file, line=mark.line + 1, column=mark.column + 1) if mark is not None else Origin(file)
    found = " ".join(part for part in (error.problem, error.context) if part)
    hint = "check indentation (spaces, no tabs), a space after each colon, and matching quotes and brackets"
    lines = text.split("\n")
    line = lines[mark.line] if mark is not None else ""
    before = lines[mark.line - 1] if mark is not None and mark.line else ""
    if re.search(r":\s+\{\{", line):
        hint = QUOTE_BRACES
    elif wide := _FULL_WIDTH.search(line) or _FULL_WIDTH.search(before):
        sign = wide[0]
        hint = (
            f"'{sign}' is a full-width sign of Chinese input: write '{unicodedata.normalize('NFKC', sign)}' and a space"
        )
    elif "alias" in found:
        hint = "put quotes around a text that begins with *; aliases (*name) are not read"
    return block(f"not valid YAML: {found}", origin, hint)


class _Builder:
    """Turns composed nodes into plain values and notes where each one stands."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.places: dict[Path_, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self._told: set[int] = set()

    def value(self, node: Node, path: Path_) -> Value:
        self.places[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if refusal := self._refusal(node, path):
            message, hint = refusal
            if id(node) not in self._told:  # an alias is the very node of its anchor
                self.problems.append(block(message, self._place(node), hint))
            self._told.add(id(node))
            return None
        match node:
            case ScalarNode():
                return None if node.style is None and node.value.lower() in _NULLS else str(node.value)
            case SequenceNode():
                return [self.value(child, (*path, index)) for index, child in enumerate(node.value)]
            case MappingNode():
                return self._mapping(node, path)
        raise AssertionError(node)

    def _place(self, node: Node) -> Origin:
        return Origin(self.file, line=node.start_mark.line + 1, column=node.start_mark.column + 1)

    def _refusal(self, node: Node, path: Path_) -> tuple[str, str] | None:
        """What is wrong with a node and what to write instead; None when nothing is."""
        if len(path) > MAX_DEPTH:
            return _TOO_DEEP, ""
        if node.anchor is not None:
            hint = "write the value out wherever it is needed; put quotes around a text that begins with &"
            return f"expected plain text, found the YAML anchor &{node.anchor}", hint
        if str(node.tag).removeprefix("tag:yaml.org,2002:") not in _IMPLIED:
            return f"expected plain text, found the YAML tag {node.tag}", "put quotes around a text that begins with !"
        if isinstance(node, ScalarNode):
            # An escape such as "\a" in double quotes brings in what the file itself does not hold.
            odd = "" if node.value.isprintable() else node.value
            control = next((c for c in odd if c not in "\t\n" and is_control(c)), "")
            return (control_found(control), "delete it") if control else None
        return None

    def _mapping(self, node: MappingNode, path: Path_) -> dict[str, Value]:
        result: dict[str, Value] = {}
        for key, child in node.value:
            name = str(key.value)
            if name in result:
                self.problems.append(block(f"the key '{name}' stands twice", self._place(key)))
            result[name] = self.value(child, (*path, name))
            # A mapping or list begins on the next line; the key is what a reader looks for.
            self.places[(*path, name)] = (key.start_mark.line + 1, key.start_mark.column + 1)
        return result
