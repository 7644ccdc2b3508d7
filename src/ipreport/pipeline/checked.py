"""A briefing read and checked: everything that can be wrong is found before anything is made."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ipreport.cache import Cache
from ipreport.compose import Content, check_values, content_of
from ipreport.compose import check as check_content
from ipreport.compose.numbering import numbered_twice
from ipreport.document import Document
from ipreport.figures import check as check_figure
from ipreport.figures import check_trends
from ipreport.fonts import Faces, check_characters, check_embedding, check_substitutes, find_faces, is_substituted
from ipreport.language import BY_CODE, LANGUAGES
from ipreport.metrics import Issue, restate
from ipreport.outline import Conformance, EmbedFonts, Outline, PdfSpec
from ipreport.pipeline.moment import moment_of
from ipreport.problems import Level, Origin, Problem, ReportError, block, collected, did_you_mean, note
from ipreport.readers import (
    BRIEFING_FILE,
    METRICS_FILE,
    RECIPIENTS_FILE,
    Input,
    banned_forms,
    briefing_folder,
    read,
)
from ipreport.rules import findings
from ipreport.signatures import Signer, open_signer
from ipreport.style import THEMES, FontRole, Style

if TYPE_CHECKING:
    from ipreport.writers.docx import Brand

Progress = Callable[[str], None]
"""Told in a few words what is being done."""


@dataclass(frozen=True, slots=True)
class Formats:
    """What the writers share: the look, the faces, the cache.

    `brand` is what Word files take over from the office's own, `embed_fonts` what of the faces they carry,
    `pdf` how PDF files are saved, `signer` who signs them.
    """

    style: Style
    faces: Faces
    cache: Cache
    brand: Brand | None = None
    embed_fonts: EmbedFonts = EmbedFonts.NONE
    pdf: PdfSpec = field(default_factory=PdfSpec)
    signer: Signer | None = None

    @property
    def numbered_headings(self) -> bool:
        """Whether the look numbers headings."""
        return self.style.numbered_headings

    @property
    def of_word(self) -> Formats:
        """The same for Word files: without a grid; on the page of the office's template and in its colours, if any."""
        plain = replace(self, pdf=replace(self.pdf, grid=False))
        if self.brand is None:
            return plain
        from ipreport.writers.docx import branded  # noqa: PLC0415 - loaded for a briefing that has a template

        return replace(plain, style=branded(self.style, self.brand))

    def style_of(self, document: Document) -> Style:
        """The look of an edition, which depends on the language that leads it."""
        return self.style.led_by(document.meta.languages[0])

    def pdf_style_of(self, document: Document) -> Style:
        """The same for PDF files, whose text may stand on the grid of the look; Word files have none round tables."""
        return self.style.on_grid(document.meta.languages[0]) if self.pdf.grid else self.style_of(document)


@dataclass(frozen=True, slots=True)
class Checked:
    """A briefing with everything it can say, and every problem that was found."""

    source: Input
    content: Content
    formats: Formats
    problems: tuple[Problem, ...]

    def with_problems(self, more: Iterable[Problem]) -> Checked:
        """The same with further problems."""
        return replace(self, problems=(*self.problems, *more))

    def stop_if_blocked(self) -> None:
        """Raise ReportError with all problems when one of them is blocking."""
        if any(problem.level is Level.BLOCK for problem in self.problems):
            raise ReportError(self.problems)


def checked(
    briefing: str | Path,
    cache: Path | None,
    *,
    accept_warnings: bool,
    previous: Path | None = None,
    theme: str | None = None,
    signs: bool = False,
) -> Checked:
    """A briefing, its problems collected. `theme` takes the place of the one that it names.

    With `signs` the certificate that it signs with, if there is one, is opened. Raises ReportError when
    the briefing cannot be read, faces are missing, there is no such theme, or the certificate is not fit to sign.
    """
    source = _read(briefing, previous, theme)
    content, problems = looked_over(source, accept_warnings=accept_warnings)
    formats = _formats(source, cache, problems, source.outline.brand, signs=signs)
    problems += _characters(source, formats.faces)
    problems += _embedding(formats)
    problems += _gridless(source.outline)
    problems += check_substitutes(formats.style, formats.faces, embedded=formats.embed_fonts is not EmbedFonts.NONE)
    told = (*source.record.notes, *_left_behind(formats), *_given_up(source.outline), *_signed_anew(formats))
    return Checked(source, content, formats, (*problems, *told))


def checked_data(
    briefing: str | Path,
    cache: Path | None,
    *,
    accept_warnings: bool,
    previous: Path | None = None,
    theme: str | None = None,
) -> Checked:
    """The same of the values alone, without the texts and figures of the briefing and the office's template."""
    source = _read(briefing, previous, theme)
    content, problems = _worked_out(source)
    problems += check_values(content, accept_warnings=accept_warnings)
    return Checked(source, content, _formats(source, cache, problems), (*problems, *source.record.notes))


def _read(briefing: str | Path, previous: Path | None, theme: str | None) -> Input:
    """A briefing as read, with `theme` in the place of the one that it names."""
    problems: list[Problem] = []
    if theme is not None and theme not in THEMES:
        problems.append(block(f"unknown theme '{theme}'", Origin("theme"), did_you_mean(theme, THEMES)))
    with collected(problems):
        source = read(briefing_folder(briefing), previous)
    if problems:
        raise ReportError(problems)
    outline = source.outline if theme is None else replace(source.outline, theme=theme)
    return replace(source, briefing=replace(source.briefing, outline=outline))


def looked_over(source: Input, *, accept_warnings: bool) -> tuple[Content, list[Problem]]:
    """What a briefing that was read can say, and everything that is wrong with its data and its texts."""
    content, problems = _worked_out(source)
    problems += check_content(content, _own_texts(source), accept_warnings=accept_warnings)
    for spec in source.outline.figures():
        problems += check_figure(spec, content.metrics)
    problems += check_trends(source.outline, content.metrics)
    problems += banned_forms(source.texts, source.glossary)
    if THEMES[source.outline.theme].numbered_headings:
        problems += numbered_twice(source.texts, source.outline.sections)
    return content, problems


def _worked_out(source: Input) -> tuple[Content, list[Problem]]:
    """What a briefing can say, and what it changes of the last issue without saying so."""
    outline = source.outline
    restated = restate(replace(source.metrics, issue=Issue(outline.period, outline.date)), source.previous)
    metrics = restated.metrics
    return content_of(outline, metrics, findings(metrics), restated.restatement), [*restated.problems]


def _own_texts(source: Input) -> list[tuple[str, Origin]]:
    """The texts of the briefing itself, without those of the office's catalogue."""
    own = {BRIEFING_FILE, METRICS_FILE, RECIPIENTS_FILE}
    return [(text, origin) for text, origin in source.texts if Path(origin.file).name in own]


def _formats(
    source: Input, cache: Path | None, problems: Iterable[Problem], brand: Path | None = None, *, signs: bool = False
) -> Formats:
    """The look, the faces, what the office's template `brand` has, and who signs.

    `problems` are told as well when faces are missing, the template is none, or the certificate does not open.
    """
    kept = Cache(cache if cache is not None else _user_cache())
    style = THEMES[source.outline.theme]
    refused: list[Problem] = []
    with collected(refused):
        faces = find_faces(source.briefing.fonts, kept, style.roles)
    with collected(refused):
        taken = None if brand is None else _brand(brand)
    with collected(refused):
        signer = _signer(source.outline) if signs else None
    if refused:
        raise ReportError((*problems, *refused))
    return Formats(style, faces, kept, taken, source.outline.embed_fonts, source.outline.pdf, signer)


def _signer(outline: Outline) -> Signer | None:
    """Who signs the PDF files. Raises ReportError with everything that keeps the certificate from it."""
    spec = outline.pdf.signature
    return None if spec is None else open_signer(spec.certificate, spec.origin, moment_of(outline.date))


def _brand(file: Path) -> Brand:
    """The office's own template. Raises ReportError with everything that keeps it from being one."""
    from ipreport.writers.docx import read_brand  # noqa: PLC0415 - loaded for a briefing that has a template

    try:
        data = file.read_bytes()
    except OSError as error:
        message = f"the template cannot be read: {error.strerror}"
        hint = "close it in Word, or allow reading it"
        raise ReportError([block(message, Origin(file.as_posix()), hint)]) from error
    return read_brand(data, file.as_posix())


def _left_behind(formats: Formats) -> tuple[Problem, ...]:
    """What of the office's template is not taken over."""
    return () if formats.brand is None else formats.brand.problems


def _given_up(outline: Outline) -> Iterator[Problem]:
    """What PDF files are not that are saved in another way than for archives."""
    if outline.pdf.conformance is Conformance.ARCHIVE:
        return
    message, settings = "the PDF files claim no PDF/A: archives may refuse them", "'conformance'"
    if outline.pdf.password:
        message = "the PDF files are encrypted (AES-256): they are no PDF/A, so that archives may refuse them"
        message += ", and differ at every build"
        settings += " and 'password'"
    yield note(message, outline.origin, f"leave out {settings} below 'pdf:' to have files for archives")


def _gridless(outline: Outline) -> Iterator[Problem]:
    """A grid of lines is asked for of a look that has none."""
    if outline.pdf.grid and not THEMES[outline.theme].line:
        others = ", ".join(f"'theme: {name}'" for name, style in THEMES.items() if style.line)
        hint = f"leave 'grid' out, or choose {others}"
        yield block(f"the theme '{outline.theme}' has no grid of lines (pdf.grid)", outline.origin, hint)


def _signed_anew(formats: Formats) -> Iterator[Problem]:
    """That files are not the same at every build for the sake of their signature."""
    spec, signer = formats.pdf.signature, formats.signer
    if spec is not None and signer is not None and not signer.repeatable:
        message = "the PDF files are signed with an ECDSA key: they differ at every build"
        yield note(message, spec.origin, "sign with an RSA key to have the same files each time")


def _embedding(formats: Formats) -> tuple[Problem, ...]:
    """Faces that Word files are to carry and may not; which of them a template uses is known when it is written."""
    if formats.embed_fonts is EmbedFonts.NONE or formats.brand is not None:
        return ()
    used = {role for text in formats.style.texts.values() for role in (text.font, text.strong)}
    own = (role for role in FontRole if not is_substituted(formats.faces, role))
    return check_embedding(formats.faces, [role for role in own if role in used])


def _characters(source: Input, faces: Faces) -> list[Problem]:
    """Characters of the files that no face has; a text is of the language of its last key."""
    problems: list[Problem] = []
    for text, origin in source.texts:
        language = BY_CODE.get(origin.pointer.rpartition(".")[2], LANGUAGES[0])
        problems += check_characters(text, language, faces, origin)
    return problems


def _user_cache() -> Path | None:
    from platformdirs import user_cache_path  # noqa: PLC0415 - needed only when no folder is given

    chosen = os.environ.get("IPREPORT_CACHE")
    return Path(chosen) if chosen else user_cache_path("ipreport", appauthor=False)
