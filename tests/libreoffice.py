"""Files as LibreOffice reads and saves them."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import compress, zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

from docx_helpers import soffice
from ipreport.document import Contents, Document, Heading
from pdf_facts import headings_of

_PDF = 'pdf:writer_pdf_Export:{"ExportBookmarks":{"type":"boolean","value":"true"}}'
"""Headings become bookmarks, which say on which pages they stand."""


ALIASES = Path(__file__).parent.parent / "docs" / "fonts" / "official-aliases.conf"
"""Which open faces stand in for those of official documents."""
FACES = re.compile(
    r"NotoSerifCJK\w*-(Regular|Bold)|NotoSansCJK\w*-(Regular|Bold)|LiberationSerif|LiberationSans"
    # What comes first where it is installed.
    r"|LXGWWenKai|ZhuqueFangsong|FangSong|KaiTi|SimHei|SimSun|FZXiaoBiaoSong|TimesNewRoman|Arial"
)
"""The faces that Word files ask for, and those that may stand in for them."""
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><include>/etc/fonts/fonts.conf</include><include>{}</include></fontconfig>
"""


def converted(
    files: Mapping[str, bytes], ending: str, folder: Path, *, aliases: Path | None = None
) -> dict[str, bytes]:
    """Word files by name, each saved as `ending` (`pdf`, `fodt`, `docx`); all in one start of the program.

    `aliases` is a file of fontconfig that is added to the system's own.
    """
    program = soffice()
    assert program is not None
    source, target = folder / "in", folder / ending
    source.mkdir(exist_ok=True)
    for name, content in files.items():
        (source / f"{name}.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, "--headless", profile, "--convert-to", _PDF if ending == "pdf" else ending]
    command += ["--outdir", str(target), *(str(source / f"{name}.docx") for name in files)]
    environment = dict(os.environ)
    if aliases is not None:
        fonts = folder / "fonts.conf"
        fonts.write_text(_FONTS.format(aliases), encoding="utf-8")
        environment["FONTCONFIG_FILE"] = str(fonts)
    subprocess.run(command, check=True, capture_output=True, timeout=300, env=environment)
    return {name: (target / f"{name}.{ending}").read_bytes() for name in files}


@cache
def as_pdf(package: bytes) -> bytes:
    """A Word file as LibreOffice prints it."""
    return as_pdfs((package,))[0]


@cache
def as_pdfs(packages: tuple[bytes, ...]) -> list[bytes]:
    """Word files as LibreOffice prints them, all in one go, for it takes seconds to start."""
    with TemporaryDirectory() as folder:
        files = {f"document{number}": package for number, package in enumerate(packages)}
        return list(converted(files, "pdf", Path(folder)).values())


def headings_and_titles(document: Document) -> Iterator[tuple[Heading, bool]]:
    """Every heading, and whether it is the title of a table of contents, which is no heading in Word."""
    for block, following in zip_longest(document.blocks, document.blocks[1:]):
        if isinstance(block, Heading):
            yield block, isinstance(following, Contents)


def listed_headings(document: Document, data: bytes) -> list[tuple[str, int]]:
    """The headings of the PDF of a document that are headings in its Word file as well, each with its page."""
    return list(compress(headings_of(data), (not titles for _, titles in headings_and_titles(document))))
