"""The floors of the program: a module imports only from floors below its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import ipreport

ROOT = Path(ipreport.__file__).parent

FLOORS: dict[str, int] = {
    "problems": 0, "language": 0, "cache": 0, "contrast": 0, "secret": 0,
    "metrics": 1, "document": 1, "style": 1, "outline": 1,
    "wording": 2, "readers": 2, "rules": 2, "fonts": 2, "signatures": 2,
    "compose": 3, "figures": 3,
    "writers": 4,
    # Reads what writers wrote, by the documents' own record: sees no data, template or writer.
    "tracing": 5,
    # Messages, and what became of them: sees finished texts and files, no metric, outline or writer.
    "delivery": 5,
    "pipeline": 6,
    "cli": 7,
}  # fmt: skip

SAME_FLOOR: set[tuple[str, str]] = {
    ("problems", "language"),
    ("secret", "problems"),
    ("style", "document"),
    ("outline", "document"),
    ("outline", "metrics"),
    ("outline", "style"),
}
"""Imports inside a floor that are allowed: types that build on types."""

HOMES: dict[str, str | tuple[str, ...]] = {
    "matplotlib": "figures",
    "numpy": "figures",
    "jinja2": "compose",
    "docx": "writers/docx",
    "reportlab": "writers/pdf",
    "pikepdf": "writers/pdf",
    # Finished files are read as any program reads them, not with what wrote them; an office's own
    # template is taken apart by the writer that python-docx, itself built on lxml, is at home in.
    "lxml": ("tracing", "writers/docx"),
    "pypdfium2": "tracing",
    "python_calamine": "readers",
    "ruamel": "readers",
    "pydantic": "readers",
    "babel": "wording",
    "fontTools": "fonts",
    "pyhanko": "signatures",
    "pyhanko_certvalidator": "signatures",
    "cryptography": "signatures",
    "asn1crypto": "signatures",
    "filelock": "delivery",
    "imaplib": "delivery",
    "smtplib": "delivery",
    "sqlite3": "delivery",
    "keyring": "secret",
    "typer": "cli",
    "rich": "cli",
}
"""Each heavy library has one home; lxml, which others rest on, has two."""

WRITERS_SEE = {"problems", "language", "cache", "contrast", "document", "style", "fonts"}


def modules() -> list[Path]:
    return sorted(path for path in ROOT.rglob("*.py") if path.parent != ROOT or path.stem in FLOORS)


def imports(path: Path) -> Iterator[str]:
    """Dotted names a file imports at run time; imports for type checking count as well."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def unit_of(path: Path) -> str:
    relative = path.relative_to(ROOT)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def own_imports(path: Path) -> Iterator[str]:
    """The units of ipreport a file imports, other than its own."""
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "ipreport" and len(parts) > 1 and parts[1] in FLOORS and parts[1] != unit_of(path):
            yield parts[1]


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_only_from_floors_below(path: Path) -> None:
    unit = unit_of(path)

    for imported in own_imports(path):
        below = FLOORS[imported] < FLOORS[unit]
        assert below or (unit, imported) in SAME_FLOOR, f"{path.name} ({unit}) imports {imported}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_heavy_libraries_stay_at_home(path: Path) -> None:
    here = path.relative_to(ROOT).as_posix()

    for name in imports(path):
        home = HOMES.get(name.split(".")[0])
        homes = (home,) if isinstance(home, str) else home or ()
        assert not homes or any(here.startswith(f"{each}/") for each in homes), f"{here} imports {name}"


@pytest.mark.parametrize("path", sorted((ROOT / "writers").rglob("*.py")), ids=lambda path: path.name)
def test_writers_see_no_metrics_templates_or_other_writers(path: Path) -> None:
    assert set(own_imports(path)) <= WRITERS_SEE
    writers = {"docx", "pdf", "mail", "plain"}
    others = writers - set(path.relative_to(ROOT).with_suffix("").parts)
    for name in imports(path):
        assert not any(name.startswith(f"ipreport.writers.{other}") for other in others)


DELIVERY_SEES = {"problems", "language", "cache"}


@pytest.mark.parametrize("path", sorted((ROOT / "delivery").rglob("*.py")), ids=lambda path: path.name)
def test_delivery_sees_no_metrics_documents_or_writers(path: Path) -> None:
    assert set(own_imports(path)) <= DELIVERY_SEES


def test_every_module_has_a_floor() -> None:
    units = {unit_of(path) for path in ROOT.rglob("*.py")} - {"__init__", "__main__"}

    assert units == FLOORS.keys()
