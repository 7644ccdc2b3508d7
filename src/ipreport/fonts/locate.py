"""Where the font files are: an office's own, those of installed packages, those of the system."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ipreport.problems import Problem, ReportError, block
from ipreport.style import BASE_ROLES, STAND_IN, FontRole

ENVIRONMENT: dict[FontRole, str] = {role: f"IPREPORT_FONT_{role.upper().replace('-', '_')}" for role in FontRole}
"""The environment variable that names the font file of a role."""

WEIGHTS: dict[FontRole, int] = {role: 700 if role in {FontRole.SANS_BOLD, FontRole.TITLE} else 400 for role in FontRole}
"""The weight a role takes of a font that varies in weight."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font file chosen for a role.

    `index` is the face inside a collection, `weight` the instance to take when the
    font varies in weight, `reason` where the choice comes from, for messages; `substitute`
    tells that it is an open face in the place of the one that the role is known by.
    """

    path: Path
    index: int
    weight: int
    reason: str
    substitute: bool = False


# Folder inside an installed package, then the file; in order of preference.
_PACKAGES: dict[FontRole, tuple[tuple[str, str], ...]] = {
    FontRole.SERIF: (("pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf"),),
    FontRole.SANS: (("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"),),
    FontRole.SANS_BOLD: (("justmytype_intl_cjk", "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"),),
}
_SYMBOL_PACKAGE = ("matplotlib", "mpl-data/fonts/ttf/DejaVuSans.ttf")

# File name and face index of the faces that offices have for official documents.
_OFFICIAL: dict[FontRole, tuple[tuple[str, int], ...]] = {
    FontRole.TITLE: (
        ("FZXBSJW.TTF", 0),
        ("FZXBSJW--GB1-0.ttf", 0),
        ("FZXBSK.TTF", 0),
        ("FZXiaoBiaoSong-B05S.ttf", 0),
        ("FZXiaoBiaoSong-B05.ttf", 0),
        ("方正小标宋简体.ttf", 0),
        ("方正小标宋_GBK.ttf", 0),
    ),
    FontRole.HEI: (("simhei.ttf", 0),),
    FontRole.KAI: (("楷体_GB2312.ttf", 0), ("KaiTi_GB2312.ttf", 0), ("simkai.ttf", 0), ("STKAITI.TTF", 0)),
    FontRole.FANGSONG: (
        ("仿宋_GB2312.ttf", 0),
        ("FangSong_GB2312.ttf", 0),
        ("simfang.ttf", 0),
        ("STFANGSO.TTF", 0),
    ),
    FontRole.SONG: (("simsun.ttc", 0), ("simsun.ttf", 0)),
    FontRole.LATIN: (("times.ttf", 0), ("Times New Roman.ttf", 0)),
}

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
    FontRole.TITLE: (
        ("NotoSerifSC-Bold.otf", 0),
        ("NotoSerifCJKsc-Bold.otf", 0),
        ("NotoSerifCJK-Bold.ttc", 2),
        ("SourceHanSerifSC-Bold.otf", 0),
        ("STZHONGS.TTF", 0),
        ("Songti.ttc", 1),
    ),
    FontRole.KAI: (
        ("LXGWWenKai-Regular.ttf", 0),
        ("LXGWWenKaiGB-Regular.ttf", 0),
        ("FandolKai-Regular.otf", 0),
        ("ukai.ttc", 0),
    ),
    FontRole.FANGSONG: (("ZhuqueFangsong-Regular.ttf", 0), ("FandolFang-Regular.otf", 0)),
    FontRole.LATIN: (("LiberationSerif-Regular.ttf", 0), ("Tinos-Regular.ttf", 0)),
}
_SYMBOL_SYSTEM = ("DejaVuSans.ttf", 0)


def font_files(overrides: Mapping[FontRole, Path], roles: Iterable[FontRole] = BASE_ROLES) -> dict[FontRole, FontFile]:
    """The font file of every one of `roles`: override, environment, package, system, in this order.

    A role that another can stand in for (`style.STAND_IN`) is left out where there is no
    font for it. Raises ReportError naming every other role without a font and every named
    file that is absent.
    """
    problems: list[Problem] = []
    files: dict[FontRole, FontFile] = {}
    system = _System()
    for role in roles:
        found = _font_file(role, overrides.get(role), system)
        if isinstance(found, Problem):
            problems.append(found)
        elif found is not None:
            files[role] = found
    if problems:
        raise ReportError(problems)
    return files


def symbol_file() -> FontFile | None:
    """The font that lends symbols other faces lack, if there is one."""
    path = _in_package(*_SYMBOL_PACKAGE)
    if path is not None:
        return FontFile(path, 0, 400, f"package {_SYMBOL_PACKAGE[0]}")
    return _System().first((_SYMBOL_SYSTEM,), 400)


def _font_file(role: FontRole, override: Path | None, system: _System) -> FontFile | Problem | None:
    weight, variable = WEIGHTS[role], os.environ.get(ENVIRONMENT[role], "")
    if override is not None:
        return _named(role, override, "configuration")
    if variable:
        return _named(role, Path(variable), f"environment variable {ENVIRONMENT[role]}")
    for package, name in _PACKAGES.get(role, ()):
        path = _in_package(package, name)
        if path is not None:
            return FontFile(path, 0, weight, f"package {package}")
    file = system.first(_OFFICIAL.get(role, ()), weight)
    if file is None:
        file = system.first(_SYSTEM.get(role, ()), weight)
        if file is not None and role in _OFFICIAL:
            file = replace(file, substitute=True)
    if file is not None or role in STAND_IN:
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
    return FontFile(path, _index(role, path.name.lower()), WEIGHTS[role], reason)


def _index(role: FontRole, name: str) -> int:
    """Which face of a collection of this name is meant: the one that the role takes, else another role; 0 of others."""
    tables = (table[each] for each in (role, *FontRole) for table in (_OFFICIAL, _SYSTEM) if each in table)
    return next((index for table in tables for known, index in table if known.lower() == name), 0)


def _in_package(package: str, name: str) -> Path | None:
    # find_spec locates a top-level package without running it.
    spec = importlib.util.find_spec(package)
    for folder in (spec.submodule_search_locations or ()) if spec is not None else ():
        path = Path(folder) / name
        if path.is_file():
            return path
    return None


class _System:
    """The font files of the system by name; its folders are walked when the first is asked for."""

    def __init__(self) -> None:
        self._paths: dict[str, Path] | None = None

    def first(self, names: tuple[tuple[str, int], ...], weight: int) -> FontFile | None:
        """The first of `names`, pairs of a file name in any case and a face index, that the system has."""
        for name, index in names:
            path = self._all().get(name.lower())
            if path is not None:
                return FontFile(path, index, weight, "system fonts")
        return None

    def _all(self) -> dict[str, Path]:
        if self._paths is None:
            self._paths = {}
            for folder in _system_folders():
                for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
                    self._paths.setdefault(path.name.lower(), path)
        return self._paths


def _system_folders() -> tuple[Path, ...]:
    home = Path.home()
    if sys.platform == "win32":
        local = home / "AppData" / "Local" / "Microsoft" / "Windows" / "Fonts"
        return Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts", local
    if sys.platform == "darwin":
        return Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts"
    return Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local" / "share" / "fonts"
