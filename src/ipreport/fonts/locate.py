"""Where the font files are: an office's own, those of installed packages, those of the system."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ipreport.problems import Problem, ReportError, block
from ipreport.style import FontRole

ENVIRONMENT: dict[FontRole, str] = {
    FontRole.SERIF: "IPREPORT_FONT_SERIF",
    FontRole.SANS: "IPREPORT_FONT_SANS",
    FontRole.SANS_BOLD: "IPREPORT_FONT_SANS_BOLD",
}
"""The environment variable that names the font file of a role."""

WEIGHTS: dict[FontRole, int] = {FontRole.SERIF: 400, FontRole.SANS: 400, FontRole.SANS_BOLD: 700}
"""The weight a role takes of a font that varies in weight."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font file chosen for a role.

    `index` is the face inside a collection, `weight` the instance to take when the
    font varies in weight, `reason` where the choice comes from, for messages.
    """

    path: Path
    index: int
    weight: int
    reason: str


# Folder inside an installed package, then the file; in order of preference.
_PACKAGES: dict[FontRole, tuple[tuple[str, str], ...]] = {
    FontRole.SERIF: (("pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf"),),
    FontRole.SANS: (("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"),),
    FontRole.SANS_BOLD: (("justmytype_intl_cjk", "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"),),
}
_SYMBOL_PACKAGE = ("matplotlib", "mpl-data/fonts/ttf/DejaVuSans.ttf")

# File name and face index of fonts that systems carry; in order of preference.
_SYSTEM: dict[FontRole, tuple[tuple[str, int], ...]] = {
    FontRole.SERIF: (
        ("NotoSerifSC-Regular.otf", 0),
        ("NotoSerifCJKsc-Regular.otf", 0),
        ("NotoSerifCJK-Regular.ttc", 2),
        ("SourceHanSerifSC-Regular.otf", 0),
        ("simsun.ttc", 0),
        ("Songti.ttc", 6),
    ),
    FontRole.SANS: (
        ("NotoSansSC-Regular.otf", 0),
        ("NotoSansCJKsc-Regular.otf", 0),
        ("NotoSansCJK-Regular.ttc", 2),
        ("SourceHanSansSC-Regular.otf", 0),
        ("msyh.ttc", 0),
        ("simhei.ttf", 0),
        ("STHeiti Light.ttc", 1),
        ("wqy-microhei.ttc", 0),
    ),
    FontRole.SANS_BOLD: (
        ("NotoSansSC-Bold.otf", 0),
        ("NotoSansCJKsc-Bold.otf", 0),
        ("NotoSansCJK-Bold.ttc", 2),
        ("SourceHanSansSC-Bold.otf", 0),
        ("msyhbd.ttc", 0),
        ("simhei.ttf", 0),
        ("STHeiti Medium.ttc", 1),
    ),
}
_SYMBOL_SYSTEM = ("DejaVuSans.ttf", 0)


def font_files(overrides: Mapping[FontRole, Path]) -> dict[FontRole, FontFile]:
    """The font file of every role: override, environment, package, system, in this order.

    Raises ReportError naming every role without a font and every named file that is absent.
    """
    problems: list[Problem] = []
    files: dict[FontRole, FontFile] = {}
    for role in FontRole:
        found = _font_file(role, overrides.get(role))
        if isinstance(found, Problem):
            problems.append(found)
        else:
            files[role] = found
    if problems:
        raise ReportError(problems)
    return files


def symbol_file() -> FontFile | None:
    """The font that lends symbols other faces lack, if there is one."""
    path = _in_package(*_SYMBOL_PACKAGE)
    if path is not None:
        return FontFile(path, 0, 400, f"package {_SYMBOL_PACKAGE[0]}")
    return next(_in_system((_SYMBOL_SYSTEM,), 400), None)


def _font_file(role: FontRole, override: Path | None) -> FontFile | Problem:
    weight, variable = WEIGHTS[role], os.environ.get(ENVIRONMENT[role], "")
    if override is not None:
        return _named(role, override, "configuration")
    if variable:
        return _named(role, Path(variable), f"environment variable {ENVIRONMENT[role]}")
    for package, name in _PACKAGES[role]:
        path = _in_package(package, name)
        if path is not None:
            return FontFile(path, 0, weight, f"package {package}")
    for file in _in_system(_SYSTEM[role], weight):
        return file
    packages = " or ".join(package.replace("_", "-") for package, _ in _PACKAGES[role])
    return block(
        f"no font found for the role '{role}'",
        None,
        f"install the package {packages}, or name a font file in {ENVIRONMENT[role]}",
    )


def _named(role: FontRole, path: Path, reason: str) -> FontFile | Problem:
    if not path.is_file():
        return block(
            f"the font file for the role '{role}' does not exist: {path} (named by {reason})",
            None,
            "expected an OpenType or TrueType file (.otf, .ttf, .ttc)",
        )
    indexes = {name.lower(): index for name, index in _SYSTEM[role]}
    return FontFile(path, indexes.get(path.name.lower(), 0), WEIGHTS[role], reason)


def _in_package(package: str, name: str) -> Path | None:
    # find_spec locates a top-level package without running it.
    spec = importlib.util.find_spec(package)
    for folder in (spec.submodule_search_locations or ()) if spec is not None else ():
        path = Path(folder) / name
        if path.is_file():
            return path
    return None


def _in_system(names: tuple[tuple[str, int], ...], weight: int) -> Iterator[FontFile]:
    folders = [folder for folder in _system_folders() if folder.is_dir()]
    for name, index in names:
        for folder in folders:
            for path in sorted(folder.rglob(name)):
                yield FontFile(path, index, weight, "system fonts")


def _system_folders() -> tuple[Path, ...]:
    home = Path.home()
    if sys.platform == "win32":
        local = home / "AppData" / "Local" / "Microsoft" / "Windows" / "Fonts"
        return Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts", local
    if sys.platform == "darwin":
        return Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts"
    return Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local" / "share" / "fonts"
