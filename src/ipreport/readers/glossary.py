"""The glossary: one form of a term in each language, and the forms that are reported (rule R25)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import StringConstraints

from ipreport.language import BY_CODE, LANGUAGES, Language, Localized
from ipreport.problems import Origin, Problem, ReportError, block, collected, warn
from ipreport.readers.schema import Line, Shape
from ipreport.readers.validate import validate
from ipreport.readers.yaml_file import Tree, load_yaml

GLOSSARY_FILE = "glossary.yaml"
_SHIPPED = Path(__file__).with_name(GLOSSARY_FILE)

_QUOTED = re.compile(r"“[^”]*”|《[^》]*》|https?://\S+|\{\{.*?\}\}|\{%.*?%\}")
"""Words of others, and what is no prose: quotations, titles, addresses, placeholders."""

_IN_QUOTE = re.compile(r"\.quote\.[a-z]+\Z")


class BannedShape(Shape):
    """Forms that must not be printed, by language."""

    zh: tuple[Line, ...] = ()
    en: tuple[Line, ...] = ()


class TermShape(Shape):
    """A term: its one form in each language, and what must not stand for it."""

    zh: Line
    en: Line
    banned: BannedShape = BannedShape()
    note: Annotated[str, StringConstraints(max_length=400)] = ""


Glossary = tuple[TermShape, ...]


def read_glossary(folder: Path) -> Glossary:
    """The terms of the program and those of the office in `folder`, its own first.

    Raises ReportError with every problem of the office's file.
    """
    own = folder / GLOSSARY_FILE
    return (_terms(load_yaml(own)) if own.exists() else ()) + _shipped()


@cache
def _shipped() -> Glossary:
    return _terms(load_yaml(_SHIPPED))


def _terms(tree: Tree) -> Glossary:
    if not isinstance(tree.data, list):
        raise ReportError([block("expected a list of terms", tree.origin(()), "begin each with '- zh:' and 'en:'")])
    terms: list[TermShape] = []
    problems: list[Problem] = []
    for index, entry in enumerate(tree.data):
        with collected(problems):
            terms.append(validate(TermShape, tree, (index,), entry))
    if problems:
        raise ReportError(problems)
    return tuple(terms)


def banned_forms(texts: Iterable[tuple[str, Origin]], glossary: Glossary) -> Iterator[Problem]:
    """A warning for every banned form in the texts of a briefing, with its place and the house form.

    A text is of the language that the last key of its place names; what stands in
    quotation marks, or in a block `quote`, is somebody else's wording and is left alone.
    """
    patterns = {language: _pattern(glossary, language) for language in LANGUAGES}
    house = {form.lower(): term for term in glossary for form in (*term.banned.zh, *term.banned.en)}
    for text, origin in texts:
        language = BY_CODE.get(origin.pointer.rpartition(".")[2])
        pattern = patterns[language] if language is not None else None
        if language is None or pattern is None or _IN_QUOTE.search(origin.pointer):
            continue
        for found in dict.fromkeys(pattern.findall(_QUOTED.sub(" ", text))):
            form = getattr(house[found.lower()], language.code)
            message = f"'{found}' is not the house term"
            yield warn(message, origin, f"write '{form}'", rule="R25", title=_NOT_OURS)


_NOT_OURS = Localized("不是规范用语", "Not the house term")


def _pattern(glossary: Glossary, language: Language) -> re.Pattern[str] | None:
    """Any banned form of a language, the longest first; English ones as whole words in any case."""
    forms = {form for term in glossary for form in getattr(term.banned, language.code)}
    if not forms:
        return None
    listed = "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))
    return re.compile(rf"\b(?:{listed})\b", re.IGNORECASE) if listed.isascii() else re.compile(listed)
