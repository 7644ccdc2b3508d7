"""A starter template: what an office edits to have briefings in its own look."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ipreport.language import BY_CODE
from ipreport.pipeline.files import write_all
from ipreport.problems import Origin, Problem, ReportError, block, did_you_mean
from ipreport.readers import is_file
from ipreport.style import MODERN, THEMES

DEFAULT_TEMPLATE = Path("template.dotx")
_ENDINGS = (".docx", ".dotx")


def template(
    file: str | Path = DEFAULT_TEMPLATE,
    *,
    theme: str = MODERN.name,
    languages: Iterable[str] = (),
    force: bool = False,
) -> Path:
    """Write a Word template (`.dotx`, else a `.docx`) with every style that briefings use; returns its path.

    The look is that of `theme`. `languages` are codes in reading order, by default all of them: the styles of
    the first have the plain names, those of the others such as “Body Text English”.

    Raises ReportError for another ending, an unknown theme or language, and for a file that
    exists, unless `force` is set; then nothing was written.
    """
    path = Path(file)
    codes = tuple(dict.fromkeys(languages)) or tuple(BY_CODE)
    problems = [*_name_problems(path, force=force), *_choice_problems(theme, codes, path)]
    if problems:
        raise ReportError(problems)
    from ipreport.writers import docx  # noqa: PLC0415 - loaded when a Word file is written, not before

    chosen = tuple(BY_CODE[code] for code in codes)
    style = THEMES[theme].led_by(chosen[0])
    content = docx.starter(style, chosen, template=path.suffix.lower() == ".dotx")
    write_all({path: content})
    return path


def _name_problems(path: Path, *, force: bool) -> Iterable[Problem]:
    origin = Origin(path.as_posix())
    if path.suffix.lower() not in _ENDINGS:
        message = f"expected a name that ends in {' or '.join(_ENDINGS)}, found '{path.name}'"
        yield block(message, origin, "write template.dotx for a template of Word, template.docx for a document")
    elif is_file(path) and not force:
        yield block("the file already exists; nothing was changed", origin, "choose another name, or give --force")


def _choice_problems(theme: str, codes: tuple[str, ...], path: Path) -> Iterable[Problem]:
    origin = Origin(path.as_posix())
    if theme not in THEMES:
        yield block(f"unknown theme '{theme}'", origin, did_you_mean(theme, THEMES))
    for code in codes:
        if code not in BY_CODE:
            yield block(f"unknown language '{code}'", origin, did_you_mean(code, BY_CODE))
