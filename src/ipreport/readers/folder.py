"""Where the files of a briefing stand."""

from __future__ import annotations

import os
from pathlib import Path

from ipreport.problems import Origin, ReportError, block

BRIEFING_FILE = "briefing.yaml"
METRICS_FILE = "metrics.yaml"
CATALOGUE_FILE = "catalogue.yaml"


def briefing_folder(briefing: str | Path) -> Path:
    """The folder of a briefing given as a path or as a name in `report/`."""
    path = Path(briefing)
    if path.name == BRIEFING_FILE:
        path = path.parent
    named = Path("report") / path
    is_name = len(path.parts) == 1 and path.name != ".." and not (path / BRIEFING_FILE).exists()
    return named if is_name and (named.is_dir() or not path.is_dir()) else path


def is_inside(folder: Path, name: str) -> bool:
    """Whether a file that a briefing names by its path from `folder` stands in it; links are followed.

    Links that lead in a circle lead nowhere.
    """
    try:
        return not Path(name).is_absolute() and (folder / name).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # Python raises the latter for a circle, up to 3.12
        return False


def is_file(path: Path) -> bool:
    """Whether there is such a file; none has a name that the system cannot take, such as a very long one."""
    try:
        return path.is_file()
    except OSError:
        return False


def require_folder(folder: Path) -> None:
    """Raise ReportError where there is no such folder, and name the briefings there are."""
    if not folder.is_dir():
        near = sorted(path.parent.name for path in folder.parent.glob(f"*/{BRIEFING_FILE}"))
        hint = f"briefings here: {', '.join(near)}" if near else "make one with: ipreport new NAME"
        raise ReportError([block("there is no such briefing folder", Origin(folder.as_posix()), hint)])


def catalogue_files(folder: Path) -> tuple[Path, ...]:
    """The office's own catalogues that there are: the one beside its briefings, then the briefing's.

    The first is named by way of the briefing's folder (`report/haixi/../catalogue.yaml`),
    so that the manifest can name it the same wherever the briefings stand.
    """
    places = (folder / ".." / CATALOGUE_FILE, folder / CATALOGUE_FILE)
    return tuple(path for path in places if path.is_file())


def path_from(folder: Path, path: Path) -> str:
    """The relative path that leads from `folder` to `path`; on another drive, where there is none, the path."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return path.as_posix()


def without_detour(path: Path) -> Path:
    """A path as a person would write it: `report/catalogue.yaml`."""
    return Path(os.path.normpath(path))
