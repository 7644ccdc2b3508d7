"""Files as LibreOffice reads and saves them."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

from docx_helpers import soffice

_PDF = 'pdf:writer_pdf_Export:{"ExportBookmarks":{"type":"boolean","value":"true"}}'
"""Headings become bookmarks, which say on which pages they stand."""


def converted(files: Mapping[str, bytes], ending: str, folder: Path) -> dict[str, bytes]:
    """Word files by name, each saved as `ending` (`pdf`, `fodt`, `docx`); all in one start of the program."""
    program = soffice()
    assert program is not None
    source, target = folder / "in", folder / ending
    source.mkdir(exist_ok=True)
    for name, content in files.items():
        (source / f"{name}.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, "--headless", profile, "--convert-to", _PDF if ending == "pdf" else ending]
    command += ["--outdir", str(target), *(str(source / f"{name}.docx") for name in files)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {name: (target / f"{name}.{ending}").read_bytes() for name in files}
