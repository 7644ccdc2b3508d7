"""The PDF files before two judges of PDF/UA-1 and PDF/A-3A, and proof that both see what is wrong."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path

import page
import pytest

from breakages import BREAKAGES, broken
from ipreport.cache import Cache
from ipreport.style import MODERN
from ipreport.writers.pdf import write
from pdf_layout import faces
from shipped import THEMES, Shipped
from showcase import draft, showcase
from signing import signed_showcase
from test_any_document import SEEDS, made

CHECK = Path(__file__).parent.parent / ".ci" / "verapdf" / "Check.java"
PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A)


def verdicts(files: dict[str, bytes], folder: Path) -> dict[str, list[str]]:
    """What veraPDF finds in each file by either standard; nothing where it is sound."""
    engine = os.environ.get("VERAPDF")
    if not engine:
        pytest.skip("no veraPDF: run .ci/verapdf/setup and set VERAPDF to what it prints")
    paths = {name: folder / f"{number}.pdf" for number, name in enumerate(files)}
    for name, data in files.items():
        paths[name].write_bytes(data)
    command = ["java", "-cp", engine, str(CHECK), *map(str, paths.values())]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode in {0, 1}, run.stderr
    names = {str(path): name for name, path in paths.items()}
    found: dict[str, list[str]] = {}
    for line in run.stdout.splitlines():
        file, *rest = line.split("\t")
        if file:
            judged = found.setdefault(names[file], [])
        else:
            judged.append(": ".join(rest))
    assert found.keys() == files.keys()
    return found


def failures(data: bytes, path: Path) -> list[str]:
    """What page-validation finds in a file by either standard."""
    path.write_bytes(data)
    reports = [page.validate_pdf(str(path), profile=profile) for profile in PROFILES]
    return [failure.message for report in reports for failure in report.failures]


@cache
def showcases() -> dict[str, bytes]:
    return {
        name: write(document, MODERN, faces(), Cache(None))
        for name, document in (("showcase", showcase()), ("draft", draft()))
    } | {
        f"signed.{theme}.{'seen' if visible else 'unseen'}": signed_showcase(visible=visible, theme=theme)
        for theme in THEMES
        for visible in (True, False)
    }


def test_verapdf_finds_nothing_in_the_shipped_files_and_the_showcase(
    shipped: dict[str, Shipped], tmp_path: Path
) -> None:
    files = {name: made.portable for name, made in shipped.items()} | showcases()
    assert {name: found for name, found in verdicts(files, tmp_path).items() if found} == {}


def test_verapdf_finds_nothing_in_documents_made_at_random(tmp_path: Path) -> None:
    files = {str(seed): made(seed).portable for seed in SEEDS}
    assert {name: found for name, found in verdicts(files, tmp_path).items() if found} == {}


def test_page_validation_finds_nothing_in_them_either(shipped: dict[str, Shipped], tmp_path: Path) -> None:
    files = {name: made.portable for name, made in shipped.items()} | showcases()
    assert {name: found for name, data in files.items() if (found := failures(data, tmp_path / "file.pdf"))} == {}


@pytest.mark.parametrize("name", BREAKAGES)
def test_page_validation_sees_every_breakage(shipped: dict[str, Shipped], name: str, tmp_path: Path) -> None:
    assert failures(broken(shipped["haixi.bilingual.modern"].portable, name), tmp_path / "broken.pdf")


def test_verapdf_sees_every_breakage(shipped: dict[str, Shipped], tmp_path: Path) -> None:
    assert len(BREAKAGES) == 16
    files = {name: broken(shipped["haixi.bilingual.modern"].portable, name) for name in BREAKAGES}
    assert [name for name, found in verdicts(files, tmp_path).items() if not found] == []
